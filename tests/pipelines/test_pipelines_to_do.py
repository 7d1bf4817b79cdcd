"""What the terminal asks of the coach after a score."""

import io

import pandas as pd
from rich.console import Console

from forecasting.open_injuries import open_note
from pipelines.commands.score import _show

ONSET = pd.Timestamp("2025-04-14")


def test_who_waits_for_a_return_date_is_listed_by_name():
    note = open_note(ONSET, "lower_leg", pd.NaT)
    scores = pd.DataFrame({
        "athlete": ["code1", "code2"], "status": ["scored", "injured"], "status_note": ["", note],
        "as_of": pd.Timestamp("2025-11-23"), "model": "m", "probability": [0.02, None],
        "ratio_to_base": [1.0, None], "band": ["usual", None], "rank": [1, None],
        "main_reason": ["x", None], "flag": "",
    })  # fmt: skip
    told = io.StringIO()
    _show(Console(file=told, width=200), scores, {"code2": "Ann [A]"})
    assert (
        "  Ann [A]: injury of 14 Apr 2025 (lower leg) has no return date and no run is logged "
        "since: injured or back? enter the return date" in told.getvalue()
    )
    assert "code1:" not in told.getvalue()

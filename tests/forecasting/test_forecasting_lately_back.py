"""The careful line of who runs again after an injury, by hand."""

import pandas as pd
import pytest

from common.language import speaking
from forecasting.returning.lately_back import lately_back

AS_OF = pd.Timestamp("2025-11-23")


def runs(minutes_a_day, first, last=AS_OF):
    days = pd.date_range(first, last)
    return pd.DataFrame({
        "athlete": "ann", "local_date": days, "sport": "run",
        "duration_min": float(minutes_a_day),
    })  # fmt: skip


def line(onset, back, *logs, region="knee"):
    injuries = pd.DataFrame({
        "athlete": ["ann"], "onset_date": pd.to_datetime([onset]),
        "return_date": pd.to_datetime([back]), "region": [region], "diagnosis": ["unknown"],
    })  # fmt: skip
    pain = pd.DataFrame({"athlete": [], "date": pd.to_datetime([]), "region": [], "pain_0_10": []})
    tables = {"sessions": pd.concat(logs, ignore_index=True), "pain": pain}
    return lately_back(tables, injuries, AS_OF).get("ann", "")


USUAL = runs(40, "2025-10-01", "2025-10-31")
"""560 minutes a fortnight before the onset of 1 November."""


def test_five_days_back_the_stage_and_what_comes_before_the_next_are_told():
    """5 runs of 20 minutes are 18 % of 560, and none lasts half an hour: walk-run."""
    said = line("2025-11-01", "2025-11-18", USUAL, runs(20, "2025-11-19"))
    assert said == (
        "Back from an injury since 18 Nov 2025 (knee). The training log shows the stage: walk-run. "
        "Before the next stage: walk-run within the pain rule; shorter steps may help for a while "
        "(Esculier 2020)."
    )


def test_who_runs_as_much_as_before_is_told_to_keep_it():
    """14 x 35 minutes are 88 % of 560: the usual volume."""
    said = line("2025-11-01", "2025-11-08", USUAL, runs(35, "2025-11-08"))
    assert said == (
        "Back from an injury since 8 Nov 2025 (knee). The training log shows the usual volume "
        "again: keep it for some weeks before you raise it."
    )


def test_without_a_return_date_the_first_thing_is_to_ask():
    said = line("2025-11-01", None, USUAL, runs(35, "2025-11-08"))
    assert said == (
        "No return date is entered for the injury of 1 Nov 2025 (knee), but the training "
        "log shows the usual volume again: is it over?"
    )


# 28 and 29 days before the Sunday.
@pytest.mark.parametrize(("back", "told"), [("2025-10-26", True), ("2025-10-25", False)])
def test_the_line_stands_for_four_weeks(back, told):
    assert bool(line("2025-10-01", back, runs(40, "2025-09-01"))) == told


def test_of_who_logged_nothing_no_stage_is_claimed():
    # The log ends on 20 October: silence is no rest.
    assert not line("2025-11-01", "2025-11-18", USUAL.head(20))


def test_it_is_said_in_german():
    with speaking("de"):
        said = line("2025-11-01", "2025-11-08", USUAL, runs(35, "2025-11-08"))
    assert said.startswith("Seit 8. Nov 2025 zurück nach einer Verletzung (Knie)")

"""The catalogue is documentation, and the document is current."""

from pathlib import Path

import pytest

from common.errors import StridecastError
from features.catalogue.entry import BLOCKS
from features.dictionary import BEGIN, END, dictionary, replace_between_markers, rewrite
from features.matrix import catalogue

DOCUMENT = Path(__file__).parents[2] / "docs" / "features.md"


def test_the_document_is_current():
    text = DOCUMENT.read_text(encoding="utf-8")
    current = replace_between_markers(text, dictionary(catalogue()))
    assert text == current, "run `python -m features.dictionary`"


def test_rewriting_brings_a_stale_document_up_to_date(tmp_path):
    page = tmp_path / "features.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", encoding="utf-8")
    rewrite(page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stale" not in text
    assert "| `distance_7d_km` | km |" in text


def test_a_document_without_markers_is_refused():
    with pytest.raises(StridecastError, match="markers"):
        replace_between_markers("nothing here", "")


def test_entries_say_what_they_are():
    entries = catalogue()
    order = [BLOCKS.index(f.block) for f in entries]
    assert order == sorted(order)
    for f in entries:
        assert f.label, f.name
        assert f.label == f.label.strip(), f.name
        assert len(f.formula) > 5, f.name
        assert f.source, f.name
        assert f.low < f.high < float("inf"), f.name


def test_directions_are_those_the_evidence_supports():
    rising = {f.name for f in catalogue() if f.monotone == 1}
    falling = {f.name for f in catalogue() if f.monotone == -1}
    assert rising == {
        "hours_28d", "longest_run_spike", "longest_run_spike_today", "longest_time_spike",
        "longest_time_spike_today", "pain_max_7d", "pain_mean_7d", "pain_days_28d",
        "knee_pain_max_7d", "injuries_6m", "injuries_12m", "injuries_24m", "knee_injuries_12m",
        "injury_rate_shrunk", "injuries_expected_week", "lab_peak_hip_adduction_deg",
        "lab_vertical_loading_rate_bw_s", "lab_peak_braking_force_bw", "complaints_7d",
        "complaint_worst_7d",
    }  # fmt: skip
    assert falling == {
        "sleep_quality_7d", "sleep_quality_28d", "sleep_quality_own", "sleep_quality_deviation",
        "knee_extension_n_kg",
    }  # fmt: skip

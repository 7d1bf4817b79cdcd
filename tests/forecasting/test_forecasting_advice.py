import re

import pytest

from features.matrix import catalogue
from forecasting.advice import advice_for, load_advice
from forecasting.families import family
from ingest.errors import StridecastError

NEVER = (
    "inject", "cortisone", "shockwave", "laser", "needling", "arthroscop", "massage", "tape",
    "diagnos", "because", "rest alone", "ibuprofen",
)  # fmt: skip


def test_every_entry_answers_to_features_that_exist_and_can_be_changed():
    changeable = {family(f.name) for f in catalogue() if f.changeable}
    fixed = {family(f.name) for f in catalogue() if not f.changeable}
    for entry in load_advice():
        assert set(entry.families) & changeable, entry.key
        assert not set(entry.families) & fixed, entry.key


@pytest.mark.parametrize("word", NEVER)
def test_no_passive_treatment_and_no_diagnosis(word):
    for entry in load_advice():
        assert word not in f"{entry.advice} {entry.evidence}".lower()


def test_every_entry_has_figures_or_says_that_there_are_none():
    for entry in load_advice():
        says_none = "no figure" in entry.evidence.lower()
        assert says_none != bool(re.search(r"\d", entry.evidence)), entry.key
        assert entry.source


def test_what_cannot_be_changed_or_has_no_lever_brings_no_advice():
    assert advice_for({"injuries", "age_years", "sleep_quality", "pain_max"}) == ()


def test_a_bad_file_is_named(tmp_path):
    bad = tmp_path / "advice.yaml"
    bad.write_text("- key: x\n")
    with pytest.raises(StridecastError, match=r"advice\.yaml: key '0\.families' is missing"):
        load_advice(bad)

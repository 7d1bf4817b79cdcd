import re

import pytest

from common.errors import StridecastError
from features.matrix import catalogue
from forecasting.reasons.advice import advice_for, load_advice
from forecasting.reasons.families import family

NEVER = (
    # Treatments that studies do not support, diagnoses, and claims of a cause.
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
        assert word not in f"{entry.advice} {entry.evidence} {entry.figures}".lower()


def test_evidence_is_told_in_plain_words_and_figures_come_after_or_are_said_to_be_missing():
    for entry in load_advice():
        says_none = "no figure" in entry.evidence.lower()
        assert says_none != bool(re.search(r"\d", entry.figures)), entry.key
        assert not re.search(r"\d|ratio|SMD", entry.evidence), entry.key
        assert entry.source


def test_what_cannot_be_changed_or_has_no_lever_brings_no_advice():
    assert advice_for({"injuries", "age_years", "sleep_quality", "pain_max"}) == ()


@pytest.mark.parametrize(
    ("families", "grounds", "keys"),
    [
        ({"hours"}, set(), []),
        ({"hours"}, {"longer_run"}, []),
        ({"hours"}, {"risen_week"}, ["weekly_steps"]),
        ({"longest_run_spike", "distance_km"}, {"longer_run"}, ["progression"]),
        ({"longest_run_spike"}, {"risen_week"}, []),
        ({"monotony"}, set(), ["rest_days"]),
    ],
)
def test_how_to_raise_the_load_is_told_only_to_those_who_raised_it(families, grounds, keys):
    assert [entry.key for entry in advice_for(families, grounds)] == keys


def test_after_a_spike_the_limit_counts_from_before_it_and_without_figures_there_is_none():
    told = {"longest_run_spike"}, {"longer_run"}
    figures = {"limit_km": "29.0", "before_spike_km": "26.4", "spike_day": "23 Nov"}
    (entry,) = advice_for(*told, figures)
    assert "29.0 km at most, 10 % above the 26.4 km" in entry.advice
    for part in ({}, {"limit_km": "29.0"}):
        (entry,) = advice_for(*told, part)
        assert "as it was before the spike" in entry.advice
        assert not re.search(r"\d", entry.advice)


def test_shorter_strides_are_for_low_step_rates_alone():
    assert advice_for({"cadence_spm"}) == ()
    (entry,) = advice_for({"cadence_spm"}, {"low_step_rate"})
    assert entry.key == "shorter_strides"


def test_a_bad_file_is_named(tmp_path):
    bad = tmp_path / "advice.yaml"
    bad.write_text("- key: x\n")
    with pytest.raises(StridecastError, match=r"advice\.yaml: key '0\.families' is missing"):
        load_advice(bad)

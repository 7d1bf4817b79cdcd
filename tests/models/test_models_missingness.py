"""The missingness audit fires on a planted flaw and stays quiet on clean data."""

import numpy as np
import pandas as pd
import pytest

from models.audits.missingness import MissingValues, audit_missingness, missing_rates
from models.settings.audits import MissingnessSettings

FEW = MissingnessSettings(replicates=50)


@pytest.fixture
def flawed(cohort):
    """As in the Loevdal files: a long window is empty for almost every injured row."""
    x = cohort.x.copy()
    hit = (cohort.y == 1) & (np.random.default_rng(0).random(len(cohort.y)) < 0.9)
    x.loc[hit, ["volume", "age"]] = np.nan
    return x


def test_fires_on_the_planted_flaw(flawed, cohort, entries):
    found = audit_missingness(MissingValues(flawed, entries), cohort.y, cohort.athletes, FEW)
    assert not found.passed
    assert found.low > 0.85
    assert set(found.rates["feature"].head(2)) == {"volume", "age"}
    assert "gives the outcome away; most uneven is" in found.sentence


def test_stays_quiet_on_clean_data(cohort, entries):
    found = audit_missingness(MissingValues(cohort.x, entries), cohort.y, cohort.athletes, FEW)
    assert found.passed
    assert found.low < 0.5 + 0.05
    assert "lower bound is not above 0.60" in found.sentence


def test_structural_nulls_are_shown_but_not_held_against_the_data(flawed, cohort, new_entry):
    known = [new_entry(n, structural_null="never tested") for n in ("volume", "age")]
    found = audit_missingness(MissingValues(flawed, known), cohort.y, cohort.athletes, FEW)
    assert found.passed
    assert found.rates.set_index("feature").loc["volume", "structural"]


def test_a_flaw_in_a_pattern_of_two_columns_is_found(cohort, entries):
    """Neither column alone tells: values are missing in exactly one of the two."""
    rng = np.random.default_rng(0)
    first = rng.random(len(cohort.y)) < 0.5
    # Each column is empty in half of the rows of either class; only together do they tell.
    second = np.where(cohort.y == 1, ~first, first)
    x = cohort.x.copy()
    x.loc[first, "volume"] = np.nan
    x.loc[second, "age"] = np.nan
    found = audit_missingness(MissingValues(x, entries), cohort.y, cohort.athletes, FEW)
    assert not found.passed


def test_nothing_missing_and_too_few_events_are_said(cohort, entries):
    full = audit_missingness(
        MissingValues(cohort.x.fillna(0), entries), cohort.y, cohort.athletes, FEW
    )
    assert full.passed
    assert "nothing to give away" in full.sentence
    y = np.zeros(len(cohort.y))
    y[:5] = 1
    few = audit_missingness(MissingValues(cohort.x, entries), y, cohort.athletes, FEW)
    assert few.passed
    assert "5 events are too few" in few.sentence


def test_rates_by_hand():
    x = pd.DataFrame({"a": [np.nan, 1, 1, 1, 1, 1], "b": [np.nan, np.nan, 1, 1, 1, 1], "c": 1.0})
    table = missing_rates(MissingValues(x, ()), np.array([1, 1, 0, 0, 0, 0])).set_index("feature")
    assert table.index.tolist() == ["b", "a", "c"]
    assert table.loc["a", "missing_events"] == 0.5
    # Shares of 1/2 and 0; their variances 1/4 and 0 have a mean of 0.25 / 2.
    assert table.loc["a", "standardised_difference"] == pytest.approx(0.5 / np.sqrt(0.25 / 2))
    # All against none: both variances are 0.
    assert np.isinf(table.loc["b", "standardised_difference"])
    assert table.loc["c", "standardised_difference"] == 0

"""Window lengths are parameters, and no name or text lies about them."""

import pytest
from pydantic import ValidationError

from features.catalogue.entry import BLOCKS
from features.catalogue.settings import FeatureSettings
from features.catalogue.window_settings import WindowSettings
from features.matrix import catalogue, feature_matrix
from tests.features.cohort import make_tables
from tests.features.timelines import features_on, runs

OTHER = WindowSettings(
    acute_days=5, chronic_days=20, fitness_days=50, fatigue_days=9, spike_days=10
)
# 12 km in the last 5 days and 6 km in the 15 before: 12 / 6, and coupled 12 / (150 / 20).
DAILY = [*[6.0] * 15, *[12.0] * 5]


def test_names_with_a_number_are_made_of_the_parameter():
    usual = {f.name for f in catalogue()}
    other = {f.name for f in catalogue(None, OTHER)}
    assert usual - other == {"fitness_42d", "load_fatigue_7d"}
    assert other - usual == {"fitness_50d", "load_fatigue_9d"}


def test_texts_tell_the_windows_and_nothing_is_left_unfilled():
    entries = {f.name: f for f in catalogue(None, OTHER)}
    assert "of days 0-4 / mean of days 5-19" in entries["acwr_uncoupled"].formula
    assert "longest of the 10 days before" in entries["longest_run_spike"].label
    assert "exp(-1/50)" in entries["fitness_50d"].formula
    for f in (*entries.values(), *catalogue()):
        texts = (f.name, f.label, f.formula, f.structural_null)
        assert not any("{" in text or "}" in text for text in texts), f.name


def test_the_matrix_carries_the_names_of_its_catalogue():
    settings = FeatureSettings(blocks=BLOCKS, windows=OTHER)
    matrix = feature_matrix(make_tables(0, 2), settings)
    assert list(matrix.columns[2:]) == [f.name for f in catalogue(BLOCKS, OTHER)]


def test_ratios_and_spikes_follow_the_parameters():
    settings = FeatureSettings(windows=OTHER)
    got = features_on(19, sessions=runs(DAILY), settings=settings)
    assert got["acwr_uncoupled"] == pytest.approx(2)
    assert got["acwr_coupled"] == pytest.approx(12 / 7.5)
    # The 20 km are 14 days back, outside the 10 days: 10 / 5.
    sessions = runs([20.0, *[5.0] * 13, 10.0])
    assert features_on(14, sessions=sessions, settings=settings)["longest_run_spike"] == 2
    # 26 days back, inside the usual 30: 10 / 20.
    everything = features_on(36, sessions=runs([*[5.0] * 10, 20.0, *[5.0] * 25, 10.0]))
    assert everything["longest_run_spike"] == 0.5


# Acute has to be shorter than chronic (28), and fatigue than fitness (42).
@pytest.mark.parametrize("wrong", [{"acute_days": 28}, {"fatigue_days": 60}, {"spike_days": 0}])
def test_windows_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValidationError):
        WindowSettings(**wrong)


def test_only_the_features_of_a_window_change_with_it():
    tables = make_tables(3, 3, days=(150, 250))
    usual = feature_matrix(tables, FeatureSettings())
    longer = feature_matrix(tables, FeatureSettings(windows=WindowSettings(spike_days=60)))
    changed = {name for name in usual if not usual[name].equals(longer[name])}
    assert "longest_run_spike" in changed
    assert changed <= {
        "longest_run_spike", "longest_run_spike_today", "longest_time_spike",
        "longest_time_spike_today",
    }  # fmt: skip

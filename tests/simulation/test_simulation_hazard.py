import numpy as np
import pytest

from simulation.harm.hazard import (
    acting_spike,
    previous_injury_log,
    spike_log_ratio,
    would_be_recurrence,
)
from simulation.settings.harm import HazardSettings

HAZARD = HazardSettings()


@pytest.mark.parametrize(
    ("ratio", "hazard_ratio"),
    [
        # Without a run in the days before there is nothing to exceed.
        (np.nan, 1),
        (0.4, 1),
        (1.1, 1),
        (1.101, 1.64),
        (1.3, 1.64),
        # As published: the ratio of the middle class is below that of the small one.
        (1.31, 1.52),
        (2.0, 1.52),
        (2.01, 2.28),
    ],
)
def test_spike_classes_of_frandsen(ratio, hazard_ratio):
    assert np.exp(spike_log_ratio(np.array([ratio]), HAZARD))[0] == pytest.approx(hazard_ratio)


def test_a_spike_acts_on_its_day_and_fades_for_six_days_more():
    past, week = np.zeros((1, 7)), np.zeros((1, 7))
    past[0, 5] = np.log(2.28)
    # The spike was on day 5 of the week before: this week's first day is two days later.
    expected = [np.log(2.28) * np.exp(-lag / HAZARD.spike_decay_days) for lag in range(2, 7)]
    assert acting_spike(past, week, HAZARD)[0] == pytest.approx([*expected, 0, 0])


def test_the_stronger_of_two_spikes_acts():
    week = np.zeros((1, 7))
    week[0, 0], week[0, 1] = np.log(2.28), np.log(1.52)
    acting = acting_spike(np.zeros((1, 7)), week, HAZARD)[0]
    assert acting[1] == pytest.approx(np.log(2.28) * np.exp(-1 / HAZARD.spike_decay_days))


# The logarithm falls on a straight line: after half a year the root of two is left.
@pytest.mark.parametrize(("days", "ratio"), [(0, 2.0), (182.5, 2**0.5), (365, 1.0), (4000, 1.0)])
def test_previous_injury_doubles_and_fades_in_a_year(days, ratio):
    assert np.exp(previous_injury_log(np.array([days]), HAZARD))[0] == pytest.approx(ratio)


def test_recurrence_ends_after_its_last_day():
    since = np.array([0, 21, 22])
    assert would_be_recurrence(since, HAZARD).tolist() == [True, True, False]
    assert not would_be_recurrence(since, HazardSettings(recurrence_days=0)).any()

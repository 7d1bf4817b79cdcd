"""Groups of a calibration plot, counted by hand."""

import numpy as np
import pytest

from models.metrics.calibration_curve import calibration_curve
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=60)


def test_two_groups_counted_by_hand():
    # Means of 0.15 and 0.7; one event of four and three of four.
    p = np.array([0.1, 0.2, 0.1, 0.2, 0.6, 0.8, 0.6, 0.8])
    y = np.array([0, 0, 1, 0, 1, 1, 0, 1.0])
    table = calibration_curve(y, p, list("aabbccdd"), FEW, groups=2)
    assert table["predicted"].to_numpy() == pytest.approx([0.15, 0.7])
    assert table["observed"].to_numpy() == pytest.approx([0.25, 0.75])
    assert table["rows"].tolist() == [4, 4]
    assert table["events"].tolist() == [1, 3]


def test_equal_forecasts_stay_together(cohort):
    table = calibration_curve(cohort.y, np.round(cohort.truth, 1), cohort.athletes, FEW, groups=10)
    # Rounded to one digit many forecasts are equal, and none may be torn between two groups.
    assert len(table) < 10
    assert table["predicted"].is_monotonic_increasing
    assert table["rows"].sum() == len(cohort.y)
    assert table["events"].sum() == cohort.y.sum()
    inside = (table["low"] <= table["observed"]) & (table["observed"] <= table["high"])
    assert inside.all()


def test_a_constant_forecast_is_one_group(cohort):
    table = calibration_curve(cohort.y, np.full(len(cohort.y), 0.1), cohort.athletes, FEW)
    assert table["observed"].to_numpy() == pytest.approx([cohort.y.mean()])


def test_a_draw_without_anybody_of_a_group_says_nothing_of_it():
    """Two of eight athletes make the upper group: one draw in ten holds neither."""
    athletes = [0, 1, 2, 3, 4, 5, 6, 6, 6, 7, 7, 7]
    settings = IntervalSettings(replicates=400)
    p = np.repeat([0.1, 0.9], [6, 6])
    table = calibration_curve(np.ones(12), p, athletes, settings, groups=2)
    upper = table.iloc[-1]
    assert (upper["low"], upper["observed"], upper["high"]) == (1, 1, 1)


def test_the_interval_of_a_group_is_that_of_a_share_on_both_sides():
    # Three of ten, and each row is an athlete of its own, so that the textbook formula holds.
    y = np.tile([1, 0, 0, 1, 0, 0, 0, 1, 0, 0.0], 160)
    settings = IntervalSettings(replicates=3000, seed=1)
    (row,) = calibration_curve(y, np.full(1600, 0.3), np.arange(1600), settings).to_dict("records")
    by_hand = 1.96 * np.sqrt(0.3 * 0.7 / 1600)
    # The bound of 3,000 draws has a standard error of 2.5 % of the half width.
    assert row["observed"] - row["low"] == pytest.approx(by_hand, rel=0.04)
    assert row["high"] - row["observed"] == pytest.approx(by_hand, rel=0.04)

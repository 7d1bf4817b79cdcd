"""How far forecasts are shifted: nothing from nothing, the level first, never its own week."""

import numpy as np
import pandas as pd
import pytest

from forecasting.monitoring.shift import (
    EVENTS_FOR_SLOPE,
    LEVEL_SD,
    learnt_shift,
    shift_table,
    shifted_as_it_went,
)

DAY = pd.Timestamp("2024-01-07")


def test_without_verified_weeks_nothing_is_shifted():
    none = learnt_shift(np.empty(0), np.empty(0))
    assert (none.intercept, none.slope, none.events) == (0.0, 1.0, 0)
    p = np.array([0.01, 0.2])
    assert none.of(p) == pytest.approx(p)


def test_as_many_injuries_as_expected_ask_for_no_shift():
    event = np.repeat([1.0, 0.0], [4, 196])
    assert learnt_shift(np.full(200, 0.02), event).intercept == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(("events", "rows"), [(3, 50), (12, 300), (60, 1000)])
def test_the_intercept_by_hand(events, rows):
    """At the mode the injuries beyond those expected balance the pull of the prior."""
    event = np.repeat([1.0, 0.0], [events, rows - events])
    shift = learnt_shift(np.full(rows, 0.02), event)
    expected = rows * shift.of(np.array([0.02]))[0]
    assert events - expected == pytest.approx(shift.intercept / LEVEL_SD**2, abs=1e-3)
    assert 0 < shift.intercept < np.log(events / (rows - events) / (0.02 / 0.98))


def test_the_slope_stays_until_there_are_injuries_enough():
    rng = np.random.default_rng(0)
    p = rng.choice([0.02, 0.3], 4000)
    true = 1 / (1 + np.exp(-(-1.0 + 0.6 * np.log(p / (1 - p)))))
    event = (rng.random(4000) < true).astype(float)
    few = np.cumsum(event) < EVENTS_FOR_SLOPE
    assert learnt_shift(p[few], event[few]).slope == pytest.approx(1.0, abs=1e-3)
    assert event.sum() > 2 * EVENTS_FOR_SLOPE
    assert learnt_shift(p, event).slope < 0.85


def weeks(event, first=DAY):
    """Ten athletes a week, 5 % each."""
    days = first + pd.to_timedelta(7 * np.repeat(np.arange(len(event)), 10), "D")
    hurt = np.concatenate([np.repeat([1.0, 0.0], [one, 10 - one]) for one in event])
    return pd.DataFrame(
        {"outcome": "any", "as_of": days, "probability": 0.05, "event": hurt, "athlete": "a"}
    )


def test_a_week_is_shifted_by_the_weeks_that_were_over():
    one, other = (shifted_as_it_went(weeks(event), 7) for event in ((6, 0, 2), (6, 0, 9)))
    assert one[:10] == pytest.approx(0.05)  # nothing was known
    assert (one[10:20] > 0.05).all()  # six of ten were hurt
    assert one.tolist() == other.tolist()  # the last week's own injuries are not known yet
    # With a horizon of two weeks the first week is not over a week later.
    assert shifted_as_it_went(weeks((6, 0, 2)), 14)[10:20] == pytest.approx(0.05)


def test_a_level_that_is_not_surely_off_is_left_as_it_is():
    one = weeks([1, 1, 0])
    shift = learnt_shift(one["probability"].to_numpy(), one["event"].to_numpy())
    assert shift.intercept > 0
    assert not shift.is_called_for
    assert shifted_as_it_went(one, 7) == pytest.approx(0.05)


def test_the_table_tells_the_shift_and_whether_it_would_have_helped():
    (high,) = shift_table(weeks([2] * 20), 7)
    assert high["events"] == 40
    assert high["gain"] > 0
    assert high["low"] > 0
    assert high["is_called_for"]
    assert high["odds_factor"] == pytest.approx(np.exp(high["intercept"]))
    assert not high["slope_is_learnt"]
    (right,) = shift_table(weeks([1, 0] * 10), 7)
    assert right["low"] < 0 < right["high"]
    assert not right["is_called_for"]
    assert right["gain"] == 0
    assert shift_table(weeks([1]).iloc[:0], 7) == []

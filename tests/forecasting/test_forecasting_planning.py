"""Hand-made weeks: what a plan may do to a forecast, and where the load line lies."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings

from features.week_ahead.week import Before, ComingWeek, measured
from forecasting.planning.ahead import Ahead
from forecasting.planning.alternatives import alternatives
from forecasting.planning.load_line import (
    in_band,
    longest_run_line,
    risks_of_weeks,
    week_line,
)
from models.evidence.figures import packaged
from models.week_ahead.effects import prior_effects
from models.week_ahead.hours import HoursBefore

PACE = 6.0
REFERENCE = 15.0


def hours_before(expected, usual=None, level=2.5, rows=1):
    """Logs of weekly hours, with those that the evidence model adds so that 0 has a log."""
    # Added as in the model: without it a week of 0 hours has no logarithm.
    least = packaged().exposure.least_hours
    usual = expected if usual is None else usual
    return HoursBefore(*(np.full(rows, np.log(h + least)) for h in (expected, usual, level)))


def ahead(rows=1, *, risk=0.02, base=0.02, reference=REFERENCE, hours=4.0, hard_today=False):
    same = np.full(rows, 1.0)
    return Ahead(
        probability=risk * same,
        low=0.5 * risk * same,
        high=2 * risk * same,
        base_rate=base,
        hours_before=hours_before(hours, rows=rows),
        before=Before(reference * same, np.full(rows, hard_today)),
        pace=PACE * same,
        effects=prior_effects(),
    )


def week(km, hard=()):
    day = np.array([km], dtype=float)
    is_hard = np.isin(np.arange(7), list(hard))[None, :]
    return ComingWeek(day, day.copy(), PACE * day, is_hard)


USUAL = (8, 0, 10, 0, 6, 0, 14)
# Around the reference of 15 km: 16.4 is below a rise of 10 %, 17 above it, 31 above 100 %.
weeks = st.lists(st.sampled_from([0.0, 4.0, 8.0, 12.0, 16.4, 17.0, 31.0]), min_size=7, max_size=7)
days = st.integers(0, 6)
hards = st.sets(days, max_size=4)


def risk(km, hard=(), **given_):
    return float(ahead(**given_).risk(week(km, hard))[0])


@settings(max_examples=60, deadline=None)
@given(weeks, days, st.floats(0.1, 30), hards)
def test_more_kilometres_in_one_run_never_lower_the_forecast(km, day, more, hard):
    longer = [one + more * (at == day) for at, one in enumerate(km)]
    assert risk(longer, hard) >= risk(km, hard)


@settings(max_examples=60, deadline=None)
@given(weeks, days, hards)
def test_a_rest_day_never_raises_it(km, day, hard):
    resting = [one * (at != day) for at, one in enumerate(km)]
    assert risk(resting, hard - {day}) <= risk(km, hard)


@settings(max_examples=60, deadline=None)
@given(weeks, days, days)
def test_a_hard_day_moved_next_to_another_never_lowers_it(km, one, other):
    # Days that are neighbours already would have nothing to move.
    assume(abs(one - other) > 1)
    beside = one + 1 if one < 6 else one - 1
    order = np.arange(7)
    order[[other, beside]] = beside, other
    moved = [km[at] for at in order]
    assert risk(moved, {one, beside}) > risk(km, {one, other})


def test_an_isolated_hard_day_next_to_another_raises_it():
    assert risk(USUAL, {0, 4}) < risk(USUAL, {3, 4})
    assert risk(USUAL, {3}) < risk(USUAL, {0, 3}, hard_today=True)


def test_the_week_of_the_average_spike_and_expected_hours_has_the_level_alone():
    effects = prior_effects()
    found = effects.design(measured(week(USUAL), ahead().before), hours_before(3.8, level=3.8))
    means = [-effects.mean_spike, -effects.mean_pairs]
    assert found[0] == pytest.approx([1, 0, 0, 0, *means], abs=1e-9)


def test_usual_hours_move_nothing_before_a_team_has_weeks_of_its_own():
    given_ = ahead().effects.log_ratio(
        measured(week(USUAL), ahead().before), hours_before(3.8, level=1.0)
    )
    average = ahead().effects.log_ratio(
        measured(week(USUAL), ahead().before), hours_before(3.8, level=3.8)
    )
    assert given_ == pytest.approx(average)


def test_hours_by_hand():
    """6 h, 3 h expected, usually 4 h: level x (6 / 4)^0.75 x (4 / 3)^0.5."""
    effects, before = prior_effects(), ahead().before
    km = np.array([10.0, 0, 10, 0, 10, 15, 15])
    whole = effects.log_ratio(measured(week(km), before), hours_before(3 - 0.25, 4 - 0.25))
    none = np.full(1, np.nan)
    unknown = effects.log_ratio(measured(week(km), before), HoursBefore(none, none, none))
    assert whole - unknown == pytest.approx(-0.15 + 0.75 * np.log(6.25 / 4) + 0.5 * np.log(4 / 3))


def test_the_hazard_by_hand():
    """Twice the usual hours, a run 20 % beyond the longest: level x 2^0.75 x (ratio)^0.6."""
    effects = prior_effects()
    km = np.array([22.0, 0, 20, 0, 18, 0, 18])
    hours = float(np.exp(np.log(7.8 + 0.25) - np.log(2.0)) - 0.25)
    # Two classes of Frandsen 2025 pooled; the wider an interval, the less its ratio counts.
    spike = (np.log(1.64) / np.log(2.05 / 1.31) ** 2 + np.log(1.52) / np.log(2 / 1.16) ** 2) / (
        np.log(2.05 / 1.31) ** -2 + np.log(2 / 1.16) ** -2
    )
    added = (
        -0.15 + 0.75 * np.log(2) + 0.6 * (spike - effects.mean_spike) - 0.05 * effects.mean_pairs
    )
    expected = 1 - (1 - 0.02) ** np.exp(added)
    given_ = ahead(hours=hours, reference=22 / 1.2)
    assert given_.risk(week(km))[0] == pytest.approx(expected, rel=1e-9)


def test_the_days_make_the_week():
    whole = ahead()
    long = week((8, 0, 10, 0, 6, 18, 5), hard=(0, 1))
    daily = whole.by_day(long)
    assert 1 - np.prod(1 - daily) == pytest.approx(float(whole.risk(long)[0]))
    # Nobody is hurt by running on a day without a run.
    assert daily[0, 1] == daily[0, 3] == 0
    # A week without any run still has a risk, which its days must share.
    assert (whole.by_day(week([0] * 7)) > 0).all()


@pytest.mark.parametrize("chance", [0.025, 0.03, 0.034, 0.038])
@pytest.mark.parametrize("km", [USUAL, (0, 20, 0, 12, 0, 0, 31), (0, 0, 0, 0, 0, 10, 0)])
def test_the_load_line_is_the_crossing(chance, km):
    at = ahead(risk=chance)
    line = longest_run_line(at, week(km), "high")
    day = int(np.argmax(km))

    def reached(length):
        changed = list(map(float, km))
        changed[day] = length
        return bool(in_band(at.risk(week(changed)), at.base_rate, "high")[0])

    if line.always[0]:
        assert reached(0.0)
    elif line.never[0]:
        assert line.km[0] == 2 * REFERENCE
        assert not reached(line.km[0])
    else:
        assert not reached(line.km[0])
        # The line is told to 0.1 km: one step further the band begins.
        assert reached(round(line.km[0] + 0.1, 1))
        assert line.low[0] <= line.km[0] <= line.high[0]


@pytest.mark.parametrize("chance", [0.025, 0.03, 0.035])
def test_the_line_of_the_week_is_the_crossing(chance):
    at = ahead(risk=chance)
    line = week_line(at, week(USUAL), "high")

    def reached(whole):
        longer = np.array(USUAL) * whole / sum(USUAL)
        return bool(in_band(at.risk(week(longer)), at.base_rate, "high")[0])

    assert not reached(line.km[0])
    assert reached(round(line.km[0] + 0.1, 1))


@settings(max_examples=25, deadline=None)
@given(st.floats(0.006, 0.03), st.floats(0.1, 1.9))
def test_the_risk_by_kilometres_is_that_of_the_week_made_longer(chance, times):
    team, km = ahead(risk=chance), np.array(USUAL, dtype=float)
    told = risks_of_weeks(team, week(km), np.array([[times * km.sum(), km.sum()]]))[0]
    assert told == pytest.approx([risk(times * km, risk=chance), risk(km, risk=chance)])
    line = week_line(team, week(km), "high")
    if not line.never[0] and not line.always[0]:
        below, over = risks_of_weeks(team, week(km), np.array([[line.km[0], line.km[0] + 0.1]]))[0]
        assert not in_band(below, team.base_rate, "high")
        assert in_band(over, team.base_rate, "high")


def test_without_a_run_of_known_length_no_kilometres_have_a_risk():
    team = ahead(reference=np.nan)
    assert np.isnan(risks_of_weeks(team, week(USUAL), np.array([[20.0, 40.0]]))).all()


def test_who_is_in_the_band_without_running_has_no_line_and_who_never_is_has_the_longest():
    over = longest_run_line(ahead(risk=0.2), week(USUAL), "high")
    assert over.always[0]
    assert np.isnan(over.km[0])
    far = longest_run_line(ahead(risk=0.0001), week(USUAL), "high")
    assert far.never[0]
    assert far.km[0] == 2 * REFERENCE


def test_an_unknown_reference_claims_no_spike_and_stays_monotone():
    at = ahead(reference=np.nan)
    assert at.risk(week(USUAL))[0] < at.risk(week((8, 0, 10, 0, 6, 0, 30)))[0]
    line = longest_run_line(at, week(USUAL), "high")
    assert np.isnan(line.km[0])
    assert not line.always[0]


def test_the_range_holds_the_forecast():
    low, high = ahead().range_(week(USUAL))
    assert low[0] < risk(USUAL) < high[0]


def test_alternatives_keep_what_they_say():
    plan = week((8, 10, 0, 0, 6, 0, 24), hard=(0, 1))
    found = {alternative.kind: alternative for alternative in alternatives(ahead(), plan, 16.5)}
    assert found["split_long_run"].km_kept == pytest.approx(48)
    assert found["split_long_run"].week.longest[0] == pytest.approx(12)
    # 48 km less what the 24 km lie above the line of 16.5 km.
    assert found["long_run_to_line"].km_kept == pytest.approx(40.5)
    # The long run of 24 km goes to the bicycle.
    assert found["cross_training"].km_kept == pytest.approx(24)
    # The shortest run, of 6 km, costs the least to leave out.
    assert found["rest_day"].day == 4
    assert found["spread_hard_days"].km_kept == pytest.approx(48)
    assert found["spread_hard_days"].week.hard[0].nonzero()[0].tolist() == [0, 2]
    rates = [alternative.risk_per_100_km for alternative in alternatives(ahead(), plan, 16.5)]
    assert rates == sorted(rates)


def test_without_running_there_is_nothing_to_change():
    assert alternatives(ahead(), week([0] * 7), 10.0) == []

"""What a team's own weeks teach of the week ahead, on weeks whose hazard is known."""

import numpy as np
import pytest

from features.week_ahead.week import Measures
from models.week_ahead.effects import NAMES, nonnegative, prior_effects
from models.week_ahead.hours import HoursBefore
from models.week_ahead.learning import WeeksAhead, learnt_effects

WEEKS = 20_000
OF_WEEK, BETWEEN = 1.0, 0.5
LEVEL_HOURS = 2.5


def known_weeks(seed=0):
    """Return weeks, the forecast without them, and their true risk.

    Between runners the hazard grows with the usual hours to the power 0.5, between the weeks of
    one runner with the hours of the week. The forecast expects a mean of usual and recent hours.
    """
    rng = np.random.default_rng(seed)
    usual = np.log(LEVEL_HOURS) + 0.6 * rng.standard_normal(WEEKS)
    recent = usual + 0.5 * rng.standard_normal(WEEKS)
    hours = np.exp(usual + 0.5 * rng.standard_normal(WEEKS)) - 0.25
    hours = np.maximum(hours, 0.0)
    expected = (usual + recent) / 2
    base = np.log(0.05) + BETWEEN * (expected - np.log(LEVEL_HOURS))
    of_week = np.log(hours + 0.25) - usual
    true = np.log(0.05) + BETWEEN * (usual - np.log(LEVEL_HOURS)) + OF_WEEK * of_week
    week = Measures(hours, np.ones(WEEKS), np.full(WEEKS, 0.5))
    before = HoursBefore(expected, usual, np.full(WEEKS, np.log(LEVEL_HOURS)))
    return WeeksAhead(week, before, week), base, -np.expm1(-np.exp(true))


def test_the_exponent_of_the_week_is_learnt_apart_from_that_between_runners():
    weeks, base, risk = known_weeks()
    learnt = dict(zip(NAMES, learnt_effects(weeks, base, risk).coefficients.mean, strict=True))
    assert learnt["hours"] == pytest.approx(OF_WEEK, abs=0.05)
    assert learnt["recent_hours"] == pytest.approx(BETWEEN, abs=0.05)
    assert learnt["usual_hours"] == pytest.approx(0.0, abs=0.05)
    assert learnt["level"] == pytest.approx(0.0, abs=0.05)


def test_unknown_hours_teach_nothing_and_the_prior_stands():
    weeks, base, risk = known_weeks()
    nothing = weeks.before.where(np.zeros(WEEKS, dtype=bool))
    learnt = learnt_effects(WeeksAhead(weeks.week, nothing, weeks.whole), base, risk)
    hours = [NAMES.index(name) for name in ("hours", "recent_hours", "usual_hours")]
    prior = prior_effects().coefficients
    assert learnt.coefficients.mean[hours] == pytest.approx(prior.mean[hours])


def test_only_level_and_usual_hours_may_be_negative():
    kept = dict(zip(NAMES, nonnegative(np.full(len(NAMES), -1.0)), strict=True))
    assert [name for name, value in kept.items() if value < 0] == ["level", "usual_hours"]

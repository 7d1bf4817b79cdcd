"""What a team's own weeks teach of the week ahead, on weeks whose hazard is known."""

import numpy as np
import pandas as pd
import pytest

from features.injuries.settings import InjuryRules
from features.week_ahead.run_days import run_days
from features.week_ahead.week import Measures
from models.evidence.team import learnable
from models.settings.outcomes import OutcomeSettings
from models.week_ahead import learning
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
    # A week cannot have less than no running.
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


def test_a_week_is_cut_at_the_onset_of_an_event_and_at_no_other(monkeypatch):
    """A report while nobody had run again is no event, and its week stays whole."""
    day = pd.Timestamp("2024-01-07")
    dates = [day + pd.Timedelta(weeks=week) for week in range(40)]
    runs = pd.DataFrame(
        {
            "athlete": "a",
            "sport": "run",
            "local_date": [date + pd.Timedelta(days=k) for date in dates for k in (1, 3, 5)],
            "distance_km": 10.0,
            "moving_min": 60.0,
            "duration_min": 60.0,
            "rpe": 3.0,
        }
    )
    # Two days into the week of the tenth Sunday, and long after it while nobody ran.
    first, second = day + pd.Timedelta(days=72), day + pd.Timedelta(days=123)
    pause = runs["local_date"].between(first, second + pd.Timedelta(days=60))
    reports = pd.DataFrame(
        {
            "athlete": "a",
            "onset_date": [first, second],
            "return_date": pd.NaT,
            "region": ["foot", "hip"],
            "side": "left",
            "diagnosis": "unknown",
        }
    ).astype({"return_date": "datetime64[ns]"})
    tables = {
        "sessions": runs[~pause],
        "injuries": reports,
        "athletes": pd.DataFrame({"athlete": ["a"], "observed_to": [dates[-1]]}),
        "injury_spans": pd.DataFrame(
            {"athlete": ["a"], "known_from": [day], "known_to": [pd.NaT], "source": ["register"]}
        ),
    }
    rows = pd.DataFrame({"athlete": "a", "date": dates, "hours_28d": 12.0, "usual_hours_week": 3.0})
    run = run_days(tables["sessions"], rows["athlete"], dates[-1])
    rules, window = InjuryRules(), OutcomeSettings()
    learnt = learnable(rows, tables, dates[-1], window, rules)
    assert learnt.loc[learnt["event_any"] == 1, "date"].tolist() == [dates[10]]
    onsets = []

    def cut(week, _, given, onset):
        onsets.extend(given["date"][onset.notna()])
        return week

    monkeypatch.setattr(learning, "censored_at_onset", cut)
    monkeypatch.setattr(learning, "planned_week", lambda *_: (run.after(rows), np.ones(40, bool)))
    learning.weeks_ahead(rows, run, pd.DataFrame(), tables, dates[-1], window, rules)
    assert onsets == [dates[10]]

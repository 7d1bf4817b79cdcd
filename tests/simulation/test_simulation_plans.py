"""Plans that coaches write, files of them, rules for them, and the same luck under every rule."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from simulation.cohort import simulate
from simulation.experiment import at_equal_distance, resimulate
from simulation.export.files import write_cohort
from simulation.settings.observation import PilotSettings
from simulation.training.plan import RACED
from simulation.training.policies import (
    Capped,
    acwr_limit,
    longest_run_limit,
    unchanged,
    weekly_limit,
)

DAYS = 7


def with_plans(settings, **changes):
    plans = settings.plans.model_copy(update={"written": True, **changes})
    return settings.model_copy(update={"plans": plans})


@pytest.fixture(scope="module")
def planned(small_settings):
    return simulate(with_plans(small_settings))


def test_plans_are_written_on_the_sunday_before_and_for_the_week_after_the_last_one(planned):
    plans, settings = planned.plans, planned.settings
    assert (plans.written % DAYS == DAYS - 1).all()
    assert (plans.day - plans.written >= 1).all()
    assert (plans.day - plans.written <= DAYS).all()
    assert plans.day.max() >= settings.weeks * DAYS
    assert plans.day.max() < (settings.weeks + 1) * DAYS


def test_nobody_injured_on_the_sunday_has_a_plan(planned):
    first = planned.settings.burn_in_weeks
    for week in range(0, planned.settings.weeks, 5):
        state = planned.paths.sundays[first + week]
        hurt = np.flatnonzero(state.return_day > state.day - 1)
        of_week = planned.plans.day // DAYS == week
        assert not set(planned.plans.runner[of_week]) & set(hurt)


def test_runners_follow_their_plans_imperfectly(planned):
    first = planned.settings.burn_in_weeks * DAYS
    plans = planned.plans
    inside = (plans.day < planned.settings.weeks * DAYS) & (plans.kind != RACED)
    runner, day, km = (a[inside] for a in (plans.runner, plans.day, plans.km))
    run = planned.paths.km[runner, first + day]
    well = planned.paths.healthy[runner, first + day]
    as_written = np.isclose(run, km)[well].mean()
    assert 0.6 < as_written < 0.95
    assert (run[well] == 0).mean() > 0.05
    assert (run[well] > 1.1 * km[well]).mean() > 0.005


def test_the_oracle_that_knows_the_plans_is_nearer_to_the_truth(small_settings):
    settings = small_settings.model_copy(update={"athletes": 150, "weeks": 30})
    error = {}
    for name, one in {"without": settings, "with": with_plans(settings)}.items():
        truth = simulate(one).truth.query("at_risk")
        seen = np.clip(truth["p_any_observable"], 1e-6, 1)
        full = truth["p_any_full"]
        error[name] = -(full * np.log(seen) + (1 - full) * np.log1p(-seen)).mean()
    assert error["with"] < error["without"] - 0.0005


def test_the_sheet_says_what_was_planned_and_when_it_was_known(planned, tmp_path):
    write_cohort(planned, tmp_path / "raw", tmp_path / "truth")
    sheet = pd.read_csv(tmp_path / "raw" / "plans.csv", parse_dates=["date", "known_since"])
    assert len(sheet) == len(planned.plans.day)
    assert set(sheet["intensity"]) <= {"easy", "long", "hard", "race"}
    assert (sheet["known_since"].dt.day_of_week == 6).all()
    assert (sheet["date"] > sheet["known_since"]).all()
    speed = sheet["planned_distance_km"].sum() / sheet["planned_duration_min"].sum() * 60
    assert 8 < speed < 15


def test_trainingpeaks_lists_hold_planned_columns_only(small_settings, tmp_path):
    cohort = simulate(with_plans(small_settings, file="trainingpeaks", coached=0.5))
    write_cohort(cohort, tmp_path / "raw", tmp_path / "truth")
    files = sorted((tmp_path / "raw" / "plans").rglob("workouts.csv"))
    assert 10 < len(files) < 30
    text = files[0].read_text()
    table = pd.read_csv(StringIO(text))
    assert table["PlannedDistanceInMeters"].gt(1000).all()
    assert table[["DistanceInMeters", "TimeTotalInHours"]].isna().all(axis=None)


@pytest.fixture(scope="module")
def trial(small_settings):
    return small_settings.model_copy(
        update={
            "athletes": 60,
            "weeks": 30,
            "pilot": PilotSettings(athletes=60, weeks=20, rounds=1),
        }
    )


@pytest.mark.parametrize("mechanism", ["multiplicative", "damage"])
def test_a_rule_that_never_bites_changes_nothing(trial, mechanism):
    settings = trial.model_copy(update={"mechanism": mechanism})
    base = resimulate(settings, unchanged)
    loose = resimulate(settings, Capped(longest_run_limit(1000.0)))
    assert (loose.km == base.km).all()
    assert (loose.expected == base.expected).all()


def test_luck_is_paired_between_arms(trial):
    """Who is never touched by a rule lives the very same life, whoever else is hurt or spared."""
    base = resimulate(trial, unchanged)
    policy = Capped(longest_run_limit(3.0))
    arm = resimulate(trial, policy)
    same = policy.weeks_touched == 0
    assert 3 < same.sum() < len(same)
    assert (arm.expected[same] == base.expected[same]).all()
    assert (arm.injuries[same] == base.injuries[same]).all()
    assert (arm.expected != base.expected)[~same].any()


def test_equal_distance_is_planned_where_a_rule_allows_it(trial):
    _, policy = at_equal_distance(trial, longest_run_limit(1.1))
    assert policy.km_kept.sum() / policy.km_planned.sum() == pytest.approx(1, abs=0.02)
    assert np.mean(policy.scale) > 1.02


@pytest.mark.parametrize(
    ("limit", "most"), [(weekly_limit(1.1), 11.0), (acwr_limit(1.3), 13.0)], ids=["10%", "acwr"]
)
def test_weekly_limits_on_a_week_by_hand(planned, limit, most):
    state, traits = planned.paths.sundays[-1], planned.traits
    # 10 km in each of the past weeks, 20 km planned for the next
    km = np.zeros_like(state.km)
    km[:, [-1, -8, -15, -22]] = 10.0
    state = type(state)(**{**vars(state), "km": km})
    plan = type("Week", (), {"km": np.full((len(km), DAYS), 20.0 / DAYS)})()
    allowed = np.minimum(limit(traits, state, plan), plan.km)
    assert allowed.sum(axis=1) == pytest.approx(most)


def test_the_longest_run_limit_by_hand(planned):
    state, traits = planned.paths.sundays[-1], planned.traits
    km = np.zeros_like(state.km)
    km[:, -3] = 10.0
    state = type(state)(**{**vars(state), "km": km})
    plan = type("Week", (), {"km": np.tile([5.0, 0, 20.0, 0, 0, 12.0, 30.0], (len(km), 1))})()
    allowed = np.minimum(longest_run_limit(1.1)(traits, state, plan), plan.km)
    # 11 on Wednesday makes 12.1 possible on Saturday, and 12 there 13.2 on Sunday
    assert allowed[0] == pytest.approx([5, 0, 11, 0, 0, 12, 13.2])

"""One week along the uninjured path: what is run, slept and worn, and the hazard it carries."""

from dataclasses import replace

import numpy as np

from common.arrays import Floats, Ints
from simulation.harm.hazard import exposure_hazard, spike_log_ratio
from simulation.harm.week_path import WeekPath
from simulation.people.roster import DAYS, Traits
from simulation.people.state import MEMORY_DAYS, State
from simulation.settings.cohort import SimulationSettings
from simulation.settings.people import HabitSettings
from simulation.training.plan import EASY, NO_RUN, Plan

PACE_OF_KIND = np.array([1.0, 0.96, 0.94, 1.04, 1.10])


def walk_week(
    traits: Traits,
    state: State,
    plan: Plan,
    baseline: Floats,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> WeekPath:
    """Simulate a week by its plan, as if no new injury happened.

    Parameters
    ----------
    baseline : array, rows x 2
        Hazard per running hour of knee and elsewhere with all multipliers at 1.
    """
    day = state.day + np.arange(DAYS)
    healthy = day >= state.return_day[:, None]
    km = np.where(healthy, plan.km * ramp(state, day, settings.habits), 0.0)
    km = np.where(
        (km > 0) & (km < settings.habits.smallest_run_km), settings.habits.smallest_run_km, km
    )
    km = np.where(healthy, km, _rehab_jogs(state, plan, day, settings.habits))
    kind = np.where(km > 0, np.where(healthy, plan.kind, EASY), NO_RUN)
    hours = km / (traits.speed_km_h[:, None] * PACE_OF_KIND[kind])
    ratio = _longest_run_ratio(state.km, km)
    sleep = _wander(
        state.sleep[:, -1],
        traits.sleep_mean,
        settings.mind.sleep_within_sd,
        settings.mind.sleep_persistence,
        rng,
    )
    stress = _wander(
        state.stress,
        traits.stress_mean,
        settings.mind.stress_within_sd,
        settings.mind.stress_persistence,
        rng,
    )
    path = WeekPath(
        km=km,
        kind=kind,
        hours=hours,
        ratio=ratio,
        spike=spike_log_ratio(ratio, settings.hazard),
        sleep=sleep,
        stress=stress,
        ill=plan.ill,
        healthy=healthy,
        hazard=np.zeros((*km.shape, 2)),
    )
    return replace(path, hazard=exposure_hazard(traits, state, path, baseline, settings))


def ramp(state: State, day: Ints, habits: HabitSettings) -> Floats:
    """Volume after an injury: from `ramp_start` up to all of it in `ramp_days`."""
    since = np.maximum(day - state.return_day[:, None], 0)
    share: Floats = habits.ramp_start + (1 - habits.ramp_start) * since / habits.ramp_days
    return np.minimum(share, 1.0)


def _rehab_jogs(state: State, plan: Plan, day: Ints, habits: HabitSettings) -> Floats:
    left = state.return_day[:, None] - day
    return np.where(
        plan.jog & (left > 0) & (left <= habits.rehab_jog_days), habits.rehab_jog_km, 0.0
    )


def _longest_run_ratio(past_km: Floats, km: Floats) -> Floats:
    whole = np.concatenate([past_km, km], axis=1)
    longest = np.stack([whole[:, d : d + MEMORY_DAYS].max(axis=1) for d in range(DAYS)], axis=1)
    # Without a run in 30 days there is no reference, which is not the same as no rise.
    known = (km > 0) & (longest > 0)
    ratio = np.full(km.shape, np.nan)
    ratio[known] = km[known] / longest[known]
    return ratio


def _wander(last: Floats, mean: Floats, sd: float, keep: float, rng: np.random.Generator) -> Floats:
    """Return seven days of an AR(1) round each runner's own mean."""
    # The root keeps the spread of the days at `sd`, whatever the persistence.
    news = sd * np.sqrt(1 - keep**2) * rng.standard_normal((len(last), DAYS))
    days = np.empty((len(last), DAYS))
    above = last - mean
    for d in range(DAYS):
        above = keep * above + news[:, d]
        days[:, d] = mean + above
    return days


def advance(
    traits: Traits,
    state: State,
    plan: Plan,
    path: WeekPath,
    rng: np.random.Generator,
) -> State:
    """Return the state after a week as it was really run (`path` already cut at any injury)."""
    worn = state.shoe_km + path.km.sum(axis=1)
    return replace(
        state,
        day=state.day + DAYS,
        km=np.concatenate([state.km[:, DAYS:], path.km], axis=1),
        spikes=path.spike,
        sleep=path.sleep,
        stress=path.stress[:, -1],
        # Shoes are changed on Sundays: within a week the wear that the hazard reads is fixed.
        shoe_km=np.where(worn > traits.shoe_life_km, 0.0, worn),
        phase=plan.phase,
        volume=plan.volume,
        planned_runs=plan.runs,
        holiday_weeks=plan.holiday_weeks,
        break_weeks=plan.break_weeks,
        illness_days=plan.illness_days,
        knee_z=_stronger(state.knee_z, traits.knee_z, traits.gym_adherence, rng),
        hip_z=_stronger(state.hip_z, traits.hip_z, traits.gym_adherence, rng),
    )


def _stronger(now: Floats, own: Floats, adherence: Floats, rng: np.random.Generator) -> Floats:
    """Strength drifts to the runner's own level, raised by regular exercise, within months."""
    goal = own + 0.5 * (adherence - 0.3)
    return now + 0.05 * (goal - now) + 0.06 * rng.standard_normal(len(now))

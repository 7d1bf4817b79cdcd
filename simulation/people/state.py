"""What a runner carries from one week into the next."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np

from common.arrays import Floats, Ints
from simulation.people.roster import DAYS, Traits
from simulation.settings.cohort import SimulationSettings

MEMORY_DAYS = 30
# So long ago that no effect of an earlier injury is left.
NEVER = -(10**6)
NO_REGION, KNEE, ELSEWHERE = -1, 0, 1


@dataclass(frozen=True, kw_only=True)
class State:
    """State on the Sunday evening before a week.

    :mod:`simulation.truth.oracle` says what of it is seen.

    ``km`` holds the past 30 days, ``spikes`` the undecayed spike log hazard ratios and ``sleep``
    the sleep quality of the past 7; the last column is the latest day. ``return_day`` is the
    (absolute) day of return from the latest injury, in the future for who is hurt, and
    ``injured_region`` where that injury was. ``holiday_weeks``, ``break_weeks`` and
    ``illness_days`` count down what is left of a running one; ``planned_runs`` is the number of
    sessions that the plan of the week just past held.
    """

    day: int
    km: Floats
    spikes: Floats
    sleep: Floats
    stress: Floats
    shoe_km: Floats
    phase: Ints
    volume: Floats
    planned_runs: Ints
    holiday_weeks: Ints
    break_weeks: Ints
    illness_days: Ints
    return_day: Ints
    injured_region: Ints
    injured_area: Ints
    injured_side: Ints
    knee_z: Floats
    hip_z: Floats

    def repeat(self, times: int) -> Self:
        """Return the state with every runner `times` times in a row."""
        # All but the day, which is one number for everybody.
        arrays: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)[1:]}
        many: dict[str, Any] = {name: np.repeat(a, times, axis=0) for name, a in arrays.items()}
        return replace(self, **many)


def first_state(traits: Traits, settings: SimulationSettings, rng: np.random.Generator) -> State:
    """Return runners who were never hurt and have no run in memory; the burn-in does the rest."""
    rows = traits.rows
    mind = settings.mind
    none = np.zeros(rows, dtype=np.int64)
    return State(
        day=0,
        km=np.zeros((rows, MEMORY_DAYS)),
        spikes=np.zeros((rows, DAYS)),
        sleep=np.repeat(traits.sleep_mean[:, None], DAYS, axis=1),
        stress=traits.stress_mean + mind.stress_within_sd * rng.standard_normal(rows),
        shoe_km=rng.uniform(0, 1, rows) * traits.shoe_life_km,
        phase=rng.integers(0, 4, rows),
        volume=settings.habits.week_log_sd * rng.standard_normal(rows),
        planned_runs=none,
        holiday_weeks=none,
        break_weeks=none,
        illness_days=none,
        return_day=np.full(rows, NEVER),
        injured_region=np.full(rows, NO_REGION),
        injured_area=np.full(rows, NO_REGION),
        injured_side=np.full(rows, NO_REGION),
        knee_z=traits.knee_z,
        hip_z=traits.hip_z,
    )

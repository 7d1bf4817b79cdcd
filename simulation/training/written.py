"""The plans of the coaches: what stands on paper on the eve of each observed week.

The runner follows it imperfectly: sessions are skipped, long runs grow, illness comes between
(:mod:`simulation.training.plan`). The coach knows who is injured on that Sunday and lets who
returned build up; what happens within the week does not alter what is written.
"""

from dataclasses import dataclass

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.people.presence import Presence
from simulation.people.roster import DAYS, Traits
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import Paths
from simulation.training.plan import NO_RUN
from simulation.training.week import PACE_OF_KIND, ramp


@dataclass(frozen=True, kw_only=True)
class WrittenPlans:
    """One entry per planned run; days count from the start date, ``written`` is the Sunday."""

    runner: Ints
    day: Ints
    kind: Ints
    km: Floats
    hours: Floats
    written: Ints


def draw_coached(settings: SimulationSettings, rng: np.random.Generator) -> Bools:
    """Draw who has a coach who writes plans; nobody where none are written."""
    plans = settings.plans
    return (rng.random(settings.athletes) < plans.coached) & plans.written


def written_plans(
    traits: Traits, paths: Paths, presence: Presence, coached: Bools, settings: SimulationSettings
) -> WrittenPlans:
    """Return the planned runs of every observed week, and of the week after the last Sunday."""
    first = settings.burn_in_weeks
    weeks = range(first, first + settings.weeks + 1)
    km = np.concatenate([_coach_km(paths, week, settings) for week in weeks], axis=1)
    kind = paths.written_kind[:, first * DAYS :]
    day = np.arange(km.shape[1])
    eve = day - day % DAYS - 1
    member = (eve >= presence.joined[:, None] - 1) & (eve <= presence.left[:, None])
    runner, when = np.nonzero((km > 0) & coached[:, None] & member)
    kinds, distance = kind[runner, when], km[runner, when]
    return WrittenPlans(
        runner=runner,
        day=when,
        kind=kinds,
        km=distance,
        hours=distance / (traits.speed_km_h[runner] * PACE_OF_KIND[kinds]),
        written=eve[when],
    )


def _coach_km(paths: Paths, week: int, settings: SimulationSettings) -> Floats:
    state = paths.sundays[week]
    day = state.day + np.arange(DAYS)
    days = slice(week * DAYS, (week + 1) * DAYS)
    km = paths.written_km[:, days] * ramp(state, day, settings.habits)
    km = np.where(paths.written_kind[:, days] == NO_RUN, 0.0, km)
    # On the Sunday on which it is written, which is the day before the week.
    fit = state.return_day <= state.day - 1
    return np.where(fit[:, None] & (km > 0), np.maximum(km, settings.habits.smallest_run_km), 0.0)

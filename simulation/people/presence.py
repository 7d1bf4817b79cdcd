"""When a runner is in the team at all, and which days leave any trace."""

from dataclasses import dataclass

import numpy as np

from common.arrays import Bools, Ints
from simulation.people.roster import DAYS
from simulation.settings.cohort import SimulationSettings

# Below EARLIEST_LEAVE, so that nobody leaves before joining.
LATEST_JOIN = 0.4
EARLIEST_LEAVE = 0.5


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Days counted from the start date (``joined``, ``left``); ``logged`` is runners x days."""

    joined: Ints
    left: Ints
    logged: Bools


def draw_presence(settings: SimulationSettings, rng: np.random.Generator) -> Presence:
    """Draw late joiners, leavers and silent weeks, all without regard to injuries."""
    seen, rows, days = settings.observation, settings.athletes, settings.weeks * DAYS
    joins_late = rng.random(rows) < seen.late_joiners
    # By chance alone: leaving because of injuries is a label error and is asked for apart.
    leaves = rng.random(rows) < seen.leavers
    joined = np.where(joins_late, rng.integers(0, max(int(LATEST_JOIN * days), 1), rows), 0)
    left = np.where(leaves, rng.integers(int(EARLIEST_LEAVE * days), days, rows), days - 1)
    silent = _silent_weeks(settings, rng)
    day = np.arange(days)
    member = (day >= joined[:, None]) & (day <= left[:, None])
    return Presence(joined=joined, left=left, logged=member & ~np.repeat(silent, DAYS, axis=1))


def _silent_weeks(settings: SimulationSettings, rng: np.random.Generator) -> Bools:
    seen, shape = settings.observation, (settings.athletes, settings.weeks)
    begins = rng.random(shape) < seen.unlogged_start
    lengths = rng.geometric(1 / seen.unlogged_weeks, shape)
    silent = np.zeros(shape, dtype=np.bool_)
    left = np.zeros(settings.athletes, dtype=np.int64)
    for week in range(settings.weeks):
        # A silence that begins during another one takes its place and may end it earlier: of
        # lengths without memory what is left has the same distribution either way.
        left = np.where(begins[:, week], lengths[:, week], np.maximum(left - 1, 0))
        silent[:, week] = left > 0
    return silent

"""Latent fitness and fatigue of a runner, after Banister's impulse and response."""

from dataclasses import dataclass

import numpy as np

from common.arrays import Floats
from simulation.people.roster import DAYS, Traits

FITNESS_DAYS, FATIGUE_DAYS = 42, 7
USUAL_EFFORT = 4.2
FLOOR = 0.2
FATIGUE_SD = 0.5


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Runners x days: fitness against the runner's usual one (1 = usual), and fatigue in sd."""

    fitness: Floats
    fatigue_z: Floats


def condition(traits: Traits, load: Floats) -> Condition:
    """Follow fitness and fatigue through daily loads.

    Parameters
    ----------
    load : array, runners x days
        Session-RPE load, minutes x effort.

    Notes
    -----
    Exponentially weighted means with time constants of 42 and 7 days. Fatigue counts against
    fitness: (quick / slow - 1) / 0.5, between -2 and 4.
    """
    usual = traits.base_km / traits.speed_km_h * 60 * USUAL_EFFORT / DAYS
    # From the usual load: from 0 everybody would seem to have just begun to train.
    slow, quick = usual.copy(), usual.copy()
    fitness, fatigue = np.empty_like(load), np.empty_like(load)
    for day in range(load.shape[1]):
        slow += (load[:, day] - slow) / FITNESS_DAYS
        quick += (load[:, day] - quick) / FATIGUE_DAYS
        fitness[:, day] = np.maximum(slow / usual, FLOOR)
        fatigue[:, day] = quick / usual
    z = np.clip((fatigue / fitness - 1) / FATIGUE_SD, -2, 4)
    return Condition(fitness=fitness, fatigue_z=z)

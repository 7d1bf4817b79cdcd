"""The baseline hazard, set by a pilot cohort so that the incidence holds whatever the effects."""

import numpy as np

from common.arrays import Floats
from simulation.harm.tissue import TissueChain
from simulation.people.roster import DAYS, Traits, draw_traits
from simulation.settings.base import PerLevel
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import walk

LEVEL_COUNT = 4
# In the cohort's own shares the pilot would hold 40 elite runners and know little of them.
EVEN = PerLevel(novice=0.25, recreational=0.25, competitive=0.25, elite=0.25)


def nominal_hazard(traits: Traits, settings: SimulationSettings) -> Floats:
    """Return the wanted hazard per running hour of knee and elsewhere, rows x 2."""
    share = np.array([settings.hazard.knee_share, 1 - settings.hazard.knee_share])
    hazard: Floats = traits.incidence_per_h[:, None] * share
    return hazard


def mean_multipliers(
    settings: SimulationSettings, chain: TissueChain, seed: np.random.SeedSequence
) -> Floats:
    """Return the mean of frailty x tissue x effects over hours at risk, levels x (knee, elsewhere).

    The pilot has as many runners of each level; it is repeated because the multipliers depend on
    how many runners were hurt before, hence on the baseline itself.
    """
    even = settings.model_copy(
        update={"levels": settings.levels.model_copy(update={"share": EVEN})}
    )
    traits_seed, *round_seeds = seed.spawn(1 + settings.pilot.rounds)
    traits = draw_traits(even, settings.pilot.athletes, np.random.default_rng(traits_seed))
    first = settings.burn_in_weeks * DAYS
    weeks = settings.burn_in_weeks + settings.pilot.weeks
    nominal = nominal_hazard(traits, settings)
    means = np.ones((LEVEL_COUNT, 2))
    for round_seed in round_seeds:
        paths = walk(traits, nominal / means[traits.level], chain, settings, round_seed, weeks)
        hidden = traits.frailty[:, None, None] * chain.ratio[paths.tissue]
        risk = (hidden * paths.hazard)[:, first:].sum(axis=1)
        # Hours at risk alone: published incidences leave out the time in which people are hurt.
        hours = (paths.hours * paths.healthy)[:, first:].sum(axis=1)
        wanted = hours[:, None] * nominal
        means = means * _by_level(risk, traits) / _by_level(wanted, traits)
    return means


def _by_level(values: Floats, traits: Traits) -> Floats:
    return np.stack([values[traits.level == level].sum(axis=0) for level in range(LEVEL_COUNT)])

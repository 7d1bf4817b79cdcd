"""What pilot cohorts tell, kept: lives of the same settings need them again under every policy.

A pilot depends on the settings and its seed alone and takes several times as long as the lives it
is made for. What is kept is not to be written to.
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from common.arrays import Floats
from common.untyped import Untyped
from simulation.harm.tissue import tissue_chain
from simulation.settings.cohort import SimulationSettings
from simulation.training.baseline import mean_multipliers
from simulation.training.damage_paths import Tissue
from simulation.training.thresholds import pilot_tissue

_KEPT: Final = 8


def kept_multipliers(settings: SimulationSettings, seed: np.random.SeedSequence) -> Floats:
    """Return :func:`simulation.training.baseline.mean_multipliers` of settings and seed."""
    return _multipliers(settings.model_dump_json(), *seed_key(seed))


def kept_tissue(settings: SimulationSettings, seed: np.random.SeedSequence) -> Tissue:
    """Return :func:`simulation.training.thresholds.pilot_tissue` of settings and seed."""
    return _tissue(settings.model_dump_json(), *seed_key(seed))


def seed_key(seed: np.random.SeedSequence) -> tuple[Any, tuple[int, ...]]:
    """Return what a seed is made of, as a key.

    Raises
    ------
    ValueError
        If seeds were spawned of it already: those of the key would be others.
    """
    if seed.n_children_spawned:
        raise ValueError("a pilot needs a seed that nothing was spawned of")
    return seed.entropy, tuple(seed.spawn_key)


@lru_cache(maxsize=_KEPT)
def _multipliers(settings: str, entropy: Untyped, spawn_key: tuple[int, ...]) -> Floats:
    own = SimulationSettings.model_validate_json(settings)
    seed = np.random.SeedSequence(entropy, spawn_key=spawn_key)
    means = mean_multipliers(own, tissue_chain(own.tissue), seed)
    # Every caller gets the same array: what one changed, all others would read.
    means.flags.writeable = False
    return means


@lru_cache(maxsize=_KEPT)
def _tissue(settings: str, entropy: Untyped, spawn_key: tuple[int, ...]) -> Tissue:
    seed = np.random.SeedSequence(entropy, spawn_key=spawn_key)
    return pilot_tissue(SimulationSettings.model_validate_json(settings), seed)

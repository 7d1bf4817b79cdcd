"""The load block: what was done, how it changed, and how it was spread over the days."""

from typing import Final

import numpy as np
import numpy.typing as npt

from features.catalogue import Feature
from features.days import Days
from features.definition import Definition, compute_all
from features.load_ratio import RATIOS
from features.load_rhythm import RHYTHM
from features.load_volume import VOLUMES

DEFINITIONS: Final[tuple[Definition, ...]] = (*VOLUMES, *RATIOS, *RHYTHM)
CATALOGUE: Final[tuple[Feature, ...]] = tuple(d.feature for d in DEFINITIONS)


def load_features(days: Days) -> dict[str, npt.NDArray[np.float32]]:
    """Compute the block, by name, as flat float32 daily arrays."""
    return compute_all(DEFINITIONS, days)

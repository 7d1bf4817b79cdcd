"""The load block: what was done, how it changed, and how it was spread over the days."""

from typing import Final

from features.catalogue import Feature
from features.definition import Definition
from features.load_impact import IMPACT
from features.load_ratio import RATIOS
from features.load_rhythm import RHYTHM
from features.load_spread import SPREAD
from features.load_volume import VOLUMES

DEFINITIONS: Final[tuple[Definition, ...]] = (*VOLUMES, *RATIOS, *RHYTHM, *SPREAD, *IMPACT)
CATALOGUE: Final[tuple[Feature, ...]] = tuple(d.feature for d in DEFINITIONS)

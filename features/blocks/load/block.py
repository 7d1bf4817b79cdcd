"""The load block: what was done, how it changed, and how it was spread over the days."""

from typing import Final

from features.blocks.load.impact import IMPACT
from features.blocks.load.other_sports import OTHER_SPORTS
from features.blocks.load.ratio import RATIOS
from features.blocks.load.rhythm import RHYTHM
from features.blocks.load.spread import SPREAD
from features.blocks.load.volume import VOLUMES
from features.panel.definition import Definition

DEFINITIONS: Final[tuple[Definition, ...]] = (
    *VOLUMES,
    *RATIOS,
    *RHYTHM,
    *SPREAD,
    *IMPACT,
    *OTHER_SPORTS,
)

"""What every group of parameters is built of."""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from common.settings import Settings

if TYPE_CHECKING:
    from common.arrays import Floats

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]


class PerLevel(Settings):
    """One number for each level of running."""

    novice: NonNegative
    recreational: NonNegative
    competitive: NonNegative
    elite: NonNegative

    def array(self) -> "Floats":
        """Return the four numbers in the order of ``common.vocabulary.LEVELS``."""
        import numpy as np  # every stage reads the settings, and some need no arrays

        return np.array([self.novice, self.recreational, self.competitive, self.elite])


def per_level(novice: float, recreational: float, competitive: float, elite: float) -> PerLevel:
    """Return the four numbers of a parameter, slowest level first."""
    return PerLevel(novice=novice, recreational=recreational, competitive=competitive, elite=elite)

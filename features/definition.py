"""A feature and its formula side by side: to add one is one function and one entry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from features.catalogue import Feature
from features.days import Days
from features.windows import Daily


@dataclass(frozen=True, slots=True)
class Definition:
    """A catalogue entry with the function that computes it.

    Parameters
    ----------
    feature : Feature
        The entry.
    compute : callable
        From the daily series to one value per athlete-day.
    """

    feature: Feature
    compute: Callable[[Days], Daily]


def compute_all(
    definitions: Iterable[Definition], days: Days
) -> dict[str, npt.NDArray[np.float32]]:
    """Compute each definition, by name, as flat float32 daily arrays."""
    return {d.feature.name: d.compute(days).astype(np.float32) for d in definitions}

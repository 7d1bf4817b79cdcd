"""A feature and its formula side by side: to add one is one function and one entry."""

from collections.abc import Callable
from dataclasses import dataclass

from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days


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

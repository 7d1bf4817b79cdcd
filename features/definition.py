"""A feature and its formula side by side: to add one is one function and one entry."""

from collections.abc import Callable
from dataclasses import dataclass

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

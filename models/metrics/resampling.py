"""Draws of athletes for measures that are sums over rows, by one matrix product.

A measure that is a ratio of sums (net benefit, precision, O/E in a month) needs no loop over the
draws: sum once per athlete, then weigh the athletes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.intervals import (
    athlete_draws,
    athletes_with_events,
    expanded_level,
    percentiles,
)
from models.settings.evaluation import IntervalSettings


@dataclass(frozen=True)
class Resampling:
    """Athletes of the rows, and how often each is drawn.

    Parameters
    ----------
    codes : ndarray of shape (n,)
        Number of each row's athlete.
    counts : ndarray of shape (draws, athletes)
        How often each athlete is drawn; the same for equal athletes and settings, so that
        everything made with them is paired.
    level : float
        Share of the draws inside an interval, see :func:`models.metrics.intervals.expanded_level`.
    """

    codes: npt.NDArray[np.int64]
    counts: Floats
    level: float

    @classmethod
    def of(
        cls, y: npt.ArrayLike, athletes: npt.ArrayLike, settings: IntervalSettings
    ) -> "Resampling":
        """Draw athletes as :func:`models.metrics.intervals.replicate` does."""
        codes, names = pd.factorize(np.asarray(athletes), sort=True)
        level = expanded_level(settings.level, athletes_with_events(y, codes))
        return cls(codes, athlete_draws(len(names), settings), level)

    def per_athlete(self, amounts: Floats) -> Floats:
        """Return sums per athlete of amounts of shape (n, k), shape (athletes, k)."""
        athletes = self.counts.shape[1]
        # Column by column in the order of the rows; one column may be all that is in memory twice.
        sums = [np.bincount(self.codes, column, athletes) for column in np.asarray(amounts).T]
        return np.stack(sums, axis=1)

    def totals(self, amounts: Floats) -> Floats:
        """Return sums over the rows, shape (1 + draws, k): first the sample, then each draw."""
        sums = self.per_athlete(amounts)
        return np.vstack([sums.sum(axis=0), self.counts @ sums])

    def interval(self, values: Floats) -> tuple[Floats, Floats, Floats]:
        """Return value, low and high of a statistic of shape (1 + draws, ...)."""
        return values[0], *percentiles(values[1:], self.level)


def ratio(above: Floats, below: Floats) -> Floats:
    """Return above / below, nan where below is 0."""
    top, bottom = np.broadcast_arrays(above, below)
    quotient: Floats = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=quotient, where=bottom != 0)
    return quotient

"""The level of each series, and of its two parts where it is most likely to have jumped."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from common.arrays import Floats, Ints
from features.kernels.jit import kernel

MAD_TO_SD: Final = 1.4826
"""1 / 0.6745: of a normal distribution this makes the median absolute deviation its sd."""


@dataclass(frozen=True, slots=True)
class Level:
    """Where values lie.

    Parameters
    ----------
    middle : float
        Their median.
    spread : float
        Their robust standard deviation, 1.4826 x the median absolute deviation. A few values of
        another unit would drag a mean and a standard deviation along.
    """

    middle: float
    spread: float

    @classmethod
    def of(cls, values: Floats) -> Self:
        """Return the level of values."""
        middle = median(values)
        return cls(middle, MAD_TO_SD * median(np.abs(values - middle)))


@dataclass(frozen=True, eq=False)
class SeriesLevels:
    """Medians of many series, and where each has most likely jumped.

    Parameters
    ----------
    values : ndarray of shape (values,)
        The series, end to end.
    starts : ndarray of shape (n + 1,)
        Where each begins, and the end.
    cuts : ndarray of shape (n,)
        How many values lie before the likeliest jump; 0 in a series that is too short.
    middles : ndarray of shape (n,)
        Medians.
    jumps : ndarray of shape (n,)
        Median after the likeliest jump less that before it; nan in a series that is too short.
    """

    values: Floats
    starts: Ints
    cuts: Ints
    middles: Floats
    jumps: Floats

    @classmethod
    def of(cls, values: Floats, starts: Ints, least: int) -> Self:
        """Return the levels of series, with at least so many values on each side of a jump."""
        cuts = np.zeros(len(starts) - 1, dtype=np.int64)
        middles, jumps = np.empty(len(cuts)), np.full(len(cuts), np.nan)
        write_levels(values, starts, least, cuts, middles, jumps)
        return cls(values, starts, cuts, middles, jumps)

    def level(self, series: int) -> Level:
        """Return the level of a series."""
        return Level.of(self._values(series))

    def parts(self, series: int) -> tuple[Level, Level]:
        """Return the levels before and after the likeliest jump of a series."""
        own, cut = self._values(series), self.cuts[series]
        return Level.of(own[:cut]), Level.of(own[cut:])

    def _values(self, series: int) -> Floats:
        return self.values[self.starts[series] : self.starts[series + 1]]


@kernel
def write_levels(
    values: Floats, starts: Ints, least: int, cuts: Ints, middles: Floats, jumps: Floats
) -> None:
    """Write what :class:`SeriesLevels` holds."""
    for i in range(len(starts) - 1):
        own = values[starts[i] : starts[i + 1]]
        middles[i] = median(own)
        # Enough on both sides of a cut, wherever it lies.
        if len(own) >= 2 * least:
            cut = likeliest_cut(own, least)
            cuts[i], jumps[i] = cut, median(own[cut:]) - median(own[:cut])


@kernel
def likeliest_cut(values: Floats, least: int) -> int:
    """Cut where the means on the two sides differ most, weighted by how many they rest on.

    Without the weights a single odd value at an end wins.
    """
    n, total = len(values), 0.0
    for value in values:
        total += value
    so_far, best, cut = 0.0, -1.0, least
    for before in range(1, n - least + 1):
        so_far += values[before - 1]
        gap = so_far / before - (total - so_far) / (n - before)
        # What the cut takes off the sum of squares.
        gain = before * (n - before) * (gap * gap)
        if before >= least and gain > best:
            best, cut = gain, before
    return cut


@kernel
def median(values: Floats) -> float:
    """Return the median, as NumPy's."""
    ordered, half = np.sort(values), len(values) // 2
    if len(values) % 2:
        return float(ordered[half])
    return float((ordered[half - 1] + ordered[half]) / 2)

"""The athlete-days that are wanted."""

from dataclasses import dataclass

import numpy as np

from common.arrays import Ints
from features.kernels.grid import Grid


@dataclass(frozen=True)
class Rows:
    """Positions on a grid, athlete by athlete.

    Parameters
    ----------
    at : int64 array
        Flat positions of the grid, rising.
    offsets : int64 array, athletes + 1
        Athlete i owns the rows ``offsets[i] ... offsets[i + 1] - 1``.
    """

    at: Ints
    offsets: Ints

    @property
    def size(self) -> int:
        """Number of rows."""
        return self.at.size

    @property
    def athlete(self) -> Ints:
        """Position of each row's athlete."""
        return np.repeat(np.arange(self.offsets.size - 1), np.diff(self.offsets))


def rows_at(grid: Grid, at: Ints) -> Rows:
    """Return the rows at rising flat positions of a grid."""
    # Positions rise, so one search finds where each athlete's rows begin.
    return Rows(at, np.searchsorted(at, grid.offsets).astype(np.int64))


def every_day(grid: Grid) -> Rows:
    """Return all athlete-days of a grid."""
    return Rows(np.arange(grid.size), grid.offsets)

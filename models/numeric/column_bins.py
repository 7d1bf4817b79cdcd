"""Columns as small whole numbers, for trees: sorted once instead of at every split."""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats

Bins = npt.NDArray[np.uint8]

MISSING: Final = 0
"""Bin of a missing value; known values begin with 1."""
MOST_BINS: Final = 255
"""Of known values: as many as one byte holds beside the missing one."""


def learn_edges(values: Floats) -> list[Floats]:
    """Return the ascending edges between the bins of each column of the training rows.

    They lie midway between neighbouring values: between all of them where these are few, else so
    that the bins hold about equally many rows.

    Parameters
    ----------
    values : ndarray of shape (n, k)
        Features; nan where unknown.
    """
    return [_edges(column) for column in values.T]


def column_bins(values: Floats, edges: list[Floats]) -> Bins:
    """Return the bin of each value, shape (k, n): columns along memory.

    A value on an edge belongs to the bin below it.

    Parameters
    ----------
    values : ndarray of shape (n, k)
        Features; nan where unknown.
    edges : list of ndarray
        Of :func:`learn_edges`.

    Examples
    --------
    >>> column_bins(np.array([[1.0], [np.nan], [1.5], [2.0]]), [np.array([1.5])])
    array([[1, 0, 1, 2]], dtype=uint8)
    """
    bins = np.empty(values.shape[::-1], dtype=np.uint8)
    for j, own in enumerate(edges):
        column = np.ascontiguousarray(values[:, j])
        bins[j] = np.searchsorted(own, column, side="left") + 1
        bins[j, np.isnan(column)] = MISSING
    return bins


def _edges(column: Floats) -> Floats:
    ordered = np.sort(column[~np.isnan(column)])
    different = ordered[np.append(True, ordered[1:] > ordered[:-1])[: len(ordered)]]
    upper = np.arange(len(different) - 1)
    if len(different) > MOST_BINS:
        # The last value of each bin but the last: every 255th part of the rows ends one.
        ends = ordered[len(ordered) * np.arange(1, MOST_BINS) // MOST_BINS - 1]
        upper = np.unique(np.searchsorted(different, ends))
        upper = upper[upper < len(different) - 1]
    return np.asarray((different[upper] + different[upper + 1]) / 2)

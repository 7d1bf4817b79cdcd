"""Columns as small whole numbers, for trees: sorted once instead of at every split."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats

Bins = npt.NDArray[np.uint8]

MISSING: Final = 0
"""Bin of a missing value; known values begin with 1."""
MOST_BINS: Final = 255
"""Of known values: as many as one byte holds beside the missing one."""


def learn_edges(columns: Iterable[Floats]) -> list[Floats]:
    """Return the ascending edges between the bins of each column of the training rows.

    They lie midway between neighbouring values: between all of them where these are few, else so
    that the bins hold about equally many rows.

    Parameters
    ----------
    columns : iterable of ndarray of shape (n,)
        Features, one after the other; nan where unknown.
    """
    return [_edges(column) for column in columns]


def column_bins(columns: Iterable[Floats], rows: int, edges: list[Floats]) -> Bins:
    """Return the bin of each value, shape (k, n): columns along memory.

    A value on an edge belongs to the bin below it.

    Parameters
    ----------
    columns : iterable of ndarray of shape (n,)
        Features, one after the other; nan where unknown.
    rows : int
        How many there are.
    edges : list of ndarray
        Of :func:`learn_edges`.

    Examples
    --------
    >>> column_bins([np.array([1.0, np.nan, 1.5, 2.0])], 4, [np.array([1.5])])
    array([[1, 0, 1, 2]], dtype=uint8)
    """
    bins = np.empty((len(edges), rows), dtype=np.uint8)
    for j, (values, own) in enumerate(zip(columns, edges, strict=True)):
        column = np.ascontiguousarray(values)
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

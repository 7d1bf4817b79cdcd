"""Rows in blocks, so that what is computed along the way takes memory for one block alone."""

from collections.abc import Callable
from typing import Final

import numpy as np

from common.arrays import Floats

ROWS_AT_ONCE: Final = 32_768
"""So few that a hundred columns of float64 take 25 MB, so many that a block's cost is its rows'."""


def blocks(rows: int) -> list[slice]:
    """Return the blocks of so many rows, in order; one, perhaps empty, where they are few.

    Examples
    --------
    >>> blocks(3)
    [slice(0, 3, None)]
    """
    starts = range(0, max(rows, 1), ROWS_AT_ONCE)
    return [slice(start, min(start + ROWS_AT_ONCE, rows)) for start in starts]


def by_blocks(rows: int, compute: Callable[[slice], Floats]) -> Floats:
    """Return what a function says of each row, asked block by block.

    Parameters
    ----------
    rows : int
        How many there are.
    compute : callable
        From a block to an array with one entry, or one row, for each of its rows.

    Examples
    --------
    >>> by_blocks(3, lambda block: np.arange(3.0)[block] + 1)
    array([1., 2., 3.])
    """
    parts = [compute(block) for block in blocks(rows)]
    # A single block is not copied.
    return parts[0] if len(parts) == 1 else np.concatenate(parts)

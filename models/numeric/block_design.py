"""The design of a regression, block by block: an intercept, and columns made of the features.

Columns of curves and flags take several times the memory of the features they are made of. Where
rows are few they are kept; else a block is computed each time it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from common.arrays import Floats, Ints
from models.numeric.row_blocks import blocks


class BlockDesign:
    """Rows of a design whose first column is 1.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, ...)
        Features.
    columns : callable
        From some rows of them to the other columns of the design, in groups side by side.
    """

    def __init__(
        self, x: pd.DataFrame, columns: Callable[[pd.DataFrame], Sequence[Floats]]
    ) -> None:
        self._x, self._columns = x, columns
        self._whole = self._computed(x) if len(blocks(len(x))) == 1 else None

    def part(self, places: Ints | None = None) -> Iterable[Floats]:
        """Return the rows at some places, all by default, in blocks; to be gone through often."""
        if self._whole is not None:
            return [self._whole if places is None else self._whole[places]]
        return _ComputedBlocks(self, np.arange(len(self._x)) if places is None else places)

    def at(self, places: Ints) -> Floats:
        """Compute the rows at some places, shape (rows, columns)."""
        return self._computed(self._x.iloc[places])

    def _computed(self, rows: pd.DataFrame) -> Floats:
        return np.hstack([np.ones((len(rows), 1)), *self._columns(rows)])


class _ComputedBlocks:
    """Blocks of a design that are computed anew each time they are gone through."""

    def __init__(self, design: BlockDesign, places: Ints) -> None:
        self._design, self._places = design, places

    def __iter__(self) -> Iterator[Floats]:
        for block in blocks(len(self._places)):
            yield self._design.at(self._places[block])

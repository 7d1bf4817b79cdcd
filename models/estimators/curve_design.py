"""The design of an additive model: an intercept and the curves' columns, block by block.

Columns of curves take several times the memory of the features they are made of. Where rows are few
they are kept; else a block is computed each time it is asked for.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from common.arrays import Floats, Ints
from models.numeric.row_blocks import blocks
from models.numeric.spline import Term
from models.sampling.matrix_columns import numbers


class CurveDesign:
    """Rows of a design whose first column is 1.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, ...)
        Features, floating point; nan where unknown.
    names : sequence of str
        Columns that are used.
    terms : sequence of Term
        Basis of each.
    """

    def __init__(self, x: pd.DataFrame, names: Sequence[str], terms: Sequence[Term]) -> None:
        self._x, self._names, self._terms = x, list(names), list(terms)
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
        values = numbers(rows, self._names)
        curves = [term.columns(values[:, j]) for j, term in enumerate(self._terms)]
        return np.hstack([np.ones((len(values), 1)), *curves])


class _ComputedBlocks:
    """Blocks of a design that are computed anew each time they are gone through."""

    def __init__(self, design: CurveDesign, places: Ints) -> None:
        self._design, self._places = design, places

    def __iter__(self) -> Iterator[Floats]:
        for block in blocks(len(self._places)):
            yield self._design.at(self._places[block])

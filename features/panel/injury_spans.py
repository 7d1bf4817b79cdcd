"""On which days an athlete's injuries would be known: outside it, none on record is unknown."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Bools
from features.kernels.grid import Grid, day_numbers

SPANS: Final = "injury_spans"


def inside_spans(tables: Mapping[str, pd.DataFrame], grid: Grid) -> Bools:
    """Say of each athlete-day whether it lies inside a span in which injuries are written down.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `injury_spans`: athlete, known_from, known_to (null: the record is kept).
    grid : Grid
        The athletes and their days.

    Returns
    -------
    bool array, one per athlete-day
        All True where there is no such table at all: tables from before there were spans took
        injuries to have been written down all along.
    """
    if SPANS not in tables:
        return np.ones(grid.size, dtype=bool)
    spans = tables[SPANS]
    inside = np.zeros(grid.size, dtype=bool)
    codes, first = grid.codes(spans["athlete"]), day_numbers(spans["known_from"])
    last = day_numbers(spans["known_to"].fillna(pd.Timestamp.max.normalize()))
    for code, begin, end in zip(codes, first, last, strict=True):
        if code < 0:
            continue
        start, length = grid.offsets[code], grid.lengths[code]
        low, high = np.clip((begin, end + 1) - grid.first_day[code], 0, length)
        # max: a span that ends before it begins must not index backwards.
        inside[start + low : start + max(low, high)] = True
    return inside

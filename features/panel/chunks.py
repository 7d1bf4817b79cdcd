"""Cutting the tables into chunks of athletes, each table sorted once."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from common.arrays import Ints
from features.kernels.grid import build_grid


def athlete_chunks(
    tables: Mapping[str, pd.DataFrame], chunk_days: int
) -> Iterator[dict[str, pd.DataFrame]]:
    """Yield the tables of some athletes at a time, athletes in sorted order.

    A chunk has at most `chunk_days` athlete-days, or a single athlete. Tables without an athlete
    (rejects) and rows of athletes who are not in `athletes` are left out. Without athletes there
    is one empty chunk. Athletes are categories, so that no formula compares names again.
    """
    grid = build_grid(tables["athletes"])
    athletes = pd.Index(grid.athletes, dtype=str)
    keyed = {name: table for name, table in tables.items() if "athlete" in table}
    sorted_rows = {name: _by_athlete(table, athletes) for name, table in keyed.items()}
    for first, after in chunk_bounds(grid.offsets, chunk_days):
        chunk = {}
        for name, (order, codes) in sorted_rows.items():
            low, high = np.searchsorted(codes, [first, after])
            names = pd.Categorical.from_codes(codes[low:high] - first, athletes[first:after])
            rows = slice(low, high) if order is None else order[low:high]
            chunk[name] = keyed[name].iloc[rows].assign(athlete=names)
        yield chunk


def chunk_bounds(offsets: Ints, chunk_days: int) -> list[tuple[int, int]]:
    """Return first athlete and the one after the last of each chunk.

    Examples
    --------
    Athletes of 3, 5, 1 and 1 days; the second is more than a chunk by itself:

    >>> chunk_bounds(np.array([0, 3, 8, 9, 10]), 4)
    [(0, 1), (1, 2), (2, 4)]
    """
    athletes = offsets.size - 1
    bounds, first = [], 0
    while first < athletes:
        # By days: a chunk's memory grows with them, whatever the number of athletes.
        fitting = int(np.searchsorted(offsets, offsets[first] + chunk_days, side="right")) - 1
        after = max(fitting, first + 1)
        bounds.append((first, after))
        first = after
    return bounds or [(0, 0)]


def _by_athlete(table: pd.DataFrame, athletes: pd.Index) -> tuple[Ints | None, Ints]:
    """Return the order of the rows by athlete, None if they stand in it, and athletes in order."""
    codes = athletes.get_indexer(pd.Index(table["athlete"])).astype(np.int64)
    if (codes[1:] >= codes[:-1]).all():
        return None, codes
    order = np.argsort(codes, kind="stable")
    return order, codes[order]

"""Cutting the tables into chunks of athletes, each table sorted once."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd


def athlete_chunks(
    tables: Mapping[str, pd.DataFrame], chunk_athletes: int
) -> Iterator[dict[str, pd.DataFrame]]:
    """Yield the tables of `chunk_athletes` athletes at a time, athletes in sorted order.

    Tables without an athlete (rejects) are left out. Without athletes there is one empty chunk.
    """
    athletes = pd.Index(np.sort(tables["athletes"]["athlete"].to_numpy()))
    keyed = {name: table for name, table in tables.items() if "athlete" in table}
    sorted_rows = {name: _by_athlete(table, athletes) for name, table in keyed.items()}
    for first in range(0, max(len(athletes), 1), chunk_athletes):
        chunk = {}
        for name, (order, codes) in sorted_rows.items():
            low, high = np.searchsorted(codes, [first, first + chunk_athletes])
            chunk[name] = keyed[name].iloc[order[low:high]]
        yield chunk


def _by_athlete(table: pd.DataFrame, athletes: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    codes = athletes.get_indexer(pd.Index(table["athlete"]))
    order = np.argsort(codes, kind="stable")
    return order, codes[order]

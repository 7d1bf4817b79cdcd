"""The rows of each athlete of a table, found once for all of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

Columns = Mapping[str, "np.ndarray[Any, Any]"]
"""Rows by column, as arrays: frames of a few rows take a hundred times as long to be compared."""


class OwnRows:
    """Rows by athlete, and only the columns that are read.

    Parameters
    ----------
    table : pandas.DataFrame
        athlete and the columns.
    columns : list of str
        What is read.
    athletes : pandas.Series
        Those who are asked about.
    """

    def __init__(self, table: pd.DataFrame, columns: list[str], athletes: pd.Series) -> None:
        of_them = table[table["athlete"].isin(athletes)]
        self._places = of_them.groupby("athlete", sort=False).indices
        self._columns = {name: of_them[name].to_numpy() for name in columns}
        self._none = np.zeros(0, dtype=np.int64)

    def __getitem__(self, athlete: str) -> Columns:
        at = self._places.get(athlete, self._none)
        return {name: values[at] for name, values in self._columns.items()}


def sessions_of(sessions: pd.DataFrame, athletes: pd.Series) -> OwnRows:
    """Return the sessions of each athlete as a stage of returning reads them."""
    return OwnRows(sessions, ["local_date", "sport", "duration_min"], athletes)


def pain_of(pain: pd.DataFrame, athletes: pd.Series) -> OwnRows:
    """Return the pain answers of each athlete as a stage of returning reads them."""
    return OwnRows(pain, ["date", "region", "pain_0_10"], athletes)

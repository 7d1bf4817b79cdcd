"""How sentences ask for the values of an athlete's features."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from common.arrays import Floats

FeatureLookup = Callable[[str], float]
OF_TEAM = "team_"
"""What the names of a team's values begin with."""


class KnownValues:
    """The numbers of feature rows, by feature and row; a column is read when it is asked for.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per athlete.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        self._numbers = rows.select_dtypes("number")
        # Lists, because one number of an array takes several times as long to be read.
        self._columns: dict[str, list[float] | None] = {}

    def of_features(self, names: Sequence[str]) -> Floats:
        """Return the values, shape (rows, names); NaN where there is no such column."""
        return self._numbers.reindex(columns=list(names)).to_numpy(dtype=np.float64)

    def of_row(self, at: int) -> "RowLookup":
        """Return the lookup of a row."""
        return RowLookup(self, at)

    def column(self, name: str) -> list[float] | None:
        """Return the values of a feature; None where there is no such column."""
        if name not in self._columns:
            there = name in self._numbers
            values = self._numbers[name].to_numpy(dtype=np.float64).tolist() if there else None
            self._columns[name] = values
        return self._columns[name]


class RowLookup:
    """The values of one row, and whether a value of the team was asked for.

    Parameters
    ----------
    values : KnownValues
    at : int
        Number of the row.
    """

    def __init__(self, values: KnownValues, at: int) -> None:
        self._values, self._at = values, at
        self.is_beside_team = False

    def __call__(self, name: str) -> float:
        """Return the value of a feature; NaN where it is not known."""
        if name.startswith(OF_TEAM):
            self.is_beside_team = True
        column = self._values.column(name)
        return float("nan") if column is None else column[self._at]


def without_team(look: FeatureLookup) -> FeatureLookup:
    """Hide what is known of the team: an athlete's own page compares with nobody."""
    return lambda name: float("nan") if name.startswith(OF_TEAM) else look(name)

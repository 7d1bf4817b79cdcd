"""Records too rare for a daily channel: each holds from its day until the next."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
from features.kernels.grid import Grid, day_numbers
from features.kernels.windows import Daily


def carry_forward(grid: Grid, records: pd.DataFrame, column: str) -> Daily:
    """Return on each day the value of the latest record up to it, however old; null before any.

    Parameters
    ----------
    grid : Grid
        Athletes and days.
    records : pandas.DataFrame
        athlete, date and `column`, in any order of athletes, dates rising. A null value holds as
        any other does. Records from before the observation stand on its first day.
    column : str
        What is held.
    """
    codes = grid.codes(records["athlete"])
    at, inside = _known_from(grid, codes, day_numbers(records["date"]))
    values = records[column].to_numpy(dtype=np.float64)[inside]
    return np.append(values, np.nan)[_record_of_day(grid, at[inside])]


def _record_of_day(grid: Grid, at: Ints) -> npt.NDArray[np.int32]:
    """Return which record each day holds: the last of the latest position up to it; -1 for none."""
    order = np.argsort(at, kind="stable")
    so_far = (
        np.cumsum(np.bincount(at, minlength=grid.size)) if at.size else np.zeros(grid.size, int)
    )
    latest = np.concatenate([[-1], at[order]])[so_far]
    # A record before the athlete's first position belongs to the athlete before.
    is_own = latest >= np.repeat(grid.offsets[:-1], grid.lengths)
    return np.where(is_own, np.concatenate([[-1], order])[so_far], -1).astype(np.int32)


@dataclass(frozen=True, eq=False)
class CarriedRecords:
    """Which of some records holds on each day.

    Parameters
    ----------
    table : pandas.DataFrame
        Records.
    rows : ndarray of int, one per day
        The record's position in the table; its length where there is none.
    """

    table: pd.DataFrame
    rows: npt.NDArray[np.int32]

    def values(self, column: str) -> Daily:
        """Return the value of a column that holds on each day; null before any."""
        return np.append(self.table[column].to_numpy(dtype=np.float64), np.nan)[self.rows]


class RareRecords:
    """Records too rare for a daily channel, of which several kinds are carried forward.

    Parameters
    ----------
    grid : Grid
        Athletes and days.
    table : pandas.DataFrame
        By athlete and date.
    """

    def __init__(self, grid: Grid, table: pd.DataFrame) -> None:
        self._grid, self.table = grid, table
        self._codes, self._days = grid.codes(table["athlete"]), day_numbers(table["date"])

    def carried(self, mask: Bools) -> CarriedRecords:
        """Return which of some records holds on each day, the first of a day alone.

        Otherwise as :func:`carry_forward`.
        """
        rows = np.flatnonzero(mask)
        codes, days = self._codes[rows], self._days[rows]
        is_first = np.append(True, (codes[1:] != codes[:-1]) | (days[1:] != days[:-1]))
        rows = rows[is_first[: len(rows)]]
        at, inside = _known_from(self._grid, self._codes[rows], self._days[rows])
        of_day = _record_of_day(self._grid, at[inside])
        none = np.int32(len(self.table))
        return CarriedRecords(self.table, np.append(rows[inside].astype(np.int32), none)[of_day])


def _known_from(grid: Grid, codes: Ints, days: Ints) -> tuple[Ints, Bools]:
    """Return the flat position from which each record is known, and whether there is one."""
    # Records from before the observation are known on its first day.
    since = np.maximum(days - grid.first_day[codes], 0)
    return grid.offsets[codes] + since, (codes >= 0) & (since < grid.lengths[codes])


def earlier_mean(rows: pd.DataFrame, keys: list[str], speed: str = "", apart: float = 0.0) -> Daily:
    """Return for each row the mean `level` of the rows of the same keys with an earlier date.

    Parameters
    ----------
    rows : pandas.DataFrame
        `date`, `level` and the keys.
    keys : list of str
        What makes rows one series.
    speed : str
        Column that may differ by at most `apart`; both null is a match. Empty for no such rule.
    apart : float
        Widest difference of `speed`.

    Returns
    -------
    ndarray of shape (rows,)
        Null without an earlier row.
    """
    numbered = rows.reset_index(drop=True).reset_index(names="row")
    wanted = [*keys, "date", "level", *([speed] if speed else [])]
    pairs = numbered.merge(numbered[wanted], on=keys, suffixes=("", "_before"))
    # Strictly earlier: two trials of one day are no past of each other.
    pairs = pairs[pairs["date_before"] < pairs["date"]]
    if speed:
        row_speed, other = pairs[speed], pairs[f"{speed}_before"]
        near = (row_speed - other).abs() <= apart + 1e-9
        pairs = pairs[near | (row_speed.isna() & other.isna())]
    means = pairs.groupby("row")["level_before"].mean()
    return means.reindex(np.arange(len(rows))).to_numpy(dtype=np.float64)


def by_side(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return one row per key with the mean of each side's values and their `level`.

    `level` is the mean of left and right, the only one if one is missing, and the value of both
    sides together if neither was measured alone.
    """
    column = rows["side"].map({"left": "left", "right": "right"}).fillna("together")
    # By value too: the order of rows in a file must change no bit of a mean.
    ordered = rows.assign(column=column).sort_values([*keys, "column", "value"], kind="stable")
    means = ordered.groupby([*keys, "column"], dropna=False)["value"].mean().reset_index("column")
    wide = pd.DataFrame(
        {
            side: means.loc[means["column"] == side, "value"]
            for side in ("left", "right", "together")
        }
    )
    level = wide[["left", "right"]].mean(axis=1).fillna(wide["together"])
    return wide.assign(level=level).drop(columns="together").reset_index()

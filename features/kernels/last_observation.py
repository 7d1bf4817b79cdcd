"""Records too rare for a daily channel: each holds from its day until the next."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Ints
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
    # Records from before the observation are known on its first day.
    since = np.maximum(day_numbers(records["date"]) - grid.first_day[codes], 0)
    inside = (codes >= 0) & (since < grid.lengths[codes])
    at = (grid.offsets[codes] + since)[inside]
    return carry_forward_at(grid, at, records[column].to_numpy(dtype=np.float64)[inside])


def carry_forward_at(grid: Grid, at: Ints, values: npt.NDArray[np.float64]) -> Daily:
    """Hold values that stand on flat positions of the grid; the last of a day counts."""
    order = np.argsort(at, kind="stable")
    so_far = (
        np.cumsum(np.bincount(at, minlength=grid.size)) if at.size else np.zeros(grid.size, int)
    )
    latest = np.concatenate([[-1], at[order]])[so_far]
    # A record before the athlete's first position belongs to the athlete before.
    is_own = latest >= np.repeat(grid.offsets[:-1], grid.lengths)
    return np.where(is_own, np.concatenate([[np.nan], values[order]])[so_far], np.nan)


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

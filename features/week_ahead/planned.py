"""A written plan as a week of running: minutes from kilometres, kilometres from minutes."""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Bools, Floats
from features.week_ahead.week import DAYS, ComingWeek

HARD: Final = ("hard", "race")
LEAST_RUNS: Final = 2
"""With fewer planned runs a plan is taken as a part of the week, the other days as usual."""


def planned_week(
    plans: pd.DataFrame, rows: pd.DataFrame, pace: pd.Series, usual: ComingWeek
) -> tuple[ComingWeek, Bools]:
    """Return the planned running of the seven days after each row's day.

    A plan of a single run says nothing of the other days: they stay as usual. With two runs or
    more days without an entry are days off. Other sports say nothing of running.

    Parameters
    ----------
    plans : pandas.DataFrame
        The `plans` table, as known on the day; with a column `as_of` only the rows of that day.
    rows : pandas.DataFrame
        athlete and date.
    pace : pandas.Series
        Minutes per kilometre by athlete.
    usual : ComingWeek
        Of the same rows; gives the length of a run that is planned without any.

    Returns
    -------
    tuple of (ComingWeek, ndarray of bool)
        The weeks, and whether there is a plan.
    """
    entries = _entries(plans, rows, pace)
    row, day = entries["row"].to_numpy(dtype=np.int64), entries["day"].to_numpy(dtype=np.int64)
    is_run = entries["is_run"].to_numpy(dtype=bool)
    km, minutes = _lengths(entries, usual)
    shape = (len(rows), DAYS)
    distance, longest, time, hard, rest, runs = (np.zeros(shape) for _ in range(6))
    at = (row[is_run], day[is_run])
    np.add.at(distance, at, km[is_run])
    np.maximum.at(longest, at, km[is_run])
    np.add.at(time, at, minutes[is_run])
    np.maximum.at(hard, at, entries["intensity"].isin(HARD).to_numpy(dtype=np.float64)[is_run])
    np.add.at(runs, at, 1.0)
    is_rest = entries["intensity"].eq("rest").fillna(value=False).to_numpy(dtype=bool)
    np.maximum.at(rest, (row[is_rest], day[is_rest]), 1.0)
    planned = ComingWeek(distance, longest, time, hard > 0)
    written = (runs > 0) | (rest > 0)
    whole = runs.sum(axis=1) >= LEAST_RUNS
    has_plan: Bools = np.asarray(written.any(axis=1), dtype=np.bool_)
    return planned.where(written | whole[:, None], usual), has_plan


def _entries(plans: pd.DataFrame, rows: pd.DataFrame, pace: pd.Series) -> pd.DataFrame:
    """Join plans to rows: row, day (0 to 6), is_run, planned km and minutes, pace, intensity."""
    keys = rows[["athlete", "date"]].rename(columns={"date": "day_zero"})
    keys = keys.assign(row=np.arange(len(rows)), pace=rows["athlete"].map(pace).to_numpy())
    if "as_of" in plans:
        # The plan as it stood on that day: a later change would know what happened in between.
        keys = keys.assign(as_of=keys["day_zero"])
        joined = plans.merge(keys, on=["athlete", "as_of"])
    else:
        joined = plans.merge(keys, on="athlete")
    day = (joined["date"] - joined["day_zero"]).dt.days - 1
    rests = joined["intensity"].eq("rest").fillna(value=False)
    inside = day.between(0, DAYS - 1)
    is_run = joined["sport"].eq("run") & ~rests
    return joined.assign(day=day, is_run=is_run)[inside].reset_index(drop=True)


def _lengths(entries: pd.DataFrame, usual: ComingWeek) -> tuple[Floats, Floats]:
    """Return kilometres and minutes of each entry; one from the other, both from the usual run."""
    pace = entries["pace"].to_numpy(dtype=np.float64)
    km = entries["planned_distance_km"].to_numpy(dtype=np.float64, na_value=np.nan)
    minutes = entries["planned_duration_min"].to_numpy(dtype=np.float64, na_value=np.nan)
    row = entries["row"].to_numpy(dtype=np.int64)
    ran = (usual.minutes > 0).sum(axis=1)
    runs = np.maximum(ran, 1)
    usual_km, usual_min = (
        getattr(usual, name).sum(axis=1)[row] / runs[row] for name in ("km", "minutes")
    )
    # A long run is planned as a word alone more often than any other.
    is_long = entries["intensity"].eq("long").fillna(value=False).to_numpy(dtype=bool)
    longest = usual.longest[row]
    nothing = np.isnan(km) & np.isnan(minutes)
    km = np.where(nothing, np.where(is_long, longest, usual_km), km)
    share = np.divide(usual_min, usual_km, out=np.full(len(km), np.nan), where=usual_km > 0)
    # The runner's own pace first; a usual week holds few runs to take one from.
    own = np.where(np.isnan(pace), share, pace)
    found_km = np.where(np.isnan(km), minutes / own, km)
    found_min = np.where(np.isnan(minutes), km * own, minutes)
    return np.nan_to_num(found_km), np.nan_to_num(found_min)

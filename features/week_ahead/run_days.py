"""Running day by day: distance, longest run, time, hardness; and what a kilometre takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from common.arrays import Bools, Floats, Ints
from common.counted_sessions import counted
from features.catalogue.window_settings import SPIKE_DAYS
from features.week_ahead.week import DAYS, Before, ComingWeek

HARD_RPE: Final = 7.0
RECENT_DAYS: Final = 182
"""Runs of so many days tell an athlete's pace."""


@dataclass(frozen=True, eq=False)
class RunDays:
    """Running of athletes on days, and what a kilometre takes each of them.

    Parameters
    ----------
    athletes : pandas.Index
        Rows of the arrays.
    first : pandas.Timestamp
        Day of the first column.
    days : ComingWeek
        The arrays, athletes x days in place of seven.
    hidden : ndarray of bool
        Days with a run of which neither distance nor time is known.
    pace : pandas.Series
        Minutes per kilometre by athlete; the team's median where the own is unknown, NaN where
        nobody's is known.
    own_pace : pandas.Series
        Whether it is the own.
    """

    athletes: pd.Index
    first: pd.Timestamp
    days: ComingWeek
    hidden: Bools
    pace: pd.Series
    own_pace: pd.Series

    def at(self, rows: pd.DataFrame) -> tuple[Ints, Ints]:
        """Return position of athlete and as-of day of rows (athlete, date)."""
        athlete = self.athletes.get_indexer(pd.Index(rows["athlete"]))
        day = (rows["date"] - self.first).dt.days.to_numpy(dtype=np.int64)
        return np.asarray(athlete, dtype=np.int64), np.asarray(day, dtype=np.int64)

    def before(self, rows: pd.DataFrame) -> Before:
        """Return what the weeks after the rows' days are compared with."""
        longest, hidden = self._window(self.days.longest_km, rows), self._window(self.hidden, rows)
        highest = longest.max(axis=1)
        # A run of unknown length may have been the longest: then there is no reference.
        known = (highest > 0) & ~hidden.any(axis=1)
        hard = self._window(self.days.hard, rows)[:, -1]
        return Before(np.where(known, highest, np.nan), hard.astype(bool))

    def after(self, rows: pd.DataFrame) -> ComingWeek:
        """Return the seven days after each row's day as they were run."""
        return self.weeks(rows, [1])[0]

    def weeks(self, rows: pd.DataFrame, first_days: Iterable[int]) -> list[ComingWeek]:
        """Return seven days that begin so many days after each row's day; nothing is 0."""
        athlete, day = self.at(rows)
        return [self._week(athlete, day + first) for first in first_days]

    def _week(self, athlete: Ints, first: Ints) -> ComingWeek:
        columns = first[:, None] + np.arange(DAYS)
        width = self.days.km.shape[1]
        inside = (columns >= 0) & (columns < width) & (athlete >= 0)[:, None]
        at = (np.maximum(athlete, 0)[:, None], np.clip(columns, 0, width - 1))
        whole = self.days
        return ComingWeek(
            km=np.where(inside, whole.km[at], 0.0),
            longest_km=np.where(inside, whole.longest_km[at], 0.0),
            minutes=np.where(inside, whole.minutes[at], 0.0),
            hard=inside & whole.hard[at],
        )

    def _window(self, grid: Floats | Bools, rows: pd.DataFrame) -> Floats:
        """Return the values of the reference days up to each row's day, the day included."""
        athlete, day = self.at(rows)
        # Empty days in front, so that the first days have a whole window to look at.
        padded = np.pad(grid.astype(np.float64), ((0, 1), (SPIKE_DAYS, 0)))
        windows = sliding_window_view(padded, SPIKE_DAYS, axis=1)
        last = np.clip(day + 1, 0, windows.shape[1] - 1)
        reference_values: Floats = windows[athlete, last]
        return reference_values


def median_pace(own: pd.Series) -> float:
    """Return the median of the athletes' own paces; NaN if no pace is known."""
    return float(own.median()) if own.notna().any() else float("nan")


def run_days(
    sessions: pd.DataFrame,
    athletes: pd.Series,
    as_of: pd.Timestamp,
    team_pace: Callable[[pd.Series], float] = median_pace,
) -> RunDays:
    """Return the running of athletes up to a day.

    Parameters
    ----------
    sessions : pandas.DataFrame
        The `sessions` table; what is to be checked and left out elsewhere is left out here.
    athletes : pandas.Series
        Their pseudonyms.
    as_of : pandas.Timestamp
        Last day; later sessions are not seen.
    team_pace : callable
        The pace of the team, from the athletes' own ones.
    """
    # A watch left on would be the longest run, and every later one no spike.
    runs = counted(sessions)
    runs = runs[(runs["sport"] == "run") & (runs["local_date"] <= as_of)]
    index = pd.Index(sorted(set(athletes)))
    runs = runs[runs["athlete"].isin(index)]
    minutes = runs["moving_min"].where(runs["moving_min"] > 0, runs["duration_min"])
    own_pace = paces(runs, minutes, index, as_of)
    pace = own_pace.fillna(team_pace(own_pace))
    # Of a team with a mileage sheet alone there is no run, and nothing is mapped to numbers.
    taken = runs["athlete"].map(pace).astype("float64")
    # Each from the other by the runner's pace: a treadmill run without a distance is still a run.
    km = runs["distance_km"].fillna(minutes / taken)
    minutes = minutes.fillna(km * taken)
    first = as_of if runs.empty else min(runs["local_date"].min(), as_of)
    shape = (len(index), int((as_of - first).days) + 1)
    at = (
        np.asarray(index.get_indexer(pd.Index(runs["athlete"])), dtype=np.int64),
        (runs["local_date"] - first).dt.days.to_numpy(dtype=np.int64),
    )
    distance, longest, time, hard, hidden = (np.zeros(shape) for _ in range(5))
    length = km.fillna(0.0).to_numpy(dtype=np.float64)
    np.add.at(distance, at, length)
    np.maximum.at(longest, at, length)
    np.add.at(time, at, minutes.fillna(0.0).to_numpy(dtype=np.float64))
    np.maximum.at(hard, at, (runs["rpe"] >= HARD_RPE).to_numpy(dtype=np.float64))
    np.maximum.at(hidden, at, km.isna().to_numpy(dtype=np.float64))
    days = ComingWeek(distance, longest, time, hard > 0)
    return RunDays(index, first, days, hidden > 0, pace, own_pace.notna())


def paces(
    runs: pd.DataFrame, minutes: pd.Series, athletes: pd.Index, as_of: pd.Timestamp
) -> pd.Series:
    """Return each athlete's own minutes per kilometre; NaN where they are unknown.

    The median over the runs of the past half year that have both. It also stands in for what older
    runs lack: weeks that are learnt from are then seen with the pace of the day on which they are
    learnt from, never with a later one.
    """
    recent = runs["local_date"] > as_of - pd.Timedelta(days=RECENT_DAYS)
    whole = recent & (runs["distance_km"] > 0) & (minutes > 0)
    each = (minutes / runs["distance_km"])[whole]
    return each.groupby(runs.loc[whole, "athlete"]).median().reindex(athletes)

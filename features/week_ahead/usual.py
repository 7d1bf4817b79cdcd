"""The athlete's usual week: of the last eight weeks with a run the one of middle distance."""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Bools, Floats
from features.week_ahead.run_days import RunDays
from features.week_ahead.week import DAYS, ComingWeek

EARLIER_WEEKS: Final = 8
LEAST_WEEKS: Final = 3
"""Below so many weeks with a run there is no usual week."""


def usual_week(run: RunDays, rows: pd.DataFrame) -> tuple[ComingWeek, Bools]:
    """Return a week as it was run that stands for the usual one, day by day.

    It is a real week and not a mean, which would run a little on every day and never far. Of an
    even number of weeks the shorter of the two in the middle is taken.

    Parameters
    ----------
    run : RunDays
        Running by day.
    rows : pandas.DataFrame
        athlete and date; only days up to the date are looked at.

    Returns
    -------
    tuple of (ComingWeek, ndarray of bool)
        The weeks, and whether there is a usual one: below three weeks with a run there is none.
    """
    weeks = run.weeks(rows, [1 - DAYS * back for back in range(1, EARLIER_WEEKS + 1)])
    # By minutes: of treadmill runs and of some watches there is no distance.
    km = np.stack([week.minutes.sum(axis=1) for week in weeks], axis=1)
    chosen, known = _middle(km)
    at = np.arange(len(rows))

    def of(name: str) -> Floats:
        return np.asarray(np.stack([getattr(week, name) for week in weeks], axis=1)[at, chosen])

    coming_week = ComingWeek(of("km"), of("longest_km"), of("minutes"), of("hard").astype(bool))
    return coming_week, known


def _middle(size: Floats) -> tuple[np.ndarray, Bools]:
    """Return the column of the middle of each row's positive sizes, and if there are enough."""
    ran = size > 0
    number = ran.sum(axis=1)
    # Weeks without a run go to the end: illness and injury are not the usual week.
    order = np.argsort(np.where(ran, size, np.inf), axis=1, kind="stable")
    middle = np.maximum(number - 1, 0) // 2
    return order[np.arange(len(size)), middle], number >= LEAST_WEEKS

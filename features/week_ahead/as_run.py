"""Weeks as they were run, without what an injury left in them."""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats, Ints
from features.week_ahead.week import DAYS, ComingWeek

# Fixed: the same weeks must teach the same whenever they are learnt from.
_SEED: Final = 0


def censored_at_onset(
    run: ComingWeek, stand_in: ComingWeek, rows: pd.DataFrame, onset: pd.Series
) -> ComingWeek:
    """Return the weeks as run up to the day before an onset; then the plan or the usual week.

    A session cut short by the injury tells of it, and so do the days without one afterwards: from
    the day of onset on nothing that was recorded is used. A week without an onset would still
    show by being whole that it is none. So it is cut as well, at a day drawn as onsets fall: by
    the running of its days.

    Parameters
    ----------
    run, stand_in : ComingWeek
        As recorded, and as planned or usual.
    rows : pandas.DataFrame
        athlete and date.
    onset : pandas.Series
        Day of the first injury in the week, missing where there was none; index of `rows`.
    """
    first = (onset - rows["date"]).dt.days.to_numpy(dtype=np.float64, na_value=np.nan)
    cut = np.where(np.isnan(first), _drawn_day(stand_in.minutes), first)
    day = np.arange(1, DAYS + 1)
    return run.where(day[None, :] < cut[:, None], stand_in)


def _drawn_day(minutes: Floats) -> Ints:
    """Return a day (1 to 7) for each row, drawn by the running of the days."""
    # A week without running has no day that is likelier than another.
    weight = minutes + np.where(minutes.sum(axis=1, keepdims=True) > 0, 0.0, 1.0)
    reached = weight.cumsum(axis=1) / weight.sum(axis=1, keepdims=True)
    drawn = np.random.default_rng(_SEED).random((len(minutes), 1))
    return np.asarray((reached <= drawn).sum(axis=1) + 1, dtype=np.int64)

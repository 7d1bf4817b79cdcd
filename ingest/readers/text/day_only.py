"""Sessions of which only the day is known: noon and after, one behind the other.

A noon that no one claims keeps the day right in every zone; behind one another, two sessions of a
day stay two. The change is named, so that no one takes the time of day for a fact.
"""

from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.base import ReadContext
from ingest.records.examination import Columns, Sheet
from ingest.sessions.day_only import MARK

REPAIR: Final = "time_of_day_unknown_noon_taken"
_NOON: Final = pd.Timedelta(hours=12)
_BETWEEN_MIN: Final = 1.0


def sessions_of_days(
    sheet: Sheet, dates: pd.Series, columns: Columns, context: ReadContext
) -> Columns:
    """Return start and local day of sessions without a time of day.

    Parameters
    ----------
    sheet : Sheet
        The records; each gets the repair's name.
    dates : pandas.Series
        Days, NaT where refused.
    columns : dict
        Column duration_min.
    """
    sheet.repair(dates.notna().to_numpy(), REPAIR)
    start = pd.Series(after_noon(dates, pd.Series(columns["duration_min"])), index=dates.index)
    return {
        "start": sheet.utc(start, context.config.time_zone),
        "local_date": dates,
        MARK: dates.notna(),
    }


def after_noon(
    dates: pd.Series, minutes: pd.Series, key: pd.Series | None = None
) -> "pd.Series[pd.Timestamp]":
    """Return the first session of a day at noon, each further one a minute after the one before.

    Parameters
    ----------
    dates : pandas.Series
        Days, NaT where there is none.
    minutes : pandas.Series
        Lengths, NaN where unknown.
    key : pandas.Series, optional
        What follows one another; by default the sessions of a day.

    Examples
    --------
    >>> day = pd.Series(pd.to_datetime(["2024-05-06", "2024-05-06"]))
    >>> after_noon(day, pd.Series([30.0, 10.0])).dt.strftime("%H:%M").tolist()
    ['12:00', '12:31']
    """
    length = pd.Series(np.nan_to_num(minutes.to_numpy(dtype=float)), index=dates.index)
    length = length + _BETWEEN_MIN
    before = length.groupby(dates if key is None else key.where(dates.notna())).cumsum() - length
    shift = pd.to_timedelta(before.round(6), unit="min")
    start: pd.Series[pd.Timestamp] = dates + _NOON + shift
    return start

"""On which days an athlete logged anything, as known on the as-of day."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from features.panel.athlete_days import LOGGING_SOURCES

_SPAN: Final = 1 << 24
"""More days than any calendar here: athlete x span + day is a sortable key."""


def logged_days(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the days with a record of any kind, up to and including the as-of day.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a dataset; those of :data:`features.panel.athlete_days.LOGGING_SOURCES` are
        read where present.
    as_of : pandas.Timestamp
        Later records are not seen.

    Returns
    -------
    pandas.DataFrame
        athlete, date; one row per athlete-day, sorted.
    """
    parts = [
        tables[name][["athlete", column]].set_axis(["athlete", "date"], axis=1)
        for name, column in LOGGING_SOURCES.items()
        if name in tables and len(tables[name])
    ]
    if not parts:
        return pd.DataFrame({"athlete": pd.Series(dtype="str"), "date": pd.Series(dtype="M8[ns]")})
    days = pd.concat(parts, ignore_index=True)
    days = days[days["date"] <= as_of]
    # As numbers: texts of many days take several times as long to be compared and sorted.
    codes, names = pd.factorize(days["athlete"], sort=True)
    day = days["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    # From the earliest on: a day before 1970 is negative, and would count for another athlete.
    earliest = day.min(initial=0)
    # A run and a questionnaire of one day are one day with a record.
    whose, when = np.divmod(np.sort(pd.unique(codes * _SPAN + (day - earliest))), _SPAN)
    dates = (when + earliest).astype("datetime64[D]").astype("datetime64[ns]")
    return pd.DataFrame({"athlete": pd.Index(names).take(whose), "date": dates}).astype(
        {"athlete": "str"}
    )


def training_days(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return the days of the sessions, and the last day of each week of a mileage sheet."""
    days = [tables["sessions"]["local_date"]]
    if "mileage" in tables:
        weeks = tables["mileage"]
        days.append(weeks["date"] + pd.to_timedelta(weeks["days"] - 1, unit="D"))
    return pd.concat(days, ignore_index=True)


def last_training_day(tables: Mapping[str, pd.DataFrame]) -> pd.Timestamp:
    """Return the day of the last session, or of the end of a later week of a mileage sheet.

    A session that is only planned lies after the last day on which anybody is observed: the day is
    no later than that one. It is NaT where there is neither a session nor a week.
    """
    latest = pd.Timestamp(training_days(tables).max())
    # Without this limit a planned session would make the present Monday look like a past one.
    return min(latest, pd.Timestamp(tables["athletes"]["observed_to"].max()))


def record_span(logged: pd.DataFrame) -> pd.DataFrame:
    """Return athlete, first_record and last_record of the days of :func:`logged_days`."""
    by_athlete = logged.groupby("athlete")["date"]
    span = {"first_record": by_athlete.min(), "last_record": by_athlete.max()}
    return pd.DataFrame(span).reset_index()

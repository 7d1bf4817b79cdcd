"""On which days an athlete logged anything, as known on the as-of day."""

from collections.abc import Mapping

import pandas as pd

from features.panel.athlete_days import LOGGING_SOURCES


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
    days = pd.concat(parts).drop_duplicates()
    return days[days["date"] <= as_of].sort_values(["athlete", "date"], ignore_index=True)


def record_span(logged: pd.DataFrame) -> pd.DataFrame:
    """Return athlete, first_record and last_record of the days of :func:`logged_days`."""
    by_athlete = logged.groupby("athlete")["date"]
    span = {"first_record": by_athlete.min(), "last_record": by_athlete.max()}
    return pd.DataFrame(span).reset_index()

"""Who could be scored in each week of a season, as known on the day."""

from collections.abc import Mapping, Sequence

import pandas as pd

from features.catalogue.settings import FeatureSettings
from forecasting.settings import StatusSettings
from forecasting.status.athlete_status import status_on
from forecasting.status.record_days import logged_days


def season_status(
    tables: Mapping[str, pd.DataFrame],
    days: Sequence[pd.Timestamp] | pd.DatetimeIndex,
    features: FeatureSettings,
    settings: StatusSettings,
) -> pd.DataFrame:
    """Return the status of everybody under observation on each day.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; nothing dated after a day has a say in its status.
    days : sequence of pandas.Timestamp
        As-of days.
    features : FeatureSettings
        How long a silence is believed, and how reports become injuries.
    settings : StatusSettings
        Pause and least history.

    Returns
    -------
    pandas.DataFrame
        athlete, team, date, status (one of :data:`forecasting.status.statuses.STATUSES`).
    """
    # Made once for all weeks; `status_on` cuts it off at each day.
    logged = logged_days(tables, max(days))
    weeks = []
    for day in days:
        rows = status_on(tables, day, features, settings, logged=logged)
        weeks.append(rows[["athlete", "team", "status"]].assign(date=day))
    return pd.concat(weeks, ignore_index=True)

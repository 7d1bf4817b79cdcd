"""Weeks of a mileage sheet count where nothing finer is known: they repeat what watches say."""

from typing import Final

import pandas as pd

COLUMNS: Final = ["athlete", "date", "days", "distance_km", "source"]
"""Columns of the contract `mileage`."""


def weeks_without_sessions(weekly: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return the weekly totals of sheets for weeks in which the athlete has no session.

    Parameters
    ----------
    weekly : pandas.DataFrame
        athlete, week_start, week_end, km (null where the cell tells no number), source.
    sessions : pandas.DataFrame
        athlete and local_date of all sessions, of any sport: who recorded a walk wore the watch.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`, one row per athlete and week with known kilometres; `date` is the first
        day of the week.
    """
    rows = weekly[weekly["km"].notna()].reset_index(drop=True).reset_index(names="week")
    both = rows[["week", "athlete", "week_start", "week_end"]].merge(
        sessions[["athlete", "local_date"]].drop_duplicates(), on="athlete"
    )
    finer = both.loc[both["local_date"].between(both["week_start"], both["week_end"]), "week"]
    alone = rows[~rows["week"].isin(finer)]
    # Two sheets may hold the same week, which counts once.
    alone = alone.drop_duplicates(["athlete", "week_start"])
    return pd.DataFrame(
        {
            "athlete": alone["athlete"],
            "date": alone["week_start"],
            "days": ((alone["week_end"] - alone["week_start"]).dt.days + 1).astype("float64"),
            "distance_km": alone["km"].astype("float64"),
            "source": alone["source"],
        }
    )[COLUMNS].reset_index(drop=True)

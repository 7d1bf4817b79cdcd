"""Injuries without a return date whose athlete does not run: nobody knows whether they are back."""

from typing import Final

import pandas as pd

from forecasting.words import plain_date

RUN_PAUSE_DAYS: Final = 28
"""Days without a run after which an injury without a return date is asked about again."""

QUESTION: Final = "injured or back? enter the return date"
OPEN_COLUMNS: Final = ("athlete", "onset_date", "region", "diagnosis", "last_run")


def open_injuries(
    injuries: pd.DataFrame, sessions: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return whose latest injury has no return date while no run says that they are back.

    Features and outcomes end such an injury after its default duration; a probability of someone
    who does not run would look like an all-clear, though.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table from :func:`features.injury_rules.as_known_on` the day.
    sessions : pandas.DataFrame
        athlete, local_date, sport; only runs up to `as_of` count.
    as_of : pandas.Timestamp
        Day of the forecast.

    Returns
    -------
    pandas.DataFrame
        athlete, onset_date, region, diagnosis, last_run (null if none was ever logged); one row
        per athlete whose last run is not after the onset, or :data:`RUN_PAUSE_DAYS` or more before
        `as_of`.
    """
    latest = injuries.sort_values(["athlete", "onset_date", "return_date"])
    latest = latest.drop_duplicates("athlete", keep="last")
    open_ = latest[latest["return_date"].isna()]
    runs = sessions[(sessions["sport"] == "run") & (sessions["local_date"] <= as_of)]
    last = runs.groupby("athlete", as_index=False).agg(last_run=("local_date", "max"))
    found = open_.merge(last, on="athlete", how="left")
    pause = (as_of - found["last_run"]).dt.days
    runs_again = (found["last_run"] > found["onset_date"]) & (pause < RUN_PAUSE_DAYS)
    asked: pd.DataFrame = found.loc[~runs_again, list(OPEN_COLUMNS)]
    return asked.reset_index(drop=True)


def open_note(onset: pd.Timestamp, region: str, last_run: pd.Timestamp) -> str:
    """Say what is not known, and the one entry that settles it."""
    since = "since"
    if pd.notna(last_run) and last_run > onset:
        since = f"after {plain_date(last_run)}"
    return (
        f"injury of {plain_date(onset)} ({region.replace('_', ' ')}) has no return date and no run "
        f"is logged {since}: {QUESTION}"
    )


def to_ask(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a week's scores that wait for a return date, one per athlete."""
    asked = scores["status_note"].str.endswith(QUESTION).fillna(value=False).astype(bool)
    return scores[asked].drop_duplicates("athlete")

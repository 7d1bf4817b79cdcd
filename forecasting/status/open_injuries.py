"""Injuries without a return date whose athlete does not run: nobody knows whether they are back."""

from typing import Final

import pandas as pd

from common.plain_words import plain_date

RUN_PAUSE_DAYS: Final = 28
"""Days without a run after which an injury without a return date is asked about again."""

WEEK_DAYS: Final = 7

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
        The `injuries` table from :func:`features.injuries.rules.as_known_on` the day.
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


def runs_again(injuries: pd.DataFrame, sessions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return who runs although their latest injury has no return date.

    Parameters
    ----------
    injuries, sessions, as_of
        As for :func:`open_injuries`.

    Returns
    -------
    pandas.DataFrame
        athlete, onset_date, first_run, runs; one row per athlete with a run after the onset and in
        the :data:`WEEK_DAYS` up to `as_of`. `first_run` begins the last stretch of runs after the
        onset without a pause of more than :data:`WEEK_DAYS`.
    """
    known = injuries[injuries["onset_date"] <= as_of]
    latest = known.sort_values(["athlete", "onset_date", "return_date"])
    latest = latest.drop_duplicates("athlete", keep="last")
    open_ = latest.loc[latest["return_date"].isna(), ["athlete", "onset_date"]]
    runs = sessions[(sessions["sport"] == "run") & (sessions["local_date"] <= as_of)]
    after = runs[["athlete", "local_date"]].merge(open_, on="athlete")
    after = after[after["local_date"] > after["onset_date"]].sort_values(["athlete", "local_date"])
    pause = after.groupby("athlete")["local_date"].diff().dt.days
    after["stretch"] = (pause > WEEK_DAYS).groupby(after["athlete"]).cumsum()
    last = after[after["stretch"] == after.groupby("athlete")["stretch"].transform("max")]
    found = last.groupby(["athlete", "onset_date"], as_index=False).agg(
        first_run=("local_date", "min"), last_run=("local_date", "max"), runs=("local_date", "size")
    )
    recent = (as_of - found["last_run"]).dt.days < WEEK_DAYS
    back: pd.DataFrame = found.loc[recent, ["athlete", "onset_date", "first_run", "runs"]]
    return back.reset_index(drop=True)


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

"""Who can be scored this week, and what to say about those who cannot."""

from collections.abc import Hashable
from typing import Any, Final

import numpy as np
import pandas as pd

from common.plain_words import plain_day
from forecasting.returning.published_recovery import published_recovery, return_note
from forecasting.settings import StatusSettings
from forecasting.status.open_injuries import open_note

STATUSES: Final = ("scored", "injured", "silent", "too_short_history", "no_data")
STATUS_COLUMNS: Final = (
    "athlete", "team", "status", "status_note", "last_record", "days_since_record",
    "days_since_onset", "return_note",
)  # fmt: skip


DEFAULT_STATUS: Final = StatusSettings()


def athlete_status(
    athletes: pd.DataFrame,
    spans: pd.DataFrame,
    injuries: pd.DataFrame,
    as_of: pd.Timestamp,
    settings: StatusSettings = DEFAULT_STATUS,
    unclear: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say of every athlete whether they are scored, or why not.

    An athlete of whom several hold is injured before anything else (with or without a known end),
    then without data, then silent, then too new.

    Parameters
    ----------
    athletes : pandas.DataFrame
        athlete, team, and level where it is known.
    spans : pandas.DataFrame
        athlete, first_record, last_record, from :func:`forecasting.status.record_days.record_span`.
    injuries : pandas.DataFrame
        athlete, onset_date, end_date, region, diagnosis, from
        :func:`features.injuries.rules.effective_injuries` as known on the as-of day.
    as_of : pandas.Timestamp
        The day of the forecast.
    settings : StatusSettings
        Silence and least history.
    unclear : pandas.DataFrame, optional
        From :func:`forecasting.status.open_injuries.open_injuries`: they count as injured until
        somebody enters the return date or they run again. Without it an injury whose end nobody
        wrote down ends after its default duration.

    Returns
    -------
    pandas.DataFrame
        athlete, team, status (one of :data:`STATUSES`), status_note (empty if scored),
        last_record, days_since_record, days_since_onset (null unless injured), return_note (where
        an injured athlete stands beside published recoveries; empty for the others).
    """
    who = athletes.reindex(columns=["athlete", "team", "level"])
    table = who.merge(spans, on="athlete", how="left")
    table = table.merge(_hurt(injuries, unclear, as_of), on="athlete", how="left")
    table["days_since_record"] = (as_of - table["last_record"]).dt.days.astype("Int64")
    table["days_since_onset"] = (as_of - table["onset_date"]).dt.days.astype("Int64")
    history = (as_of - table["first_record"]).dt.days + 1
    tests = {
        "injured": table["onset_date"].notna(),
        "no_data": table["last_record"].isna(),
        "silent": table["days_since_record"].gt(settings.silence_days).fillna(value=False),
        "too_short_history": history < settings.least_history_days,
    }
    table["status"] = np.select(
        [test.to_numpy(dtype=bool) for test in tests.values()], list(tests), default="scored"
    )
    table["history_days"] = history
    table["status_note"] = [
        _note(row, settings.least_history_days) for row in table.to_dict("records")
    ]
    table["return_note"] = [_return(row) for row in table.to_dict("records")]
    table = table.astype({"status": "str", "status_note": "str", "return_note": "str"})
    return table[list(STATUS_COLUMNS)]


def _current(injuries: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the injury each athlete has on the day; of several the first."""
    now = injuries[(injuries["onset_date"] <= as_of) & (injuries["end_date"] > as_of)]
    first = now.sort_values(["athlete", "onset_date"]).drop_duplicates("athlete")
    return first.reindex(columns=["athlete", "onset_date", "region", "diagnosis"])


def _hurt(
    injuries: pd.DataFrame, unclear: pd.DataFrame | None, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return the injury of each athlete who has one, or of whom nobody knows."""
    now = _current(injuries, as_of)
    no_run = pd.Series(pd.NaT, now.index, dtype="datetime64[ns]")
    now = now.assign(is_unclear=False, last_run=no_run)
    if unclear is None:
        return now
    asked = unclear[~unclear["athlete"].isin(now["athlete"])].assign(is_unclear=True)
    return pd.concat([now, asked], ignore_index=True) if len(now) else asked


def _note(row: dict[Hashable, Any], needed_days: int) -> str:
    if row["status"] == "injured" and row["is_unclear"]:
        return open_note(row["onset_date"], row["region"], row["last_run"])
    if row["status"] == "injured":
        return f"injured since {plain_day(row['onset_date'])} ({_words(row['region'])}): not scored"
    if row["status"] == "silent":
        since = plain_day(row["last_record"])
        return f"no record since {since}, {row['days_since_record']} days ago: not scored"
    if row["status"] == "too_short_history":
        return f"{row['history_days']:.0f} days of records, {needed_days} are needed: not scored"
    return "no record up to this day: not scored" if row["status"] == "no_data" else ""


def _return(row: dict[Hashable, Any]) -> str:
    if row["status"] != "injured":
        return ""
    known = {name: "" if pd.isna(row[name]) else str(row[name]) for name in ("diagnosis", "level")}
    return return_note(int(row["days_since_onset"]), published_recovery(**known))


def _words(name: str) -> str:
    return name.replace("_", " ")

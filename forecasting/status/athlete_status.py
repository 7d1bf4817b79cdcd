"""How each athlete stands on a day: who gets a number, and what to say about those who do not."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from common.language import message, plural
from common.text.body_words import region_words
from common.text.plain_words import plain_day
from features.catalogue.settings import FeatureSettings
from features.injuries.known_running import known_runs
from forecasting.settings import StatusSettings
from forecasting.status import statuses as s
from forecasting.status.open_injuries import open_injuries, open_note
from forecasting.status.record_days import logged_days, record_span
from forecasting.status.running_record import running_record

STATUS_COLUMNS: Final = (
    "athlete", "team", "status", "status_note", "last_record", "days_since_record",
    "days_since_onset",
)  # fmt: skip

DEFAULT_STATUS: Final = StatusSettings()


def status_on(
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    features: FeatureSettings,
    settings: StatusSettings = DEFAULT_STATUS,
    logged: pd.DataFrame | None = None,
    hurt: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the status of everybody under observation on a day.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; nothing dated later than `as_of` has a say. `unclear`
        (athlete, sentence) says of whom an entry could not be read, where it is there.
    as_of : pandas.Timestamp
        The day.
    features : FeatureSettings
        How long a silence is believed (`silence_days`), and how long an injury lasts whose return
        nobody wrote down (`injuries`).
    settings : StatusSettings
        Pause, least history, share to check.
    logged : pandas.DataFrame, optional
        From :func:`forecasting.status.record_days.logged_days`, where it is at hand.
    hurt : pandas.DataFrame, optional
        From :func:`forecasting.status.open_injuries.open_injuries` of the day, where it is at hand.

    Returns
    -------
    pandas.DataFrame
        :data:`STATUS_COLUMNS`; see :func:`athlete_status`.
    """
    people = tables["athletes"]
    here = people[(people["observed_from"] <= as_of) & (people["observed_to"] >= as_of)]
    days = logged_days(tables, as_of) if logged is None else logged[logged["date"] <= as_of]
    record = running_record(tables, as_of)
    if hurt is None:
        runs = known_runs(tables, as_of)
        hurt = open_injuries(tables["injuries"], runs, as_of, features.injuries)
    return athlete_status(
        here,
        record_span(days).merge(record, on="athlete", how="outer"),
        hurt,
        as_of,
        features.silence_days,
        settings,
        _unclear(tables),
    )


def _unclear(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    if "unclear" not in tables:
        return {}
    rows = tables["unclear"]
    return dict(zip(rows["athlete"].astype("str"), rows["sentence"].astype("str"), strict=True))


def athlete_status(
    athletes: pd.DataFrame,
    spans: pd.DataFrame,
    hurt: pd.DataFrame,
    as_of: pd.Timestamp,
    silence_days: int,
    settings: StatusSettings = DEFAULT_STATUS,
    unclear: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Say of every athlete how they stand, and why.

    Of several that hold the first counts: injured, or modified for who runs with the injury;
    without any run on record; unclear; silent; newcomer; data to check; else running.

    Parameters
    ----------
    athletes : pandas.DataFrame
        athlete, team, and level where it is known.
    spans : pandas.DataFrame
        athlete, first_record, last_record, first_run, last_run, check_share_28d and
        check_share_7d from :func:`forecasting.status.running_record.running_record`; null where
        there is none.
    hurt : pandas.DataFrame
        From :func:`forecasting.status.open_injuries.open_injuries`.
    as_of : pandas.Timestamp
        The day of the forecast.
    silence_days : int
        Who has no record for more days than this is silent.
    settings : StatusSettings
        Pause, least history, share to check.
    unclear : mapping of str to str, optional
        By athlete, what entry about them could not be read.

    Returns
    -------
    pandas.DataFrame
        athlete, team, status (one of :data:`forecasting.status.statuses.STATUSES`), status_note
        (empty for who runs), last_record, days_since_record, days_since_onset (null unless
        injured or modified).
    """
    who = athletes.reindex(columns=["athlete", "team", "level"])
    table = who.merge(spans, on="athlete", how="left").merge(hurt, on="athlete", how="left")
    table = table.assign(
        last_record=table[["last_record", "last_run"]].max(axis=1),
        unclear=[(unclear or {}).get(athlete, "") for athlete in table["athlete"]],
        to_check=table["check_share_28d"].astype("float64").fillna(0.0),
        # No run of the week can be believed, so its 0 km are not known to be 0.
        week_in_doubt=table["check_share_7d"].astype("float64").eq(1.0),
    )
    table["days_since_record"] = (as_of - table["last_record"]).dt.days.astype("Int64")
    table["days_since_run"] = (as_of - table["last_run"]).dt.days.astype("Int64")
    table["days_since_onset"] = (as_of - table["onset_date"]).dt.days.astype("Int64")
    table["days_running"] = (as_of - table["first_run"]).dt.days + 1
    table["is_silent"] = table["days_since_record"].gt(silence_days).fillna(value=False)
    table["is_paused"] = table["days_since_run"].ge(settings.run_pause_days).fillna(value=False)
    table["status"] = _status(table, as_of, settings)
    # Who runs and of whom everything could be read needs no words: nearly everybody.
    with_note = (table["status"] != s.RUNNING) | (table["unclear"] != "")
    notes = [_note(row, as_of, settings) for row in table[with_note].to_dict("records")]
    table["status_note"] = ""
    table.loc[with_note, "status_note"] = notes
    table = table.astype({"status": "str", "status_note": "str"})
    return table[list(STATUS_COLUMNS)]


def _status(
    table: pd.DataFrame, as_of: pd.Timestamp, settings: StatusSettings
) -> "np.ndarray[Any, np.dtype[np.str_]]":
    hurt = table["onset_date"].notna()
    after = (as_of - pd.to_datetime(table["run_since_onset"])).dt.days
    runs_on = after.le(settings.runs_on_days).fillna(value=False)
    # The order decides: np.select takes the first test that holds.
    tests = {
        s.MODIFIED: hurt & runs_on,
        s.INJURED: hurt,
        s.NO_RUNNING_RECORD: table["first_run"].isna(),
        # Who may be injured is silent for it: the first has to be told.
        s.UNCLEAR: table["unclear"] != "",
        s.SILENT: table["is_silent"] | table["is_paused"],
        s.NEWCOMER: table["days_running"] < settings.least_history_days,
        s.CHECK: (table["to_check"] > settings.share_to_check) | table["week_in_doubt"],
    }
    return np.select(
        [test.to_numpy(dtype=bool) for test in tests.values()], list(tests), default=s.RUNNING
    )


def _new(days: float, needed: int) -> str:
    return plural(
        "{days} day since the first run, {needed} are needed: not scored",
        "{days} days since the first run, {needed} are needed: not scored",
        round(days),
        days=f"{days:.0f}",
        needed=needed,
    )


def _note_of_status(row: dict[Hashable, Any], as_of: pd.Timestamp, settings: StatusSettings) -> str:
    status = str(row["status"])
    if status in {s.MODIFIED, s.INJURED}:
        return _hurt(row, as_of)
    if status == s.SILENT:
        return _silence(row)
    if status == s.NO_RUNNING_RECORD:
        return message("no run on record up to this day: not scored")
    if status == s.UNCLEAR:
        return message("{what}: not scored until it is clear", what=row["unclear"])
    if status == s.NEWCOMER:
        return _new(float(row["days_running"]), settings.least_history_days)
    return _doubt(row) if status == s.CHECK else ""


def _note(row: dict[Hashable, Any], as_of: pd.Timestamp, settings: StatusSettings) -> str:
    note = _note_of_status(row, as_of, settings)
    # An entry that could not be read is told whatever else holds: it may be an injury.
    if row["status"] == s.UNCLEAR and (row["is_silent"] or row["is_paused"]):
        return f"{_silence(row)}; {row['unclear']}"
    if row["unclear"] and row["status"] != s.UNCLEAR:
        return f"{note}; {row['unclear']}" if note else str(row["unclear"])
    return note


def _doubt(row: dict[Hashable, Any]) -> str:
    if row["week_in_doubt"]:
        return message("every run of the past week has to be checked first: not scored")
    return message(
        "{percent} % of the running time of four weeks has to be checked first: not scored",
        percent=f"{100 * row['to_check']:.0f}",
    )


def _hurt(row: dict[Hashable, Any], as_of: pd.Timestamp) -> str:
    if pd.isna(row["onset_date"]):
        return ""
    if row["is_overdue"]:
        return open_note(row["onset_date"], str(row["region"]), row["run_since_onset"])
    onset, region = plain_day(row["onset_date"]), region_words(str(row["region"]))
    if row["status"] == s.MODIFIED:
        return message(
            "injured since {onset} ({region}) but running, last on {ran}: not scored",
            onset=onset, region=region, ran=plain_day(min(row["run_since_onset"], as_of)),
        )  # fmt: skip
    return message("injured since {onset} ({region}): not scored", onset=onset, region=region)


def _silence(row: dict[Hashable, Any]) -> str:
    if row["is_silent"]:
        return message(
            "no record since {day}, {days} days ago: not scored",
            day=plain_day(row["last_record"]), days=row["days_since_record"],
        )  # fmt: skip
    if pd.isna(row["last_run"]):
        return ""
    return message(
        "no run since {day}, {days} days ago: not scored",
        day=plain_day(row["last_run"]), days=row["days_since_run"],
    )  # fmt: skip

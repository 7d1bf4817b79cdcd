"""Bring the records of all files into tables: copies dropped, sources joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from common.contracts import CONTRACTS, empty
from ingest.harmonise.copies import Copies
from ingest.harmonise.days import merge_by_key
from ingest.harmonise.duplicates import drop_copies
from ingest.harmonise.gait_trials import gait_of_strides
from ingest.injuries.settle import settle
from ingest.records.account import Account
from ingest.sessions.joining import Harmonised, in_order
from ingest.sessions.load_sports import as_running_load
from ingest.sessions.mileage import weeks_without_sessions

_ONE_PER_KEY: Final = {
    "wellness": ["athlete", "date"],
    "body": ["athlete", "date"],
    "shoes": ["athlete", "shoe_id"],
}

STEPS: Final = (
    "recordings_joined", "parts_joined", "answers_matched",
    *(f"{name}_rows_joined" for name in _ONE_PER_KEY),
    "injuries_of_two_lists", "injury_remarks_joined", "injury_reports_joined",
    "open_injuries_ended", "injuries_listed_again",
)  # fmt: skip
"""Where records go into others, in the order in which that happens."""

Frames = dict[str, pd.DataFrame]


class Tables(NamedTuple):
    """The tables, how many records went into others by step, and what was put right on the way.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Table -> rows.
    merged : dict of str to int
        Step -> records that are now part of another.
    repairs : pandas.DataFrame
        source, record, code of repairs that only show beside other files.
    """

    tables: Frames
    merged: dict[str, int]
    repairs: pd.DataFrame


def without_copies(
    records: Mapping[str, pd.DataFrame], accounts: list[Account]
) -> tuple[Frames, list[Account]]:
    """Drop rows that stand twice; a record none of whose rows stays is a repair of its file."""
    distinct = {name: drop_copies(frame) for name, frame in records.items()}
    copies = Copies()
    copies.note(distinct)
    frames = {name: table.frame for name, table in distinct.items()}
    return frames, copies.counted(accounts, frames.values())


@dataclass(frozen=True)
class Rules:
    """What of the settings of a dataset the joining depends on.

    Parameters
    ----------
    zone : str
        The team's time zone.
    last_day : pandas.Timestamp
        Last day of the data.
    kinds : mapping of str to str
        File -> kind of file, of files whose clock may be found from the recordings.
    load_sports : sequence of str
        Sports that count as running load.
    recurrent_within_days : int, optional
        See :func:`ingest.injuries.recurrence.with_recurrence`.
    """

    zone: str
    last_day: pd.Timestamp
    kinds: Mapping[str, str]
    load_sports: Sequence[str] = ("run",)
    recurrent_within_days: int | None = None


def recordings_and_answers(
    records: Mapping[str, pd.DataFrame],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what devices recorded and what was answered, without rows where there is neither."""
    return records.get("sessions", _nothing()), in_order(records.get("answers", _nothing()))


def harmonise(records: Mapping[str, pd.DataFrame], sessions: Harmonised, rules: Rules) -> Tables:
    """Join what several sources say about one session, one day, one pair of shoes, one injury.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows of all files, without copies.
    sessions : Harmonised
        Their sessions.
    rules : Rules
    """
    # Working tables such as `answers` are taken up below and do not come out as they are.
    tables = {name: frame for name, frame in records.items() if name in CONTRACTS}
    load = as_running_load(sessions.sessions, rules.load_sports)
    tables["sessions"] = load.sessions
    merged = {
        "recordings_joined": sessions.recordings_joined,
        "parts_joined": sessions.parts_joined,
        "answers_matched": sessions.answers_matched,
    }
    # After the sessions: a week in which any of them lies needs no sheet.
    if "weekly_km" in records:
        tables["mileage"] = weeks_without_sessions(records["weekly_km"], tables["sessions"])
    for name, keys in _ONE_PER_KEY.items():
        if name in tables:
            tables[name], merged[f"{name}_rows_joined"] = merge_by_key(tables[name], keys)
    settled = settle(records, rules.last_day, rules.recurrent_within_days)
    tables["complaints"] = settled.complaints
    merged |= settled.merged
    if len(settled.injuries):
        tables["injuries"] = settled.injuries
    if "gait_strides" in records:
        strides = gait_of_strides(records["gait_strides"], records.get("gait_trials"))
        tables["gait"] = pd.concat([tables[n] for n in ("gait",) if n in tables] + [strides])
    return Tables(tables, merged, pd.concat([sessions.repairs, load.repairs.astype("str")]))


def _nothing() -> pd.DataFrame:
    """Return no rows, with the columns of sessions and of answers."""
    bare = empty("sessions")
    return bare.assign(
        end=bare["start"], **{n: pd.Series(dtype="int64") for n in ("fits", "record")}
    )

"""Sessions that several sources saw are one session: clocks set, recordings joined, answers given.

The order matters: clocks first, then recordings with recordings, then answers to what was recorded
(by time, then by day), and last what nobody recorded becomes a session of its own.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from common.arrays import Ints
from common.contract_check import INSTANT
from common.contracts import CONTRACTS
from ingest.records.local_clock import to_local
from ingest.records.sports import masks
from ingest.sessions.answer_clocks import (
    ClockProof,
    clock_proofs,
    on_proven_clocks,
    on_true_clocks,
)
from ingest.sessions.camp_clock import take_watch_clock
from ingest.sessions.checks import to_check
from ingest.sessions.day_answers import day_of_answer, matched_by_time_and_day
from ingest.sessions.day_only import (
    ANSWERED,
    MARK,
    one_after_the_other,
    take_recorded_clock,
    totals_of_days,
)
from ingest.sessions.grouping import same_session
from ingest.sessions.list_clocks import on_one_clock
from ingest.sessions.merging import merge_recordings
from ingest.sessions.plausibility import false_starts, put_right, with_told_minutes
from ingest.sessions.restarts import join_parts
from ingest.sessions.sport_guess import LIKELY_SPORT, with_likely_sport

MEASURED: Final = ("distance_km", "moving_min", "hr_mean", "hr_max", "cadence_spm", "ascent_m")
"""A row with none of these but a rating is an answer, whatever file it stands in."""
_COLUMNS: Final = list(CONTRACTS["sessions"].columns)
_WORKING: Final[dict[str, Any]] = {
    "repaired": "bool", "lost": "float64", "told_min": "float64", LIKELY_SPORT: "str", MARK: "bool",
    ANSWERED: INSTANT,
}  # fmt: skip
_ORDER: Final = ["athlete", "sport", "start", "duration_min", "distance_km", "source", "record"]


class Harmonised(NamedTuple):
    """Sessions, how many records went into others, and what was put right.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Columns of the contract.
    recordings_joined, parts_joined, answers_matched : int
        Records that are now part of another session.
    repairs : pandas.DataFrame
        source, record and code (name of the repair), one row per record and repair.
    """

    sessions: pd.DataFrame
    recordings_joined: int
    parts_joined: int
    answers_matched: int
    repairs: pd.DataFrame


class Recorded(NamedTuple):
    """Recordings, one row per session, before the answers about them are looked at."""

    sessions: pd.DataFrame
    joined: int
    parts: int
    repairs: list[pd.DataFrame]


class _Answered(NamedTuple):
    """Sessions with what answers say, and how many records went into others."""

    sessions: pd.DataFrame
    joined: int
    matched: int


def harmonise_sessions(
    recordings: pd.DataFrame,
    answers: pd.DataFrame,
    zone: str,
    kinds: Mapping[str, str] | None = None,
) -> Harmonised:
    """Make one row per activity from device recordings and session answers.

    Parameters
    ----------
    recordings : pandas.DataFrame
        Columns of the sessions contract as far as known, and `record`.
    answers : pandas.DataFrame
        Columns athlete, end, duration_min, rpe, sport, fits, shoe_id, source, source_hash, record.
    zone : str
        The team's time zone: lists without a zone were read in it, and an answer without a
        recording gets its local day by it.
    kinds : mapping of str to str, optional
        File -> kind of file, whose clock is then checked; without it answers keep their clock.
    """
    recorded = recorded_sessions(recordings, zone)
    ordered = in_order(answers)
    proofs = clock_proofs(ordered, recorded.sessions, zone, kinds or {})
    return answered_sessions(recorded, ordered, zone, kinds or {}, proofs)


def answered_sessions(
    recorded: Recorded,
    answers: pd.DataFrame,
    zone: str,
    kinds: Mapping[str, str],
    proofs: Mapping[str, ClockProof],
) -> Harmonised:
    """Return the sessions of recordings and answers, the clocks of answers being known.

    Parameters
    ----------
    recorded : Recorded
        From :func:`recorded_sessions`.
    answers : pandas.DataFrame
        From :func:`in_order`.
    zone, kinds
        As for :func:`harmonise_sessions`.
    proofs : mapping of str to ClockProof
        Of each kind of file, from the answers of the whole club.
    """
    timed_answers, clocks = on_proven_clocks(answers, proofs, zone, kinds)
    final = _answered(recorded.sessions, timed_answers, zone)
    return Harmonised(
        sessions=_checked(final.sessions, zone)[_COLUMNS],
        recordings_joined=recorded.joined + final.joined,
        parts_joined=recorded.parts,
        answers_matched=final.matched,
        repairs=_repairs([*recorded.repairs, clocks]),
    )


def recorded_sessions(recordings: pd.DataFrame, zone: str) -> Recorded:
    """Put recordings on one clock, put their values right and join them."""
    on_time = take_watch_clock(take_recorded_clock(recordings), zone).reset_index(drop=True)
    moved = on_one_clock(on_time)
    typed = _typed(moved.sessions).sort_values(_ORDER, kind="stable").reset_index(drop=True)
    # The sum of a day leaves first: joined with one of its runs
    # it would give that run the whole day.
    sums = totals_of_days(typed)
    whole = typed[~sums].reset_index(drop=True)
    right = put_right(whole)
    bare = _is_answer(right.sessions)
    recorded = right.sessions[~bare].reset_index(drop=True)
    parts = join_parts(recorded)
    joined, guessed = with_likely_sport(one_after_the_other(_join(parts)))
    # Only after joining: a minute before a restart is part of a run and no false start.
    stopped = false_starts(joined)
    ran = joined[~stopped].reset_index(drop=True)
    timed_answers, clocks = _typed_answers(_as_answers(right.sessions[bare]), ran, zone)
    rated = _answered(ran, timed_answers, zone)
    return Recorded(
        sessions=rated.sessions,
        joined=len(parts) - len(joined) + rated.joined + rated.matched,
        parts=len(recorded) - len(parts),
        repairs=[
            moved.repairs,
            _touched(typed[sums], "total_of_the_day_dropped"),
            right.repairs,
            clocks,
            _touched(joined[guessed], "sport_by_speed_and_cadence"),
            _touched(joined[stopped], "false_start_dropped"),
        ],
    )


def _answered(sessions: pd.DataFrame, answers: pd.DataFrame, zone: str) -> _Answered:
    """Give each session its answer; an answer without a session becomes one."""
    place = matched_by_time_and_day(answers, sessions, zone)
    filled = _fill_in(sessions, answers[place >= 0], place[place >= 0])
    alone = _as_sessions(answers[place < 0], zone)
    # Empty frames stay out: pandas lets them change the types of the columns.
    both = pd.concat([part for part in (filled, alone) if len(part)] or [filled])
    final = _join(both.sort_values(_ORDER, kind="stable"))
    return _Answered(final, len(both) - len(final), int((place >= 0).sum()))


def _join(sessions: pd.DataFrame) -> pd.DataFrame:
    whole = sessions.reset_index(drop=True)
    return merge_recordings(whole, same_session(whole)).reset_index(drop=True)


def _checked(sessions: pd.DataFrame, zone: str) -> pd.DataFrame:
    clock = to_local(sessions["start"], zone)
    hour = (clock - clock.dt.normalize()).dt.total_seconds() / 3600
    rows = with_told_minutes(sessions.assign(hour=hour))
    return rows.assign(check=to_check(rows))


def _touched(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    return rows[["source", "record"]].assign(code=code)


def _repairs(parts: list[pd.DataFrame]) -> pd.DataFrame:
    some = [part for part in parts if len(part)]
    if not some:
        return pd.DataFrame(columns=["source", "record", "code"], dtype="str")
    return pd.concat(some, ignore_index=True).astype("str")


def _is_answer(sessions: pd.DataFrame) -> "pd.Series[bool]":
    return sessions["rpe"].notna() & sessions[list(MEASURED)].isna().all(axis=1)


def in_order(answers: pd.DataFrame) -> pd.DataFrame:
    """Return answers in the order in which they are looked at, with an index 0 ... n-1."""
    order = ["athlete", "end", "rpe", "duration_min", "sport", "source", "record"]
    return answers.sort_values(order, kind="stable").reset_index(drop=True)


def _as_answers(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return rows of lists that only rate a session in the form of answers."""
    length = pd.to_timedelta(sessions["duration_min"].fillna(0), unit="min")
    end = sessions[ANSWERED].fillna(sessions["start"] + length)
    return sessions.assign(end=end, fits=masks(sessions["sport"]))


def _typed_answers(
    answers: pd.DataFrame, sessions: pd.DataFrame, zone: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return answers of forms on the clock and the day they were given, and repairs of clocks.

    A form keeps the clock of whoever set it up; what moves its answers to another day moves the
    noon that stands for the unknown time of their session with it.
    """
    typed = answers[ANSWERED].notna()
    files = answers.loc[typed, "source"].unique()
    timed_answers, repairs = on_true_clocks(answers, sessions, zone, {name: name for name in files})
    day = day_of_answer(timed_answers["end"], zone).where(typed, timed_answers["local_date"])
    start = timed_answers["start"] + (day - timed_answers["local_date"])
    return timed_answers.assign(start=start, local_date=day), repairs


def _fill_in(sessions: pd.DataFrame, answers: pd.DataFrame, place: Ints) -> pd.DataFrame:
    rows = answers.set_index(place)
    name = rows["source"] + "#" + rows["record"].astype("str")
    earlier = sessions["merged_from"].reindex(rows.index)
    filled = sessions.copy()
    filled.loc[rows.index, "merged_from"] = (earlier + ";" + name).fillna(name)
    filled.loc[rows.index, "told_min"] = rows["duration_min"]
    # What a device measured stays; an answer only fills gaps.
    for column in ("rpe", "shoe_id", "duration_min"):
        filled[column] = filled[column].fillna(rows[column])
    named = rows["sport"].reindex(filled.index)
    unnamed = (filled["sport"] == "other") & named.notna()
    return filled.assign(sport=filled["sport"].mask(unnamed, named))


def _as_sessions(answers: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Make sessions of answers that no device recorded; the end and the length give the start."""
    length = pd.to_timedelta(answers["duration_min"].fillna(0), unit="min")
    start = answers["end"] - length
    if ANSWERED in answers:  # hours after the session; the noon of its day stands for the time
        start = start.mask(answers[ANSWERED].notna(), answers["start"])
    start = start.astype("datetime64[ns, UTC]")
    day = to_local(start, zone).dt.normalize()
    if "local_date" in answers:
        day = answers["local_date"].fillna(day)
    sport = answers["sport"].fillna("other")
    return _typed(answers.assign(start=start, local_date=day, sport=sport))


def _typed(sessions: pd.DataFrame) -> pd.DataFrame:
    """Give the frame the contract's columns and types, so that absent columns are no objects."""
    types = CONTRACTS["sessions"].types
    whole = sessions.reindex(columns=[*_COLUMNS, *_WORKING])
    flags = {name: whole[name].eq(other=True) for name, kind in _WORKING.items() if kind == "bool"}
    record = whole["record"].astype("str")
    return whole.assign(**flags, record=record).astype({**types, **_WORKING})

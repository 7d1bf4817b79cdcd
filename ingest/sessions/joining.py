"""Sessions that two sources saw are one session: recordings are joined, answers filled in."""

from collections.abc import Hashable
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from common.contracts import CONTRACTS
from ingest.records.local_clock import to_local
from ingest.sessions.camp_clock import take_watch_clock
from ingest.sessions.day_only import take_recorded_clock
from ingest.sessions.matching import LEAST_OVERLAP, Ints, match, seconds

DYNAMICS: Final = (
    "vertical_oscillation_mm", "ground_contact_ms", "balance_left_pct", "vertical_ratio_pct",
    "form_decay_pct",
)  # fmt: skip
_COLUMNS: Final = list(CONTRACTS["sessions"].columns)
_ORDER: Final = ["athlete", "sport", "start", "duration_min", "distance_km", "source", "record"]


class Harmonised(NamedTuple):
    """Sessions, and how many records went into others."""

    sessions: pd.DataFrame
    recordings_joined: int
    answers_matched: int


def harmonise_sessions(recordings: pd.DataFrame, answers: pd.DataFrame, zone: str) -> Harmonised:
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
    """
    on_time = take_watch_clock(take_recorded_clock(recordings), zone)
    whole = _typed(on_time).sort_values(_ORDER, kind="stable")
    joined = join_recordings(whole.reset_index(drop=True))
    told = answers.sort_values(
        ["athlete", "end", "rpe", "duration_min", "sport", "source", "record"], kind="stable"
    ).reset_index(drop=True)
    place = match(told, joined)
    matched = place >= 0
    filled = _fill_in(joined, told[matched], place[matched])
    alone = _as_sessions(told[~matched], zone)
    parts = [part for part in (filled, alone) if not part.empty]
    both = pd.concat(parts, ignore_index=True) if parts else filled
    final = join_recordings(both.sort_values(_ORDER, kind="stable").reset_index(drop=True))
    lost = len(whole) - len(joined) + len(both) - len(final)
    return Harmonised(final[_COLUMNS], lost, int(matched.sum()))


def join_recordings(sessions: pd.DataFrame) -> pd.DataFrame:
    """Join recordings of one activity: same athlete and sport, half of the shorter overlapping.

    The record with the most known values stays and takes from the others what it lacks; running
    dynamics are taken from one device only, for devices differ more than runners do.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Sorted by athlete, sport and start.
    """
    activity = _activity(sessions)
    several = activity.duplicated(keep=False)
    if not several.any():
        return sessions
    group = activity[several]
    ordered = _richest_first(sessions[several].assign(activity=group))
    one = ordered.groupby("activity", sort=True).first()
    one["merged_from"] = ordered.groupby("activity", sort=True).apply(_others).to_numpy()
    parts = [sessions[~several], one[sessions.columns]]
    return pd.concat(parts, ignore_index=True)


def _activity(sessions: pd.DataFrame) -> pd.Series:
    """Return a number per activity; a session that overlaps the one before it is the same."""
    start = seconds(sessions["start"])
    length = np.asarray(sessions["duration_min"].fillna(0), dtype=float) * 60
    before = np.roll(np.arange(len(sessions)), 1)
    shared = np.minimum(start + length, (start + length)[before]) - start
    shorter = np.minimum(length, length[before])
    same = (sessions[["athlete", "sport"]] == sessions[["athlete", "sport"]].shift()).all(axis=1)
    overlaps = (start == start[before]) | ((shared > 0) & (shared >= LEAST_OVERLAP * shorter))
    return pd.Series(np.cumsum(~(same.to_numpy() & overlaps)), index=sessions.index)


def _richest_first(sessions: pd.DataFrame) -> pd.DataFrame:
    known = sessions.notna().sum(axis=1)
    ordered = sessions.assign(known=known).sort_values(
        ["activity", "known", "source", "record"],
        ascending=[True, False, True, True],
        kind="stable",
    )
    device = ordered.groupby("activity")["dynamics_source"].transform("first")
    foreign = ordered["dynamics_source"] != device
    return ordered.assign(**{name: ordered[name].mask(foreign) for name in DYNAMICS})


def _others(group: pd.DataFrame) -> str:
    names = [_name(row) for row in group.iloc[1:].to_dict("records")]
    told = [name for name in group["merged_from"] if isinstance(name, str)]
    return ";".join([*told, *names])


def _name(row: dict[Hashable, Any]) -> str:
    return f"{row['source']}#{row['record']}"


def _fill_in(sessions: pd.DataFrame, answers: pd.DataFrame, place: Ints) -> pd.DataFrame:
    told = answers.set_index(place)
    name = told["source"] + "#" + told["record"].astype("str")
    earlier = sessions["merged_from"].reindex(told.index)
    filled = sessions.copy()
    filled.loc[told.index, "merged_from"] = (earlier + ";" + name).fillna(name)
    for column in ("rpe", "shoe_id", "duration_min"):
        filled[column] = filled[column].fillna(told[column])
    return filled


def _as_sessions(answers: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Make sessions of answers that no device recorded; the end and the length give the start."""
    length = pd.to_timedelta(answers["duration_min"].fillna(0), unit="min")
    start = (answers["end"] - length).astype("datetime64[ns, UTC]")
    alone = answers.assign(
        start=start,
        local_date=to_local(start, zone).dt.normalize(),
        sport=answers["sport"].fillna("other"),
    )
    return _typed(alone)


def _typed(sessions: pd.DataFrame) -> pd.DataFrame:
    """Give the frame the contract's columns and types, so that absent columns are no objects."""
    types = {name: spec.dtype.type for name, spec in CONTRACTS["sessions"].columns.items()}
    return sessions.reindex(columns=[*_COLUMNS, "record"]).astype(types)

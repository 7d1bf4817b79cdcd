"""Parts of one session: what a device recorded one after the other is one session again."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Ints
from ingest.records.sports import masks
from ingest.sessions.day_only import MARK, can_meet
from ingest.sessions.grouping import is_half, open_masks
from ingest.sessions.merging import ALIKE, TOTALS, other_records
from ingest.sessions.overlaps import Overlaps, overlaps, seconds, span_s
from ingest.sessions.pace import left_on

LONGEST_BREAK_MIN: Final = 5.0
"""Recordings of one source and sport at most this far apart are one session (a watch that was
stopped and started again)."""
SAME: Final = 0.03
"""Two files whose length and distance differ by no more than this share may be one run on two
clocks, and are no parts of one."""
SLACK_MIN: Final = 1.0
"""Parts may overlap by this much: clocks are rounded to minutes."""


def join_parts(sessions: pd.DataFrame) -> pd.DataFrame:
    """Join parts that follow each other closely, or that another recording covers together.

    A joined session lasts from the first start to the last end; its time in motion, distance and
    climb are sums, its other values means weighted by time. Parts of which only some know their
    distance stay apart: the sum would not be the session's.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Recordings with the contract's columns and `record`, with an index 0 ... n-1.
    """
    group = _groups(sessions)
    several = pd.Series(group, index=sessions.index).duplicated(keep=False)
    if not several.any():
        return sessions
    rows = sessions[several].assign(group=group[several.to_numpy()])
    ordered = rows.sort_values(["group", "start", "record"], kind="stable")
    return pd.concat([sessions[~several], _summed(ordered)[sessions.columns]], ignore_index=True)


def _groups(sessions: pd.DataFrame) -> Ints:
    """Return a number per session; parts of one session share theirs.

    Parts in files of their own are none where two of a session were recorded at one time: those
    are copies of one run in two exports, and their sum would count it twice.
    """
    pairs = overlaps(sessions, slack_s=LONGEST_BREAK_MIN * 60)
    close, covered = _close(sessions, pairs), _under_one_cover(sessions, pairs)
    left, right = (np.concatenate(sides) for sides in zip(close, covered, strict=True))
    like = _are_alike(sessions, left, right)
    left, right = left[like], right[like]
    source, _ = pd.factorize(sessions["source"])
    one_source = source[left] == source[right]
    first_copy = _first_copies(sessions, pairs)
    linked = one_source | (first_copy[left] & first_copy[right])
    group = _connected(len(sessions), left[linked], right[linked])
    at_one_time = (pairs.shared_s > SLACK_MIN * 60) & (group[pairs.first] == group[pairs.second])
    twice = np.isin(group, group[pairs.first[at_one_time]])
    linked &= one_source | ~(twice[left] | twice[right])
    return _connected(len(sessions), left[linked], right[linked])


def _first_copies(sessions: pd.DataFrame, pairs: Overlaps) -> NDArray[np.bool_]:
    """Say of each recording whether it is the fullest of the copies of its run in single files."""
    alone = ~sessions["source"].duplicated(keep=False).to_numpy()
    copies = pairs.where(
        alone[pairs.first] & alone[pairs.second] & (pairs.shared_s > ALIKE * pairs.longer_s)
    )
    run = _connected(len(sessions), copies.first, copies.second)
    known = sessions.notna().sum(axis=1).to_numpy()
    order = np.lexsort((-known, run))
    _, firsts = np.unique(run[order], return_index=True)
    is_first = np.zeros(len(sessions), dtype=bool)
    is_first[order[firsts]] = True
    return is_first


def _connected(size: int, left: Ints, right: Ints) -> Ints:
    """Return a number per session; those joined by pairs, one through another, share theirs.

    It is the first position of the group. Each pass hands the least number of a pair to both and
    follows it to its own, so that a chain of parts halves with every pass.
    """
    number = np.arange(size, dtype=np.int64)
    while True:
        before = number.copy()
        least = np.minimum(number[left], number[right])
        np.minimum.at(number, number[left], least)
        np.minimum.at(number, number[right], least)
        number = number[number]
        if np.array_equal(number, before):
            return number


def _close(sessions: pd.DataFrame, pairs: Overlaps) -> tuple[Ints, Ints]:
    """Return pairs that follow each other with a short break.

    Sessions of which only the day is known stand one after the other without having been so; a
    watch left on after a run is no part of it.
    """
    timed = ~sessions[MARK].to_numpy(dtype=bool) & ~left_on(sessions)
    follows = (pairs.shared_s <= SLACK_MIN * 60) & (pairs.shorter_s > 0)
    follows &= timed[pairs.first] & timed[pairs.second]
    return pairs.first[follows], pairs.second[follows]


def _under_one_cover(sessions: pd.DataFrame, pairs: Overlaps) -> tuple[Ints, Ints]:
    """Return pairs of one source that a recording of another source covers, one after the other."""
    source = pd.factorize(sessions["source"])[0]
    fits = open_masks(sessions["sport"])
    covered = is_half(pairs) & (source[pairs.first] != source[pairs.second])
    covered &= (fits[pairs.first] & fits[pairs.second]) != 0
    covered &= can_meet(sessions, pairs.first, pairs.second)
    cover = np.concatenate([pairs.first[covered], pairs.second[covered]])
    part = np.concatenate([pairs.second[covered], pairs.first[covered]])
    start = seconds(sessions["start"])
    end = start + span_s(sessions)
    order = np.lexsort((start[part], source[part], cover))
    cover, part = cover[order], part[order]
    left, right = part[:-1], part[1:]
    follows = (cover[:-1] == cover[1:]) & (end[left] <= start[right] + SLACK_MIN * 60)
    return left[follows], right[follows]


def _are_alike(sessions: pd.DataFrame, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Say which pairs have one source and sport, and both know, or both lack, their distance.

    A watch writes a file for each start, and where its battery died the phone may have gone on:
    files of one recording are one source, unless the two say the same and are one run twice.
    """
    source, _ = pd.factorize(sessions["source"])
    sport = masks(sessions["sport"])
    knows = sessions["distance_km"].notna().to_numpy()
    alike = (source[left] == source[right]) | _in_files_of_their_own(sessions, left, right)
    alike &= (sport[left] == sport[right]) & (knows[left] == knows[right])
    return np.asarray(alike, dtype=bool)


def _in_files_of_their_own(sessions: pd.DataFrame, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Say which pairs are two files of one recording each that do not say the same."""
    alone = ~sessions["source"].duplicated(keep=False).to_numpy()
    differs = np.zeros(len(left), dtype=bool)
    for name in ("duration_min", "distance_km"):
        first, second = (sessions[name].to_numpy(dtype=float)[side] for side in (left, right))
        differs |= np.abs(first - second) > SAME * np.fmax(first, second)
    return np.asarray(alone[left] & alone[right] & differs, dtype=bool)


def _summed(ordered: pd.DataFrame) -> pd.DataFrame:
    """Return one row per group of parts, which are in order of time."""
    whole = ordered.assign(moving_min=ordered["moving_min"].fillna(ordered["duration_min"]))
    grouped = whole.groupby("group", sort=True)
    joined = grouped.first()
    end = whole["start"] + pd.to_timedelta(whole["duration_min"].fillna(0), unit="min")
    last = end.groupby(whole["group"]).max()
    joined["duration_min"] = (last - joined["start"]).dt.total_seconds() / 60
    for name in TOTALS:
        # A sum over some of the parts would be too small and look like the whole.
        joined[name] = grouped[name].sum(min_count=1).where(grouped[name].count() == grouped.size())
    for name in _means(whole):
        joined[name] = _weighted(whole, name)
    # The highest of all parts; a weighted mean would hide the peak.
    joined["hr_max"] = grouped["hr_max"].max()
    joined["merged_from"] = grouped.apply(other_records).to_numpy()
    return joined


def _means(frame: pd.DataFrame) -> list[str]:
    not_averaged = {*TOTALS, "duration_min", "hr_max"}
    return [n for n in frame.columns if frame[n].dtype == "float64" and n not in not_averaged]


def _weighted(parts: pd.DataFrame, name: str) -> pd.Series:
    """Return the mean of a value over the parts that know it, weighted by time in motion."""
    # The tiny weight keeps the mean of parts without a length: 0 / 0 would lose it.
    weight = parts["moving_min"].fillna(0).where(parts[name].notna(), 0) + 1e-9
    total = (parts[name].fillna(0) * weight).groupby(parts["group"]).sum()
    known = parts[name].notna().groupby(parts["group"]).any()
    mean = total / weight.where(parts[name].notna()).groupby(parts["group"]).sum()
    return mean.where(known)

"""An answer belongs to a session of its day, also when its clock is off by hours."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Ints
from ingest.records.local_clock import to_local
from ingest.sessions.answer_matching import match, nearest_first
from ingest.sessions.grouping import open_masks
from ingest.sessions.overlaps import length_s, seconds

DAY_ENDS_H: Final = 4
"""An answer before four in the morning may be about the day before."""
LIKE_LENGTH: Final = 0.5
"""Share of the longer of session and answer that the shorter must reach, where both are known."""


def matched_by_time_and_day(answers: pd.DataFrame, sessions: pd.DataFrame, zone: str) -> Ints:
    """Return the session of each answer, or -1: by time, then by day and length, then by day.

    Only sessions without a rating take an answer by their day alone, and only an answer that names
    one sport may differ in length: "endurance" may be what no device recorded.

    Parameters
    ----------
    answers, sessions : pandas.DataFrame
        As for :func:`match_by_day`; sessions with `rpe`.
    zone : str
        The team's time zone.
    """
    place = match(answers, sessions)
    fits = np.asarray(answers["fits"], dtype=np.int64)
    # A mask with a single bit: "endurance" has several, for it may be a run, a ride or a swim.
    names_one = (fits & (fits - 1)) == 0
    # A session that was rated in time is answered; a late answer must be about another one.
    unrated = sessions["rpe"].isna().to_numpy()
    for like_length in (True, False):
        free = np.setdiff1d(np.flatnonzero(unrated), place)
        waiting = np.flatnonzero((place < 0) & (like_length | names_one))
        matched = match_by_day(
            answers.iloc[waiting], sessions.iloc[free], zone, like_length=like_length
        )
        place[waiting[matched >= 0]] = free[matched[matched >= 0]]
    return place


def match_by_day(
    answers: pd.DataFrame, sessions: pd.DataFrame, zone: str, *, like_length: bool
) -> Ints:
    """Return for each answer the position of its session, or -1; nearest ends first, one to one.

    A pair is possible if athlete, day and sport agree and, with `like_length`, the shorter lasts
    at least half as long as the longer.

    Parameters
    ----------
    answers : pandas.DataFrame
        Columns athlete, end (UTC), duration_min, fits.
    sessions : pandas.DataFrame
        Columns athlete, start (UTC), local_date, duration_min, sport.
    zone : str
        The team's time zone, for the day of an answer.
    like_length : bool
        Whether lengths must be alike.
    """
    matched = np.full(len(answers), -1, dtype=np.int64)
    if answers.empty or sessions.empty:
        return matched
    pairs = _of_one_day(answers, sessions, zone)
    left, right = pairs["answer"].to_numpy(), pairs["session"].to_numpy()
    fits = np.asarray(answers["fits"], dtype=np.int64)
    possible = (fits[left] & open_masks(sessions["sport"])[right]) != 0
    if like_length:
        possible &= _alike(length_s(answers)[left], length_s(sessions)[right])
    apart = np.abs(
        seconds(answers["end"])[left]
        - seconds(sessions["start"])[right]
        - length_s(sessions)[right]
    )
    answer_places, other = nearest_first(left[possible], right[possible], apart[possible])
    matched[answer_places] = other
    return matched


def day_of_answer(end: pd.Series, zone: str) -> pd.Series:
    """Return the local day that an answer is about: before four in the morning the day before.

    Examples
    --------
    >>> end = pd.Series(pd.to_datetime(["2025-05-02 01:30Z", "2025-05-02 02:30Z"]))
    >>> day_of_answer(end, "Europe/Berlin").dt.day.tolist()
    [1, 2]
    """
    shifted = to_local(end, zone) - pd.Timedelta(hours=DAY_ENDS_H)
    return shifted.dt.normalize()


def _of_one_day(answers: pd.DataFrame, sessions: pd.DataFrame, zone: str) -> pd.DataFrame:
    local = to_local(answers["end"], zone)
    answered = pd.DataFrame(
        {
            "athlete": answers["athlete"].to_numpy(),
            "day": local.dt.normalize().to_numpy(),
            "answer": np.arange(len(answers), dtype=np.int64),
        }
    )
    # After midnight an answer may be about either day, so both are tried.
    late = answered[(local.dt.hour < DAY_ENDS_H).to_numpy()]
    answered = pd.concat([answered, late.assign(day=late["day"] - pd.Timedelta(days=1))])
    recorded = pd.DataFrame(
        {
            "athlete": sessions["athlete"].to_numpy(),
            "day": sessions["local_date"].to_numpy(),
            "session": np.arange(len(sessions), dtype=np.int64),
        }
    )
    pairs: pd.DataFrame = answered.merge(recorded, on=["athlete", "day"])
    return pairs


def _alike(length: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    alike = np.minimum(length, other) >= LIKE_LENGTH * np.maximum(length, other)
    # A length that nobody told (0 here) rules out no pair.
    return np.asarray(alike | (length == 0) | (other == 0), dtype=bool)

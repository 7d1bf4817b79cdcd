"""Which sessions call for a question: what they say cannot be, or cannot be all."""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.sessions.overlaps import overlaps
from ingest.sessions.pace import Mask, is_run, minutes_of, numbers, too_fast, too_slow

WAKING_H: Final = 16.0
"""Nobody trains longer than this in a day, unless the distance says so."""
NIGHT: Final = (0.0, 5.0)
"""Hours of the local clock that people sleep."""
NIGHT_H: Final = 3.0
"""A run without a distance that covers this much of the night is a watch left on."""
OVERLAP_MIN: Final = 5.0
"""Two runs may overlap by this much: clocks differ."""


def to_check(sessions: pd.DataFrame) -> pd.Series:
    """Return why each session should be checked, null where it is plausible.

    The reasons are :data:`common.vocabulary.CHECKS`; the first that holds is told.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Joined sessions with the contract's columns, `lost`, `by_answer` and `hour` (local hour of
        the start), with an index 0 ... n-1.
    """
    distance, spent, run = numbers(sessions, "distance_km"), minutes_of(sessions), is_run(sessions)
    fast = run & too_fast(distance, spent)
    asleep = np.isnan(distance) & _through_the_night(numbers(sessions, "hour"), spent)
    left_on = run & (too_slow(distance, spent) | asleep)
    # A session that is doubted already is no proof against another one.
    believed = ~fast & ~left_on
    reasons = {
        "impossible_speed": fast,
        "watch_left_on": left_on,
        "overlaps_another": _overlapping(sessions, believed & run),
        "too_long_a_day": _beyond_the_day(sessions, believed),
        "minutes_from_answer": sessions["by_answer"].to_numpy(dtype=bool),
        "distance_lost": sessions["lost"].notna().to_numpy() & np.isnan(distance),
    }
    first_reason = np.select(list(reasons.values()), list(reasons), default="")
    return pd.Series(first_reason, index=sessions.index, dtype="str").where(first_reason != "")


def _through_the_night(hour: Floats, minutes: Floats) -> Mask:
    """Return which sessions cover most of a night."""
    end = hour + np.nan_to_num(minutes) / 60
    # An evening session reaches into the night of the next day, which begins at hour 24.
    nights = [
        np.minimum(end, day + NIGHT[1]) - np.maximum(hour, day + NIGHT[0]) for day in (0.0, 24.0)
    ]
    through: Mask = np.maximum(*nights) >= NIGHT_H
    return through


def _overlapping(sessions: pd.DataFrame, believed: Mask) -> Mask:
    """Return the shorter of two runs at one time that are not one session."""
    place = np.flatnonzero(believed)
    runs = sessions.iloc[place].reset_index(drop=True)
    pairs = overlaps(runs)
    pairs = pairs.where(pairs.shared_s > OVERLAP_MIN * 60)
    spent = minutes_of(runs)
    shorter = np.where(spent[pairs.first] < spent[pairs.second], pairs.first, pairs.second)
    marks = np.zeros(len(sessions), dtype=bool)
    marks[place[shorter]] = True
    return marks


def _beyond_the_day(sessions: pd.DataFrame, believed: Mask) -> Mask:
    """Return the longest sessions without a distance of days that hold more than a day can.

    As many are named as it takes to come down to a day that can be.
    """
    spent = np.where(believed, np.nan_to_num(minutes_of(sessions)), 0.0)
    bare = believed & np.isnan(numbers(sessions, "distance_km"))
    days = sessions[["athlete", "local_date"]].assign(spent=spent, bare=bare)
    key = ["athlete", "local_date"]
    total = days.groupby(key)["spent"].transform("sum")
    named = days[bare & (total > WAKING_H * 60)].sort_values("spent", ascending=False)
    gone = named.groupby(key)["spent"].cumsum() - named["spent"]
    marks = np.zeros(len(sessions), dtype=bool)
    marks[named.index[total[named.index] - gone > WAKING_H * 60]] = True
    return marks

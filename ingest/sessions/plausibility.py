"""What cannot be is put right where the data tell how; what nobody can know becomes unknown."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.sessions.pace import (
    SLOW_AFTER_MIN,
    SLOWEST_KMH,
    Mask,
    is_run,
    minutes_of,
    numbers,
    too_fast,
    too_slow,
)

LOST_KM: Final = 0.05
"""A run of more than half an hour that recorded less than this recorded no distance."""
NOTHING_KM: Final = 1e-9
BY_DISTANCE: Final = ("run", "walk", "hike", "ride", "swim")
FALSE_START_MIN: Final = 3.0
FALSE_START_KM: Final = 0.3
"""A run that is shorter than both was stopped at once: no session."""


class Repaired(NamedTuple):
    """Recordings with values put right, and source, record and code of each repair."""

    sessions: pd.DataFrame
    repairs: pd.DataFrame


def put_right(recordings: pd.DataFrame) -> Repaired:
    """Put values of recordings right that cannot be.

    A distance of nothing is unknown. Time in motion is not longer than the recording, nor so short
    that the distance were impossible; of a short slow run it is no more than the distance takes at
    the slowest pace.

    Parameters
    ----------
    recordings : pandas.DataFrame
        Columns of the contract, `source` and `record`.

    Returns
    -------
    Repaired
        With the working column `lost`: 1 where a run of more than half an hour recorded no
        distance, null elsewhere.
    """
    distance, lost, none = _distances(recordings)
    moving, touched = _motion(recordings, distance)
    touched["zero_distance_is_unknown"] = none & recordings["sport"].isin(BY_DISTANCE).to_numpy()
    rows = recordings[["source", "record"]]
    repairs = [rows[mask].assign(code=code) for code, mask in touched.items()]
    changed = recordings.assign(
        distance_km=distance, moving_min=moving, lost=np.where(lost, 1.0, np.nan)
    )
    return Repaired(changed, pd.concat(repairs, ignore_index=True))


def _distances(recordings: pd.DataFrame) -> tuple[Floats, Mask, Mask]:
    """Return distances, which runs lost theirs, and which recordings covered none."""
    distance = numbers(recordings, "distance_km")
    long = is_run(recordings) & (minutes_of(recordings) > SLOW_AFTER_MIN)
    none: Mask = distance < np.where(long, LOST_KM, NOTHING_KM)
    # On a treadmill no distance is expected, so that its lack calls for no question.
    lost = none & long & (recordings["surface"] != "treadmill").to_numpy()
    return np.where(none, np.nan, distance), lost, none


def _motion(recordings: pd.DataFrame, distance: Floats) -> tuple[Floats, dict[str, Mask]]:
    """Return the minutes in motion, and which recordings each repair touched."""
    length, moving = numbers(recordings, "duration_min"), numbers(recordings, "moving_min")
    too_long: Mask = moving > length
    moving = np.where(too_long, length, moving)
    # Where the whole length is too short as well, the distance is wrong and not the time in motion.
    absurd = is_run(recordings) & too_fast(distance, moving) & ~too_fast(distance, length)
    absurd &= ~np.isnan(length)
    moving = np.where(absurd, np.nan, moving)
    spent = np.where(moving > 0, moving, length)
    needed = distance / SLOWEST_KMH * 60
    # A watch that ran on for minutes after a short run; a longer one is asked about.
    slow = is_run(recordings) & (spent > needed) & (spent <= SLOW_AFTER_MIN)
    return np.where(slow, needed, moving), {
        "moving_longer_than_duration_cut": too_long,
        "moving_too_short_for_distance_dropped": absurd,
        "time_cut_to_slowest_pace": slow,
    }


def false_starts(sessions: pd.DataFrame) -> Mask:
    """Return which recordings are runs that were stopped at once; a rated one is none."""
    distance, spent = numbers(sessions, "distance_km"), minutes_of(sessions)
    # "Not at least": an unknown distance counts as short, too.
    short: Mask = (spent < FALSE_START_MIN) & ~(distance >= FALSE_START_KM)
    return short & is_run(sessions) & sessions["rpe"].isna().to_numpy()


def with_told_minutes(sessions: pd.DataFrame) -> pd.DataFrame:
    """Let the athlete's own minutes stand where a watch was left on and they are plausible.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Joined sessions; `told_min` is the duration an answer gave, null where none did.

    Returns
    -------
    pandas.DataFrame
        With the working column `by_answer`: True where `moving_min` is now the answer's.
    """
    distance, spent = numbers(sessions, "distance_km"), minutes_of(sessions)
    answer_min = numbers(sessions, "told_min")
    better = is_run(sessions) & too_slow(distance, spent) & (answer_min < spent)
    better &= ~too_slow(distance, answer_min) & ~too_fast(distance, answer_min)
    moving = np.where(better, answer_min, numbers(sessions, "moving_min"))
    return sessions.assign(moving_min=moving, by_answer=better)

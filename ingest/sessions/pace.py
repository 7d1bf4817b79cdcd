"""How fast and how slow a run can be: the bounds that tell a session from a mistake."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats

Mask = NDArray[np.bool_]

SLOWEST_KMH: Final = 3.0
"""Nobody trains slower on a run, walking breaks included; slower is a watch left on."""
SLOW_AFTER_MIN: Final = 30.0
"""A shorter recording may be slow: a warm-up, drills."""
RECORD_KM: Final = np.array([0.4, 1.0, 5.0, 10.0, 21.1, 42.2, 100.0])
RECORD_KMH: Final = np.array([33.4, 27.3, 23.8, 22.9, 22.0, 21.0, 16.5])
"""Men's world records on track and road (World Athletics, 2024) as mean speeds."""
OVER_RECORD: Final = 1.1
"""A watch may be off by a tenth."""


def too_fast(distance_km: Floats, minutes: Floats) -> Mask:
    """Return which runs are faster than the world record of their distance, a tenth allowed.

    Examples
    --------
    >>> too_fast(np.array([10.0, 10.0, np.nan]), np.array([30.0, 20.0, 1.0]))
    array([False,  True, False])
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        # Speed falls with each doubling of the distance, not with
        # each kilometre: hence the logarithm.
        limit = np.interp(np.log(distance_km), np.log(RECORD_KM), RECORD_KMH) * OVER_RECORD
        fast: Mask = distance_km * 60 > limit * minutes
    return fast & ~np.isnan(distance_km) & ~np.isnan(minutes)


def too_slow(distance_km: Floats, minutes: Floats) -> Mask:
    """Return which runs of more than half an hour are slower than anyone trains."""
    slow: Mask = (minutes > SLOW_AFTER_MIN) & (distance_km * 60 < SLOWEST_KMH * minutes)
    return slow


def minutes_of(sessions: pd.DataFrame) -> Floats:
    """Return minutes in motion, from start to end where motion is unknown."""
    moving, whole = (numbers(sessions, name) for name in ("moving_min", "duration_min"))
    return np.where(moving > 0, moving, whole)


def left_on(sessions: pd.DataFrame) -> Mask:
    """Return which runs are slower than anyone trains: the watch was left on."""
    return is_run(sessions) & too_slow(numbers(sessions, "distance_km"), minutes_of(sessions))


def numbers(sessions: pd.DataFrame, name: str) -> Floats:
    """Return a column as floats, NaN where unknown."""
    return sessions[name].to_numpy(dtype=np.float64, na_value=np.nan)


def is_run(sessions: pd.DataFrame) -> Mask:
    """Return which sessions are runs."""
    return np.asarray(sessions["sport"] == "run", dtype=bool)

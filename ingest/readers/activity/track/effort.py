"""Heart rate and hard work from a record stream."""

from typing import Final, NamedTuple

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.track.motion import cumulative_distance, steps_seconds
from ingest.readers.activity.track.series import Track

LONGEST_STEP_S: Final = 30.0
"""A value stands for at most this long; after that the device was silent."""


class Hard(NamedTuple):
    """Work at zone 4 and above; NaN if unknown."""

    minutes: float
    km: float


def hard_work(track: Track, zone_4_from: float) -> Hard:
    """Return minutes and kilometres with a heart rate of zone 4 or above.

    Parameters
    ----------
    track : Track
        Records.
    zone_4_from : float
        Lowest heart rate of zone 4, as the file states it.
    """
    heart_rate = track.get("heart_rate")
    if np.isnan(heart_rate).all() or not zone_4_from > 0:
        return Hard(float("nan"), float("nan"))
    hard = heart_rate >= zone_4_from
    # A strap that fell silent must not make its last beat count for minutes.
    seconds = np.minimum(steps_seconds(track), LONGEST_STEP_S)
    so_far = cumulative_distance(track)
    known = ~np.isnan(so_far)
    if not known.any():
        return Hard(float(seconds[hard].sum() / 60), float("nan"))
    so_far = np.interp(track.time, track.time[known], so_far[known])
    metres = np.diff(so_far, prepend=so_far[0])
    return Hard(float(seconds[hard].sum() / 60), float(metres[hard].sum() / 1000))


def time_mean(track: Track, values: Floats) -> float:
    """Return the mean of the known values, each weighted by the time it stands for."""
    weight = np.minimum(steps_seconds(track), LONGEST_STEP_S)
    known = ~np.isnan(values)
    total = weight[known].sum()
    if not total > 0:
        return float(values[known].mean()) if known.any() else float("nan")
    return float((values[known] * weight[known]).sum() / total)


def highest(values: Floats) -> float:
    """Return the highest known value, NaN if there is none."""
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else float("nan")

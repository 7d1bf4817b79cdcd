"""Metres climbed and descended, without the noise of the altimeter."""

from typing import Final, NamedTuple

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.track.series import Track

SMOOTHING_S: Final = 30.0
"""Altitude is averaged over this window first."""
LEAST_CHANGE_M: Final = 3.0
"""A rise or fall below this is noise, as running watches count it."""


class Climb(NamedTuple):
    """Metres up and down; NaN if there is no altitude."""

    ascent_m: float
    descent_m: float


def climb_of(track: Track) -> Climb:
    """Return the metres climbed and descended.

    The altitude is averaged over 30 s; then only changes of direction of at least 3 m count.
    """
    altitude = track.get("altitude_m")
    known = ~np.isnan(altitude)
    if known.sum() < 2:  # a difference needs two points
        return Climb(float("nan"), float("nan"))
    return up_and_down(_averaged(track.time[known], altitude[known]), LEAST_CHANGE_M)


def up_and_down(height: Floats, least: float) -> Climb:
    """Sum the rises and the falls of a line, leaving out swings smaller than `least`.

    Examples
    --------
    A dip of one metre within a climb of ten is noise:

    >>> up_and_down(np.array([0.0, 5.0, 4.0, 10.0, 2.0]), least=3.0)
    Climb(ascent_m=10.0, descent_m=8.0)
    """
    rises = [0.0, 0.0]
    low = high = pivot = extreme = float(height[0])
    sign = 0.0
    for level in _turning_points(height):
        # Until the line has moved by `least` it is not known whether it climbs first or descends.
        if not sign:
            low, high = min(low, level), max(high, level)
            if high - low >= least:
                sign, extreme = (1.0, high) if level == high else (-1.0, low)
                pivot = low if sign > 0 else high
        elif (level - extreme) * sign > 0:
            extreme = level
        elif (extreme - level) * sign >= least:
            rises[sign < 0] += abs(extreme - pivot)
            pivot, extreme, sign = extreme, level, -sign
    rises[sign < 0] += abs(extreme - pivot)
    return Climb(*rises)


def _turning_points(height: Floats) -> list[float]:
    """Return the heights at which the line changes direction, and its end."""
    moved = height[np.concatenate([[True], np.diff(height) != 0])]
    direction = np.sign(np.diff(moved))
    turns = np.flatnonzero(np.diff(direction)) + 1
    return [float(value) for value in np.concatenate([moved[turns], moved[-1:]])]


def _averaged(time: Floats, values: Floats) -> Floats:
    """Average over a centred window of time, by differences of the running integral."""
    area = np.concatenate([[0.0], np.cumsum(np.diff(time) * (values[1:] + values[:-1]) / 2)])
    low = np.clip(time - SMOOTHING_S / 2, time[0], time[-1])
    high = np.clip(time + SMOOTHING_S / 2, time[0], time[-1])
    return np.asarray((np.interp(high, time, area) - np.interp(low, time, area)) / (high - low))

"""The foot sport of a record stream whose file names none, by speed and cadence."""

from typing import Final, NamedTuple

import numpy as np

from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.activity.track.motion import STANDING_M_S, speed_of
from ingest.readers.activity.track.series import Track

LEAST_RECORDED_S: Final = 300.0
"""Less shows no sport."""
BURST_M_S: Final = 6.5
"""Riders are faster than this for a twentieth of the time, downhill at least; runners are not."""


class _Motion(NamedTuple):
    """Median speeds (m/s) and step lengths (m) of a sport; lower ends count, upper ones do not."""

    sport: str
    slowest: float
    fastest: float
    shortest: float
    longest: float


_MOTIONS: Final = (_Motion("run", 1.9, 5.8, 0.5, 1.9), _Motion("walk", 0.7, 1.9, 0.4, 1.1))
"""From a shuffle to the pace of a fast race, and from a stroll to fast walking."""


def likely_sport(track: Track) -> str:
    """Return ``run`` or ``walk`` where the motion is that of one, else nothing.

    The median speed decides; where steps were counted, the length of a step must fit it, which
    tells the pedals of a rider from the feet of a runner.

    Parameters
    ----------
    track : Track
        Records of a session without a named sport.
    """
    speed = speed_of(track)
    # Standing at lights would make a ride as slow as a run.
    moving = speed[speed >= STANDING_M_S]
    if (
        len(moving) < 2 or track.time[-1] - track.time[0] < LEAST_RECORDED_S
    ):  # two points make a speed
        return ""
    typical, fast = (float(np.quantile(moving, share)) for share in (0.5, 0.95))
    if fast > BURST_M_S:
        return ""
    return next((motion.sport for motion in _MOTIONS if _is(motion, typical, _cadence(track))), "")


def _is(motion: _Motion, speed: float, cadence: float) -> bool:
    if not motion.slowest <= speed < motion.fastest:
        return False
    step = speed * 60 / steps_per_minute(cadence, motion.sport)
    return bool(np.isnan(step) or motion.shortest <= step < motion.longest)


def _cadence(track: Track) -> float:
    """Return the median cadence as the device wrote it, NaN where it wrote none."""
    cadence = track.get("cadence")
    counted = cadence[cadence > 0]
    return float(np.median(counted)) if len(counted) else float("nan")

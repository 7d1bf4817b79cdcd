"""One session row from a record stream: what a device that writes no totals leaves to compute."""

from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.activity.track.climb import climb_of
from ingest.readers.activity.track.effort import highest, time_mean
from ingest.readers.activity.track.motion import moving_seconds, steps_seconds, total_distance_m
from ingest.readers.activity.track.series import Track

SHOWS_MOTION: Final = ("run", "walk", "hike", "ride")


def summarise(track: Track, sport: str) -> dict[str, float]:
    """Return the totals and means of a record stream, by contract column; NaN is unknown.

    Distance, power and heart rate of 0 are unknown, not nought. The time in motion is the
    timer's where the stream has no speed or the sport is none of the road, and never longer.

    Parameters
    ----------
    track : Track
        Records of one session.
    sport : str
        Sport of the vocabulary.
    """
    if not len(track):
        return {}
    timer = float(steps_seconds(track).sum())
    climb = climb_of(track)
    heart_rate = _positive(track.get("heart_rate"))
    row = {
        "duration_min": float(track.time[-1] - track.time[0]) / 60,
        "moving_min": _moving_s(track, sport, timer) / 60,
        "distance_km": total_distance_m(track) / 1000,
        "ascent_m": climb.ascent_m,
        "descent_m": climb.descent_m,
        "hr_mean": time_mean(track, heart_rate),
        "hr_max": highest(heart_rate),
        "power_w": time_mean(track, track.get("power_w")),
        "cadence_spm": stream_cadence(track, sport),
    }
    zero_is_unknown = ("duration_min", "moving_min", "distance_km", "power_w")
    return {
        name: float("nan") if name in zero_is_unknown and value == 0 else value
        for name, value in row.items()
    }


def stream_cadence(track: Track, sport: str) -> float:
    """Return the mean cadence in steps per minute, standing left out.

    Whether the device counts one foot or both is judged by the median (see :mod:`cadence`).
    """
    cadence = _positive(track.get("cadence"))
    if np.isnan(cadence).all():
        return float("nan")
    # One verdict for the whole stream: single records of walking would else be doubled.
    typical = float(np.nanmedian(cadence))
    return time_mean(track, cadence) * steps_per_minute(typical, sport) / typical


def min_known(first: float, second: float) -> float:
    """Return the smaller of two numbers, the other one where one is NaN."""
    return float(np.fmin(first, second))


def _moving_s(track: Track, sport: str, timer: float) -> float:
    """Return the time in motion; in water and in halls speed is no sign of motion."""
    return min_known(moving_seconds(track), timer) if sport in SHOWS_MOTION else timer


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)

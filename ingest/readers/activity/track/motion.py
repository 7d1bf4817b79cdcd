"""Distance, speed and time in motion from a record stream."""

from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.track.series import Mask, Track

STANDING_M_S: Final = 0.5
"""Below this speed nobody walks or runs: 0.5 m/s is 1.8 km/h."""
SPEED_WINDOW_S: Final = 10.0
"""Speed is taken from distance over this window; watches advance distance in jumps."""
IMPOSSIBLE_M_S: Final = 40.0
"""No athlete moves faster; a step above it is a jump of the position."""
EARTH_RADIUS_M: Final = 6_371_008.8


def steps_seconds(track: Track) -> Floats:
    """Return the recorded seconds that each record closes, pauses taken out; the first is 0.

    Parameters
    ----------
    track : Track
        Records.

    Returns
    -------
    array of shape (n,)
        Seconds since the record before, less the part in which the timer stood.
    """
    if not len(track):
        return np.zeros(0)
    step = np.diff(track.time, prepend=track.time[0])
    for pause in track.pauses:
        first = np.searchsorted(track.time, pause.start, side="right")
        last = np.searchsorted(track.time, pause.end, side="left")
        span = slice(int(first), int(last) + 1)
        before = track.time[span] - step[span]
        overlap = np.minimum(track.time[span], pause.end) - np.maximum(before, pause.start)
        step[span] -= np.clip(overlap, 0.0, None)
    return np.clip(step, 0.0, None)


def cumulative_distance(track: Track) -> Floats:
    """Return the distance covered so far in metres, NaN where the stream cannot tell.

    Taken from the device's distance (which may only rise), else from speed, else from positions.
    """
    if track.knows("distance_m"):
        # A distance that falls is an error of the device; NaN in between must not stop the sum.
        return np.fmax.accumulate(track.get("distance_m"))
    if track.knows("speed_m_s"):
        return np.cumsum(np.nan_to_num(track.get("speed_m_s")) * steps_seconds(track))
    if track.knows("latitude") and track.knows("longitude"):
        return _along_positions(track)
    return np.full(len(track), np.nan)


def total_distance_m(track: Track) -> float:
    """Return the metres covered between the first and the last record; NaN if unknown."""
    so_far = cumulative_distance(track)
    known = so_far[~np.isnan(so_far)]
    return float(known[-1] - known[0]) if len(known) > 1 else float("nan")


def speed_of(track: Track) -> Floats:
    """Return the speed in m/s: the device's, else that of the distance over ten seconds."""
    if track.knows("speed_m_s"):
        return track.get("speed_m_s")
    so_far = cumulative_distance(track)
    known = ~np.isnan(so_far)
    if known.sum() < 2:  # a speed needs two points
        return np.full(len(track), np.nan)
    half = SPEED_WINDOW_S / 2
    clock, distance = track.time[known], so_far[known]
    low = np.clip(track.time - half, clock[0], clock[-1])
    high = np.clip(track.time + half, clock[0], clock[-1])
    span = np.where(high > low, high - low, np.nan)
    gained = np.interp(high, clock, distance) - np.interp(low, clock, distance)
    return np.asarray(gained / span)


def moving_seconds(track: Track) -> float:
    """Return the seconds in motion: steps whose speed is at least 0.5 m/s.

    A step longer than ten seconds is judged by the distance it covered: the speed at its end may
    be that of an athlete who just moved off again. NaN if the stream has neither speed nor
    distance nor positions.
    """
    speed = speed_of(track)
    if np.isnan(speed).all():
        return float("nan")
    seconds = steps_seconds(track)
    covered = np.diff(cumulative_distance(track), prepend=np.nan)
    is_long = (seconds > SPEED_WINDOW_S) & ~np.isnan(covered)
    enough = np.where(is_long, covered >= STANDING_M_S * seconds, speed >= STANDING_M_S)
    return float(seconds[enough].sum())


def _along_positions(track: Track) -> Floats:
    """Sum great-circle steps, leaving out those that no athlete can make or made in a pause."""
    latitude, longitude = track.get("latitude"), track.get("longitude")
    placed = np.flatnonzero(~np.isnan(latitude) & ~np.isnan(longitude))
    metres = steps_metres(latitude[placed], longitude[placed])
    possible = metres <= IMPOSSIBLE_M_S * np.diff(track.time[placed])
    # Who drives home with a stopped watch did not run that way.
    possible &= ~_paused(track, track.time[placed])
    so_far = np.full(len(track), np.nan)
    so_far[placed] = np.concatenate([[0.0], np.cumsum(np.where(possible, metres, 0.0))])
    return so_far


def steps_metres(latitude: Floats, longitude: Floats) -> Floats:
    """Return the great-circle distances (haversine) between neighbouring positions in degrees."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    chord = (
        np.sin(np.diff(lat) / 2) ** 2
        + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))


def _paused(track: Track, time: Floats) -> Mask:
    """Return which steps between the given moments hold a pause: nobody recorded that way."""
    paused = np.zeros(max(len(time) - 1, 0), dtype=bool)
    for pause in track.pauses:
        paused |= (time[:-1] <= pause.start) & (time[1:] >= pause.end)
    return paused

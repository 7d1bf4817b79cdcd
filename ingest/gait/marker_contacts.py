"""Ground contacts from markers on heel and toe.

A foot is on the ground while its heel or its toe moves with the ground in the sagittal plane
(velocity thresholds on heel and toe markers: Ghoussayni et al. 2004, Gait Posture 20:266). The
threshold is a share of the running speed, so that one rule serves slow and fast, and the ground's
own velocity is measured first, so that it serves a treadmill's belt too.
"""

from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.signals import rate_of_change, runs
from ingest.gait.trial import FEET, Contact, Motion, Side

SLOW_SHARE: Final = 0.25
LOWEST_SHARE: Final = 15
"""Per cent of the time in which a toe is surely down: less than the shortest running contact."""
BLINK_S: Final = 0.03
"""A shorter break is the change from heel to toe, a shorter touch is noise."""
SHORTEST_CONTACT_S: Final = 0.08
_LINE: Final = 2


def ground_velocity(motion: Motion) -> float | None:
    """Return the ground's forward velocity in the laboratory: about 0, or minus the belt's speed.

    It is the median forward velocity of the toes while they are lowest. None without toe markers.
    """
    low_velocities = []
    for side in FEET:
        toe = motion.markers.get(f"toe_{side}")
        if toe is None or not np.isfinite(toe).any():
            continue
        velocity = rate_of_change(toe[:, 0], motion.time)
        # By share and not by height: laboratories set their zero differently, and shoes have soles.
        low = toe[:, 1] <= np.nanpercentile(toe[:, 1], LOWEST_SHARE)
        low_velocities.append(velocity[low & np.isfinite(velocity)])
    medians = [
        float(np.median(low_velocity)) for low_velocity in low_velocities if len(low_velocity)
    ]
    return float(np.mean(medians)) if medians else None


def speed_over_ground(motion: Motion) -> float | None:
    """Return the pelvis' mean forward velocity against the ground, m/s; None where unknown."""
    ground, pelvis = ground_velocity(motion), motion.markers.get("pelvis")
    if ground is None or pelvis is None:
        return None
    velocity = mean_velocity(pelvis[:, 0], motion.time)
    # On a treadmill the pelvis stays where it is and the ground moves backwards.
    return None if velocity is None else velocity - ground


def mean_velocity(position: Floats, time: Floats) -> float | None:
    """Return the slope of position over time, by least squares; None without two positions."""
    known = np.isfinite(position)
    if known.sum() < _LINE:
        return None
    return float(np.polyfit(time[known], position[known], 1)[0])


def contacts_from_markers(motion: Motion) -> list[Contact]:
    """Return the contacts of both feet, in order; `motion` is prepared (even, fine grid)."""
    ground, speed = ground_velocity(motion), speed_over_ground(motion)
    if ground is None or speed is None:
        return []
    contacts = [
        contact for side in FEET for contact in _of_foot(motion, side, ground, SLOW_SHARE * speed)
    ]
    return sorted(contacts, key=lambda contact: contact.start)


def _of_foot(motion: Motion, side: Side, ground: float, slow: float) -> list[Contact]:
    names = (f"heel_{side}", f"toe_{side}")
    if any(name not in motion.markers for name in names):
        return []
    time = motion.time
    heel, toe = (_speed(motion.markers[name], time, ground) for name in names)
    known = np.isfinite(heel) & np.isfinite(toe)
    down = known & (np.fmin(heel, toe) < slow)
    contacts = []
    for start, stop in _joined(time, runs(down)):
        # A contact at a gap or at the edge began or ended unseen.
        seen_whole = start > 0 and stop < len(time) and known[start - 1] and known[stop]
        if seen_whole and time[stop - 1] - time[start] >= SHORTEST_CONTACT_S:
            contacts.append(Contact(side, float(time[start]), float(time[stop - 1])))
    return contacts


def _speed(marker: Floats, time: Floats, ground: float) -> Floats:
    """Return the sagittal speed against the ground."""
    forward = rate_of_change(marker[:, 0], time) - ground
    return np.asarray(np.hypot(forward, rate_of_change(marker[:, 1], time)), dtype=float)


def _joined(time: Floats, touches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, stop in touches:
        if joined and time[start] - time[joined[-1][1] - 1] <= BLINK_S:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined

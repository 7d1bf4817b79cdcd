"""Ground contacts from joint angles and the height of the pelvis alone.

Contact is taken from the peak downward velocity of the pelvis, which comes a little after the
landing whatever the strike pattern (Milner and Paquette 2015, J Biomech 48:3502: three frames of
5 ms; a later study on an instrumented treadmill, J Biomech 2021, 110419: 22 to 27 ms from 15 down
to 11 km/h). The landing leg is the one in front. Toe-off is the knee's furthest extension between
the flexion of stance and that of swing (Dingwell et al. 2001, J Biomech Eng 123:27; Fellin et al.
2010, J Sci Med Sport 13:646, running).
"""

from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.signals import Mask, peaks, rate_of_change
from ingest.gait.trial import Contact, Motion, Side

DELAY_S: Final = 0.020
"""Of the pelvis' peak downward velocity after the landing: the middle of 15 to 27 ms."""
# 300 steps per minute, more than anybody runs.
STEP_APART_S: Final = 0.2
FALL_M_S: Final = 0.2
STANCE_WINDOW_S: Final = (0.12, 0.45)
"""Toe-off is sought this long after the landing; published running contacts lie inside."""


def contacts_from_angles(motion: Motion) -> list[Contact]:
    """Return the contacts of both feet of a runner; `motion` is prepared (even, fine grid).

    Needs ``hip_flexion_*`` and ``knee_flexion_*`` of both sides and the marker ``pelvis``.
    """
    needed = ("hip_flexion_right", "hip_flexion_left", "knee_flexion_right", "knee_flexion_left")
    if "pelvis" not in motion.markers or any(name not in motion.angles for name in needed):
        return []
    time = motion.time
    falling = -rate_of_change(motion.markers["pelvis"][:, 1], time)
    contacts = [
        # The pelvis falls fastest a little after the landing.
        _contact(motion, instant - DELAY_S)
        for instant in peaks(falling, time, apart_s=STEP_APART_S, rise=FALL_M_S)
    ]
    return [contact for contact in contacts if contact is not None]


def _contact(motion: Motion, start: float) -> Contact | None:
    front = {
        side: float(np.interp(start, motion.time, motion.angles[f"hip_flexion_{side}"]))
        for side in ("right", "left")
    }
    side: Side = "right" if front["right"] > front["left"] else "left"
    inside: Mask = (motion.time >= start + STANCE_WINDOW_S[0]) & (
        motion.time <= start + STANCE_WINDOW_S[1]
    )
    end = toe_off(motion.time[inside], motion.angles[f"knee_flexion_{side}"][inside])
    return Contact(side, start, end) if np.isfinite(end) else None


def toe_off(time: Floats, knee_flexion: Floats) -> float:
    """Return when the knee is furthest extended, NaN unless that lies inside the window."""
    if len(time) == 0 or not np.isfinite(knee_flexion).all():
        return float("nan")
    at = int(np.argmin(knee_flexion))
    # At an edge the knee extends further outside of the window: no toe-off was seen.
    return float(time[at]) if 0 < at < len(time) - 1 else float("nan")

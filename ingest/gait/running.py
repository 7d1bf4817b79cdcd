"""Running told from walking."""

from itertools import pairwise
from typing import Final, Literal

import numpy as np

from ingest.gait.trial import Contact, Motion

Mode = Literal["running", "walking", "unknown"]

LONGEST_STEP_S: Final = 0.7
CLEAR: Final = 0.2
_MAJORITY: Final = 0.5


def mode_of_contacts(contacts: list[Contact]) -> Mode:
    """Tell by flight and double support: in running no foot lands before the other has left.

    Only contacts a step apart are compared; where the feet are not named, nobody sets down the same
    one twice within a step. Without such a pair the answer is ``unknown``.
    """
    ordered = sorted(contacts, key=lambda contact: contact.start)
    flights = [
        later.start > earlier.end
        for earlier, later in pairwise(ordered)
        if (earlier.side != later.side or earlier.side == "none")
        and later.start - earlier.start <= LONGEST_STEP_S
    ]
    if not flights:
        return "unknown"
    return "running" if np.mean(flights) > _MAJORITY else "walking"


def mode_of_motion(motion: Motion) -> Mode:
    """Tell by the bounce of the pelvis, without any event.

    While the thighs are furthest apart a walker is in double support, with the pelvis low (an
    inverted pendulum), and a runner is in flight or close to it, with the pelvis high (a spring):
    Cavagna et al. 1977, Am J Physiol 233:R243. So pelvis height and the angle between the thighs
    correlate positively in running, negatively in walking.
    """
    thighs = [motion.angles.get(f"hip_flexion_{side}") for side in ("right", "left")]
    pelvis = motion.markers.get("pelvis")
    if pelvis is None or thighs[0] is None or thighs[1] is None:
        return "unknown"
    apart, height = np.abs(thighs[0] - thighs[1]), pelvis[:, 1]
    known = np.isfinite(apart) & np.isfinite(height)
    if known.sum() < 2 or np.ptp(apart[known]) == 0 or np.ptp(height[known]) == 0:
        return "unknown"
    together = float(np.corrcoef(apart[known], height[known])[0, 1])
    # A weak correlation shows neither; contacts decide then, if there are any.
    if abs(together) < CLEAR:
        return "unknown"
    return "running" if together > 0 else "walking"

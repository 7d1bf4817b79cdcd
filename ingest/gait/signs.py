"""Sign conventions, told from the data: models and laboratories disagree about them.

Wanted: knee flexion, hip adduction and the drop of the pelvis' free side positive. A changed sign
is a named repair; a sign that the data do not tell makes the value absent.
"""

from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.signals import Mask
from ingest.gait.trial import Contact

KNEE_TURNED: Final = "knee_flexion_sign_turned"
HIP_TURNED: Final = "hip_adduction_sign_turned"
HIP_UNKNOWN: Final = "hip_adduction_sign_unknown_dropped"
LIST_TURNED: Final = "pelvis_list_sign_turned"
CLEAR_DEG: Final = 1.0
CLEAR_CORRELATION: Final = 0.3


def knee_sign(flexion: Floats) -> int:
    """Return 1, or -1 where flexion is negative.

    Rule: a knee bends by 60 degrees and more but over-extends by a few, so the median of a gait
    recording lies on the side of flexion. gait2392-type models count flexion negative.

    Examples
    --------
    >>> knee_sign(np.array([-6.0, -50.0, -110.0, 2.0]))
    -1
    """
    known = flexion[np.isfinite(flexion)]
    # The median, for a few degrees of over-extension are common at landing.
    return -1 if len(known) and np.median(known) < 0 else 1


def adduction_sign(adduction: Floats, stance: Mask) -> int:
    """Return 1, -1 where adduction is negative, or 0 where the data do not tell.

    Rule: a running hip is more adducted while it carries the body than while it swings (Novacheck
    1998, Gait Posture 7:77). Less than one degree of difference tells nothing.
    """
    known = np.isfinite(adduction)
    if not (known & stance).any() or not (known & ~stance).any():
        return 0
    more = float(np.mean(adduction[known & stance]) - np.mean(adduction[known & ~stance]))
    return 0 if abs(more) < CLEAR_DEG else int(np.sign(more))


def list_sign(pelvis_list: Floats, adduction_right: Floats, adduction_left: Floats) -> int:
    """Return 1, or -1 where the list counts the right side's rise as positive.

    OpenSim counts it as positive when the right side falls. Rule: a hip adducts as its own side of
    the pelvis rises over the standing leg, so the list and the difference of adductions (right
    minus left, signs normalised) run against each other. A correlation of at most 0.3 decides
    nothing and leaves OpenSim's convention.
    """
    difference = adduction_right - adduction_left
    known = np.isfinite(pelvis_list) & np.isfinite(difference)
    if (
        known.sum() < 2 or np.ptp(pelvis_list[known]) == 0 or np.ptp(difference[known]) == 0
    ):  # a correlation needs two points
        return 1
    return -1 if np.corrcoef(pelvis_list[known], difference[known])[0, 1] > CLEAR_CORRELATION else 1


def stance_mask(time: Floats, contacts: list[Contact], side: str) -> Mask:
    """Return when the foot of a side is on the ground, between its first and last known contact."""
    mask = np.zeros(time.shape, dtype=bool)
    for contact in contacts:
        if contact.side == side:
            mask |= (time >= contact.start) & (time <= contact.end)
    return mask

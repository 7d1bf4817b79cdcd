"""Joint and segment angles of each stance."""

from collections.abc import Callable
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.timing import Values
from ingest.gait.trial import FEET, Contact, Motion

LOADING_SHARE: Final = 0.75
"""The knee flexes again before toe-off; its peak under load lies in the first part of stance."""
FLAT: Final = (0.3, 0.5)
"""The part of stance in which the sole lies on the ground."""
_LEAST_SAMPLES: Final = 3


def posture(motion: Motion, contacts: list[Contact]) -> Values:
    """Return the angles of each stance, in degrees, by metric and side.

    - peak hip adduction: largest in stance
    - contralateral pelvic drop: how far the free side lies below the standing side, largest
    - peak knee flexion: largest in the first three quarters of stance
    - knee valgus: largest abduction of the knee in stance
    - trunk lean: mean forward lean in stance, both sides together
    - foot-strike angle: pitch of the sole at landing against its pitch when flat, toe up positive,
      so that rear-foot strikes are positive (Altman and Davis 2012, Gait Posture 35:298)
    """
    by_metric: Values = {}
    for side in FEET:
        stances = [contact for contact in contacts if contact.side == side]
        # The list counts the right side's fall; in stance on the right the free side is the left.
        drop = -1.0 if side == "right" else 1.0
        table: tuple[tuple[str, str, str, float, Callable[[Floats], float]], ...] = (
            ("peak_hip_adduction_deg", side, f"hip_adduction_{side}", 1.0, _largest),
            ("contralateral_pelvic_drop_deg", side, "pelvis_list", drop, _largest),
            ("peak_knee_flexion_deg", side, f"knee_flexion_{side}", 1.0, _early_peak),
            ("knee_valgus_deg", side, f"knee_adduction_{side}", -1.0, _largest),
            ("trunk_lean_deg", "both", "trunk_lean", 1.0, _mean),
            ("foot_strike_angle_deg", side, f"foot_pitch_{side}", 1.0, _landing_pitch),
        )
        for metric, label, angle, sign, measure in table:
            if angle in motion.angles:
                values = [
                    measure(sign * piece)
                    for piece in _cut(motion.time, motion.angles[angle], stances)
                ]
                by_metric.setdefault((metric, label), []).extend(values)
    return by_metric


def _cut(time: Floats, values: Floats, stances: list[Contact]) -> list[Floats]:
    """Return the values of each stance that was seen whole; force may have seen more than that."""
    whole = [stance for stance in stances if stance.start >= time[0] and stance.end <= time[-1]]
    pieces = [values[(time >= stance.start) & (time <= stance.end)] for stance in whole]
    # A single lost sample may have been the peak.
    return [piece for piece in pieces if len(piece) >= _LEAST_SAMPLES and np.isfinite(piece).all()]


def _largest(values: Floats) -> float:
    return float(np.max(values))


def _mean(values: Floats) -> float:
    return float(np.mean(values))


def _early_peak(values: Floats) -> float:
    return float(np.max(values[: max(1, round(LOADING_SHARE * len(values)))]))


def _landing_pitch(values: Floats) -> float:
    first, last = (round(share * len(values)) for share in FLAT)
    return float(values[0] - np.median(values[first : max(last, first + 1)]))

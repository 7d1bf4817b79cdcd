"""Loading rate and braking from the ground reaction force, in body weights."""

from dataclasses import replace
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.force_contacts import FORCE_CUT_OFF_HZ
from ingest.gait.signals import low_pass, sampling_rate
from ingest.gait.timing import Values, steps_of
from ingest.gait.trial import Contact, Force

IMPACT_SHARE: Final = 0.3
"""The impact peak lies in the first part of stance; a later peak is the active one."""
SLOPE: Final = (0.2, 0.8)
IMPACT_RATE_HZ: Final = 200.0
"""A force sampled more slowly does not show the impact."""


def body_weight(forces: list[tuple[Force, list[Contact]]]) -> float | None:
    """Return the runner's weight in N from the force itself, None where it does not tell.

    In steady running the ground returns over each step the impulse of the weight over that step,
    so weight = mean vertical impulse of a contact / mean time from landing to landing.
    """
    contacts = [contact for _, plate_contacts in forces for contact in plate_contacts]
    steps = steps_of(contacts)
    if not steps:
        return None
    impulses = [
        float(np.trapezoid(piece.vertical, piece.time))
        for force, plate_contacts in forces
        for piece in (_piece(force, contact) for contact in plate_contacts)
    ]
    return float(np.mean(impulses) / np.mean([step.seconds for step in steps]))


def kinetics(force: Force, contacts: list[Contact], weight_n: float) -> Values:
    """Return loading rate (BW/s) and peak braking force (BW) of each contact.

    - vertical loading rate: slope of the vertical force between 20 and 80 % of the time from
      landing to the impact peak (Milner et al. 2006, Med Sci Sports Exerc 38:323). A landing
      without an impact peak has none.
    - peak braking force: largest backward force (Napier et al. 2018). Backward is the direction
      of the first half of stance, whatever the axis' sign.
    """
    values: Values = {}
    rate = sampling_rate(force.time)
    smooth = replace(force, vertical=low_pass(force.vertical, rate, FORCE_CUT_OFF_HZ))
    for contact in contacts:
        piece = _piece(smooth, contact)
        # Too few samples flatten the impact, and a slope from them would look gentle.
        if rate >= IMPACT_RATE_HZ:
            slope = _loading_rate(piece.time, piece.vertical)
            if np.isfinite(slope):
                key = ("vertical_loading_rate_bw_s", contact.side)
                values.setdefault(key, []).append(slope / weight_n)
        key = ("peak_braking_force_bw", contact.side)
        values.setdefault(key, []).append(_braking(piece.forward) / weight_n)
    return values


def _piece(force: Force, contact: Contact) -> Force:
    inside = (force.time >= contact.start) & (force.time <= contact.end)
    return Force(force.time[inside], force.vertical[inside], force.forward[inside], contact.side)


def _loading_rate(time: Floats, vertical: Floats) -> float:
    # A maximum with neighbours on both sides needs three samples.
    early = vertical[: max(3, round(IMPACT_SHARE * len(vertical)))]
    inner = np.flatnonzero((early[1:-1] > early[:-2]) & (early[1:-1] >= early[2:]))
    if len(inner) == 0:
        return float("nan")
    peak = int(inner[0]) + 1
    span = time[peak] - time[0]
    first, last = (time[0] + share * span for share in SLOPE)
    low, high = np.interp((first, last), time, vertical)
    return float((high - low) / (last - first))


def _braking(forward: Floats) -> float:
    backward = np.sign(np.mean(forward[: len(forward) // 2]))
    return float(np.max(backward * forward))

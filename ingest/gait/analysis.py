"""From one trial to its values: events, running or walking, signs, strides."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ingest.gait.angle_contacts import contacts_from_angles
from ingest.gait.force_contacts import contacts_from_force
from ingest.gait.kinetics import body_weight, kinetics
from ingest.gait.marker_contacts import (
    contacts_from_markers,
    ground_velocity,
    mean_velocity,
    speed_over_ground,
)
from ingest.gait.posture import posture
from ingest.gait.running import Mode, mode_of_contacts, mode_of_motion
from ingest.gait.signs import (
    HIP_TURNED,
    HIP_UNKNOWN,
    KNEE_TURNED,
    LIST_TURNED,
    adduction_sign,
    knee_sign,
    list_sign,
    stance_mask,
)
from ingest.gait.timing import Values, step_lengths, timing, vertical_oscillation
from ingest.gait.trial import FEET, Contact, Force, Motion, Trial

OVERGROUND_M_S: Final = 0.5
"""A pelvis that travels slower than this stays on a treadmill, whose speed it does not tell."""

Plates = list[tuple[Force, list[Contact]]]


@dataclass(frozen=True)
class Findings:
    """What a trial tells.

    Parameters
    ----------
    mode : {"running", "walking", "unknown"}
        How the runner moved.
    contacts : list of Contact
        Ground contacts, in order.
    values : dict of (metric, side) to list of float
        One number per step or stance.
    speed_m_s : float, optional
        Speed of the trial.
    repairs : dict of str to tuple of str
        Code -> metrics it touched; none where it dropped a value.
    """

    mode: Mode
    contacts: list[Contact]
    values: Values = field(default_factory=dict)
    speed_m_s: float | None = None
    repairs: dict[str, tuple[str, ...]] = field(default_factory=dict)


def analyse(trial: Trial) -> Findings:
    """Return the values of a trial; none but the contacts unless the runner runs.

    Contacts come from where most are known: the laboratory's own marks, force, the motion (heel and
    toe markers, or else joint angles); of equal numbers, in this order.
    """
    motion, repairs = _knees_turned(trial.motion.prepared()) if trial.motion else (None, {})
    seen = _contacts_of_motion(motion) if motion else []
    plates = [(force, _named(contacts_from_force(force), seen)) for force in trial.forces]
    stepped = sorted(
        (contact for _, plate_contacts in plates for contact in plate_contacts),
        key=lambda contact: contact.start,
    )
    contacts = max((list(trial.marked), stepped, seen), key=len)
    mode = mode_of_contacts(contacts)
    # The bounce of the pelvis needs no contacts, which are sought in a runner's way.
    if motion and mode_of_motion(motion) != "unknown":
        mode = mode_of_motion(motion)
    if mode != "running":
        return Findings(mode, contacts, speed_m_s=_speed(trial, motion))
    return _of_run(trial, motion, contacts, plates, repairs)


def contacts_seen(motion: Motion) -> list[Contact]:
    """Return the contacts that a motion shows by itself, as it was recorded."""
    return _contacts_of_motion(_knees_turned(motion.prepared())[0])


def _of_run(
    trial: Trial,
    motion: Motion | None,
    contacts: list[Contact],
    plates: Plates,
    repairs: dict[str, tuple[str, ...]],
) -> Findings:
    values, speed = timing(contacts), _speed(trial, motion)
    if motion:
        motion, more = _hips_turned(motion, contacts)
        repairs = repairs | more
        values |= step_lengths(motion, contacts, ground_velocity(motion), speed)
        values |= vertical_oscillation(motion, contacts) | posture(motion, contacts)
    elif speed is not None:
        values |= step_lengths(Motion(np.empty(0)), contacts, None, speed)
    weight = trial.body_weight_n or body_weight(plates)
    for force, plate_contacts in plates if weight else ():
        for key, numbers in kinetics(force, plate_contacts, weight or np.nan).items():
            values.setdefault(key, []).extend(numbers)
    return Findings("running", contacts, values, speed, repairs)


def _contacts_of_motion(motion: Motion) -> list[Contact]:
    return contacts_from_markers(motion) or contacts_from_angles(motion)


def _named(contacts: list[Contact], seen: list[Contact]) -> list[Contact]:
    """Give the contacts of a plate the side of the foot that the markers saw on the ground."""
    return [
        contact if contact.side != "none" else _with_side(contact, seen) for contact in contacts
    ]


def _with_side(contact: Contact, seen: list[Contact]) -> Contact:
    def overlap(other: Contact) -> float:
        return min(contact.end, other.end) - max(contact.start, other.start)

    best = max(seen, key=overlap, default=contact)
    half = (contact.end - contact.start) / 2
    return contact._replace(side=best.side) if overlap(best) > half else contact


def _speed(trial: Trial, motion: Motion | None) -> float | None:
    if trial.speed_m_s is not None or motion is None:
        return trial.speed_m_s
    measured = speed_over_ground(motion)
    if measured is not None or "pelvis" not in motion.markers:
        return measured
    pelvis = mean_velocity(motion.markers["pelvis"][:, 0], motion.time)
    return pelvis if pelvis is not None and pelvis > OVERGROUND_M_S else None


def _knees_turned(motion: Motion) -> tuple[Motion, dict[str, tuple[str, ...]]]:
    angles, turned = dict(motion.angles), False
    for side in FEET:
        name = f"knee_flexion_{side}"
        if name in angles and knee_sign(angles[name]) < 0:
            angles[name], turned = -angles[name], True
    repairs: dict[str, tuple[str, ...]] = {}
    if turned:
        repairs[KNEE_TURNED] = ("peak_knee_flexion_deg",)
    return replace(motion, angles=angles), repairs


def _hips_turned(
    motion: Motion, contacts: list[Contact]
) -> tuple[Motion, dict[str, tuple[str, ...]]]:
    angles, repairs = dict(motion.angles), dict[str, tuple[str, ...]]()
    for side in FEET:
        name = f"hip_adduction_{side}"
        if name not in angles:
            continue
        sign = adduction_sign(angles[name], stance_mask(motion.time, contacts, side))
        if sign == 0:
            del angles[name]
            repairs[HIP_UNKNOWN] = ()
        elif sign < 0:
            angles[name] = -angles[name]
            repairs[HIP_TURNED] = ("peak_hip_adduction_deg",)
    hips = [angles.get(f"hip_adduction_{side}") for side in FEET]
    pelvis = angles.get("pelvis_list")
    if pelvis is None or hips[0] is None or hips[1] is None:
        return replace(motion, angles=angles), repairs
    # Only hips whose own signs are settled can tell the sign of the pelvis.
    if list_sign(pelvis, hips[0], hips[1]) < 0:
        angles["pelvis_list"] = -pelvis
        repairs[LIST_TURNED] = ("contralateral_pelvic_drop_deg",)
    return replace(motion, angles=angles), repairs

"""Cadence, contact time, step length, and the rise and fall of the pelvis, step by step."""

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from common.arrays import Floats
from ingest.gait.trial import Contact, Motion

STEP_S: Final = (0.2, 0.6)
"""From landing to landing of the other foot: 300 to 100 steps per minute. A longer time means that
a contact was not seen."""
Values = dict[tuple[str, str], list[float]]


class Step(NamedTuple):
    """From one landing to the next, of the other foot."""

    first: Contact
    second: Contact

    @property
    def seconds(self) -> float:
        """Time from landing to landing."""
        return self.second.start - self.first.start


def steps_of(contacts: list[Contact]) -> list[Step]:
    """Return the pairs of consecutive contacts that can only be one step apart."""
    ordered = sorted(contacts, key=lambda contact: contact.start)
    pairs = [Step(a, b) for a, b in pairwise(ordered)]
    return [
        step
        for step in pairs
        if STEP_S[0] <= step.seconds <= STEP_S[1]
        # Two contacts of one side in a row mean that the one between them was not seen.
        and (step.first.side != step.second.side or step.first.side == "none")
    ]


def timing(contacts: list[Contact]) -> Values:
    """Return cadence (steps per minute, both feet) and contact time (ms, by side)."""
    # From step to step: a count over the whole trial would be too low by each contact not seen.
    values: Values = {("cadence_spm", "both"): [60 / step.seconds for step in steps_of(contacts)]}
    for contact in contacts:
        key = ("contact_ms", contact.side)
        values.setdefault(key, []).append(1000 * (contact.end - contact.start))
    return values


def step_lengths(
    motion: Motion, contacts: list[Contact], ground: float | None, speed: float | None
) -> Values:
    """Return step lengths (m) by the side of the landing foot.

    With heel markers: the distance between footprints on the ground, which a treadmill's belt
    carries back at `ground` m/s. Without: speed times step time, which holds for the mean step.
    """
    values: Values = {}
    for step in steps_of(contacts):
        # Footprints differ from step to step; speed times time only holds for the mean.
        length = _between_footprints(motion, step, ground)
        if not np.isfinite(length) and speed is not None:
            length = speed * step.seconds
        if np.isfinite(length):
            values.setdefault(("step_length_m", step.second.side), []).append(length)
    return values


def vertical_oscillation(motion: Motion, contacts: list[Contact]) -> Values:
    """Return the rise and fall of the pelvis within each step, in mm."""
    if "pelvis" not in motion.markers:
        return {}
    height = motion.markers["pelvis"][:, 1]
    rises = []
    for step in steps_of(contacts):
        inside = (motion.time >= step.first.start) & (motion.time <= step.second.start)
        # With a gap the highest or lowest point may be missing, and the rise would be too small.
        if inside.any() and np.isfinite(height[inside]).all():
            rises.append(1000 * float(np.ptp(height[inside])))
    return {("vertical_oscillation_mm", "both"): rises}


def _between_footprints(motion: Motion, step: Step, ground: float | None) -> float:
    if ground is None:
        return float("nan")
    first, second = (_footprint(motion, contact, ground) for contact in step)
    return second - first


def _footprint(motion: Motion, contact: Contact, ground: float) -> float:
    """Return where on the ground the heel stood: its place early in stance, before it lifts."""
    heel = motion.markers.get(f"heel_{contact.side}")
    if heel is None:
        return float("nan")
    # Later the heel lifts; in the first instants a marker on the shoe still swings.
    third = (contact.end - contact.start) / 3
    inside = (motion.time >= contact.start + third / 2) & (motion.time <= contact.start + third)
    place: Floats = heel[inside, 0] - ground * motion.time[inside]
    return float(np.median(place)) if inside.any() else float("nan")

"""Whether force and motion, recorded into two files, share a clock."""

from typing import Final

from ingest.gait.analysis import contacts_seen
from ingest.gait.force_contacts import contacts_from_force
from ingest.gait.trial import Contact, Force, Motion

APART_S: Final = 0.05
"""Landings by motion lie within 10 ms of those by force on synthetic runners, and within twice the
published spread of methods on real ones; a clock that is off is off by more."""
AGREEING_SHARE: Final = 0.8


def clocks_agree(motion: Motion, forces: tuple[Force, ...]) -> bool:
    """Say whether the landings by force are those of the motion.

    Only what both recorded is compared; without a landing by force in it the two are not one
    recording. A motion that shows no landing at all cannot contradict.
    """
    begin, end = float(motion.time[0]), float(motion.time[-1])
    contacts = [contact for force in forces for contact in contacts_from_force(force)]
    inside = [contact for contact in contacts if begin <= contact.start and contact.end <= end]
    if not inside:
        return False
    seen = contacts_seen(motion)
    if not seen:
        return True
    covered = [
        contact for contact in inside if seen[0].start - APART_S <= contact.start <= seen[-1].end
    ]
    agreeing = sum(_is_met(contact, seen) for contact in covered)
    return bool(covered) and agreeing >= AGREEING_SHARE * len(covered)


def _is_met(contact: Contact, seen: list[Contact]) -> bool:
    return any(
        abs(seen_contact.start - contact.start) <= APART_S
        for seen_contact in seen
        # A plate does not know which foot stood on it.
        if contact.side in {"none", seen_contact.side}
    )

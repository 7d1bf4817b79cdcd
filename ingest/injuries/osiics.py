"""OSIICS and OSICS codes -> region and diagnosis.

The first letter of a code is the body region, the second the kind of pathology (tables 4 and 5 of
the IOC consensus on recording, Bahr 2020; OSICS 9 for B and W). Only what these two letters say is
taken, and no letter that has changed its meaning between versions (J).
"""

import re
from typing import Final

from ingest.injuries.body_part_words import Meaning

_REGIONS: Final = {
    "H": "head_neck", "N": "head_neck", "S": "shoulder", "U": "arm", "E": "arm", "R": "arm",
    "W": "arm", "P": "arm", "C": "trunk", "D": "trunk", "O": "trunk", "L": "lumbar",
    "B": "pelvis_groin", "G": "hip", "T": "thigh", "K": "knee", "Q": "lower_leg",
    "A": "ankle", "F": "foot",
}  # fmt: skip
_PATHOLOGIES: Final = {"S": "bone_stress", "M": "muscle_strain", "L": "sprain", "D": "sprain"}
_CODE: Final = re.compile(r"([A-Z])([A-Z])[A-Z0-9]{0,2}(?:\.[0-9]+)?")


def meaning_of(code: str) -> Meaning:
    """Return what a code says; nothing where it is none, or of a region that is not told.

    Examples
    --------
    >>> meaning_of("TMHX")
    Meaning(region='thigh', diagnosis='muscle_strain')
    >>> meaning_of("KT1X").region
    'knee'
    >>> meaning_of("physio")
    Meaning(region=None, diagnosis=None)
    """
    match = _CODE.fullmatch(code.strip().upper())
    if match is None:
        return Meaning()
    region = _REGIONS.get(match.group(1))
    diagnosis = _PATHOLOGIES.get(match.group(2)) if region else None
    # The vocabulary has no sprain of the knee: its ligaments are under other_knee.
    if region == "knee" and diagnosis == "sprain":
        diagnosis = "other_knee"
    return Meaning(region, diagnosis)

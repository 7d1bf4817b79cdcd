"""PMSys' body parts and the regions they are (OSIICS areas, coarsened)."""

from typing import Final

_PAIRED: Final = {
    "shoulder": "shoulder",
    "arm": "arm",
    "elbow": "arm",
    "hand": "arm",
    "thigh": "thigh",
    "knee": "knee",
    "leg": "lower_leg",
    "ankle": "ankle",
    "foot": "foot",
}

BODY_PARTS: Final[dict[str, tuple[str, str]]] = {
    **{
        f"{side}_{part}": (region, side)
        for part, region in _PAIRED.items()
        for side in ("left", "right")
    },
    "head_neck": ("head_neck", "none"),
    "chest": ("trunk", "none"),
    "stomach_back": ("unknown", "none"),
    "groin_hip": ("pelvis_groin", "none"),
}
"""Body part -> (region, side). "Leg" stands beside thigh, knee and foot: it is the lower leg.
"stomach_back" tells no region: the back may be injured by running, the stomach not."""

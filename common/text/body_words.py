"""Regions and sides of the body as a reader calls them."""

from typing import Final

from common.language import N_, message

_REGIONS: Final = {
    "head_neck": N_("head or neck"),
    "shoulder": N_("shoulder"),
    "arm": N_("arm"),
    "trunk": N_("trunk"),
    "lumbar": N_("lower back"),
    "pelvis_groin": N_("pelvis or groin"),
    "hip": N_("hip"),
    "thigh": N_("thigh"),
    "knee": N_("knee"),
    "lower_leg": N_("lower leg"),
    "achilles": N_("Achilles tendon"),
    "ankle": N_("ankle"),
    "foot": N_("foot"),
    "other": N_("another place"),
    "unknown": N_("place not told"),
}
_SIDES: Final = {
    "left": N_("{region}, left"),
    "right": N_("{region}, right"),
    "both": N_("{region}, both sides"),
}


def region_words(region: str, side: object = None) -> str:
    """Return a region of the body, with its side where that is known.

    Examples
    --------
    >>> region_words("lower_leg"), region_words("knee", "left"), region_words("hip", "unknown")
    ('lower leg', 'knee, left', 'hip')
    """
    words = message(_REGIONS[region]) if region in _REGIONS else region.replace("_", " ")
    sided = _SIDES.get(str(side))
    return message(sided, region=words) if sided else words

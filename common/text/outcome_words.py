"""Outcomes as a reader calls them: any injury, those of a region, of a diagnosis, severe ones."""

from typing import Final

from common.language import N_, message
from common.text.body_words import region_words

_OUTCOMES: Final = {
    "any": N_("any injury"),
    "knee": N_("knee injury"),
    "hamstring_strain": N_("hamstring strain"),
    "bone_stress": N_("bone stress injury"),
    "pfps": N_("patellofemoral pain"),
    "itbs": N_("iliotibial band syndrome"),
    "mtss": N_("medial tibial stress syndrome"),
    "achilles_tendinopathy": N_("Achilles tendinopathy"),
    "severe": N_("severe injury (more than 28 days)"),
}


def outcome_words(outcome: str) -> str:
    """Return what an outcome is called; one of your own keeps its name.

    Examples
    --------
    >>> outcome_words("any"), outcome_words("lower_leg"), outcome_words("mtss")
    ('any injury', 'lower leg injury', 'medial tibial stress syndrome')
    """
    known = _OUTCOMES.get(outcome)
    return message(known) if known else message("{region} injury", region=region_words(outcome))

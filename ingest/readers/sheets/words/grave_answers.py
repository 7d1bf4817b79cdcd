"""Answers that tell an injury and not just a complaint: bones, tears, and who cannot run."""

import re
from typing import Final

from ingest.injuries.languages.homographs import without_idioms
from ingest.injuries.recovered import is_recovered
from ingest.injuries.text import plain_words

_BREAKS: Final = (
    r"fractur\w*|fraktur\w*|(?:knochen|ermudungs|stress|bein|fuss)?bruch|gebrochen|fratur\w*|"
    r"frattur\w*|(?:stress|tretthets)?brudd|(?:stress|utmattnings)?brott|"
    r"(?:stress|vermoeidheids)?breuk|gebroken|broken|casse[es]?|stress reaction|"
    r"stressreaktion\w*|reaccion de estres|torn|tear|tore|rupture\w*|ruptur\w*|"
    r"(?:muskel|muskelfaser|sehnen|bander|kreuzband|meniskus)?riss|gerissen|dechir\w*|rotura|"
    r"roto|desgarr\w*|strapp[oi]|gescheurd|scheur|avriv\w*|avslit\w*"
)
_CANNOT: Final = (
    r"can ?'?t run|can not run|cannot run|unable to run|no running|not running|off running|"
    r"stopped running|injured|sidelined|kann nicht laufen|laufe nicht|lauft nicht|laufpause|"
    r"laufverbot|verletzt|ne cours? pas|ne court pas|peux pas courir|blesse\w*|no corro|no corre|"
    r"no puedo correr|lesionad[oa]|de baja|non corro|non corre|infortunat[oa]|kan niet lopen|"
    r"loop niet|geblesseerd|nao corro|nao corre|loper ikke|kan ikke lope|skadet|skadad|"
    r"springer inte|kan inte springa|lober ikke"
)
_GRAVE: Final = re.compile(rf"\b(?:{_BREAKS}|{_CANNOT})\b")
_CLAUSES: Final = re.compile(r"[,;.!]\s+|\s[-\u2013]\s")
_DENIED: Final = re.compile(
    r"\b(?:no|not|non|nicht|kein\w*|sin|pas|pas de|geen|sem|ikke|inte|without|ohne) "
    r"(?:\w+ )?(?:injured|verletzt|blesse\w*|lesionad[oa]|skadet|skadad|fractur\w*|\w*bruch|tear)\b"
)


def is_grave(answer: str) -> bool:
    """Say whether an answer about pain tells an injury that keeps somebody from running.

    Examples
    --------
    >>> is_grave("stress fracture tibia"), is_grave("torn hamstring - can't run")
    (True, True)
    >>> is_grave("bit of knee pain"), is_grave("knee sore but not injured")
    (False, False)
    """
    plain = without_idioms(plain_words(answer))
    # "Sore but not injured" names an injury only to deny it.
    is_told = _GRAVE.search(plain) and not _DENIED.search(plain)
    return bool(is_told) and not _is_over(answer)


def _is_over(answer: str) -> bool:
    """Say whether an answer, or its last clause, tells the end: "torn calf, fine again"."""
    last = _CLAUSES.split(answer)[-1]
    # Without its word of harm "tear healed" is left with the end alone.
    parts = (answer, last, _GRAVE.sub(" ", plain_words(last)))
    return any(is_recovered(part) for part in parts)

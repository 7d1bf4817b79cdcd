"""German, Dutch and Scandinavian compounds taken apart: "Wadenzerrung" is a calf and a strain.

Only a known body part with a known ending is taken apart; every other word stays whole.
"""

import re
from functools import cache
from typing import Final

_PARTS: Final = (
    "achillessehnen|achillessehne|achilles|achillespees|akillessene|halsene|"
    "patellasehnen|patellarsehnen|patellasehne|patella|kniescheiben|quadrizepssehnen|quadrizeps|"
    "knie|knæ|kne|kna|huft|heup|hofte|hoft|oberschenkel|bovenbeen|hamstring|adduktoren|leisten|"
    "becken|waden|wade|kuit|legg|unterschenkel|schienbein|scheenbeen|sprunggelenks|"
    "sprunggelenk|knochel|enkel|ankel|fuss|voet|fersen|hiel|zehen|schulter|schouder|"
    "lendenwirbel|gesass|rucken|ruggen|rug|lies|hamstrings|hamstring|lyske|ljumsk|ljumske|lænde|"
    "lægg|læg|lar|vad|skinneben|skinnebens|skenben|fot|fod|rygg|ryg|hal|hæl"
)
_ENDINGS: Final = (
    "schmerz|schmerzen|beschwerden|probleme|problem|verletzung|verletzungen|zerrung|"
    "muskelzerrung|faserriss|muskelfaserriss|reizung|entzundung|prellung|krampf|krampfe|"
    "verhartung|verstauchung|distorsion|operation|op|pijn|blessure|klachten|verstuiking|"
    "verrekking|kramp|ontsteking|smarta|smartor|smerter|smerte|skada|skade|tendinopathie|"
    "muskel|muskulatur|spier|bristning|strekk|inflammation|betændelse|betennelse|sprængning"
)
_SIDES: Final = (
    "linker|rechter|links|rechts|linkes|rechtes|linke|rechte|"
    "venstre|hojre|høyre|højre|vanster|hoger"
)
_BARE: Final = (
    "been|arm|scheen|pees|hand|elleboog|heupen|knieen|teen|bil|laar|underben|lar|vad|fot|fod|læg"
)
"""Parts that have no ending but may have a side in front."""
COMPOUNDS: Final = frozenset(
    part + ending for part in _PARTS.split("|") for ending in _ENDINGS.split("|")
)
"""Every compound that is taken apart, as one word."""


def apart(plain: str) -> str:
    """Return a text with its compounds taken apart.

    Parameters
    ----------
    plain : str
        Plain words, see :func:`ingest.injuries.text.plain_words`.

    Examples
    --------
    >>> apart("wadenzerrung links")
    'waden zerrung links'
    >>> apart("knieling")
    'knieling'
    """
    return _compound().sub(r"\1 \2", plain)


def side_apart(plain: str) -> str:
    """Return a text with the sides that are written in front of a body part apart.

    Examples
    --------
    >>> side_apart("linkerknie")
    'linker knie'
    """
    return _with_side().sub(r"\1 \2", plain)


@cache
def _with_side() -> re.Pattern[str]:
    """Dutch and Scandinavian write the side in front: "linkerknie", "højreknæ"."""
    ends = f"{_PARTS}|{_BARE}"
    return re.compile(rf"(?<![\w'])({_SIDES})-?((?:{ends})(?:{_ENDINGS})?)(?![\w'])")


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])({_PARTS})-?({_ENDINGS})(?![\w'])")

"""German, Dutch and Scandinavian compounds taken apart: "Wadenzerrung" is a calf and a strain.

Only a known body part with a known ending is taken apart; every other word stays whole.
"""

import re
from functools import cache
from typing import Final

_PARTS: Final = (
    "achillessehnen|achillessehne|achilles|achillespees|akillessene|halsen|halsene|"
    "patellasehnen|patellarsehnen|patellasehne|patella|kniescheiben|quadrizepssehnen|quadrizeps|"
    "knie|knæ|kne|kna|huft|heup|hofte|hoft|oberschenkel|bovenbeen|hamstring|adduktoren|leisten|"
    "becken|waden|wade|kuit|legg|unterschenkel|schienbein|scheenbeen|sprunggelenks|"
    "sprunggelenk|knochel|enkel|ankel|fuss|voet|fersen|hiel|zehen|schulter|schouder|"
    "lendenwirbel|gesass|rucken|ruggen|rug|lies"
)
_ENDINGS: Final = (
    "schmerz|schmerzen|beschwerden|probleme|problem|verletzung|verletzungen|zerrung|"
    "muskelzerrung|faserriss|muskelfaserriss|reizung|entzundung|prellung|krampf|krampfe|"
    "verhartung|verstauchung|distorsion|operation|op|pijn|blessure|klachten|verstuiking|"
    "verrekking|kramp|ontsteking|smarta|smartor|smerter|smerte|skada|skade|tendinopathie|"
    "muskel|muskulatur|spier"
)
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


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])({_PARTS})-?({_ENDINGS})(?![\w'])")

"""Text without what people write differently: case, accents, marks."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ð": "d", "þ": "th",
     "\u2019": "'", "\u00b4": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "º": "°"}
)  # fmt: skip
_MARKS: Final = re.compile(r"[^\w%#°/]+")
_UNDERLINES: Final = re.compile(r"_+")


@lru_cache(maxsize=100_000)
def without_accents(text: str) -> str:
    """Return a text in lower case without accents; marks stay.

    Examples
    --------
    >>> without_accents("Søvn: Hüfte, Łódź")
    'sovn: hufte, lodz'
    """
    bare = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(character for character in bare if not unicodedata.combining(character)).strip()


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Return a text in lower case without accents and marks, blanks single.

    Examples
    --------
    >>> plain("Bemerkung / wieder fit"), plain("Sleep_quality (1-5)")
    ('bemerkung / wieder fit', 'sleep quality 1 5')
    """
    return " ".join(_MARKS.sub(" ", _UNDERLINES.sub(" ", without_accents(text))).split())

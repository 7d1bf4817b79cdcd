"""Text without case and accents."""

import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe",
        "ß": "ss", "þ": "th", "ŋ": "n",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a letter and an accent."""


def folded(text: str) -> str:
    """Return text in lower case without accents.

    Examples
    --------
    >>> folded("Łukasz WÓJCIK")
    'lukasz wojcik'
    """
    # Before and after: "ǿ" becomes "ø" and an accent only by being taken apart.
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(
        character for character in apart if not unicodedata.combining(character)
    ).translate(_LETTERS)

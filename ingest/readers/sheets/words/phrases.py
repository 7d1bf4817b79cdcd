"""Look for the spellings of a synonym table in a text, whole words, the longest first."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from ingest.readers.sheets.words.folding import plain

_WHOLE_ONLY: Final = 3
_SHORT_BUT_CLEAR: Final = frozenset(
    {"km", "kms", "rpe", "hrv", "rhr", "sono", "sov", "ont", "dor", "nrs"}
)


class Found(NamedTuple):
    """A spelling found in a text.

    Parameters
    ----------
    key : str
        The concept.
    length : int
        Letters that the spelling covers.
    whole : bool
        Whether it is all the text says.
    words : int
        Words of the spelling.
    """

    key: str
    length: int
    whole: bool
    words: int


class Phrases:
    """Spellings of several concepts, ready to be looked for.

    Parameters
    ----------
    spellings : mapping of str to str
        Concept -> spellings with `|` between and `*` for further letters.
    short : bool
        Whether spellings of up to three letters also count within a longer text.
    """

    def __init__(self, spellings: Mapping[str, str], *, short: bool = False) -> None:
        self._short = short
        self._patterns = {key: _pattern(words) for key, words in spellings.items()}

    def find(self, text: str) -> list[Found]:
        """Return the longest spelling of each concept in a plain text, the best concept first."""
        matches = [
            match for key in self._patterns if (match := self._longest(key, text)) is not None
        ]
        return sorted(matches, key=lambda candidate: (not candidate.whole, -candidate.length))

    def best(self, text: str) -> str:
        """Return the concept that fits a text best, nothing where none does."""
        matches = self.find(plain(text))
        return matches[0].key if matches else ""

    def _longest(self, key: str, text: str) -> Found | None:
        matches = [hit[0].strip() for hit in self._patterns[key].finditer(text)]
        whole = [match for match in matches if match == text]
        usable = whole or [match for match in matches if self._short or _stands_in_a_text(match)]
        if not usable:
            return None
        best = max(usable, key=len)
        return Found(key, len(best), bool(whole), best.count(" ") + 1)


def _stands_in_a_text(spelling: str) -> bool:
    """Short words mean something only alone: "am", "le", "v"."""
    return len(spelling) > _WHOLE_ONLY or spelling in _SHORT_BUT_CLEAR


@cache
def _pattern(words: str) -> re.Pattern[str]:
    # A regular expression takes the first alternative that fits, so longer spellings stand first.
    longest_first = sorted(set(words.split("|")), key=lambda spelling: -len(spelling))
    parts = [
        re.escape(spelling).replace(r"\*", r"[\w /]*?(?!\w)" if " " in spelling else r"\w*")
        for spelling in longest_first
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")

"""How a person's name is written: its plain words, whatever case, accents and punctuation."""

import re
import unicodedata
from functools import cache
from itertools import product
from typing import Final, NamedTuple

from common.text.folding import folded

_WRITTEN_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""How German and Scandinavian names are typed on other keyboards."""
_BRACKETS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_MAIL: Final = re.compile(r"^([^@\s]+)@[^@\s]+\.[a-z]{2,}$")
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_CAPITAL_INSIDE: Final = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de])")
_SEPARATORS: Final = re.compile(r"[\W_]+")
_MOST_WORDS: Final = 5
"""Longer names are written one way or the other as a whole."""
_ABBREVIATED: Final = re.compile(r"(?<!\w)(?:m\.?\s?ª|m\s?\.\s?ª|mª)\.?(?!\w)", re.IGNORECASE)
"""How María and Maria are shortened in Spain and Portugal."""
_INITIALS: Final = re.compile(
    r"(?<!\w)(?!NG|MR|MS|DR|ST|JR|SR)([B-DF-HJ-NP-TV-XZ])([B-DF-HJ-NP-TV-XZ])(?=[\s.,]|$)"
)
"""Two initials without a point between them, such as "JC Pérez": names of two letters (DE, LI) have
a vowel, and the others are names or titles. Beside a number they are a code: "VP 01"."""
_DIGIT: Final = re.compile(r"\d")
_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "coach", "mme", "mlle", "madame",
     "mademoiselle", "monsieur", "sra", "srta", "senora", "signora", "signor", "sigra",
     "dhr", "mevr", "mevrouw", "fru"}
)  # fmt: skip
_SHORT_TITLES: Final = re.compile(r"^\s*(?:[Ss]ig\.(?:\s?ra\.)?|[Hh]r\.?)(?=\s+\w)")
"""Titles that are names as well, and so count in one writing alone: "Sig. Rossi" is no Sig Rossi,
and "HR Meier" is Hans-Rudolf."""


class Spelling(NamedTuple):
    """A name as it is compared.

    Parameters
    ----------
    words : tuple of str
        Lower case without accents, in the order written.
    written_out : tuple of str
        The same with "ue" for "ü".
    had_brackets : bool
        Whether a part in brackets was left out.
    """

    words: tuple[str, ...]
    written_out: tuple[str, ...]
    had_brackets: bool = False

    @property
    def forms(self) -> frozenset[tuple[str, ...]]:
        """Every way of writing the accents, word by word."""
        if len(self.words) > _MOST_WORDS or self.words == self.written_out:
            return frozenset({self.words, self.written_out})
        pairs = zip(self.words, self.written_out, strict=True)
        return frozenset(product(*(dict.fromkeys(pair) for pair in pairs)))

    @property
    def key(self) -> str:
        """The words in alphabetical order: one key for every order of first and last name."""
        return " ".join(sorted(self.words))


@cache
def spelling(name: str) -> Spelling:
    """Return the plain words of a name.

    Examples
    --------
    >>> spelling("  O'Brien, Zoë (U17) ").words
    ('obrien', 'zoe')
    >>> spelling("ann.lee@club.org").words, spelling("AnnLee").words
    (('ann', 'lee'), ('ann', 'lee'))
    >>> spelling("Jürgen Müller").written_out
    ('juergen', 'mueller')
    """
    # macOS writes an accent as a sign of its own, which would part the word.
    text = unicodedata.normalize("NFC", name).strip()
    mail = _MAIL.match(text.lower())
    if mail:
        text = mail[1]
    text = _SHORT_TITLES.sub(" ", _ABBREVIATED.sub("Maria ", text))
    # Two letters beside a number are a code such as "VP 01", no initials.
    text = text if _DIGIT.search(text) else _INITIALS.sub(r"\1 \2", text)
    bare = _BRACKETS.sub(" ", text)
    had_brackets = bare != text
    text = _CAPITAL_INSIDE.sub(" ", bare if bare.strip() else text)
    return Spelling(_words(text), _words(text, written_out=True), had_brackets)


def _words(text: str, *, written_out: bool = False) -> tuple[str, ...]:
    text = _APOSTROPHES.sub("", text.lower())
    plain = folded(text.translate(_WRITTEN_OUT) if written_out else text)
    every = tuple(word for word in _SEPARATORS.split(plain) if word and word not in _TITLES)
    letters = tuple(word for word in every if not word.isdigit())
    # Beside first and last name a number says nothing; "Athlete 7" is told by it.
    return letters if len(letters) > 1 else every

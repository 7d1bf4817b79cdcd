"""Free text about an injury -> region, side and diagnosis of the closed vocabulary, or nothing.

A text is mapped only if its words agree on one region. What is not told, or told two ways, is left
for the user to decide in `injury_words:` of `dataset.yaml`; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from ingest.dataset.settings import InjuryMeaning
from ingest.injuries.body_part_words import (
    IN_PORTUGUESE,
    NEGATIONS,
    NOT_INJURED,
    SIDE_LETTERS_OF_PARTS,
    SIDES,
    WORDS,
    Meaning,
)
from ingest.injuries.compounds import apart, side_apart
from ingest.injuries.languages.homographs import is_meant, without_idioms, without_other_senses
from ingest.injuries.severity_words import without
from ingest.injuries.spelling import corrected

_LONGEST: Final = 2000
_BETWEEN: Final = frozenset({"and", "und", "et", "en", "och", "og", "of", "ou", "or", "oder"})
"""Words between two body parts of a cell."""


class InjuryText(NamedTuple):
    """What a text says; `injury` is False where it says that there is none."""

    injury: bool
    region: str | None
    side: str | None
    diagnosis: str | None


def read_injury_text(text: str, own: Mapping[str, InjuryMeaning]) -> InjuryText:
    """Return what a text tells; region null where it tells none, or several.

    Parameters
    ----------
    text : str
        As written in the log, in any of the languages of :mod:`ingest.injuries.body_part_words`.
    own : mapping of str to InjuryMeaning
        The club's own words; the longest of them that the text holds decides.

    Examples
    --------
    >>> read_injury_text("Patellaspitzensyndrom links", {})
    InjuryText(injury=True, region='knee', side='left', diagnosis='patellar_tendinopathy')
    >>> read_injury_text("felt something odd", {}).region is None
    True
    >>> read_injury_text("left knee, then right calf", {}).region is None
    True
    >>> read_injury_text("no knee pain", {}).region is None
    True
    >>> read_injury_text("hurt it in PE", {}).region, read_injury_text("dor no pé", {}).region
    (None, 'foot')
    """
    written = plain_words(text[:_LONGEST])
    # Twice, because a side in front may show only when its body part is spelled right.
    plain = side_apart(corrected(side_apart(written)))
    side = side_of(plain) or side_in_a_letter(plain)
    # By the words as written: a correction could turn the club's own word into another.
    decided = own_meaning(written, own)
    if decided is not None:
        return InjuryText(decided.injury, decided.region, decided.side or side, decided.diagnosis)
    if plain in NOT_INJURED:
        return InjuryText(injury=False, region=None, side=None, diagnosis=None)
    meanings = [] if is_negated(plain) else _meanings_in(plain)
    diagnoses = {meaning.diagnosis for meaning in meanings if meaning.diagnosis}
    regions = _regions(meanings)
    region = regions.pop() if len(regions) == 1 else None
    diagnosis = diagnoses.pop() if len(diagnoses) == 1 and region else None
    return InjuryText(
        injury=True, region=region, side=side if region else None, diagnosis=diagnosis
    )


def plain_words(text: str) -> str:
    """Return a text in lower case, without accents and marks, blanks single.

    Examples
    --------
    >>> plain_words("  Hüfte (rechts)! ")
    'hufte rechts'
    """
    bare = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("\u2019", "'"))
    letters = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w'/-]+", " ", letters).split())


def without_body_parts(plain: str) -> str:
    """Return plain words without body parts, sides and diagnoses.

    Examples
    --------
    >>> without_body_parts("my left knee is fine").split()
    ['my', 'is', 'fine']
    """
    rest = _phrases().sub(" ", side_apart(plain))
    return " ".join(word for word in rest.split() if word not in SIDES)


def _regions(meanings: list[Meaning]) -> set[str]:
    """Return the regions that are told; a diagnosis that knows its own overrules bare areas.

    "Knee: runner's knee" and "calf: Achilles tendinopathy" tell one injury, not two.
    """
    placed = [meaning for meaning in meanings if meaning.region]
    certain = [meaning for meaning in placed if meaning.diagnosis]
    return {str(meaning.region) for meaning in certain or placed}


def _meanings_in(plain: str) -> list[Meaning]:
    """Return the meanings of the phrases in a text, longer ones first, no word used twice."""
    literal, alone = without_idioms(plain), _is_alone(plain)
    # Whole phrases first, so that a compound which is known as one is not taken apart.
    whole = _phrases().findall(literal)
    rest = _phrases().findall(apart(_phrases().sub(" ", literal)))
    return [WORDS[match] for match in (*whole, *rest) if is_meant(match, plain, alone=alone)]


def _is_alone(plain: str) -> bool:
    """Return whether a text is nothing but body parts and sides, as a cell of a region is."""
    return set(re.findall(r"[^\W\d_]{2,}", without_body_parts(plain))) <= _BETWEEN


def is_negated(plain: str) -> bool:
    """Return whether plain words hold one that may turn the text round; "no running" does not."""
    words = without(plain, "restricted").split()
    return any(
        word in NEGATIONS
        and not (word == "no" and before in IN_PORTUGUESE)
        and is_meant(word, plain, alone=False)
        for before, word in zip(["", *words], words, strict=False)
    )


@cache
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(WORDS, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?![\w'])")


def side_of(plain: str) -> str | None:
    """Return the side that plain words name, `both` where they name two; None without one."""
    alone = _is_alone(plain)
    words = (plain if alone else without_other_senses(plain)).replace("/", " ").split()
    sides = {SIDES[word] for word in words if word in SIDES and is_meant(word, plain, alone=alone)}
    if {"left", "right"} <= sides or "both" in sides:
        return "both"
    return sides.pop() if sides else None


def side_in_a_letter(plain: str) -> str | None:
    """Return the side that one letter beside a body part tells, in the language of the part.

    Examples
    --------
    >>> side_in_a_letter("vondt i legg v"), side_in_a_letter("genou d"), side_in_a_letter("knee v")
    ('left', 'right', None)
    >>> side_in_a_letter("joelho e perna"), side_in_a_letter("kna v 36")
    (None, None)
    """
    for pattern, letters in _letters_of_sides().items():
        sides = {letters[match["before"] or match["after"]] for match in pattern.finditer(plain)}
        if sides:
            return sides.pop() if len(sides) == 1 else "both"
    return None


@cache
def _letters_of_sides() -> dict[re.Pattern[str], dict[str, str]]:
    patterns = {}
    for letters, parts in SIDE_LETTERS_OF_PARTS.items():
        letter = f"[{''.join(letters)}]"
        # "Joelho e perna" are a knee and a leg, "v 36" is a week, and "2 h" are hours.
        pattern = (
            rf"(?<![\w'])(?<!\d )(?:(?P<before>(?:(?!e)|(?<!.)){letter}) (?:{parts})|"
            rf"(?:{parts}) (?P<after>{letter}(?:(?<!e)|$)))(?![\w'])(?! \d)"
        )
        patterns[re.compile(pattern)] = dict(zip(letters, ("left", "right"), strict=True))
    return patterns


def own_meaning(plain: str, own: Mapping[str, InjuryMeaning]) -> InjuryMeaning | None:
    """Return what the club says the longest of its own words in a plain text means."""
    words = {plain_words(word): meaning for word, meaning in own.items()}
    contained = [
        word for word in words if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain)
    ]
    return words[max(contained, key=len)] if contained else None

"""Headings of strength tests and gait values: which test, which side, which trial, which unit."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from common.vocabulary import STRENGTH_TESTS
from ingest.readers.sheets.synonyms.tests import (
    AGGREGATES,
    GAIT,
    JOINTS,
    MOVEMENTS,
    SIDE_LETTERS,
    SIDES,
    SIDES_OF_A_LANGUAGE,
    TRIALS,
    WHOLE_TESTS,
)
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import unit_of
from ingest.readers.sheets.words.phrases import Phrases

_TRIAL: Final = re.compile(TRIALS)
_SIDE_AND_TRIAL: Final = re.compile(r"\b(l|r|li|re)([1-9])\b")
_OF_A_PERSON: Final = re.compile(
    r"\b(?:emergency|notfall\w*|urgence|urgencia|emergencia|emergenza|nood\w*|phone|telephone|mobile|"
    r"details|person|parent|next of kin)\b"
)
"""Words beside "contact" that make it somebody to call, no foot on the ground."""


class MeasureHeading(NamedTuple):
    """What a heading of a test says.

    Parameters
    ----------
    name : str
        Strength test or gait metric of the vocabulary, or `speed`; empty where none is named.
    side : str
        left, right, or empty.
    trial : int
        Number of the trial, 0 where none is named.
    aggregate : str
        best, mean, asymmetry, or empty.
    unit : str
        As :func:`ingest.readers.sheets.words.headings.unit_of` returns it.
    """

    name: str
    side: str = ""
    trial: int = 0
    aggregate: str = ""
    unit: str = ""


@lru_cache(maxsize=10_000)
def strength_heading(heading: str, letters: tuple[str, str] = ("l", "r")) -> MeasureHeading:
    """Return what a heading says as one of a strength test.

    Parameters
    ----------
    heading : str
        All its levels.
    letters : tuple of str
        The letters for left and right in this table.

    Examples
    --------
    >>> strength_heading("Hip Abd L T1")
    MeasureHeading(name='hip_abduction', side='left', trial=1, aggregate='', unit='')
    >>> strength_heading("Kniestreckung rechts (N)")
    MeasureHeading(name='knee_extension', side='right', trial=0, aggregate='', unit='n')
    """
    text = _apart(plain(heading))
    return MeasureHeading(_strength_test(text), *_details(text, heading, letters))


@lru_cache(maxsize=10_000)
def gait_heading(heading: str, letters: tuple[str, str] = ("l", "r")) -> MeasureHeading:
    """Return what a heading says as one of a gait value.

    Examples
    --------
    >>> gait_heading("Peak hip add L (°)")[:2]
    ('peak_hip_adduction_deg', 'left')
    """
    text = plain(heading)
    name = "" if _OF_A_PERSON.search(text) else _phrases("gait").best(text)
    return MeasureHeading(name, *_details(text, heading, letters))


def _apart(text: str) -> str:
    """Return "l2" as "l 2": a side and a trial."""
    return _SIDE_AND_TRIAL.sub(r"\1 \2", text)


def is_detail(heading: str) -> bool:
    """Say whether a heading names only a side, a trial, a unit or an aggregate.

    Examples
    --------
    >>> is_detail("T1"), is_detail("Li"), is_detail("R2"), is_detail("Name")
    (True, True, True, False)
    """
    text = _apart(plain(heading))
    bare = _TRIAL.sub(" ", f" {text} ").strip()
    words = bare.split()
    known = _side_words() | _aggregate_words() | _UNIT_WORDS
    return all(word in known for word in words)


_UNIT_WORDS: Final = frozenset(
    [
        "kg",
        "n",
        "nm",
        "cm",
        "s",
        "sec",
        "deg",
        "°",
        "%",
        "reps",
        "n/kg",
        "nm/kg",
        "lb",
        "lbs",
        "newton",
        "sek",
        "grad",
    ]
)


def _details(text: str, heading: str, letters: tuple[str, str]) -> tuple[str, int, str, str]:
    trial = _TRIAL.search(text)
    aggregate = _phrases("aggregates").best(text) or ("asymmetry" if "%" in heading else "")
    return side_of(text, letters), int(trial[1]) if trial else 0, aggregate, unit_of(heading)


def side_of(text: str, letters: tuple[str, str] = ("l", "r")) -> str:
    """Return the side that a plain text names, empty where it names none or both.

    Examples
    --------
    >>> side_of("abduktion der hufte links"), side_of("extension de rodilla sin peso")
    ('left', '')
    >>> side_of("cadera der"), side_of("der"), side_of("anca sin 2")
    ('right', 'right', 'left')
    """
    words = text.replace("/", " ").split()
    left, right = letters
    sides = {
        side for word in words if word not in SIDES_OF_A_LANGUAGE if (side := _side_words_of(word))
    }
    if not sides:
        sides = {_side_words_of(word) for word in words if _is_short_side(word, words)}
    if not sides:
        sides = {"left" if word == left else "right" for word in words if word in {left, right}}
    return sides.pop() if len(sides) == 1 else ""


def side_letters(headings: Sequence[str]) -> tuple[str, str]:
    """Return the letters for left and right: those of another language where both stand.

    Examples
    --------
    >>> side_letters(["Abduction hanche G", "Abduction hanche D"]), side_letters(["Hip Abd L"])
    (('g', 'd'), ('l', 'r'))
    """
    words = [word for heading in headings for word in plain(heading).split()]
    for pair in SIDE_LETTERS:
        counts = [words.count(letter) for letter in pair]
        # An l shows English letters, beside which d or h are something else.
        if all(counts) and "l" not in words:
            return pair
    return "l", "r"


def _is_short_side(word: str, words: Sequence[str]) -> bool:
    """Return whether a short side ends the heading, as no article does, or is in its language."""
    if word not in SIDES_OF_A_LANGUAGE:
        return False
    details = _UNIT_WORDS | _aggregate_words()
    after = words[words.index(word) + 1 :]
    is_last = all(other in details or other.isdigit() for other in after)
    return is_last or re.search(SIDES_OF_A_LANGUAGE[word], " ".join(words)) is not None


def _side_words_of(word: str) -> str:
    if word in _sides()["left"]:
        return "left"
    return "right" if word in _sides()["right"] else ""


def _strength_test(text: str) -> str:
    whole = _phrases("tests").find(text)
    joint, movement = _phrases("joints").best(text), _phrases("movements").best(text)
    made = movement if movement == "plantar_flexion" else f"{joint}_{movement}"
    if joint and movement and made in STRENGTH_TESTS:
        return made
    return whole[0].key if whole else ""


@cache
def _phrases(of: str) -> Phrases:
    tables = {
        "joints": JOINTS,
        "movements": MOVEMENTS,
        "tests": WHOLE_TESTS,
        "gait": GAIT,
        "aggregates": AGGREGATES,
    }
    return Phrases(tables[of], short=True)


@cache
def _sides() -> dict[str, frozenset[str]]:
    return {side: frozenset(words.split("|")) for side, words in SIDES.items()}


@cache
def _side_words() -> frozenset[str]:
    # Letters of other languages: gauche and droite, venstre and høyre, esquerda, izquierda.
    return _sides()["left"] | _sides()["right"] | frozenset("gdvhei")


@cache
def _aggregate_words() -> frozenset[str]:
    return frozenset(word for words in AGGREGATES.values() for word in words.split("|"))

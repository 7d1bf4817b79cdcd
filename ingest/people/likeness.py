"""How alike two spellings of a name are, as grades with a reason."""

from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise, permutations
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from common.language import N_
from ingest.people.folder_words import PARTICLES
from ingest.people.nicknames import is_short_for
from ingest.people.spelling import Spelling

Words = tuple[str, ...]

MOST_WORDS: Final = 5
"""Longer names are compared word by word in their order only."""
_SHORTEST_MISTYPED: Final = 4
_LONG: Final = 7
"""From so many letters on, one wrong letter makes hardly ever another name."""
_SHORTEST_ENDED: Final = 3
_ENDING: Final = 2
"""Letters at the end of a first name that often make another first name: Paul, Paula."""


class Likeness(IntEnum):
    """How a written name resembles a known one, the best first."""

    SAME = 0
    ORDER = 1
    BRACKETS = 2
    MORE_NAMES = 3
    INITIALS = 4
    ONE_NAME = 5
    NICKNAME = 6
    TYPING_ERROR = 7
    VAGUE = 8

    @property
    def is_spelling_only(self) -> bool:
        """Whether the words are the same: nothing is to be decided."""
        return self <= Likeness.BRACKETS

    @property
    def reason(self) -> str:
        """The likeness in words."""
        return _REASONS[self]


_REASONS: Final = {
    Likeness.SAME: N_("same name, other accents, case or blanks"),
    Likeness.ORDER: N_("first and last name the other way round"),
    Likeness.BRACKETS: N_("same name without the brackets"),
    Likeness.MORE_NAMES: N_("a further first or last name"),
    Likeness.INITIALS: N_("initials"),
    Likeness.ONE_NAME: N_("one of the names alone"),
    Likeness.NICKNAME: N_("short form of the first name"),
    Likeness.TYPING_ERROR: N_("typing error"),
    Likeness.VAGUE: N_("nearly the same, but it may be another name"),
}

_SEVERAL_WORDS: Final = 3
_Alike = Callable[[str, str], bool]


def likeness(written: Spelling, known: Spelling) -> Likeness | None:
    """Return the best grade of likeness between two names, or None.

    Parameters
    ----------
    written : Spelling
        The name in a file.
    known : Spelling
        The name of an athlete.

    Examples
    --------
    >>> from ingest.people.spelling import spelling
    >>> likeness(spelling("Müller J."), spelling("Jürgen Müller")).name
    'INITIALS'
    >>> likeness(spelling("Owen Huges"), spelling("Owen Hughes")).name
    'TYPING_ERROR'
    >>> likeness(spelling("Anna Lee"), spelling("Ann Lee")).name
    'VAGUE'
    >>> likeness(spelling("Ann"), spelling("Hannah Lee")) is None
    True
    """
    grades = [
        grade
        for mine in written.forms
        for theirs in known.forms
        if (grade := _grade(mine, theirs)) is not None
    ]
    best = min(grades, default=None)
    # The words are the same; the part in brackets says something more that should be seen.
    if best is not None and best <= Likeness.ORDER and written.had_brackets:
        return Likeness.BRACKETS
    return best


def _grade(mine: Words, theirs: Words) -> Likeness | None:
    return next((grade for grade, holds in _TESTS if holds(mine, theirs)), None)


def _is_same(mine: Words, theirs: Words) -> bool:
    # Addresses and folders leave the blank out: annlee.
    return mine == theirs or "".join(mine) == "".join(theirs)


def _is_other_order(mine: Words, theirs: Words) -> bool:
    if sorted(mine) == sorted(theirs):
        return True
    return len(mine) <= MOST_WORDS and any(
        "".join(permutation) == "".join(theirs) for permutation in permutations(mine)
    )


def _has_more_names(mine: Words, theirs: Words) -> bool:
    few, many = sorted((mine, theirs), key=len)
    return len(few) > 1 and len(many) > len(few) and set(few) < set(many)


def _is_initials(mine: Words, theirs: Words) -> bool:
    """Return whether every word fits, some as an initial; one must be whole on both sides."""
    if len(mine) < 2 and len(theirs) < 2:  # two words make a name with an initial
        return False
    return any(
        any(a == b and len(a) > 1 for a, b in pairs)
        and all(_same_or_initial(*pair) for pair in pairs)
        for pairs in _pairings(mine, theirs)
        if len(pairs) > 1
    )


def _same_or_initial(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0] and a[0].isalpha())


def _is_one_name(mine: Words, theirs: Words) -> bool:
    few, many = sorted((mine, theirs), key=len)
    return len(few) == 1 and len(many) > 1 and len(few[0]) > 1 and few[0] in many


def _is_nickname(mine: Words, theirs: Words) -> bool:
    """Return whether the first word is a short form and the others fit, as far as there are any.

    What stands behind a particle is a last name: "Bergström" is not short for "van der Berg".
    """
    if len(mine) > len(theirs):
        return False
    last_names = _behind_particles(mine) | _behind_particles(theirs)
    for pairs in _pairings(mine, theirs):
        short = [
            (a, b)
            for a, b in pairs
            if not {a, b} & last_names and (is_short_for(a, b) or is_short_for(b, a))
        ]
        others = [pair for pair in pairs if pair not in short]
        if len(short) == 1 and all(_same_or_initial(*pair) for pair in others):
            return True
    return False


def _behind_particles(words: Words) -> set[str]:
    return {word for before, word in pairwise(words) if before in PARTICLES}


def _is_mistyped(mine: Words, theirs: Words) -> bool:
    return _differs_by(mine, theirs, _mistyped) or _doubles_a_last_letter(mine, theirs)


def _doubles_a_last_letter(mine: Words, theirs: Words) -> bool:
    """Return whether one of three words or more has its last letter twice: Smithh-Jones.

    Of two words that may be another name (Philip, Philipp), and any other ending may be a sibling's
    (Daniel and Daniela García López).
    """
    if not len(mine) == len(theirs) >= _SEVERAL_WORDS:
        return False
    unlike = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    if len(unlike) != 1:
        return False
    short, long = sorted(unlike[0], key=len)
    return len(short) >= _SHORTEST_MISTYPED and long == short + short[-1] and long.isalpha()


def _differs_by(mine: Words, theirs: Words, alike: _Alike) -> bool:
    """Return whether the words fit but for some that are only alike, beside one that is whole."""
    return any(
        all(_same_or_initial(*pair) or alike(*pair) for pair in pairs)
        and any(a == b and len(a) > 1 for a, b in pairs)
        for pairs in _pairings(mine, theirs)
    )


def _is_vaguely_alike(mine: Words, theirs: Words) -> bool:
    """Return whether the words resemble those of the name, also where none of them is whole."""

    def alike(a: str, b: str) -> bool:
        return a == b or _is_near(a, b) or _other_ending(a, b)

    return any(
        all(alike(*pair) or _same_or_initial(*pair) for pair in pairs)
        and any(alike(*pair) for pair in pairs)
        for pairs in _pairings(mine, theirs)
    )


def _slips_in_a_short_word(mine: Words, theirs: Words) -> bool:
    """Return whether one name has a letter more in a word of two or three: Cyy Dee, Cy Dee."""

    def alike(a: str, b: str) -> bool:
        few, many = sorted((len(a), len(b)))
        short = 1 < few < _SHORTEST_MISTYPED and many - few == 1 and a[0] == b[0]
        return short and not _is_code(a, b) and Levenshtein.distance(a, b) == 1

    return _differs_by(mine, theirs, alike)


def _shares_initials(mine: Words, theirs: Words) -> bool:
    """Return whether one name has the other's words as initials only: J.C. Pérez, Juan Carlos."""
    for short, whole in ((mine, theirs), (theirs, mine)):
        initials = [word for word in short if len(word) == 1]
        if len(initials) > 1 and initials == [word[0] for word in whole if len(word) > 1]:
            return True
    return False


def _has_joined_initials(mine: Words, theirs: Words) -> bool:
    """Return whether initials are written as one word beside a whole one: BE Dahl, Bjørn-Erik."""
    for short, whole in ((mine, theirs), (theirs, mine)):
        shared = [word for word in short if len(word) > 1 and word in whole]
        joined = [word for word in short if word not in shared]
        initials = "".join(word[0] for word in whole if word not in shared)
        if shared and len(initials) > 1 and joined == [initials]:
            return True
    return False


def _begins_with_the_initial(mine: Words, theirs: Words) -> bool:
    """Return whether a first name alone fits an initial: the folder "freja" and "Holm, F."."""
    for short, alone in ((mine, theirs), (theirs, mine)):
        initials = [word for word in short if len(word) == 1]
        fits = len(short) == 2 and len(initials) == 1 and len(alone) == 1  # two names
        if fits and len(alone[0]) >= _SHORTEST_ENDED and not _is_code(*alone, *short):
            return alone[0][0] == initials[0]
    return False


def _abbreviate_each_other(mine: Words, theirs: Words) -> bool:
    """Return whether each shortens what the other writes out: "D. Bakker" and "Daan B".

    Two letters are all that agrees, which "D. Bosch" and "Dirk B" have as well.
    """
    if not len(mine) == len(theirs) == 2:  # a first and a last name
        return False
    if any(sum(len(word) == 1 for word in words) != 1 for words in (mine, theirs)):
        return False
    return any(
        all(_same_or_initial(*pair) for pair in pairs) and all(max(map(len, p)) > 1 for p in pairs)
        for pairs in _pairings(mine, theirs)
    )


def _mistyped(a: str, b: str) -> bool:
    """Return whether two words differ as typing errors do, not as two names do.

    A letter too many or too few or two swapped; in long words another letter too. What differs at
    the end (Ann and Anna, Martin and Martina) or by one letter of a short word (Meyer and Meier)
    may be another name.
    """
    if min(len(a), len(b)) < _SHORTEST_MISTYPED or a[0] != b[0] or _is_code(a, b):
        return False
    if _other_ending(a, b):
        return False
    if "ss" in a + b and a.replace("ss", "") == b.replace("ss", ""):
        return True  # a program that knew no ß left it out: "Gromann"
    if min(len(a), len(b)) >= _LONG:
        return DamerauLevenshtein.distance(a, b) <= 1
    swapped = sorted(a) == sorted(b) and DamerauLevenshtein.distance(a, b) == 1
    return swapped or (len(a) != len(b) and Levenshtein.distance(a, b) == 1)


def _is_near(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _SHORTEST_MISTYPED or _is_code(a, b):
        return False
    allowed = 2 if min(len(a), len(b)) >= _LONG else 1
    return DamerauLevenshtein.distance(a, b) <= allowed


def _other_ending(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _SHORTEST_ENDED or _is_code(a, b):
        return False
    stem = min(len(a), len(b)) - 1
    return a != b and a[:stem] == b[:stem] and abs(len(a) - len(b)) <= _ENDING


def _is_code(*words: str) -> bool:
    """Return whether a word is a code such as p01: what differs in a digit is somebody else."""
    return any(letter.isdigit() for word in words for letter in word)


def _pairings(mine: Words, theirs: Words) -> Iterator[Sequence[tuple[str, str]]]:
    """Yield the ways to lay the fewer words beside different ones of the other name."""
    swapped = len(mine) > len(theirs)
    few, many = (theirs, mine) if swapped else (mine, theirs)
    # Six words have 720 orders, and every name is compared with everybody.
    in_order_only = len(many) > MOST_WORDS
    chosen = [many[: len(few)]] if in_order_only else list(permutations(many, len(few)))
    for arrangement in chosen:
        yield [(b, a) if swapped else (a, b) for a, b in zip(few, arrangement, strict=True)]


# The first test that holds gives the grade, so the strictest come first.
_TESTS: Final[tuple[tuple[Likeness, Callable[[Words, Words], bool]], ...]] = (
    (Likeness.SAME, _is_same),
    (Likeness.ORDER, _is_other_order),
    (Likeness.MORE_NAMES, _has_more_names),
    (Likeness.INITIALS, _is_initials),
    (Likeness.ONE_NAME, _is_one_name),
    (Likeness.NICKNAME, _is_nickname),
    (Likeness.TYPING_ERROR, _is_mistyped),
    (Likeness.VAGUE, _is_vaguely_alike),
    (Likeness.VAGUE, _slips_in_a_short_word),
    (Likeness.VAGUE, _shares_initials),
    (Likeness.VAGUE, _abbreviate_each_other),
    (Likeness.VAGUE, _has_joined_initials),
    (Likeness.VAGUE, _begins_with_the_initial),
)

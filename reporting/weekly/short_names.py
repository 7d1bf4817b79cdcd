"""Names as they are called on the track: the first name where one person of the page has it."""

from collections import Counter
from collections.abc import Sequence

LEAST_PARTS = 2
_NO_FIRST_NAMES = frozenset(
    {
        "abu", "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "dr", "du", "el",
        "ibn", "la", "las", "le", "los", "mc", "prof", "st", "ten", "ter", "van", "von", "zu",
        "zur",
    }
)  # fmt: skip


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Return how each name may be shortened, so that no two people of the page are called alike.

    The first name where nobody else has it; with the first letter of the last name where that
    tells people apart; else the name as it stands. So do names with a comma or a number, and those
    that begin with an initial, a title or a particle.

    Parameters
    ----------
    names : sequence of str
        All names of the page.

    Examples
    --------
    >>> short_names(["Ann Lee", "Tom Baker", "Tom Fischer", "Ng, Li", "a1b2"]) == {
    ...     "Ann Lee": "Ann", "Tom Baker": "Tom B.", "Tom Fischer": "Tom F.", "Ng, Li": "Ng, Li",
    ...     "a1b2": "a1b2"}
    True
    """
    parts = {name: name.split() for name in names}
    firsts = Counter(words[0].casefold() for words in parts.values() if words)
    initials = Counter(_initialled(words).casefold() for words in parts.values() if words)
    return {
        name: _short(name, words, firsts, initials) if words else name
        for name, words in parts.items()
    }


def _initialled(words: Sequence[str]) -> str:
    return f"{words[0]} {words[-1][0]}." if len(words) >= LEAST_PARTS else words[0]


def _short(name: str, words: Sequence[str], firsts: Counter[str], initials: Counter[str]) -> str:
    if len(words) < LEAST_PARTS or _begins_with_no_first_name(name, words[0]):
        return name
    # Compared without case: one list writes TOM, another one Tom.
    if firsts[words[0].casefold()] == 1:
        return words[0]
    short = _initialled(words)
    return short if words[-1][0].isalpha() and initials[short.casefold()] == 1 else name


def _begins_with_no_first_name(name: str, first: str) -> bool:
    # A single letter is an initial, before a comma stands the last name, and "Runner 21" is not
    # the second runner.
    return (
        "," in name
        or any(map(str.isdigit, name))
        or len(first) < LEAST_PARTS
        or first.endswith(".")
        or first.casefold() in _NO_FIRST_NAMES
    )

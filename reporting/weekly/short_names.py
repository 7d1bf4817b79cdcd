"""Names as they are called on the track: the first name where one person of the page has it."""

from collections import Counter
from collections.abc import Sequence

LEAST_PARTS = 2


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Return how each name may be shortened, so that no two people of the page are called alike.

    The first name where nobody else has it; with the first letter of the last name where that
    tells people apart; else, and of names with a comma, the name as it stands.

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
    # A single letter is an initial, and before a comma stands the last name.
    if len(words) < LEAST_PARTS or "," in name or len(words[0].rstrip(".")) < LEAST_PARTS:
        return name
    if firsts[words[0].casefold()] == 1:
        return words[0]
    short = _initialled(words)
    return short if initials[short.casefold()] == 1 else name

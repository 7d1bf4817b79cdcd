"""Take one change of a text back while later changes of other lines stay."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class _Hunk(NamedTuple):
    """Lines `begin` to `end` of the base, and what stands in their place."""

    begin: int
    end: int
    lines: tuple[str, ...]


def taken_back(before: str, after: str, now: str) -> str | None:
    r"""Return the text of today without the change that led from `before` to `after`.

    Lines that were changed later stay as they are now.

    Parameters
    ----------
    before, after : str
        The text on both sides of the change.
    now : str
        The text of today.

    Returns
    -------
    str or None
        None where lines of the change were changed again since: nobody can tell what they should
        be then.

    Examples
    --------
    >>> taken_back("a\n", "a\nb\n", "x\na\nb\n")
    'x\na\n'
    >>> taken_back("a\n", "b\n", "c\n") is None
    True
    """
    base = after.splitlines(keepends=True)
    undone, later = _hunks(base, before), _hunks(base, now)
    if any(_touch(change, other) for change in undone for other in later):
        return None
    text = list(base)
    # From the end; of two at one place the longer first, so that it takes no new line away.
    for hunk in sorted([*undone, *later], reverse=True):
        text[hunk.begin : hunk.end] = hunk.lines
    return "".join(text)


def _hunks(base: Sequence[str], text: str) -> list[_Hunk]:
    lines = text.splitlines(keepends=True)
    # Its guess at junk would leave out lines that recur, such as blank ones.
    opcodes = SequenceMatcher(None, base, lines, autojunk=False).get_opcodes()
    return [_Hunk(a, b, tuple(lines[c:d])) for tag, a, b, c, d in opcodes if tag != "equal"]


def _touch(hunk: _Hunk, other: _Hunk) -> bool:
    """Say whether two changes share a line; lines put beside a change do not touch it."""
    return max(hunk.begin, other.begin) < min(hunk.end, other.end) or any(
        a.begin == a.end and b.begin < a.begin < b.end for a, b in ((hunk, other), (other, hunk))
    )

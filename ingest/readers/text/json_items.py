"""The objects of a long JSON list, one at a time, up to where a damaged file breaks off."""

import json
from collections.abc import Iterator
from typing import Any, Final

_DECODER: Final = json.JSONDecoder()
_BETWEEN: Final = " \t\r\n,"


class BrokenOff(Exception):  # noqa: N818 - where the data end, not a fault of the program
    """The text is no JSON from here on.

    Parameters
    ----------
    line : int
        Line at which it breaks off.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"breaks off at line {line}")


def items(text: str, start: int) -> Iterator[Any]:
    """Yield the elements of the list that opens at `start`.

    Parameters
    ----------
    text : str
        JSON text.
    start : int
        Position of the opening bracket.

    Raises
    ------
    BrokenOff
        Where the text is no longer JSON; what came before has been yielded.
    """
    at = _skip(text, start + 1)
    while at < len(text) and text[at] != "]":
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise BrokenOff(text.count("\n", 0, at) + 1) from None
        yield item
        at = _skip(text, at)
    # The list was never closed: more may have stood there.
    if at >= len(text):
        raise BrokenOff(text.count("\n") + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at

"""The lines of the action log, read so that a damaged one costs itself and no other.

A full disk or a power cut can leave an entry without its end, and a copied file can lack its last
line break, so that two entries stand on one line.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from common.untyped import FromFile

UNDONE: Final = "undone"
FIELDS: Final = ("athlete", "date", "did")
_NEXT_ENTRY: Final = re.compile(r'(?<!"undone": )\{"(?:athlete|undone)"')
"""Where an entry of ours begins, but not the one inside an undo."""
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True)
class Damaged:
    """What could not be read: its line, counted from 1, and its text."""

    line: int
    text: str


@dataclass(frozen=True)
class LogContent:
    """What an action log holds.

    Parameters
    ----------
    entries : tuple of dict
        Each an action (athlete, date, did) or an undo of one, in the order of the log.
    damaged : tuple of Damaged
        What is neither.
    is_tidy : bool
        Whether each entry has a line of its own, with its line break.
    """

    entries: tuple[dict[str, Any], ...]
    damaged: tuple[Damaged, ...]
    is_tidy: bool


def content_of(log: bytes) -> LogContent:
    """Read the bytes of an action log; nothing in them raises an error."""
    entries: list[dict[str, Any]] = []
    damaged: list[Damaged] = []
    # Not splitlines(): it also cuts at U+2028, which may stand inside what somebody typed.
    lines = log.decode("utf-8", errors="replace").split("\n")
    is_tidy = lines[-1] == ""
    for number, line in enumerate(lines, start=1):
        # Zeros are left by a power cut, the byte order mark by an editor: neither is damage.
        pieces = list(_pieces(line.strip(" \t\r\0\ufeff")))
        is_tidy = is_tidy and len(pieces) <= 1
        entries += [piece for piece in pieces if isinstance(piece, dict)]
        damaged += [Damaged(number, piece) for piece in pieces if isinstance(piece, str)]
    return LogContent(tuple(entries), tuple(damaged), is_tidy)


def line_of(entry: dict[str, Any]) -> str:
    """Return an entry as it stands in the log, without the line break."""
    return json.dumps(entry, ensure_ascii=False)


def _pieces(line: str) -> Iterator[dict[str, Any] | str]:
    """Yield the entries of a line, and as text what lies between them."""
    at = 0
    while at < len(line):
        try:
            entry, end = _DECODER.raw_decode(line, at)
        # Thousands of nested brackets raise RecursionError: also only a damaged line.
        except (json.JSONDecodeError, RecursionError):
            entry, end = None, _next_entry(line, at)
        yield entry if _is_entry(entry) else line[at:end]
        at = end + len(line[end:]) - len(line[end:].lstrip())


def _next_entry(line: str, at: int) -> int:
    match = _NEXT_ENTRY.search(line, at + 1)
    return match.start() if match else len(line)


def _is_entry(entry: FromFile) -> bool:
    if not isinstance(entry, dict):
        return False
    if set(entry) == {UNDONE}:
        return _is_action(entry[UNDONE])
    return _is_action(entry)


def _is_action(entry: FromFile) -> bool:
    if not isinstance(entry, dict) or set(entry) != set(FIELDS):
        return False
    if not all(isinstance(value, str) and value for value in entry.values()):
        return False
    try:
        date.fromisoformat(entry["date"])
    except ValueError:
        return False
    return True

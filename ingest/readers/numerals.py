"""Numbers and durations as people's accounts write them; the decimal mark is settled per file."""

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.readers.base import FileRefused

# A mark that cannot part thousands: not exactly three digits follow it, or both marks are there.
_POINT: Final = re.compile(r"^-?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+|0\.\d+)$")
_COMMA: Final = re.compile(r"^-?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|0,\d+)$")
_THOUSANDS: Final = {
    ".": re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$"),
    ",": re.compile(r"^-?\d{1,3}(\.\d{3})+(,\d+)?$"),
}
_BLANKS: Final = str.maketrans("", "", " '\u2019\u00a0\u202f")
_DURATION: Final = re.compile(r"^(?:(\d+):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)$")


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark of a file, by its cells that can only be read one way.

    "1,381" may be a thousand or a fraction; "5,81" cannot be a thousand. A file without any
    telling cell holds no fractions, and its commas part thousands.

    Raises
    ------
    FileRefused
        If some cells can only have a decimal point and others only a decimal comma.

    Examples
    --------
    >>> decimal_mark(["1,381", "5,81"]), decimal_mark(["1,381", "5.81"])
    (',', '.')
    """
    found = {mark for cell in cells for mark in _told(cell.translate(_BLANKS))}
    if len(found) > 1:
        raise FileRefused(
            "mixed_decimals",
            "some numbers have a decimal point, others a decimal comma, so that thousands cannot"
            " be told from fractions; export the file again unedited",
        )
    return found.pop() if found else "."


def plain(text: pd.Series, mark: str) -> pd.Series:
    """Return number cells with a decimal point and no thousands marks; other text stays."""
    return text.map(lambda cell: _plain(cell, mark), na_action="ignore").astype("str")


def minutes(text: pd.Series) -> NDArray[np.float64]:
    """Parse "00:53:55", "02:51.43" (minutes:seconds) or "00:04:53,4" as minutes; else NaN."""
    return np.array([_minutes(cell) for cell in text], dtype=float)


def _told(cell: str) -> Iterable[str]:
    if _POINT.match(cell):
        yield "."
    elif _COMMA.match(cell):
        yield ","


def _plain(cell: str, mark: str) -> str:
    bare = cell.translate(_BLANKS)
    other = "," if mark == "." else "."
    if _THOUSANDS[mark].match(bare):
        bare = bare.replace(other, "")
    return bare.replace(",", ".") if mark == "," and other not in bare else bare


def _minutes(cell: object) -> float:
    match = _DURATION.match(cell) if isinstance(cell, str) else None
    if match is None:
        return float("nan")
    hours, whole, seconds = match.groups()
    return int(hours or 0) * 60 + int(whole) + float(seconds.replace(",", ".")) / 60

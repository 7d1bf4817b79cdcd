"""Numbers and durations as people's accounts write them; the decimal mark is settled per file."""

import re
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.readers.base import FileRefused

# A mark that cannot part thousands: not exactly three digits follow it, or both marks are there.
_TELLS: Final = {
    ".": r"^-?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+|0\.\d+)$",
    ",": r"^-?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|0,\d+)$",
}
_THOUSANDS: Final = {".": r"^-?\d{1,3}(,\d{3})+(\.\d+)?$", ",": r"^-?\d{1,3}(\.\d{3})+(,\d+)?$"}
_BLANKS: Final = "[ '\u2019\u00a0\u202f]"
_DURATION: Final = re.compile(r"^(?:(\d{1,4}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)$")


def decimal_mark(cells: pd.Series) -> str:
    """Return the decimal mark of a file, by its cells that can only be read one way.

    "1,381" may be a thousand or a fraction; "5,81" cannot be a thousand. A file without any
    telling cell holds no fractions, and its commas part thousands.

    Raises
    ------
    FileRefused
        If some cells can only have a decimal point and others only a decimal comma.

    Examples
    --------
    >>> decimal_mark(pd.Series(["1,381", "5,81"])), decimal_mark(pd.Series(["1,381", "5.81"]))
    (',', '.')
    """
    bare = _without_blanks(cells)
    found = [mark for mark, pattern in _TELLS.items() if bare.str.match(pattern).any()]
    if len(found) > 1:
        raise FileRefused(
            "mixed_decimals",
            "some numbers have a decimal point, others a decimal comma, so that thousands cannot"
            " be told from fractions; export the file again unedited",
        )
    return found[0] if found else "."


def plain(text: pd.Series, mark: str) -> pd.Series:
    """Return number cells with a decimal point and no thousands marks; other text stays."""
    bare = _without_blanks(text)
    if not bare.str.contains(",", regex=False).any() and mark == ".":
        return bare
    other = "," if mark == "." else "."
    grouped = bare.str.match(_THOUSANDS[mark]).fillna(value=False).astype(bool)
    bare = bare.mask(grouped, bare.str.replace(other, "", regex=False))
    if mark == ",":
        one_mark = ~bare.str.contains(other, regex=False).fillna(value=True).astype(bool)
        bare = bare.mask(one_mark, bare.str.replace(",", ".", regex=False))
    return bare


def minutes(text: pd.Series) -> NDArray[np.float64]:
    """Parse "00:53:55", "02:51.43" (minutes:seconds) or "00:04:53,4" as minutes; else NaN."""
    return np.array([_minutes(cell) for cell in text], dtype=float)


def as_text(values: NDArray[np.float64], instead: pd.Series) -> pd.Series:
    """Return numbers as cells; where there is none, the text `instead` stays."""
    numbers = pd.Series(values, index=instead.index)
    return numbers.astype("str").where(numbers.notna(), instead)


def _without_blanks(text: pd.Series) -> pd.Series:
    """Drop what parts thousands in every style: blanks and apostrophes."""
    if not text.str.contains(_BLANKS).any():
        return text
    return text.str.replace(_BLANKS, "", regex=True)


def _minutes(cell: object) -> float:
    match = _DURATION.match(cell) if isinstance(cell, str) else None
    if match is None:
        return float("nan")
    hours, whole, seconds = match.groups()
    return int(hours or 0) * 60 + int(whole) + float(seconds.replace(",", ".")) / 60

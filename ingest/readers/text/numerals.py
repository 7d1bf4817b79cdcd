"""Numbers and durations as people's accounts write them; the decimal mark is settled per file."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from common.untyped import Untyped
from ingest.readers.base import FileRefused
from ingest.records.text_columns import as_text_array

# A mark that cannot part thousands: not exactly three digits follow it, or both marks are there.
_TELLS: Final = {
    ".": r"^-?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+|0\.\d+)$",
    ",": r"^-?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|0,\d+)$",
}
_THOUSANDS: Final = {".": r"^-?\d{1,3}(,\d{3})+(\.\d+)?$", ",": r"^-?\d{1,3}(\.\d{3})+(,\d+)?$"}
_BLANKS: Final = "[ '\u2019\u00a0\u202f]"
_MARKS: Final = "[ ',\u2019\u00a0\u202f]"
_ODD_CELLS: Final = 0.1
_DURATION: Final = r"^(?:(?P<hours>\d{1,4}):)?(?P<whole>\d{1,3}):(?P<seconds>\d{2}(?:[.,]\d+)?)$"


def decimal_mark(cells: Untyped) -> str:
    """Return the decimal mark of a file, by its cells that can only be read one way.

    "1,381" may be a thousand or a fraction; "5,81" cannot be a thousand. A file without any
    telling cell holds no fractions, and its commas part thousands. An odd cell among many is a
    slip of one row: that row's number is none, and the file keeps its mark.

    Raises
    ------
    FileRefused
        If many cells can only have a decimal point and many others only a decimal comma.

    Examples
    --------
    >>> decimal_mark(pd.Series(["1,381", "5,81"])), decimal_mark(pd.Series(["1,381", "5.81"]))
    (',', '.')
    """
    bare = pc.replace_substring_regex(as_text_array(cells), _BLANKS, "")
    votes = {
        # The sum over no cells is null.
        mark: pc.sum(pc.match_substring_regex(bare, tells)).as_py() or 0
        for mark, tells in _TELLS.items()
    }
    rarer, most = sorted(votes, key=lambda mark: votes[mark])
    if votes[rarer] > _ODD_CELLS * votes[most]:
        raise FileRefused(
            "mixed_decimals",
            "some numbers have a decimal point, others a decimal comma, so that thousands cannot"
            " be told from fractions; export the file again unedited",
        )
    return most if votes[most] else "."


def plain(text: pd.Series, mark: str) -> pd.Series:
    """Return number cells with a decimal point and no thousands marks; other text stays."""
    return pd.Series(plain_cells(as_text_array(text), mark), index=text.index, dtype="str")


def plain_cells(cells: Untyped, mark: str) -> Untyped:
    """Return what :func:`plain` does of Arrow text, as Arrow text."""
    # Blanks and apostrophes part thousands in every style.
    bare = pc.replace_substring_regex(cells, _BLANKS, "")
    other = "," if mark == "." else "."
    grouped = pc.match_substring_regex(bare, _THOUSANDS[mark])
    bare = pc.if_else(grouped, pc.replace_substring(bare, other, ""), bare)
    if mark == ",":
        # A cell with the other mark left in it is no number of this file and stays as it is.
        both_marks = pc.match_substring(bare, other)
        bare = pc.if_else(both_marks, bare, pc.replace_substring(bare, mark, "."))
    return bare


def minutes(text: Untyped) -> NDArray[np.float64]:
    """Parse "00:53:55", "02:51.43" (minutes:seconds) or "00:04:53,4" as minutes; else NaN."""
    parts = pc.extract_regex(as_text_array(text), pattern=_DURATION)
    hours, whole = (_floats(pc.struct_field(parts, name)) for name in ("hours", "whole"))
    seconds = _floats(pc.replace_substring(pc.struct_field(parts, "seconds"), ",", "."))
    return np.nan_to_num(hours) * 60 + whole + seconds / 60


def is_plain(cells: Untyped) -> bool:
    """Tell cells, as Arrow text, that :func:`plain` would leave as they are under a point."""
    return not pc.any(pc.match_substring_regex(cells, _MARKS)).as_py()


def as_text(values: NDArray[np.float64], instead: pd.Series) -> pd.Series:
    """Return numbers as cells; where there is none, the text `instead` stays."""
    return pd.Series(as_cells(values, as_text_array(instead)), index=instead.index, dtype="str")


def as_cells(values: NDArray[np.float64], instead: Untyped) -> Untyped:
    """Return what :func:`as_text` does as Arrow text, of Arrow text."""
    return pc.coalesce(pc.cast(pa.array(values, from_pandas=True), pa.large_string()), instead)


def _floats(cells: Untyped) -> NDArray[np.float64]:
    """Return digits as numbers; no digits are NaN."""
    known = pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells)
    return np.asarray(pc.cast(known, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)

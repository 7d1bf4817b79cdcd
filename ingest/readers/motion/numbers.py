"""Tables of numbers as motion software writes them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.base import FileRefused
from ingest.records.examination import to_number

WRONG_LENGTH: Final = "rows_of_wrong_length_dropped"
TIME_BACK: Final = "rows_with_time_not_increasing_dropped"
FEWEST_ROWS: Final = 2


@dataclass(frozen=True)
class NumberTable:
    """Rows of numbers whose time increases, and what had to be mended."""

    cells: Floats
    repairs: tuple[str, ...]


def delimiter_of(line: str) -> str | None:
    r"""Return the delimiter of a header line: tab, comma, or None for blanks.

    Examples
    --------
    >>> delimiter_of("time,hip"), delimiter_of("  time hip"), delimiter_of("time\thip, r")
    (',', None, '\t')
    """
    return next((mark for mark in ("\t", ",") if mark in line), None)


def number_table(
    lines: list[str], delimiter: str | None, width: int, time_at: int = 0
) -> NumberTable:
    """Return the cells of rows as numbers; what is no number is NaN.

    Surplus empty cells at a row's end are no cells, missing ones are unknown; a row with more
    cells, or with fewer where blanks divide them, is dropped.

    Raises
    ------
    FileRefused
        If fewer than two rows have a time.
    """
    rows, dropped = [], False
    for line in lines:
        cells = [cell.strip() for cell in line.split(delimiter)]
        while len(cells) > width and not cells[-1]:
            cells.pop()
        short = len(cells) < width and (delimiter is None or len(cells) <= time_at)
        if len(cells) > width or short:
            dropped = True
            continue
        rows.append(cells + [""] * (width - len(cells)))
    values = to_number(_marks_out([cell for row in rows for cell in row])).reshape(-1, width)
    values = np.where(np.isinf(values), np.nan, values)
    time = values[:, time_at]
    # Compared with the latest time so far: after one step back later rows may still be too early.
    before = np.concatenate([[-np.inf], np.fmax.accumulate(time)[:-1]]) if len(time) else time
    forward = time > before
    if forward.sum() < FEWEST_ROWS:
        raise FileRefused("no_records", "no two rows have a time; export the file again")
    flaws = ((dropped, WRONG_LENGTH), (not forward.all(), TIME_BACK))
    return NumberTable(values[forward], tuple(code for seen, code in flaws if seen))


def _marks_out(cells: list[str]) -> pd.Series:
    text = pd.Series(cells, dtype="str")
    return text.mask(text.str.lower().isin(["", "nan", "-nan", "null"]))

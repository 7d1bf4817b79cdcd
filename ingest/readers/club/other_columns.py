"""Columns of a club CSV that its layout does not know: a length is read where its unit is clear.

What nobody reads is told, for a column that goes without a word looks as if it had been counted.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from ingest.readers.text.units_in_cells import in_unit
from ingest.records.examination import Sheet

MINUTES: Final = "duration_min"
REPAIR: Final = "duration_of_another_heading"
UNUSED: Final = "nothing uses them"
NO_UNIT: Final = "their unit is told nowhere; head the one with minutes duration_min"
_UNIT_OF_HEADING: Final[Mapping[str, str]] = {
    "minutes": "min", "mins": "min", "min": "min", "duration min": "min", "duration mins": "min",
    "duration minutes": "min", "duration in minutes": "min", "time min": "min", "hours": "h",
    "duration h": "h", "duration hours": "h", "duration in hours": "h",
}  # fmt: skip
_NO_UNIT: Final = frozenset({"duration", "time", "length", "elapsed", "moving time", "total time"})
_SAYS_ITS_UNIT: Final = r"[a-zA-Z']|^\d{1,3}:\d{2}:\d{2}$"
"""Letters, or all of hours, minutes and seconds; "55:00" may be minutes or hours."""
_HOUR_MIN: Final = 60.0


def take_minutes(sheet: Sheet) -> str:
    """Put a length of another heading under `duration_min`, where that column is missing.

    Returns
    -------
    str
        The column that was taken, whose heading or every cell says its unit; empty if none was.
    """
    # A column under the right heading counts, and no other length may overrule it.
    if MINUTES in sheet.cells:
        return ""
    for column in map(str, sheet.cells.columns):
        unit = _UNIT_OF_HEADING.get(_bare(column)) or _unit_of_cells(sheet, column)
        if unit:
            text = sheet.text(column)
            minutes = text.map(lambda cell, unit=unit: _minutes(cell, unit), na_action="ignore")
            sheet.put(MINUTES, minutes.astype("str"))
            sheet.repair(sheet.known(MINUTES), REPAIR)
            return column
    return ""


def tell_unused(sheet: Sheet, used: Collection[str]) -> None:
    """Tell the columns with something in them that nothing reads."""
    named = [str(cell) for cell in sheet.cells]
    unused = [column for column in named if column not in used and sheet.known(column).any()]
    lengths = [column for column in unused if MINUTES in used and _bare(column) in _NO_UNIT]
    others = [column for column in unused if column not in lengths and column.strip()]
    if lengths:
        sheet.leave_out(f"columns {', '.join(lengths)}", NO_UNIT)
    if others:
        sheet.leave_out(f"columns {', '.join(others)}", UNUSED)


def _bare(column: str) -> str:
    return re.sub(r"[^a-z]+", " ", column.lower()).strip()


def _unit_of_cells(sheet: Sheet, column: str) -> str | None:
    if _bare(column) not in _NO_UNIT:
        return None
    cells = sheet.text(column).dropna()
    clear = bool(len(cells)) and cells.str.contains(_SAYS_ITS_UNIT).all()
    return "min" if clear and all(in_unit(cell, "min") for cell in cells) else None


def _minutes(cell: str, unit: str) -> str:
    """Return a cell as minutes; what is no length stays as it is, and is judged as any other."""
    if minutes := in_unit(cell, "min"):
        return minutes
    try:
        return f"{float(cell.replace(',', '.')) * (_HOUR_MIN if unit == 'h' else 1):.10g}"
    except ValueError:
        return cell

"""Cells that carry their unit: "45 min", "7h30", "62 kg" in a column whose heading names one.

The heading says what the numbers of a column are (`duration_min`, `mass_kg`); a cell that says more
is converted to that unit. What has no unit, or one that does not fit the heading, stays as it is
and is judged as any other cell.
"""

import re
from collections.abc import Mapping
from typing import Final

from ingest.records.examination import Sheet

REPAIR: Final = "unit_in_cell"
_MIN: Final = r"(?:min|mins|minutes?|minuten?|minutos?|m|')"
_HOUR: Final = r"(?:h|hrs?|hours?|std|stunden?|horas?)"
_NUMBER: Final = r"(\d+(?:[.,]\d+)?)"
_CLOCK: Final = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_HOURS_MINUTES: Final = re.compile(rf"(\d{{1,3}})\s*{_HOUR}\.?\s*(\d{{1,2}})\s*{_MIN}?\.?")
_WITH_UNIT: Final = re.compile(rf"{_NUMBER}\s*([a-zµ°'\"]+)\.?")
_MINUTES: Final = dict.fromkeys(
    ("min", "mins", "minute", "minutes", "minuten", "minutos", "'"), 1.0
) | dict.fromkeys(
    ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas"), 60.0
)
_UNITS: Final[Mapping[str, Mapping[str, float]]] = {
    "min": _MINUTES | {"s": 1 / 60, "sec": 1 / 60, "sek": 1 / 60},
    "h": {unit: minutes / 60 for unit, minutes in _MINUTES.items()},
    "km": {"km": 1.0, "kms": 1.0, "m": 0.001, "mi": 1.609344, "miles": 1.609344, "mile": 1.609344},
    "kg": {"kg": 1.0, "kgs": 1.0, "kilo": 1.0, "kilos": 1.0, "lb": 0.45359237, "lbs": 0.45359237,
           "g": 0.001},
    "cm": {"cm": 1.0, "m": 100.0, "mm": 0.1},
    "m": {"m": 1.0, "km": 1000.0, "ft": 0.3048},
    "deg": {"deg": 1.0, "\u00b0": 1.0, "grad": 1.0},
    "bpm": {"bpm": 1.0},
    "ms": {"ms": 1.0},
}  # fmt: skip
"""By the ending of a heading: unit in a cell -> factor."""


def units_to_numbers(sheet: Sheet) -> None:
    """Rewrite the cells that carry a unit as numbers in the unit of their heading."""
    for column in sheet.cells.columns:
        ending = str(column).rpartition("_")[2]
        # Without an underscore the ending is the whole heading, for instance "km", and promises no
        # unit.
        if ending not in _UNITS or "_" not in str(column):
            continue
        text = sheet.text(column)
        has_unit = text.str.contains("[a-zA-Z:\u00b0']", na=False)
        # Most columns are plain numbers: they are left as they are and cost nothing.
        if not has_unit.any():
            continue
        numbers = text[has_unit].map(lambda cell, unit=ending: in_unit(cell, unit))
        known = numbers.notna()
        # What cannot be converted keeps its text, so that the refusal quotes what was written.
        sheet.put(column, text.where(~has_unit, numbers.where(known, text[has_unit])))
        mask = has_unit.copy()
        mask[has_unit] = known
        sheet.repair(mask.to_numpy(dtype=bool), REPAIR)


def in_unit(cell: str, unit: str) -> str | None:
    """Return a cell with a unit as a number in another one; None where it is none.

    Examples
    --------
    >>> in_unit("45 min", "min"), in_unit("7h30", "h"), in_unit("1:05:00", "min")
    ('45', '7.5', '65')
    >>> in_unit("62 kg", "kg"), in_unit("1,72 m", "cm"), in_unit("6 kg", "km")
    ('62', '172', None)
    """
    text = cell.strip().lower()
    if unit in {"min", "h"} and (minutes := _minutes(text)) is not None:
        return f"{minutes / (60 if unit == 'h' else 1):.10g}"
    match = _WITH_UNIT.fullmatch(text)
    factor = _UNITS[unit].get(match[2]) if match else None
    if match is None or factor is None:
        return None
    return f"{float(match[1].replace(',', '.')) * factor:.10g}"


def _minutes(text: str) -> float | None:
    """Return "7h30", "1 h 5 min" or "1:05:00" as minutes; two parts are hours and minutes."""
    if match := _CLOCK.fullmatch(text):
        return 60 * int(match[1]) + int(match[2]) + int(match[3] or 0) / 60
    if match := _HOURS_MINUTES.fullmatch(text):
        return 60.0 * int(match[1]) + int(match[2])
    return None

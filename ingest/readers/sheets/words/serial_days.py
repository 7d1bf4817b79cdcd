"""Days as spreadsheets count them, from 30 December 1899 on."""

import re
from datetime import datetime, timedelta
from typing import Final


def from_serial(number: float) -> datetime | None:
    """Return the day that a spreadsheet counts as so many days since 30 December 1899."""
    # Other numbers are distances, ids or amounts that stand under a heading of days.
    low, high = 36_526, 55_153  # the years 2000 to 2050
    return datetime(1899, 12, 30) + timedelta(days=number) if low <= number <= high else None  # noqa: DTZ001 - local


_SERIAL: Final = re.compile(r"(4\d{4})(?:[.,]\d+)?")


def text_serial(text: str) -> datetime | None:
    """Return the day of a spreadsheet's number that was saved as text, of 2010 to 2036.

    Examples
    --------
    >>> text_serial("45663"), text_serial("2025"), text_serial("39999")
    (datetime.datetime(2025, 1, 6, 0, 0), None, None)
    """
    match = _SERIAL.fullmatch(text.strip())
    low, high = 40_179, 49_674  # 1 January 2010 and the last day of 2035
    if not match or not low <= int(match[1]) <= high:
        return None
    return from_serial(float(text.strip().replace(",", ".")))

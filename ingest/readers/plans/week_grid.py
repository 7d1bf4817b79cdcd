"""Where a sheet of plans with the days of a week across has its days, weeks and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.opening.cells import Row, Tab, text_of
from ingest.readers.text.typed_plan import weekday_of

LEAST_DAYS: Final = 5
"""Days across from which a heading row is one of a week."""
_MOST_HEADINGS: Final = 10
"""Rows from the top among which the heading is looked for."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class PlannedCell:
    """One filled cell of a plan.

    Parameters
    ----------
    place : str
        Row of the file and number of the column, as `4, column 3`.
    name : str
        What the row's first column says of whom it is; empty without such a column.
    day : datetime or None
        The day; None where the row's week cannot be read.
    text : str
        What is planned.
    """

    place: str
    name: str
    day: datetime | None
    text: str


@dataclass(frozen=True)
class WeekGrid:
    """A heading of days, and what stands before them.

    Parameters
    ----------
    head : int
        Place of the heading row.
    days : dict of int to datetime or int
        Column -> its day, or its weekday (0 is Monday) where each row tells the week.
    week, name : int or None
        Columns of the row's week and of whom it is.
    reader : DayReader
        How its dates are read.
    """

    head: int
    days: dict[int, datetime | int]
    week: int | None
    name: int | None
    reader: DayReader

    @property
    def has_names(self) -> bool:
        """Whether a column says whose each row is."""
        return self.name is not None

    def cells(self, tab: Tab) -> list[PlannedCell]:
        """Return the filled cells below the heading."""
        found = []
        for at in range(self.head + 1, len(tab.rows)):
            row = tab.rows[at]
            start = None if self.week is None else _day_of(row, self.week, self.reader)
            name = "" if self.name is None else text_of(row[self.name])
            for column, day in self.days.items():
                if text := text_of(row[column]):
                    place = f"{tab.numbers[at]}, column {column + 1}"
                    found.append(PlannedCell(place, name, _on(day, start), text))
        return found


def grid_of(tab: Tab, readers: Sequence[DayReader]) -> WeekGrid | None:
    """Return the grid of a tab, or None where no row has the days of a week across.

    Parameters
    ----------
    tab : Tab
        A sheet.
    readers : sequence of DayReader
        Ways to read its dates; the first under which its days follow one another is taken.
    """
    for at, row in enumerate(tab.rows[:_MOST_HEADINGS]):
        dated = next((one for one in (_dated(at, row, r) for r in readers) if one), None)
        if found := dated or _by_weekday(at, row, tab, readers):
            return found
    return None


def _dated(at: int, row: Row, reader: DayReader) -> WeekGrid | None:
    """Return a grid whose heading has dates, one day after the other."""
    days = {c: d for c in range(len(row)) if (d := _day_of(row, c, reader)) is not None}
    columns = sorted(days)
    follow = all(days[b] - days[a] == _DAY for a, b in pairwise(columns))
    if len(days) < LEAST_DAYS or not follow:
        return None
    return WeekGrid(at, dict(days), None, 0 if columns[0] else None, reader)


def _by_weekday(at: int, row: Row, tab: Tab, readers: Sequence[DayReader]) -> WeekGrid | None:
    """Return a grid whose heading has weekdays, with the week in a column before them."""
    days = {c: d for c in range(len(row)) if (d := _weekday(text_of(row[c]))) is not None}
    if len(days) < LEAST_DAYS or len(set(days.values())) < len(days):
        return None
    first = min(days)
    for reader in readers:
        for column in range(first):
            starts = [_day_of(row, column, reader) for row in tab.rows[at + 1 :] if any(row)]
            if starts and None not in starts and len({d.weekday() for d in starts if d}) == 1:
                name = next((c for c in range(first) if c != column), None)
                return WeekGrid(at, dict(days), column, name, reader)
    return None


def _weekday(text: str) -> int | None:
    return weekday_of(text.strip(" .:").lower()) if text.strip(" .:") else None


def _day_of(row: Row, column: int, reader: DayReader) -> datetime | None:
    cell = row[column]
    if cell is None:
        return None
    moment = reader.week(cell, bare=False).moment
    return None if moment is None else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - a day where the athlete is


def _on(day: datetime | int, start: datetime | None) -> datetime | None:
    """Return the day itself, or that weekday of the week in which a row's day lies."""
    if isinstance(day, datetime):
        return day
    return None if start is None else start + _DAY * (day - start.weekday())

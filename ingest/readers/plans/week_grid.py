"""Where a sheet of plans with the days of a week across has its days, weeks and names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.opening.cells import Cell, Tab, text_of
from ingest.readers.sheets.words.headings import meanings_of
from ingest.readers.sheets.words.person_names import PEOPLE
from ingest.readers.sheets.words.written_weeks import read_week
from ingest.readers.text.typed_plan import weekday_of

# Five and not seven: a plan may leave the weekend out.
LEAST_DAYS: Final = 5
"""Days across from which a heading row is one of a week."""
_MOST_HEADINGS: Final = 10
"""Rows from the top among which the heading is looked for."""
_DAY: Final = timedelta(days=1)
_PART_OF_DAY: Final = re.compile(
    r"(?:am|pm|morgens|abends|mittags|vormittag\w*|nachmittag\w*|morning|afternoon|evening|matin"
    r"|apr[eè]s.midi|soir|ma[nñ]ana|tarde|mattin[ao]|pomeriggio|sera|ochtend|middag|avond|manh[aã]"
    r"|morgon|kv[aä]ll|morgen|kveld|aften|\d.*)$",
    re.IGNORECASE,
)
"""Two sessions of a day in rows of their own, or their number."""


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
    head, end : int
        Place of the heading row, and of the row behind the last one that it heads.
    days : dict of int to datetime or int
        Column -> its day, or its weekday (0 is Monday) where each row tells the week.
    week, name : int or None
        Columns of the row's week and of whom it is.
    reader : DayReader
        How its dates are read.
    """

    head: int
    end: int
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
        planned = []
        for at in range(self.head + 1, self.end):
            row = tab.rows[at]
            # Per row: each row of such a plan is a week of its own.
            start = None if self.week is None else _start_of(row[self.week], self.reader)
            name = "" if self.name is None else text_of(row[self.name])
            for column, day in self.days.items():
                if text := text_of(row[column]):
                    place = f"{tab.numbers[at]}, column {column + 1}"
                    planned.append(PlannedCell(place, name, _on(day, start), text))
        return planned


def grids_of(tab: Tab, readers: Sequence[DayReader]) -> list[WeekGrid]:
    """Return the grids of a tab, week under week, none where no row has days of a week across.

    Parameters
    ----------
    tab : Tab
        A sheet.
    readers : sequence of DayReader
        Ways to read its dates; the first under which its days follow one another is taken.
    """
    first = next((grid for at in range(_MOST_HEADINGS) if (grid := _grid(at, tab, readers))), None)
    # A grid that tells its weeks by row needs no second heading further down.
    if first is None or first.week is not None:
        return [] if first is None else [first]
    below = range(first.head + 1, len(tab.rows))
    grids = [first, *(grid for at in below if (grid := _dated(at, tab, first.reader)))]
    return [
        *(replace(grid, end=after.head) for grid, after in pairwise(grids)),
        grids[-1],
    ]


def _grid(at: int, tab: Tab, readers: Sequence[DayReader]) -> WeekGrid | None:
    if at >= len(tab.rows):
        return None
    dated = (_dated(at, tab, reader) for reader in readers)
    return next((grid for grid in dated if grid), None) or _by_weekday(at, tab, readers)


def _dated(at: int, tab: Tab, reader: DayReader) -> WeekGrid | None:
    """Return a grid whose heading has dates, one day after the other."""
    row = tab.rows[at]
    days = {c: d for c in range(len(row)) if (d := _day_of(row[c], reader)) is not None}
    columns = sorted(days)
    # Days in sequence settle the order of day and month, and keep lists of other dates out.
    follow = all(days[b] - days[a] == _DAY for a, b in pairwise(columns))
    if len(days) < LEAST_DAYS or not follow:
        return None
    name = 0 if columns[0] and _names_people(at, 0, tab) else None
    return WeekGrid(at, len(tab.rows), dict(days), None, name, reader)


def _by_weekday(at: int, tab: Tab, readers: Sequence[DayReader]) -> WeekGrid | None:
    """Return a grid whose heading has weekdays, with the week in a column before them."""
    row = tab.rows[at]
    days = {c: d for c in range(len(row)) if (d := _weekday(text_of(row[c]))) is not None}
    # The same weekday twice across is no week: each row could mean either.
    if len(days) < LEAST_DAYS or len(set(days.values())) < len(days):
        return None
    first = min(days)
    for reader in readers:
        for column in range(first):
            starts = [
                _start_of(below[column], reader) for below in tab.rows[at + 1 :] if any(below)
            ]
            # Weeks begin on one weekday; other columns of dates do not.
            if starts and None not in starts and len({d.weekday() for d in starts if d}) == 1:
                name = next(
                    (c for c in range(first) if c != column and _heads_people(row[c])), None
                )
                return WeekGrid(at, len(tab.rows), dict(days), column, name, reader)
    return None


def _heads_people(cell: Cell | None) -> bool:
    return any(meaning.concept in PEOPLE for meaning in meanings_of(text_of(cell)))


def _names_people(at: int, column: int, tab: Tab) -> bool:
    """Say whether a column before dates holds names: its corner may say anything, its cells not."""
    texts = [text for row in tab.rows[at + 1 :] if (text := text_of(row[column]))]
    others = [text for text in texts if _PART_OF_DAY.match(text.strip())]
    return _heads_people(tab.rows[at][column]) or (bool(texts) and not others)


def _weekday(text: str) -> int | None:
    return weekday_of(text.strip(" .:").lower()) if text.strip(" .:") else None


def _start_of(cell: Cell | None, reader: DayReader) -> datetime | None:
    """Return the day that a cell names, or the first day of its week."""
    return None if cell is None else _midnight(reader.week(cell, bare=False).moment)


def _day_of(cell: Cell | None, reader: DayReader) -> datetime | None:
    """Return the day that a cell names; a week in the corner of a heading is none."""
    is_day = cell is not None and read_week(cell.text) is None
    return _midnight(reader.read(cell).moment) if cell is not None and is_day else None


def _midnight(moment: datetime | None) -> datetime | None:
    return None if moment is None else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - a day where the athlete is


def _on(day: datetime | int, start: datetime | None) -> datetime | None:
    """Return the day itself, or that weekday of the week in which a row's day lies."""
    if isinstance(day, datetime):
        return day
    return None if start is None else start + _DAY * (day - start.weekday())

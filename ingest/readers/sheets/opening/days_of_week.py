"""Weekdays of a week that only a title or the tab dates: "Week commencing 14/07/2025"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from ingest.readers.sheets.opening.cells import Cell, Row, Tab, filled
from ingest.readers.sheets.words.folding import without_accents
from ingest.readers.sheets.words.written_dates import Written, dates_in, weekday_of, years_in
from ingest.readers.sheets.words.written_weeks import monday_of, read_week

_LOOK_ROWS: Final = 10
_FEWEST: Final = 5
_WEEK_DAYS: Final = 7
_MOST_TITLES: Final = 2
_MONDAY: Final = 0
_SHORT: Final = 3
"""Letters of a short weekday, which may be a month elsewhere."""


def with_days_of_week(tab: Tab, file: str, *, by_tab: bool = True) -> Tab:
    """Return a tab whose weekdays across, or down, are dates, where a title or tab names the week.

    Five weekdays or more that follow each other are days. The day that is named must be the first
    of them under one reading of day and month; otherwise the tab stays as it is.

    Parameters
    ----------
    tab : Tab
    file : str
        Name of the file, which may tell the year.
    by_tab : bool
        Whether the tab's name may tell the week: not of one of several.
    """
    name = tab.name if by_tab else ""
    across = _dated(tab.rows, _LOOK_ROWS, lambda at, _: tab.rows[:at], name, file)
    if across is not None:
        return replace(tab, rows=across)
    columns = [list(column) for column in zip(*tab.rows, strict=True)]
    down = _dated(columns, 1, lambda _, days: tab.rows[: min(days)], name, file)
    if down is None:
        return tab
    return replace(tab, rows=[list(row) for row in zip(*down, strict=True)])


def weeks_apart(tab: Tab) -> list[Tab]:
    """Return each of several weeks that stand below each other as a tab; else the tab alone."""
    starts = _starts_of_weeks(tab.rows)
    return [
        replace(
            tab,
            rows=tab.rows[first:end],
            numbers=tab.numbers[first:end],
            merged=frozenset(
                (row - first, right) for row, right in tab.merged if first <= row < end
            ),
        )
        for first, end in pairwise([*starts, len(tab.rows)])
    ] or [tab]


def _starts_of_weeks(rows: Sequence[Row]) -> list[int]:
    """Return where each of several weeks below each other begins: at the title that dates it.

    The first begins with the tab. A row above weekdays is a title only if it names a day or week:
    "Bo | 10" is the last row of the week above.
    """
    headings = [at for at, row in enumerate(rows) if _days(row)]
    starts = [0]
    for before, at in pairwise(headings):
        first = at
        while first - 1 > before and (not filled(rows[first - 1]) or _dates(rows[first - 1])):
            first -= 1
        starts.append(first)
    return starts


def _dates(row: Row) -> bool:
    """Say whether a row holds nothing but the day or week of what follows."""
    cells = filled(row)
    return len(cells) <= _MOST_TITLES and any(
        dates_in(cell.text) or any(map(read_week, _weeks(cell.text)))
        for cell in cells
        if cell.kind != "n"
    )


def _dated(
    rows: Sequence[Row],
    most: int,
    above: Callable[[int, dict[int, int]], Sequence[Row]],
    tab: str,
    file: str,
) -> list[Row] | None:
    """Return rows, or columns, with the weekdays of one of the first as dates; None without."""
    first_with_days = next(
        ((at, days) for at in range(min(most, len(rows))) if (days := _days(rows[at]))), None
    )
    if first_with_days is None:
        return None
    at, days = first_with_days
    titles = [cell.text for row in above(at, days) if len(filled(row)) <= _MOST_TITLES
              for cell in filled(row)]  # fmt: skip
    start = min(days.values())
    first = _first_day(start, [*titles, tab], (*titles, tab, file))
    if first is None:
        return None
    dated = [
        Cell("t", f"{first + timedelta(days=days[place] - start):%Y-%m-%d}")
        if place in days
        else cell
        for place, cell in enumerate(rows[at])
    ]
    return [*rows[:at], dated, *rows[at + 1 :]]


def _days(row: Row) -> dict[int, int]:
    """Return place -> weekday of a row in which weekdays follow each other; empty otherwise."""
    words = {right: _word(cell) for right, cell in enumerate(row) if cell is not None}
    sure = {right: day for right, word in words.items() if (day := weekday_of(word)) is not None}
    # Two of the five may be short forms that are months in another language.
    if len(sure) < _FEWEST - 2:
        return {}
    offsets = {(day - right) % _WEEK_DAYS for right, day in sure.items()}
    # Weekdays that do not follow each other are no week across.
    if len(offsets) != 1:
        return {}
    # "Mar" is a month too; between weekdays it is one. Beside them "Nom" and "km" are none.
    run = list(range(min(sure), min(max(sure) + 1, min(sure) + _WEEK_DAYS)))
    known = [right for right in run if right in sure or _may_be_weekday(words.get(right, ""))]
    if len(run) < _FEWEST or known != run:
        return {}
    start = (offsets.pop() + run[0]) % _WEEK_DAYS
    return {right: start + right - run[0] for right in run}


def _word(cell: Cell) -> str:
    return re.sub(r"[\s.:]+$", "", without_accents(cell.text).strip()) if cell.kind == "t" else ""


def _may_be_weekday(word: str) -> bool:
    return word.isalpha() and len(word) <= _SHORT


def _first_day(start: int, named: Sequence[str], around: Sequence[str]) -> datetime | None:
    """Return the day of the first weekday, by the only week that titles or the tab name."""
    years = years_in(around)
    year = years[0] if len(years) == 1 else None
    for text in named:
        if dates := dates_in(text):
            days = _fitting(dates[0], start, year)
            if len(days) == 1:
                return days.pop()
            continue  # the "Week 06" of "Week 06/08/2025" is no number of a week
        week = next(
            (week_written for word in _weeks(text) if (week_written := read_week(word))), None
        )
        monday = monday_of(week[0] or year or 0, week[1]) if week and (week[0] or year) else None
        if monday is not None and start == _MONDAY:
            return monday
    return None


def _fitting(written: Written, start: int, year: int | None) -> set[datetime]:
    if written.year is None and year is None:
        return set()
    moments = {written.moment(day_first=first, year=year) for first in (True, False)}
    return {day for day in moments if day is not None and day.weekday() == start % _WEEK_DAYS}


def _weeks(text: str) -> list[str]:
    return [text, *re.findall(r"(?i)[a-z]+\.?\s*\d{1,2}(?:[\s/,-]*20\d\d)?", text)]

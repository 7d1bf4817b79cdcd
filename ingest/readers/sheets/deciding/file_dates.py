"""The verdict on the dates of a whole file, over all its date columns."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import pandas as pd

from ingest.readers.base import ReadContext
from ingest.readers.sheets.deciding.assigned import by_concept
from ingest.readers.sheets.deciding.candidate import Candidate
from ingest.readers.sheets.deciding.day_order import Pair, verdict_on
from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.words.written_dates import Written, read_written, years_in
from ingest.readers.sheets.words.written_weeks import read_week

DATED: Final = ("date", "stamp", "week", "onset", "return", "reported")
_TURN: Final = 6
"""Months by which a table has to fall back for the year to have turned."""
_FEWEST_DAYS: Final = 2
"""Days with their weekday that tell the year: one alone may be mistyped."""
_WEEK_AHEAD: Final = pd.Timedelta(days=7)
_PAIRS: Final = (
    ("date", "stamp", -1, 14),
    ("onset", "return", 0, 400),
    ("date", "return", 0, 400),
    ("onset", "reported", 0, 365),
)
"""Two dates of a row: an answer is typed within two weeks; a return follows its injury."""


def day_reader(candidates: Sequence[Candidate], source: str, context: ReadContext) -> DayReader:
    """Return how the dates of a file are read."""
    stated_order = next(
        (candidate.settings.dates for candidate in candidates if candidate.settings.dates), None
    )
    # One verdict for all tabs: a column that proves its order decides for the whole file.
    verdict = verdict_on(list(_all(candidates)), list(_weeks(candidates)), list(_pairs(candidates)))
    day_first = verdict.day_first if stated_order is None else stated_order == "day_first"
    # Years that are written count before those that weekdays suggest.
    years = _years(candidates, source) or _by_weekdays(candidates, day_first, context.last_day)
    if len(years) == 1 and _turns(months := _months(candidates)):
        begins = any(candidate.settings.year for candidate in candidates)
        late = next(a for a, b in pairwise(months) if a - b >= _TURN)
        years = _of_season(years[0], late, context.last_day, begins=begins)
    # A zone that nobody told moves no answer to another day: the stamp's own clock counts.
    zone = context.config.time_zone if context.config.time_zone_is_told else ""
    return DayReader(day_first, years, zone)


def _turns(months: Sequence[int]) -> bool:
    return any(a - b >= _TURN for a, b in pairwise(months))


def _of_season(year: int, late: int, last_day: pd.Timestamp, *, begins: bool) -> tuple[int, ...]:
    """Return the years of a table under one year that runs on through the new year.

    "2025" above weeks from November to February may begin or end the season: only what would lie
    in the future tells which; else neither is taken. A year told by hand is the first of the two.
    """
    if begins:
        return (year, year + 1)
    # What would lie in the future cannot have been filled in yet.
    return () if pd.Timestamp(year, late, 1) <= last_day else (year - 1, year)


def _months(candidates: Sequence[Candidate]) -> list[int]:
    """Return the months of the dates and weeks without a year, in the order of each table."""
    months: list[int] = []
    for candidate in candidates:
        column = by_concept(candidate.assigned)
        for name in ("week", "date"):
            cells = column[name].column.cells if name in column else []
            months += [month for cell in cells if (month := _month_of(cell))]
    return months


def _month_of(cell: Cell | None) -> int:
    """Return the month of a date without a year or of a week's number, 0 for anything else."""
    if cell is None or cell.kind == "n":
        return 0
    week = read_week(cell.text)
    if week:
        return 0 if week[0] else min(12, 1 + int((week[1] - 1) / 4.35))
    written = read_written(cell.text)
    return written.second if written and written.year is None and written.order == "day" else 0


def _years(candidates: Sequence[Candidate], source: str) -> tuple[int, ...]:
    stated_year = next(
        (candidate.settings.year for candidate in candidates if candidate.settings.year), None
    )
    if stated_year:
        return (stated_year,)
    titles = {text for candidate in candidates for text in candidate.around} | {
        column.column.heading for candidate in candidates for column in candidate.assigned
    }
    named_years = years_in([*titles, source])
    if named_years:
        return named_years
    # A file whose other dates all lie in one year, or in one season, tells it too.
    written = {date.year for date in _all(candidates) if date.year is not None}
    return tuple(sorted(written)) if len(written) <= 1 else ()


def _by_weekdays(
    candidates: Sequence[Candidate], day_first: bool | None, last_day: pd.Timestamp
) -> tuple[int, ...]:
    """Return this year or the last where all days with a weekday fit in one of the two alone.

    "Mon 19/10" and "Tue 20/10" are of 2026: a year earlier they were a Sunday and a Monday.
    """
    # Days may head columns as well as stand in cells.
    columns = [column.column for candidate in candidates for column in candidate.assigned]
    named = [read_written(column.heading) for column in columns]
    days_with_weekday = {
        written
        for written in (*_all(candidates), *(heading for heading in named if heading is not None))
        if written.weekday is not None
        and written.year is None
        and not (written.is_open and day_first is None)
    }
    fitting = [
        year
        for year in (last_day.year, last_day.year - 1)
        if all(
            _fits(written, year, last_day, day_first=day_first is not False)
            for written in days_with_weekday
        )
    ]
    return tuple(fitting) if len(days_with_weekday) >= _FEWEST_DAYS and len(fitting) == 1 else ()


def _fits(written: Written, year: int, last_day: pd.Timestamp, *, day_first: bool) -> bool:
    day = written.moment(day_first=day_first, year=year)
    return day is not None and day.weekday() == written.weekday and day <= last_day + _WEEK_AHEAD


def open_rows(candidate: Candidate) -> list[int]:
    """Return the rows with a date that can be read both ways."""
    return sorted(
        {
            at
            for name in DATED
            for at, written in enumerate(_column(candidate, name))
            if written is not None and written.is_open
        }
    )


def _column(candidate: Candidate, name: str) -> list[Written | None]:
    column = by_concept(candidate.assigned).get(name)
    return [_written(cell) for cell in column.column.cells] if column else []


def _written(cell: Cell | None) -> Written | None:
    return read_written(cell.text) if cell is not None and cell.kind != "n" else None


def _all(candidates: Iterable[Candidate]) -> Iterable[Written]:
    for candidate in candidates:
        for name in DATED:
            yield from (written for written in _column(candidate, name) if written is not None)


def _weeks(candidates: Iterable[Candidate]) -> Iterable[Written]:
    for candidate in candidates:
        yield from (written for written in _column(candidate, "week") if written is not None)


def _pairs(candidates: Iterable[Candidate]) -> Iterable[Pair]:
    for candidate in candidates:
        for first, second, low, high in _PAIRS:
            pairs = zip(_column(candidate, first), _column(candidate, second), strict=False)
            yield from (Pair(a, b, low, high) for a, b in pairs if a is not None and b is not None)

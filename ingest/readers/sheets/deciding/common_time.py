"""The one day or week of a whole table: a tab per week, a title, the heading of its only column."""

import re
from collections.abc import Sequence

from ingest.readers.sheets.deciding.assigned import LOAD, TIMES, AssignedColumn
from ingest.readers.sheets.deciding.kind import OSTRC, WELLNESS
from ingest.readers.sheets.opening.block import Column
from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.words.folding import without_accents
from ingest.readers.sheets.words.person_names import PEOPLE
from ingest.readers.sheets.words.written_dates import dates_in
from ingest.readers.sheets.words.written_weeks import read_week

_WEEK = re.compile(
    r"(?:((?:19|20)\d{2})[\s-]*)?\b(?:week|wk|kw|kalenderwoche|woche|semaine|semana|settimana|vecka|uke|uge)"
    r"\.?\s?(\d{1,2})\b(?:[\s/,(-]*((?:19|20)\d{2}))?"
)
_VALUES = WELLNESS | LOAD | {"pain", "mass_kg", *OSTRC}


def with_common_time(assigned: list[AssignedColumn], around: Sequence[str]) -> list[AssignedColumn]:
    """Add a column of the day or week that headings, tab, titles or file name, where none has one.

    Only a table of people and values that holds no time needs it.
    """
    concepts = {assignment.concept for assignment in assigned}
    if concepts & TIMES or not concepts & PEOPLE or not concepts & _VALUES:
        return assigned
    values = [assignment for assignment in assigned if assignment.concept in _VALUES]
    texts = (*(value.column.heading for value in values), *around)
    common_time = next((named_time for text in texts if (named_time := _time_in(text))), None)
    if common_time is None:
        return assigned
    concept, text = common_time
    rows = len(assigned[0].column.cells)
    column = Column(-1, (concept,), [Cell("t", text)] * rows)
    return [*assigned, AssignedColumn(column, concept, certain=True)]


def _time_in(text: str) -> tuple[str, str] | None:
    """Return concept and text of the one week or day that a text names."""
    weeks = _WEEK.findall(without_accents(text))
    if len(weeks) == 1:
        before, number, after = weeks[0]
        year = before or after
        return "week", f"{year}-W{number}" if year else f"W{number}"
    days = [
        candidate
        for candidate in dates_in(text.replace("_", " "))
        # A day without a year, or one that can be read both ways, dates no table.
        if candidate.year and candidate.order
    ]
    if len(days) == 1:
        written = days[0]
        day, month = (
            (written.first, written.second)
            if written.order == "day"
            else (written.second, written.first)
        )
        return "date", f"{written.year}-{month:02d}-{day:02d}"
    return ("week", text) if read_week(text) else None

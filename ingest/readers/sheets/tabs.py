"""The tables of a sheet's tabs, read one after the other."""

import re
from collections.abc import Sequence
from typing import Any, Final

from common.question import Question
from ingest.dataset.file_names import stem_of
from ingest.people.folder_words import is_period
from ingest.readers.base import FileRefused, Parsed, ReadContext
from ingest.readers.sheets.collect import (
    collected,
    first_texts,
    is_empty,
    left_out,
    nothing_read,
)
from ingest.readers.sheets.deciding.candidate import Candidate, candidates_of
from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.deciding.file_dates import day_reader, open_rows
from ingest.readers.sheets.deciding.injuries_in_form import injuries_in
from ingest.readers.sheets.deciding.injury_questions import with_injury_questions
from ingest.readers.sheets.deciding.weeks_in_form import by_weeks
from ingest.readers.sheets.kinds.registry import READ
from ingest.readers.sheets.opening.block import example_rows
from ingest.readers.sheets.opening.cells import Tab
from ingest.readers.sheets.opening.days_of_month import whole_days
from ingest.readers.sheets.questions import dates_question, mapping_question
from ingest.readers.sheets.table import Part, Table
from ingest.readers.sheets.words.person_names import NAME_COLUMNS
from ingest.records.account import refused_file

_COMMA: Final = re.compile(r"\d,\d{1,2}(?!\d)")
_POINT: Final = re.compile(r"\d\.\d{1,2}(?!\d)")


def read_tabs(sheets: Sequence[Tab], source: str, context: ReadContext) -> Parsed:
    """Read all tables of the sheets of one file.

    Raises
    ------
    FileRefused
        If it is a text in which no table is known.
    """
    tabs = whole_days(sheets, stem_of(source))
    # Tabs of months are nobody's, although May and June are names.
    by_person = not all(is_period(tab.name) for tab in tabs if tab.rows)
    candidates = [
        part
        for tab in tabs
        for candidate in candidates_of(tab, source, context, by_person=by_person)
        for part in by_weeks(candidate)
    ]
    taken = [candidate for candidate in candidates if candidate.kind in READ]
    days = day_reader(taken, source, context)
    several = len({candidate.block.tab for candidate in taken}) > 1
    questions = _questions(candidates, taken, days, source)
    unread = left_out(tabs, candidates, taken)
    # A text without any table is no sheet; of a workbook each tab is told by its name.
    if not taken and not questions and not any(tab.name or is_empty(tab) for tab in tabs):
        raise FileRefused("unknown_format", _unknown(first_texts(tabs[0])))
    if not taken:
        headings = ", ".join(first_texts(tab) for tab in tabs if tab.rows)
        return Parsed(nothing_read(source, unread, questions, headings))
    registers = [injuries_in(candidate) for candidate in taken]
    forms = [
        with_injury_questions(candidate) if register is None else candidate
        for candidate, register in zip(taken, registers, strict=True)
    ]
    read = [*forms, *(register for register in registers if register is not None)]
    parts = [_part(candidate, days, source, context, several=several) for candidate in read]
    hidden = {tab.name for tab in sheets if tab.is_hidden}
    return collected(
        source,
        [candidate.kind for candidate in read],
        parts,
        unread,
        questions,
        with_hidden=any(candidate.source_block.tab in hidden for candidate in taken),
    )


def _questions(
    candidates: Sequence[Candidate], taken: Sequence[Candidate], days: DayReader, source: str
) -> list[Question]:
    open_ = [candidate for candidate in candidates if candidate.is_open]
    alike = {
        (candidate_open.proposed, tuple(a.concept for a in candidate_open.assigned))
        for candidate_open in open_
    }
    is_one = len(open_) == len(candidates) and len(alike) == 1  # tabs of weeks or months
    questions = [
        mapping_question(
            source if is_one else _key(candidate, source),
            source,
            candidate.proposed,
            candidate.source_block,
            candidate.assigned,
            safe=False,
        )
        for candidate in (open_[:1] if is_one else open_)
    ]
    rows = {at: candidate for at, candidate in enumerate(taken) if open_rows(candidate)}
    if rows and days.day_first is None:
        count = sum(len(open_rows(row)) for row in rows.values())
        first = next(iter(rows.values()))
        shown = example_rows(first.source_block)
        questions.append(dates_question(source, source, first.kind, count, shown))
    return questions


def _key(candidate: Candidate, source: str) -> str:
    return f"{source}#{candidate.block.tab}" if candidate.block.tab else source


def _part(
    candidate: Candidate, days: DayReader, source: str, context: ReadContext, *, several: bool
) -> Part:
    """Read one table; a table that names no athlete is refused."""
    named = {column.concept for column in candidate.assigned} & set(NAME_COLUMNS)
    if not named and not candidate.owner:
        sentence = f"{source}: no column names the athletes and no folder does; add a column Name"
        return Part({}, refused_file(source, "sheet", "missing_athlete", sentence))
    labels: list[Any] = [
        f"{candidate.block.tab}!{number}" if several else number
        for number in candidate.block.numbers
    ]
    table = Table(
        source,
        f"sheet_{candidate.kind}",
        candidate.block,
        candidate.assigned,
        days,
        candidate.settings,
        context,
        candidate.owner,
        _mark(candidate),
        labels,
        candidate.around,
    )
    for concept, mask in candidate.filled.items():
        table.sheet.repair(mask, f"{concept}_of_the_row_above")
    return READ[candidate.kind](table)


def _mark(candidate: Candidate) -> str:
    """Return the decimal mark of the table's texts: what most of the telling cells have."""
    texts = [
        cell.text
        for column in candidate.assigned
        for cell in column.column.cells
        if cell is not None and cell.kind == "t" and len(cell.text) < 12  # a number
    ]
    commas, points = (sum(bool(mark.search(text)) for text in texts) for mark in (_COMMA, _POINT))
    return "," if commas > points else "."


def _unknown(headings: str) -> str:
    return (
        f"no reader knows this kind of file (it begins with {headings}); data/README.md lists those"
        " read, with headings that work"
    )

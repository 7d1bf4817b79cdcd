"""Injuries that a daily table holds beside everything else: a register read out of a form.

A tidy file of a squad has a row per day and, on the day somebody is hurt, a word or a 1 in a
column of its own. A mark that stands on every day of an absence is one injury, from its first day
on; the first day without it is the return, where no other column tells one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.readers.sheets.deciding.assigned import AssignedColumn, by_concept
from ingest.readers.sheets.deciding.candidate import Candidate
from ingest.readers.sheets.deciding.columns import NOT_READ
from ingest.readers.sheets.deciding.kind import FEW, OSTRC, says_something
from ingest.readers.sheets.opening.cells import Cell, text_of
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.person_names import PEOPLE

_TOLD: Final = ("injury", "region", "code", "onset", "days_lost", "return")
"""Concepts of which one that is filled makes a row an injury's."""
_NEEDED: Final = frozenset({"injury", "region", "code", "onset"})
_KEPT: Final = frozenset(
    {*PEOPLE, "date", "stamp", *_TOLD, "side", "severity", "reported", "comment"}
)
_QUESTIONNAIRE: Final = frozenset({*OSTRC, "ostrc_score", "pain", "pain_place"})
_MARKS: Final = frozenset({"1", "yes", "y", "true", "x", "ja", "oui", "si", "sim", "injured"})
_MOST_ABSENT: Final = 0.25
"""A column that is filled in more rows is a question of a form, not the mark of an absence."""


def injuries_in(candidate: Candidate) -> Candidate | None:
    """Return the register that a daily table holds, None where it holds none.

    Questionnaires about pain or problems are left to their own readers.
    """
    concepts = by_concept(candidate.assigned)
    if (
        candidate.kind != "form"
        or not concepts.keys() & _NEEDED
        or concepts.keys() & _QUESTIONNAIRE
    ):
        return None
    if "date" not in concepts:
        return None
    injury_concepts = [name for name in _TOLD if name in concepts]
    rows = _first_days(candidate, [concepts[name] for name in injury_concepts])
    if (
        not rows
        or len(rows) > FEW * len(candidate.block)
        or _share_told(candidate, injury_concepts) > _MOST_ABSENT
    ):
        return None
    # A column that tells the return is more exact than the first row without a mark.
    back = {} if {"return", "days_lost"} & set(injury_concepts) else rows
    return _register(candidate, list(rows), back)


def _first_days(
    candidate: Candidate, injury_columns: Sequence[AssignedColumn]
) -> dict[int, Cell | None]:
    """Return place of the first row of each absence -> day of the first row after it."""
    concepts = by_concept(candidate.assigned)
    days = concepts["date"].column.cells
    people = [concepts[name].column.cells for name in sorted(PEOPLE) if name in concepts]
    who = [" ".join(text_of(cells[at]) for cells in people) for at in range(len(candidate.block))]
    words = [_words(injury_columns, at) for at in range(len(candidate.block))]
    absences: dict[int, Cell | None] = {}
    last: dict[str, int] = {}
    for at, (name, word) in enumerate(zip(who, words, strict=True)):
        before = last.get(name)
        running = before is not None and bool(words[before])
        # The same word on the next day is the same absence; another one is a new injury.
        if word and not (running and before is not None and words[before] == word):
            absences[at] = None
        if not word and before is not None and running:
            first = _first_of_run(absences, who, name)
            if first is not None and first != before:
                absences[first] = days[at]
        last[name] = at
    return absences


def _first_of_run(absences: dict[int, Cell | None], who: Sequence[str], name: str) -> int | None:
    return next((at for at in reversed(absences) if who[at] == name), None)


def _words(injury_columns: Sequence[AssignedColumn], at: int) -> str:
    texts = [plain(text_of(assigned.column.cells[at])) for assigned in injury_columns]
    return " ".join(text for text in texts if says_something(text))


def _share_told(candidate: Candidate, injury_concepts: Sequence[str]) -> float:
    concepts = by_concept(candidate.assigned)
    columns = [concepts[name] for name in injury_concepts]
    return sum(bool(_words(columns, at)) for at in range(len(candidate.block))) / len(
        candidate.block
    )


def _register(candidate: Candidate, rows: Sequence[int], back: dict[int, Cell | None]) -> Candidate:
    assigned = [_column(a, rows) for a in candidate.assigned]
    if any(back.values()):
        place = max(a.column.at for a in candidate.assigned) + 1
        first = candidate.assigned[0].column
        column = replace(first, at=place, levels=("return",), cells=[back[at] for at in rows])
        assigned.append(AssignedColumn(column, "return", certain=True))
    block = replace(
        candidate.block,
        columns=[a.column for a in assigned],
        numbers=[candidate.block.numbers[at] for at in rows],
        left_out=[],
    )
    return replace(candidate, block=block, assigned=assigned, kind="injuries", filled={})


def _column(assigned: AssignedColumn, rows: Sequence[int]) -> AssignedColumn:
    """Return a column with the register's rows alone; a mere mark says "injury"."""
    cells = [assigned.column.cells[at] for at in rows]
    concept = assigned.concept if assigned.concept in _KEPT else NOT_READ
    if concept in {"injury", "onset"}:
        marks = [cell is not None and _is_mark(cell) for cell in cells]
        cells = [
            Cell("t", "injury") if mark else cell if _says_something(cell) else None
            for cell, mark in zip(cells, marks, strict=True)
        ]
        # A column headed "injured on" that holds marks tells that somebody is hurt, not when.
        if concept == "onset" and any(marks):
            concept = "injury"
    elif concept in _TOLD:
        cells = [cell if _says_something(cell) else None for cell in cells]
    return replace(assigned, concept=concept, column=replace(assigned.column, cells=cells))


def _is_mark(cell: Cell) -> bool:
    return plain(cell.text).removesuffix(" 0") in _MARKS


def _says_something(cell: Cell | None) -> bool:
    return cell is not None and says_something(cell.text)

"""How a table is laid out: a row per answer, a column per athlete, or days and weeks across."""

import re
from collections.abc import Collection, Sequence
from enum import Enum
from typing import Final

from ingest.people.folder_words import is_nobody
from ingest.readers.sheets.deciding.assigned import TIMES, AssignedColumn, by_concept
from ingest.readers.sheets.opening.block import Block, Column
from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.opening.heading_rows import is_time
from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.measure_headings import gait_heading, strength_heading
from ingest.readers.sheets.words.person_names import PEOPLE
from ingest.readers.sheets.words.written_dates import is_word_of_date, month_of
from ingest.readers.sheets.words.written_weeks import read_week

_FEWEST: Final = 2
_MOST_WORDS: Final = 5
_SHORTEST_NAME: Final = 2
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_AMOUNTS: Final = 0.7
_SOME_AMOUNTS: Final = 0.3
_WORDS: Final = re.compile(r"[^\W\d_]+")
_IN: Final = frozenset({"in", "en", "i", "at"})
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


class Layout(Enum):
    """How a table is laid out."""

    ROWS = "a row per answer"
    ATHLETES = "a column per athlete"
    TIMES = "days or weeks across"


def layout_of(
    block: Block, assigned: Sequence[AssignedColumn], names: Collection[str], *, owned: bool
) -> Layout:
    """Return how a table is laid out.

    Parameters
    ----------
    block : Block
    assigned : sequence of AssignedColumn
        What its headings say.
    names : collection of str
        Plain names of the team, as far as they are known.
    owned : bool
        Whether the whole file is one person's: its columns are no people.
    """
    concepts = set(by_concept(assigned))
    times = [column.column for column in assigned if heads_a_time(column.column)]
    # Days alone leave no column that says whose, or which, a row is.
    if len(block.columns) > len(times) >= max(_FEWEST + 1, len(block.columns) / 2):
        return Layout.TIMES
    if owned or concepts & PEOPLE or not _first_is_time(assigned):
        return Layout.ROWS
    people = people_across(assigned, names)
    others = [
        column for column in assigned[1:] if column.concept not in {"total", "comment"} | TIMES
    ]
    # Names of the roster prove the layout, however few cells are filled.
    known = [person for person in people if plain(person.heading) in names]
    enough = len(people) >= max(_FEWEST, 0.6 * len(others))
    # Numbers alone head nothing but people who wear them.
    shirts = others and all(_is_number(column.column) for column in others)
    return Layout.ATHLETES if enough or shirts or len(known) > len(others) / 2 else Layout.ROWS


def people_across(assigned: Sequence[AssignedColumn], names: Collection[str]) -> list[Column]:
    """Return the columns that could each be an athlete's.

    Beside two whose cells are nearly all amounts, one with many remarks is another athlete's,
    unless its amounts stand in sentences: "10 km easy" is a plan, and "12 C" the weather.
    """
    sure = [column.column for column in assigned if _is_athletes(column, names, _AMOUNTS)]
    if len(sure) < _FEWEST:
        return sure
    return [
        column.column
        for column in assigned
        if _is_athletes(column, names, _SOME_AMOUNTS) or _is_called_like_a_month(column)
    ]


def _is_called_like_a_month(assigned: AssignedColumn) -> bool:
    """Say whether a column of amounts is headed by a month that people are called by: Mei, June.

    Beside the columns of others it is somebody's.
    """
    heading = plain(assigned.column.heading)
    is_name = month_of(heading) is not None and len(heading) > _SHORTEST_NAME
    return (
        is_name and assigned.concept not in TIMES and _are_amounts(assigned.column, _SOME_AMOUNTS)
    )


def _is_athletes(assigned: AssignedColumn, names: Collection[str], least: float) -> bool:
    if plain(assigned.column.heading) in names or _is_number(assigned.column):
        return True
    return (
        not assigned.certain
        and assigned.concept != "total"
        and _could_be_name(assigned.column, least)
    )


def _is_number(column: Column) -> bool:
    """Say whether a heading is a number alone: that of a shirt, for no other heads a table."""
    return column.heading.strip().removesuffix(".0").lstrip("#").isdigit()


def _could_be_name(column: Column, least: float) -> bool:
    heading = column.heading
    bare = _BRACKETS.sub("", heading) or heading
    if is_nobody(bare) or not _LETTERS.search(heading) or len(bare.split()) > _MOST_WORDS:
        return False
    if all(is_word_of_date(word) for word in plain(heading).split()):
        return False
    if strength_heading(heading).name or gait_heading(heading).name:
        return False
    return _are_amounts(column, least)


def _are_amounts(column: Column, least: float) -> bool:
    cells = column.texts()
    understood = [cell for cell in cells if read_amount(cell) is not None]
    if least < _AMOUNTS and len(understood) < _AMOUNTS * len(cells):
        understood = [cell for cell in understood if _is_bare(cell)]
    return len(understood) >= least * len(cells)


def _is_bare(cell: str) -> bool:
    """Say whether a cell holds an amount with its unit or its time, or a word for none."""
    amount = read_amount(cell)
    words = _WORDS.findall(cell.lower())
    is_unit = amount is not None and (amount.unit or amount.word or amount.clock)
    return not words or (bool(is_unit) and len(set(words) - _IN) <= 1)


def _first_is_time(assigned: Sequence[AssignedColumn]) -> bool:
    first = assigned[0]
    filled = [cell for cell in first.column.cells if cell is not None]
    dated = bool(filled) and sum(map(is_time, filled)) >= _AMOUNTS * len(filled)
    return (
        first.concept in TIMES
        or (not first.concept and dated)
        or (not first.column.heading and dated)
    )


def heads_a_time(column: Column) -> bool:
    """Say whether a column is headed by a day or a week."""
    return any(time_levels(column))


def time_levels(column: Column) -> tuple[str, ...]:
    """Return the headings of a column that are days or weeks, the lowest first.

    The lowest alone counts, but where it is a day without a year below its week.
    """
    levels = [level for level in reversed(column.levels) if level]
    times = tuple(level for level in levels if is_time(Cell("t", level)))
    return times if levels and (levels[0] in times or read_week(times[0] if times else "")) else ()

"""Turn a table with a column per athlete, or with weeks across, into one with a row per cell."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from ingest.readers.sheets.deciding.assigned import LOAD, AssignedColumn, by_concept
from ingest.readers.sheets.deciding.layout import Layout, heads_a_time, people_across, time_levels
from ingest.readers.sheets.opening.block import Block, Column
from ingest.readers.sheets.opening.cells import Cell, text_of
from ingest.readers.sheets.words.person_names import NAME_COLUMNS, person_names
from ingest.readers.sheets.words.serial_days import text_serial
from ingest.readers.sheets.words.written_dates import read_written
from ingest.readers.sheets.words.written_weeks import read_week

_WEEK_DAYS: Final = 7


def unpivot(
    block: Block,
    assigned: Sequence[AssignedColumn],
    layout: Layout,
    names: frozenset[str],
    value: str,
) -> tuple[Block, list[AssignedColumn]]:
    """Return a row per filled cell: who, when and `value`; rows are called by the cells' addresses.

    Parameters
    ----------
    block : Block
    assigned : sequence of AssignedColumn
    layout : Layout
        ATHLETES or TIMES.
    names : frozenset of str
        Plain names of the team.
    value : str
        Concept of the cells.
    """
    across = (
        people_across(assigned[1:], names)
        if layout is Layout.ATHLETES
        else [assignment.column for assignment in assigned if heads_a_time(assignment.column)]
    )
    down = _down(assigned, layout)
    # "04/08" names no day by itself: then the weeks above the days are taken for all.
    lowest = layout is Layout.ATHLETES or all(map(_is_dated_lowest, across))
    who, when, values, places = [], [], [], []
    for column in across:
        levels = [level for level in reversed(column.levels) if level]
        head = Cell("t", levels[0] if lowest else time_levels(column)[-1])
        for at, cell in enumerate(column.cells):
            # A cell without a name or a day beside it belongs to nobody.
            if cell is None or down.cells[at] is None:
                continue
            pair = (head, down.cells[at]) if layout is Layout.ATHLETES else (down.cells[at], head)
            who.append(pair[0])
            when.append(pair[1])
            values.append(cell)
            # Cells have become rows: the address is how the reader of the file finds one again.
            places.append(f"{column.letter}{block.numbers[at]}")
    time = time_concept(when, assigned, value)
    columns = [
        Column(0, ("who",), who),
        Column(1, (down.heading if layout is Layout.ATHLETES else "",), when),
        Column(2, (block.value or value,), list(values)),
    ]
    assignments = [
        AssignedColumn(columns[0], "athlete", certain=True),
        AssignedColumn(columns[1], time, certain=True),
        AssignedColumn(columns[2], value, certain=True),
    ]
    return Block(block.tab, block.titles, columns, list(places), block.left_out), assignments


def _is_dated_lowest(column: Column) -> bool:
    return time_levels(column)[:1] == tuple(level for level in reversed(column.levels) if level)[:1]


def _down(assigned: Sequence[AssignedColumn], layout: Layout) -> Column:
    """Return the column that names the rows: of times, or of people."""
    if layout is Layout.ATHLETES:
        return assigned[0].column
    others = [column.column for column in assigned if not heads_a_time(column.column)]
    concepts = by_concept(assigned)
    who = [concepts[name_column].column for name_column in NAME_COLUMNS if name_column in concepts]
    if not who:
        return others[0]
    empty: list[str] = [""] * len(who[0].cells)
    names = person_names(
        lambda concept: (
            [text_of(cell) for cell in concepts[concept].column.cells]
            if concept in concepts
            else empty
        )
    )
    return replace(who[0], cells=[Cell("t", name) if name else None for name in names])


def time_concept(
    times: Sequence[Cell | None], assigned: Sequence[AssignedColumn], value: str
) -> str:
    """Return `week` for numbers of weeks and for loads of days a week apart, else `date`."""
    if any(cell and read_week(cell.text) for cell in times):
        return "week"
    days = set()
    for cell in times:
        written = read_written(cell.text) if cell else None
        moment = written.moment(day_first=True, year=2000) if written else None
        moment = moment or (text_serial(cell.text) if cell else None)
        if moment:
            # A plain number, because a mistyped year may lie beyond what pandas can count.
            days.add(moment.toordinal())
    gaps = np.diff(sorted(days))
    weekly = len(gaps) > 0 and float(np.median(gaps)) >= _WEEK_DAYS
    # A title that speaks of a week may stand above its days.
    of_weeks = assigned[0].concept == "week" and (weekly or not len(gaps))
    return "week" if of_weeks or (weekly and value in LOAD) else "date"

"""Headings in two rows, the upper one of people: "Ann Lee" over "km", "RPE" and "km" again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.readers.sheets.opening.block import Block, Column
from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.opening.heading_rows import KEYS, concepts, could_head
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import unit_of
from ingest.readers.sheets.words.measure_headings import is_detail, strength_heading

_FEWEST: Final = 2


def by_value(block: Block) -> list[Block]:
    """Return a table with a column per person for each value that stands below the people.

    The value's heading tells what the cells are. Every other table comes back as it is.
    """
    grouped = [column for column in block.columns if _is_grouped(column)]
    uppers = {column.levels[0] for column in grouped}
    values = list(dict.fromkeys(plain(column.levels[-1]) for column in grouped))
    repeated = [value for value in values if _times(grouped, value) >= _FEWEST]
    known = [value for value in repeated if _has_meaning(grouped, value)]
    # A single group may be the title of a test; people stand side by side.
    if len(uppers) < _FEWEST or not known or not all(_could_be_person(upper) for upper in uppers):
        return [block]
    first = [column for column in block.columns if column not in grouped]
    # Nothing else would say of when, or whose, a row is.
    if not first or not KEYS & {key for column in first for key in concepts(column.heading)}:
        return [block]
    return [_of_value(block, first, grouped, value) for value in repeated]


def _is_grouped(column: Column) -> bool:
    """Say whether a column has a heading of a value below another heading."""
    filled = [level for level in column.levels if level]
    if len(filled) != len(column.levels) or len(filled) < _FEWEST or filled[0] == filled[-1]:
        return False
    return not (is_detail(filled[-1]) and strength_heading(filled[-1]).trial)


def _times(columns: Sequence[Column], value: str) -> int:
    return sum(plain(column.levels[-1]) == value for column in columns)


def _has_meaning(columns: Sequence[Column], value: str) -> bool:
    heading = next(column.levels[-1] for column in columns if plain(column.levels[-1]) == value)
    return bool(concepts(heading) or unit_of(f"x ({heading})"))


def _could_be_person(heading: str) -> bool:
    is_test = bool(strength_heading(heading).name)
    return could_head(Cell("t", heading)) and not concepts(heading) and not is_test


def _of_value(
    block: Block, first: Sequence[Column], grouped: Sequence[Column], value: str
) -> Block:
    own = [column for column in grouped if plain(column.levels[-1]) == value]
    columns = [*first, *(replace(column, levels=column.levels[:-1]) for column in own)]
    title = own[0].levels[-1]
    return replace(
        block,
        value=title,
        columns=sorted(columns, key=lambda column: column.at),
    )

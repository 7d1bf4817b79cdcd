"""Find the tables in a tab: below titles, under one or several rows of headings."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from ingest.readers.sheets.opening.block import Block, Column
from ingest.readers.sheets.opening.cells import Cell, Row, Tab, filled, quoted
from ingest.readers.sheets.opening.heading_rows import (
    KEYS,
    concepts,
    could_head,
    is_detail_row,
    is_heading_row,
    is_time,
)
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import meaning_of
from ingest.readers.sheets.words.measure_headings import is_detail

_LOOK_ROWS: Final = 60
"""Rows of titles and notes above a table."""
_TOTAL_MARKS: Final = re.compile(r"(?:[ø∑](?!\w)|sum |total )", re.IGNORECASE)
"""A mark alone: Østergård is somebody."""


def blocks_of(tab: Tab, own: Collection[str] = ()) -> list[Block]:
    """Return the tables of a tab, from the top; none where no row could be one of headings.

    Parameters
    ----------
    tab : Tab
    own : collection of str
        Headings that the settings name: a row with two of them is one of headings.
    """
    own_headings = frozenset(plain(own_heading) for own_heading in own)
    blocks: list[Block] = []
    start = 0
    while start < len(tab.rows):
        # Only the first table is sought near the top; later ones may follow after any length.
        last = len(tab.rows) if blocks else min(len(tab.rows), start + _LOOK_ROWS)
        heading = next(
            (at for at in range(start, last) if _heads(tab.rows, at, own_headings)), None
        )
        if heading is None:
            break
        end = _end_of(tab.rows, heading)
        blocks += _side_by_side(_block(tab, start, heading, end))
        start = end
    return [block for block in blocks if len(block)] or _without_headings(tab)


def _heads(rows: Sequence[Row], at: int, own_headings: frozenset[str]) -> bool:
    named = [cell for cell in filled(rows[at]) if plain(cell.text) in own_headings]
    return len(named) > 1 or is_heading_row(rows, at)


def _without_headings(tab: Tab) -> list[Block]:
    """Return the rows of a tab that holds days but no headings: its columns go by their letters."""
    rows = [at for at, row in enumerate(tab.rows) if len(filled(row)) > 1]
    columns = [
        Column(at, ("",), [tab.rows[row][at] for row in rows])
        for at in range(len(tab.rows[0]) if tab.rows else 0)
    ]
    dated = any(any(column.cells) and all(map(is_time, filled(column.cells))) for column in columns)
    enough = len(rows) > 1 and len(columns) > 2  # who, when and what
    numbers: list[int | str] = [tab.numbers[at] for at in rows]
    return [Block(tab.name, [], columns, numbers)] if dated and enough else []


def _end_of(rows: Sequence[Row], heading: int) -> int:
    """Return where the next table begins: at other headings after an empty row, or the end."""
    own = _texts(rows[heading])
    for at in range(heading + 2, len(rows)):
        if not is_heading_row(rows, at) or _is_record_like(rows, heading, at):
            continue
        if _texts(rows[at]) != own and not filled(rows[at - 1]):
            return at
        if _texts(rows[at]) != own and _is_title(rows[at - 1]) and not filled(rows[at - 2]):
            return at - 1
    return len(rows)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in filled(row)]


def _is_title(row: Row) -> bool:
    return len(set(_texts(row))) == 1


def _is_record_like(rows: Sequence[Row], heading: int, at: int) -> bool:
    """Say whether a row of times is a record: one of weeks across heads no table of weeks."""
    return is_time(rows[at][0]) and not is_time(rows[heading][0])


def _block(tab: Tab, start: int, heading: int, end: int) -> Block:
    first, body = _heading_span(tab.rows, start, heading, end)
    levels = _levels(tab.rows[first:body], heading - first)
    titles = [_texts(row) for row in tab.rows[start:first] if filled(row)]
    rows_kept: list[int] = []
    left_out: list[tuple[int, str, str]] = []
    for at in range(body, end):
        row = tab.rows[at]
        if not filled(row):
            continue
        why = _why_left_out(row, tab.rows[heading])
        if why:
            left_out.append((tab.numbers[at], quoted(row), why))
        else:
            rows_kept.append(at)
    columns = [
        Column(at, levels[at], [tab.rows[row][at] for row in rows_kept])
        for at in range(len(levels))
    ]
    used = [column for column in columns if any(column.levels) or any(column.cells)]
    return Block(tab.name, titles, used, [tab.numbers[at] for at in rows_kept], left_out)


def _heading_span(rows: Sequence[Row], start: int, heading: int, end: int) -> tuple[int, int]:
    """Return the first row of headings and the first row of records."""
    body = heading + 1
    while body < end and is_detail_row(rows[body], rows[heading]):
        body += 1
    first = heading
    while first > start and _groups(rows[first - 1], rows[heading]):
        first -= 1
    return first, body


def _groups(row: Row, heading: Row) -> bool:
    """Say whether a row above the headings groups them.

    It stands over sides, trials or units, or over values that recur: "km" for every person.
    """
    places = [at for at, cell in enumerate(row) if cell is not None]
    if not places or not all(could_head(cell) for cell in filled(row)):
        return False
    keys = [at for at, cell in enumerate(heading) if cell and KEYS & set(concepts(cell.text))]
    texts = Counter(plain(cell.text) for cell in heading if cell)
    details = [
        at
        for at, cell in enumerate(heading)
        if cell and at not in keys and (is_detail(cell.text) or texts[plain(cell.text)] > 1)
    ]
    over_keys = any(at in keys for at in places)
    return bool(details) and not over_keys and min(places) <= min(details)


def _levels(rows: Sequence[Row], main: int) -> list[tuple[str, ...]]:
    """Return the headings of each column; a group's heading also heads the columns after it."""
    lower = [any(row[at] for row in rows[main + 1 :]) for at in range(len(rows[main]))]
    texts = [[cell.text if cell else "" for cell in row] for row in rows]
    for level, row in enumerate(texts):
        below = [bool(text) for text in texts[main]] if level < main else lower
        if level <= main:
            _spread(row, below, [bool(is_key) and level < main for is_key in _is_key(rows[main])])
    return [tuple(row[at] for row in texts) for at in range(len(rows[main]))]


def _is_key(row: Row) -> list[bool]:
    return [bool(cell and KEYS & set(concepts(cell.text))) for cell in row]


def _spread(row: list[str], below: list[bool], stop: list[bool]) -> None:
    """Write a heading into the empty cells to its right that have a heading below."""
    group_heading = ""
    for at, text in enumerate(row):
        if stop[at] or not (text or below[at]):
            group_heading = ""
        elif text:
            group_heading = text
        else:
            row[at] = group_heading


def _why_left_out(row: Row, heading: Row) -> str:
    cells = filled(row)
    if row == heading or _texts(row) == _texts(heading):
        return "heading"
    first = cells[0]
    if _is_total(first, row, heading):
        return "total"
    # A merged note fills its row with one text.
    single = len(cells) == 1 or len({cell.text for cell in cells}) == 1
    wide = sum(1 for cell in heading if cell is not None) > 2  # columns
    return "note" if single and wide and first.kind == "t" and not is_time(first) else ""


def _is_total(first: Cell, row: Row, heading: Row) -> bool:
    """Say whether a row is one of sums or averages: its first cell, under a key, says so."""
    if first.kind != "t" or is_time(first):
        return False
    text = plain(first.text)
    meaning = meaning_of(first.text)
    says_total = meaning.concept == "total" and (
        meaning.certain or text.split()[0] in _total_words()
    )
    marked = _TOTAL_MARKS.match(first.text) is not None
    at = row.index(first)
    head = heading[at]
    keyed = head is None or at == 0 or bool(KEYS & set(concepts(head.text)))
    return keyed and (says_total or marked)


def _total_words() -> frozenset[str]:
    return frozenset(
        {
            "total",
            "totals",
            "sum",
            "summe",
            "gesamt",
            "average",
            "mean",
            "durchschnitt",
            "mittelwert",
            "schnitt",
            "moyenne",
            "somme",
            "promedio",
            "media",
            "suma",
            "totale",
            "somma",
            "totaal",
            "som",
            "gemiddelde",
            "gemiddeld",
            "soma",
            "totalt",
            "summa",
            "medel",
            "medelvarde",
            "gjennomsnitt",
            "gennemsnit",
            "team",
            "snitt",
            "snit",
            "max",
            "min",
            "median",
        }
    )


def _side_by_side(block: Block) -> list[Block]:
    """Cut a table at empty columns where both parts have a person or a time of their own."""
    places = [column.at for column in block.columns]
    groups: list[list[Column]] = []
    for at, column in enumerate(block.columns):
        if at and places[at] == places[at - 1] + 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    keyed = [any(KEYS & set(concepts(column.heading)) for column in group) for group in groups]
    if len(groups) == 1 or not all(keyed):
        return [block]
    parts = []
    for number, group in enumerate(groups):
        rows = [at for at in range(len(block)) if any(column.cells[at] for column in group)]
        columns = [
            Column(column.at, column.levels, [column.cells[at] for at in rows]) for column in group
        ]
        # Told once, and not once for each part.
        left_out = block.left_out if number == 0 else []
        numbers = [block.numbers[at] for at in rows]
        parts.append(Block(block.tab, block.titles, columns, numbers, left_out))
    return parts

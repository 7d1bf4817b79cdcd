"""Take a person out of shared sheets: rows, columns and tabs of theirs, and nothing of others."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl

from common.atomic import atomic
from common.untyped import Cell
from pipelines.upkeep.person import Person

Grid = Sequence[Sequence[Cell]]


class Theirs(NamedTuple):
    """What of a table is a person's, counted from 0.

    Parameters
    ----------
    rows, columns : set of int
        Which rows and which columns.
    is_clear : bool
        Whether that is all: below a name that stands alone in its row, as a title does, nobody can
        say which rows are theirs.
    """

    rows: set[int]
    columns: set[int]
    is_clear: bool


def theirs_of(grid: Grid, who: Person) -> Theirs:
    """Return which rows and columns of a table are a person's.

    A name beside names of the team's others heads a column. Any other name is of its row, and of
    the rows below it whose cell in that column is blank, as in merged cells.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    is_clear = True
    widest = max((len(_filled(row)) for row in grid), default=0)
    for at, row in enumerate(grid):
        named = {place for place, cell in enumerate(row) if _is_of(cell, who)}
        if named and len(_filled(row)) == 1 < widest:
            is_clear = False
        elif named and _is_heading(at, row, named, who):
            columns |= named
        elif named:
            rows |= {at, *_below(grid, at, min(named))}
    return Theirs(rows, columns, is_clear)


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not _is_blank(cell)]


def _is_of(cell: Cell, who: Person) -> bool:
    return not _is_blank(cell) and (who.is_named(cell) or who.is_in(str(cell)))


def _is_blank(cell: Cell) -> bool:
    return cell is None or not str(cell).strip()


def _is_heading(at: int, row: Sequence[Cell], named: set[int], who: Person) -> bool:
    """Say whether names head columns: beside others of the team, or in a first row of words."""
    if not all(who.is_named(row[place]) for place in named):
        return False
    is_of_words = not any(one.isdigit() for cell in _filled(row) for one in str(cell))
    return (at == 0 and is_of_words) or any(who.is_other(cell) for cell in _filled(row))


def _below(grid: Grid, at: int, column: int) -> list[int]:
    """Return the filled rows right below a name whose own cell in its column is blank."""
    found = []
    for place in range(at + 1, len(grid)):
        row = grid[place]
        own = row[column] if column < len(row) else None
        if not _is_blank(own) or all(_is_blank(cell) for cell in row):
            break
        found.append(place)
    return found


def rewrite_workbook(path: Path, who: Person) -> bool:
    """Take a person's tabs, rows and columns out of a workbook; say whether that could be done.

    A workbook that holds nothing else is removed. One with formulas stays as it is: they would
    point to other rows afterwards, and lose the results by which they are read.
    """
    book = openpyxl.load_workbook(path)
    is_clear = not any(
        cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row
    )
    for sheet in list(book.worksheets):
        if who.is_named(sheet.title):
            book.remove(sheet)
            continue
        found = theirs_of([[cell.value for cell in row] for row in sheet.iter_rows()], who)
        is_clear &= found.is_clear
        for column in sorted(found.columns, reverse=True):
            sheet.delete_cols(column + 1)
        for row in sorted(found.rows, reverse=True):
            sheet.delete_rows(row + 1)
    if not is_clear:
        return False
    if not book.sheetnames:
        path.unlink()
        return True
    with atomic(path) as part:
        book.save(part)
    return True


def rewrite_csv(path: Path, who: Person) -> bool:
    """Take a person's records and columns out of a text; every other byte of a line stays."""
    text, encoding = _text_of(path.read_bytes())
    delimiter = max(",;\t", key=(text.splitlines() or [""])[0].count)
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records, grid, begin = [], [], 0
    for row in reader:
        records.append("".join(lines[begin : reader.line_num]))
        grid.append(row)
        begin = reader.line_num
    found = theirs_of(grid, who)
    if not found.is_clear:
        return False
    kept = [
        _without_columns(row, found.columns, delimiter) if found.columns else record
        for at, (record, row) in enumerate(zip(records, grid, strict=True))
        if at not in found.rows
    ]
    with atomic(path) as part:
        part.write_bytes("".join(kept).encode(encoding))
    return True


def _text_of(content: bytes) -> tuple[str, str]:
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _without_columns(row: Sequence[str], columns: set[int], delimiter: str) -> str:
    text = io.StringIO()
    cells = [cell for place, cell in enumerate(row) if place not in columns]
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return text.getvalue()

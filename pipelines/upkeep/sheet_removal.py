"""Take a person out of shared sheets: rows, columns and tabs of theirs, and nothing of others."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from common.atomic import atomic
from pipelines.upkeep.person import Person
from pipelines.upkeep.sheet_cuts import cut
from pipelines.upkeep.sheet_shares import Share, share_of


def rewrite_workbook(path: Path, who: Person) -> bool:
    """Take a person's tabs, rows and columns out of a workbook; say whether that could be done.

    A workbook that holds nothing else is removed. One with formulas stays as it is: they would
    point to other rows afterwards, and lose the results by which they are read.
    """
    try:
        book = openpyxl.load_workbook(path)
    except Exception:  # noqa: BLE001 - what is no workbook, or damaged, may raise anything
        return False
    is_clear = not any(
        cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row
    )
    for sheet in list(book.worksheets):
        if who.is_named(sheet.title):
            book.remove(sheet)
            continue
        share = share_of([[cell.value for cell in row] for row in sheet.iter_rows()], who)
        is_clear &= share.is_clear
        cut(sheet, share)
    if not is_clear:
        return False
    if not book.sheetnames:
        path.unlink()
        return True
    with atomic(path) as part:
        book.save(part)
    return True


def rewrite_csv(path: Path, who: Person) -> bool:
    """Take a person's records out of a text; every other byte stays. Say whether it could be done.

    A quote that is never closed hides where records end: such a text stays as it is.
    """
    text, encoding = _text_of(path.read_bytes())
    delimiter = max(",;\t", key=(text.splitlines() or [""])[0].count)
    try:
        records, grid = _records(text, delimiter)
    except csv.Error:
        return False
    share = share_of(grid, who)
    if not share.is_clear:
        return False
    kept = [
        _record_without(record, row, share, at, delimiter)
        for at, (record, row) in enumerate(zip(records, grid, strict=True))
        if at not in share.rows
    ]
    with atomic(path) as part:
        part.write_bytes("".join(kept).encode(encoding, errors="surrogateescape"))
    return True


def _records(text: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    """Return the records as they stand in a text, and their cells."""
    # The lines that the reader counts: a line separator inside a cell (U+2028) ends none.
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records, grid, begin = [], [], 0
    for row in reader:
        records.append("".join(lines[begin : reader.line_num]))
        grid.append(row)
        begin = reader.line_num
    return records, grid


def _text_of(content: bytes) -> tuple[str, str]:
    """Return a text and its encoding, by which every byte of it can be written again."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        marked = "utf-16-le" if content[0] == 0xFF else "utf-16-be"  # noqa: PLR2004 - its mark
        return content.decode(marked, errors="surrogatepass"), marked
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="surrogateescape"), "cp1252"


def _record_without(record: str, row: Sequence[str], share: Share, at: int, delimiter: str) -> str:
    """Return a record without the person's columns and cells, as it stood where it has none."""
    theirs = {place for line, place in share.cells if line == at}
    if not theirs and not share.columns:
        return record
    text = io.StringIO()
    cells = [
        "" if place in theirs else cell
        for place, cell in enumerate(row)
        if place not in share.columns
    ]
    ending = record[len(record.rstrip("\r\n")) :]
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerow(cells)
    return text.getvalue()

"""Take a person out of shared sheets: rows, columns and tabs of theirs, and nothing of others."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import openpyxl

from common.atomic import atomic
from pipelines.upkeep.person import Person
from pipelines.upkeep.shared_files.formula_results import results_of
from pipelines.upkeep.shared_files.sheet_cuts import cut
from pipelines.upkeep.shared_files.sheet_shares import Share, share_of
from pipelines.upkeep.shared_files.workbook_parts import without_person
from pipelines.upkeep.texts import mentions

_NO_MARK: Final = "\x1f"
"""Separates nothing: no text has it."""
_SIMPLE_PART: Final = re.compile(
    r"\[Content_Types\]\.xml$|_rels/\.rels$|docProps/|xl/_rels/|xl/worksheets/[^/]*\.xml$"
    r"|xl/(?:workbook|styles|sharedStrings)\.xml$|xl/theme/"
)
"""What openpyxl writes as it has read it."""


def rewrite_workbook(path: Path, who: Person) -> bool:
    """Take a person's tabs, rows and columns out of a workbook; say whether that could be done.

    A workbook that holds nothing else is removed. Where formulas would point to other rows
    afterwards, or where there is more than cells (charts, comments), the cells are emptied instead.
    """
    content = path.read_bytes()
    try:
        emptied = _emptied(content, who) if _has_more(content) else _cut(content, who)
    except Exception:  # noqa: BLE001 - what is no workbook, or damaged, may raise anything
        return False
    # The result is searched: a name in a part that is not known here leaves the file to a person.
    if emptied is None or mentions(emptied, who):
        return False
    if not emptied:
        path.unlink()
        return True
    with atomic(path) as part:
        part.write_bytes(emptied)
    return True


def _has_more(content: bytes) -> bool:
    """Say whether a workbook holds formulas, or parts that openpyxl would not write again."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not all(map(_SIMPLE_PART.match, archive.namelist())):
            return True
    book = openpyxl.load_workbook(io.BytesIO(content))
    return any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def _cut(content: bytes, who: Person) -> bytes | None:
    """Return a workbook without rows, columns and tabs; nothing where all is the person's."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in list(book.worksheets):
        if who.is_named(sheet.title):
            book.remove(sheet)
            continue
        share = share_of([[cell.value for cell in row] for row in sheet.iter_rows()], who)
        if not share.is_clear:
            return None
        cut(sheet, share)
    if not book.sheetnames:
        return b""
    target = io.BytesIO()
    book.save(target)
    # The cells are gone; names may still stand in headers, comments or the author.
    return without_person(target.getvalue(), who, {})


def _emptied(content: bytes, who: Person) -> bytes | None:
    """Return a workbook with the person's cells empty, and results of formulas that count them."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    shares = {
        sheet.title: share_of([[cell.value for cell in row] for row in sheet.iter_rows()], who)
        for sheet in book.worksheets
    }
    is_unclear = (share.lines or not share.is_clear for share in shares.values())
    if any(is_unclear) or any(map(who.is_named, shares)):
        return None
    return without_person(content, who, shares, results_of(content, shares))


def rewrite_csv(path: Path, who: Person) -> bool:
    """Take a person's records out of a text; every other byte stays. Say whether it could be done.

    A quote that is never closed hides where records end: such a text stays as it is.
    """
    text, encoding = text_of(path.read_bytes())
    delimiter = _delimiter_of(text.splitlines())
    try:
        records, grid = _records(text, delimiter)
    except csv.Error:
        return False
    share = share_of(grid, who)
    if not share.is_clear:
        return False
    others = [
        _record_without(record, row, share, at, delimiter)
        for at, (record, row) in enumerate(zip(records, grid, strict=True))
        if at not in share.rows
    ]
    with atomic(path) as part:
        part.write_bytes("".join(others).encode(encoding, errors="surrogateescape"))
    return True


def _delimiter_of(lines: Sequence[str]) -> str:
    """Return what separates cells in most lines; in sentences, which have some commas, nothing."""
    filled = [line for line in lines if line.strip()]
    lines_with = {mark: sum(mark in line for line in filled) for mark in ";\t,"}
    most = max(lines_with, key=lambda mark: lines_with[mark])
    return most if 2 * lines_with[most] > len(filled) else _NO_MARK


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


def text_of(content: bytes) -> tuple[str, str]:
    """Return a text and its encoding, by which every byte of it can be written again."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        marked = "utf-16-le" if content[0] == 0xFF else "utf-16-be"  # its mark
        return content.decode(marked, errors="surrogatepass"), marked
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        # Five bytes mean nothing in cp1252: they are carried over, so that no byte is lost.
        return content.decode("cp1252", errors="surrogateescape"), "cp1252"


def _record_without(record: str, row: Sequence[str], share: Share, at: int, delimiter: str) -> str:
    """Return a record without the person's columns and cells, as it stood where it has none."""
    theirs = {place for line, place in share.cells if line == at}
    rewritten = {place: text for (line, place), text in share.lines.items() if line == at}
    if not theirs and not rewritten and not share.columns:
        return record
    text = io.StringIO()
    cells = [
        "" if place in theirs else rewritten.get(place, cell)
        for place, cell in enumerate(row)
        if place not in share.columns
    ]
    ending = record[len(record.rstrip("\r\n")) :]
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerow(cells)
    return text.getvalue()

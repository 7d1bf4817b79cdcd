"""Open what holds a sheet: XLSX, XLS, XLSB, ODS, Parquet, or text with separators."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

from common.text.decoding import decode
from ingest.readers.base import FileRefused
from ingest.readers.sheets.opening import open_workbook
from ingest.readers.sheets.opening.cells import Cell, Row, Tab
from ingest.readers.sheets.opening.document import document_tabs, is_document
from ingest.readers.sheets.opening.injury_lines import are_lines, tab_of_lines, without_lines
from ingest.readers.sheets.opening.parquet_table import is_parquet, parquet_tab
from ingest.readers.sheets.words.injury_titles import speaks_of_injuries

SECONDS: Final = 60
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_PARTS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_DELIMITERS: Final = (";", "\t", ",", "|")
_LOOK_LINES: Final = 40
_MOST_COLUMNS: Final = 1000
_MOST_ROWS: Final = 200_000
_AGREE: Final = 0.6
_TABLE: Final = 0.3
_PASSWORD: Final = 3
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")


def is_workbook(path: Path, head: bytes) -> bool:
    """Say whether a file is a workbook of Excel or OpenOffice, by its content."""
    if head.startswith(_COMPOUND):
        # Word and mail files share the container; only Excel names a part so.
        return b"W\0o\0r\0k\0b\0o\0o\0k\0" in _content(path) or b"B\0o\0o\0k\0" in _content(path)
    if not head.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            ods = "mimetype" in names and archive.read("mimetype").strip().startswith(_ODS)
            return ods or bool(names & set(_PARTS))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def _content(path: Path) -> bytes:
    return path.read_bytes()


def is_table_text(head: bytes) -> bool:
    """Say whether the beginning of a file is text with the same separators line after line."""
    if b"\0" in head[:400] and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    lines = [line for line in decode(head).split("\n")[:-1] if line.strip()][:_LOOK_LINES]
    if not lines:
        lines = [decode(head)]
    if sum(not character.isprintable() for character in lines[0].replace("\t", " ")) > 0:
        return False
    delimiter = delimiter_of(lines)
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    # Titles and notes have one cell; all others have to agree.
    widths = Counter(len(row) for row in rows if len(row) > 1)
    several = widths.total()
    most = max(widths.values(), default=0)
    return several >= _TABLE * len(rows) and most >= max(1, _AGREE * several)


def delimiter_of(lines: list[str]) -> str:
    """Return the separator that gives most lines the same number of cells, more than one.

    Examples
    --------
    >>> delimiter_of(["Woche ab;Ann;Bo", "06.01.2025;7,5;6,5", "13.01.2025;8,5;4"])
    ';'
    """

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        several = [(count, width) for width, count in widths.items() if width > 1]
        return max(several, default=(0, 0))

    # By agreement and not by count: a German file has more commas in its numbers than semicolons.
    return max(_DELIMITERS, key=agreement)


def open_book(path: Path) -> list[Tab]:
    """Return the tabs of a file.

    Raises
    ------
    FileRefused
        If it is protected by a password, damaged, empty or too large.
    """
    with path.open("rb") as file:
        head = file.read(8192)
    if is_parquet(head):
        return [parquet_tab(path)]
    if is_document(path, head):
        return [without_lines(tab) for tab in document_tabs(path)]
    if is_workbook(path, head):
        return [without_lines(tab) for tab in _workbook(path)]
    if is_line_list(path, head):
        return [_tab_of_text(decode(path.read_bytes()))]
    return [_text_tab(path.read_bytes())]


def is_line_list(path: Path, head: bytes) -> bool:
    """Say whether a text lists injuries in sentences, a line a person; a CSV is a table first."""
    if path.suffix.lower() in {".csv", ".tsv"} and is_table_text(head):
        return False
    if b"\0" in head:
        return False
    lines = [line for line in decode(head).split("\n") if line.strip()]
    return are_lines(lines, called_so=speaks_of_injuries([path.stem]))


def _tab_of_text(text: str) -> Tab:
    numbered = [(at, line) for at, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return tab_of_lines("", [line for _, line in numbered], [number for number, _ in numbered])


def _text_tab(content: bytes) -> Tab:
    text = decode(content)
    if not text.strip("\0 \n\t"):
        raise FileRefused("empty_file", "the file is empty; export it again")
    delimiter = delimiter_of([line for line in text.split("\n") if line.strip()][:_LOOK_LINES])
    rows: list[Row] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            rows.append([_text_cell(cell) for cell in row[:_MOST_COLUMNS]])
            numbers.append(line)
            line = reader.line_num + 1
            if len(rows) > _MOST_ROWS:
                raise FileRefused("too_large", f"more than {_MOST_ROWS:,} rows; split the file")
    except csv.Error:
        raise FileRefused("damaged_file", f"line {line} cannot be split into cells") from None
    return Tab("", _rectangle(rows), numbers)


def _text_cell(text: str) -> Cell | None:
    bare = " ".join(text.replace("\0", " ").split())
    return Cell("t", bare) if bare else None


def _workbook(path: Path) -> list[Tab]:
    # Isolated (-I): nothing is imported from the folder of the exports.
    command = [sys.executable, "-I", str(Path(open_workbook.__file__)), str(path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("too_slow", "opening the workbook took too long; save it anew") from None
    if done.returncode == _PASSWORD:
        raise FileRefused("encrypted", "the workbook has a password; save it without one")
    if done.returncode:
        raise FileRefused("damaged_workbook", "the workbook cannot be opened; save it anew")
    return [_tab(sheet) for sheet in json.loads(done.stdout)]


def _tab(sheet: dict[str, Any]) -> Tab:
    rows = _rectangle([[Cell(*cell) if cell else None for cell in row] for row in sheet["rows"]])
    merged = _fill_merged(rows, sheet.get("merged", []))
    numbers = list(range(1, len(rows) + 1))
    hidden = sheet.get("hidden", False)
    return Tab(sheet["name"], rows, numbers, sheet.get("why", ""), merged, hidden)


def _rectangle(rows: list[Row]) -> list[Row]:
    """Return rows of one length, without empty columns at their end and empty rows at the end."""
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    last = max((at + 1 for at, row in enumerate(rows) if any(row)), default=0)
    return [row[:width] + [None] * (width - len(row)) for row in rows[:last]]


def _fill_merged(rows: list[Row], merged: list[list[list[int]]]) -> frozenset[tuple[int, int]]:
    """Write what a merged cell says into all cells it covers; a number counts once only."""
    places: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in merged:
        top_left = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        # A number over several cells would count several times.
        if top_left is None or top_left.kind == "n" or _NUMBER.fullmatch(top_left.text):
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if (row, column) != (top, left):
                    rows[row][column] = top_left
                    places.add((row, column))
    return frozenset(places)

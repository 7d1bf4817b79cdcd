"""Delimited exports whose header is no set of names: doubled columns, preambles, any encoding.

Cells are taken by position. Row numbers are the file's line numbers.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

import pyarrow as pa

from common.text.decoding import decode
from common.untyped import Untyped
from ingest.readers.base import FileRefused
from ingest.readers.text.even_rows import even_rows
from ingest.records.examination import Sheet
from ingest.records.text_columns import TextColumns

Row = tuple[str, ...]
_DELIMITERS: Final = (",", ";", "\t")
_COMMENT: Final = "#"
_PREAMBLE_ROWS: Final = 12
_HEADER_BYTES: Final = 65_536
_LONGEST_CELL: Final = 1_000_000


@dataclass(frozen=True)
class Grid:
    """The rows of a delimited file.

    Parameters
    ----------
    header : tuple of str
        Column names as they stand, also doubled ones.
    lines : tuple of int
        Line in the file at which each row begins.
    columns : sequence of columns
        Stripped cells by column of the header, as tuples of text or as Arrow text.
    shifted : tuple of (str, str, str)
        Rows with more or fewer fields than the header: line, reason code, sentence.
    """

    header: Row
    lines: tuple[int, ...]
    columns: Sequence[Untyped]
    shifted: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The cells by row."""
        texts = (
            cells.to_pylist() if isinstance(cells, pa.Array) else cells for cells in self.columns
        )
        return tuple(zip(*texts, strict=True))

    def sheet(self, source: str, kind: str, positions: Mapping[str, int]) -> Sheet:
        """Return the columns at `positions` for examination, under the given names."""
        columns = {name: self.columns[at] for name, at in positions.items()}
        return Sheet(source, kind, TextColumns(columns, self.lines), self.shifted)


def find_header(head: bytes, is_header: Callable[[Row], bool]) -> Row | None:
    """Return the header row among the first lines of a file, or None."""
    rows = (row for _, rows in _first_rows(head) for row in rows)
    return next((row for row in rows if is_header(row)), None)


def read_grid(content: bytes, is_header: Callable[[Row], bool]) -> Grid:
    """Split a file into rows below its header.

    Parameters
    ----------
    content : bytes
        The file.
    is_header : callable
        Says whether a row is the header; rows above it are a preamble.

    Raises
    ------
    FileRefused
        If the file is empty or no row among its first lines is the header.
    """
    text = decode(content)
    if not text.strip("\0 \n\t"):
        raise FileRefused("empty_file", "the file is empty; export it again")
    located = _locate(content, is_header)
    if located is None:
        raise FileRefused(
            "no_header", "no header row among the first lines; export the file again unedited"
        )
    delimiter, header = located
    if (even := even_rows(text, delimiter, header)) is not None:
        return Grid(header, tuple(range(2, len(even[0]) + 2)), even)
    return _grid(_rows(text, delimiter), header, is_header)


def _grid(rows: Iterator[tuple[int, Row]], header: Row, is_header: Callable[[Row], bool]) -> Grid:
    width = len(header)
    lines: list[int] = []
    rows_of_width: list[Row] = []
    shifted: list[tuple[str, str, str]] = []
    for _, row in rows:
        if is_header(row):
            break
    for line, row in rows:
        cells = row if len(row) <= width else _without_surplus(row, width)
        # Templates keep their comment lines when a club fills them in.
        if not any(cells) or cells[0].startswith(_COMMENT):
            continue
        if len(cells) == width:
            lines.append(line)
            rows_of_width.append(cells)
        else:
            sentence = (
                f"row {line}: {len(cells)} fields, the header has {width}; export the file again"
            )
            shifted.append((str(line), "shifted_row", sentence))
    columns = tuple(zip(*rows_of_width, strict=True)) or ((),) * width
    return Grid(header, tuple(lines), columns, tuple(shifted))


def _without_surplus(row: Row, width: int) -> Row:
    """Drop empty cells past the header's end: a trailing delimiter shifts nothing."""
    while len(row) > width and not row[-1]:
        row = row[:-1]
    return row


def _locate(content: bytes, is_header: Callable[[Row], bool]) -> tuple[str, Row] | None:
    for delimiter, rows in _first_rows(content[:_HEADER_BYTES]):
        for row in rows:
            if is_header(row):
                return delimiter, row
    return None


@lru_cache(maxsize=2)
def _first_rows(head: bytes) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Split the head of a file in every way; kept, since every reader sniffs at the same head."""
    text = decode(head)
    return tuple(
        (delimiter, tuple(row for _, row in islice(_rows(text, delimiter), _PREAMBLE_ROWS)))
        for delimiter in _DELIMITERS
    )


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, Row]]:
    # The default of 128 KiB would end the reading at one long cell.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            yield line, tuple(map(str.strip, row))
            line = reader.line_num + 1
    except csv.Error:
        raise FileRefused(
            "broken_quotes", f"a quotation mark opens at row {line} and never closes; export again"
        ) from None

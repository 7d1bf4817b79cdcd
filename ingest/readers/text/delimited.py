"""Delimited text as it comes: byte order marks, semicolons, blank lines, rows of the wrong length.

Row numbers are the file's line numbers, so that a user finds the row in an editor.
"""

import codecs
import csv
import io
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from common.text.decoding import decode
from common.untyped import Untyped
from ingest.readers.base import FileRefused
from ingest.records.examination import Sheet

BOM: Final = codecs.BOM_UTF8
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOK: Final = 400
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True)
class Delimited:
    """The cells of a delimited file.

    Parameters
    ----------
    header : tuple of str
        Column names, stripped.
    cells : pandas.DataFrame
        All text; the index holds line numbers.
    shifted : tuple of (str, str, str)
        Rows with more or fewer fields than the header: line, reason code, sentence.
    """

    header: tuple[str, ...]
    cells: pd.DataFrame
    shifted: tuple[tuple[str, str, str], ...] = ()

    def sheet(self, source: str, kind: str) -> Sheet:
        """Return the cells for examination."""
        return Sheet(source, kind, self.cells, self.shifted)


@lru_cache(maxsize=2)
def header_of(head: bytes) -> tuple[str, ...]:
    """Return the column names in the first line of a file, or nothing if it is no text.

    Some thirty readers ask it of the same file, one after the other: the latest is remembered.
    """
    first = decode(head).split("\n", 1)[0]
    return () if "\0" in first else _fields(first, _delimiter(first))


def read_delimited(content: bytes) -> Delimited:
    """Split a delimited file into cells.

    Raises
    ------
    FileRefused
        If the file is empty, names a column twice, or cannot be split into rows.
    """
    body = _as_utf8(content)
    if not body.strip():
        raise FileRefused("empty_file", "the file is empty; export it again")
    if _first_line(body) == body:
        body += b"\n"  # A header alone, without a line end, is no table to pyarrow.
    try:
        table, shifted = _split(body, _first_line(body).decode("utf-8"))
    except pa.ArrowInvalid:
        sentence = "the rows cannot be told apart, a quote may be open; export the file again"
        raise FileRefused("unreadable_csv", sentence) from None
    header = tuple(table.column_names)
    cells = table.to_pandas()
    lines, refused = _line_numbers(cells, shifted, body)
    cells.index = pd.Index(lines)
    keep = ~_blank(cells) & ~_comment(cells)
    return Delimited(header, cells[keep], tuple(_complaints(refused, len(header))))


def demand_columns(header: Iterable[str], needed: Iterable[str]) -> None:
    """Refuse a file that lacks a needed column.

    Raises
    ------
    FileRefused
        Naming the columns that are missing and those that were found.
    """
    present = list(header)
    missing = [name for name in needed if name not in present]
    if missing:
        raise FileRefused(
            "missing_column",
            f"column {', '.join(missing)} is missing; found {', '.join(present)}; add the column",
        )


def _as_utf8(content: bytes) -> bytes:
    """Return the text of a file as UTF-8, whatever code page a spreadsheet saved it in."""
    if not content.startswith(_UTF_16) and b"\0" not in content[:_LOOK]:
        with suppress(UnicodeDecodeError):
            content.decode("utf-8")
            return content.removeprefix(BOM)
    return decode(content).encode("utf-8")


def _first_line(body: bytes) -> bytes:
    return body.replace(b"\r", b"\n").split(b"\n", 1)[0]


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _fields(line: str, delimiter: str) -> tuple[str, ...]:
    row = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    return tuple(name.strip() for name in row)


def _split(body: bytes, first: str) -> tuple[Any, list[tuple[int, int, str]]]:
    delimiter = _delimiter(first)
    header = _fields(first, delimiter)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise FileRefused("column_twice", f"column {', '.join(twice)} stands twice in the header")
    shifted: list[tuple[int, int, str]] = []

    def note(row: Untyped) -> str:
        shifted.append((row.number, row.actual_columns, row.text))
        return "skip"

    table = pacsv.read_csv(
        pa.py_buffer(body),
        # One thread: several do not know the number of a row that does not fit.
        read_options=pacsv.ReadOptions(column_names=header, skip_rows=1, use_threads=False),
        parse_options=pacsv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=b'"' in body,
            # Empty lines count, or the numbers of the lines below would not be those of an editor.
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
        ),
    )
    return table, shifted


def _line_numbers(
    cells: pd.DataFrame, shifted: list[tuple[int, int, str]], body: bytes
) -> tuple[NDArray[np.int64], list[tuple[int, int, str]]]:
    """Return line numbers as an editor counts: a quoted line break pushes down what follows."""
    total = len(cells) + len(shifted)
    is_shifted = np.zeros(total, dtype=bool)
    is_shifted[[number - 2 for number, _, _ in shifted]] = True
    breaks = np.zeros(total, dtype=np.int64)
    plain = body.count(b"\n") <= total + 1
    for column in () if plain else cells.columns:
        if cells[column].str.contains("\n", regex=False).any():
            breaks[~is_shifted] += cells[column].str.count("\n").to_numpy(dtype=np.int64)
    for number, _, text in shifted:
        breaks[number - 2] = text.count("\n")
    lines = np.arange(2, total + 2) + np.concatenate([[0], np.cumsum(breaks)[:-1]])[:total]
    moved = [(int(lines[number - 2]), fields, text) for number, fields, text in shifted]
    return lines[~is_shifted], moved


def _blank(cells: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell lines without any cell; an empty line is no record."""
    blank = np.ones(len(cells), dtype=bool)
    for column in cells.columns:
        blank[blank] = cells[column].to_numpy()[blank] == ""
        if not blank.any():
            break
    return blank


def _comment(cells: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell lines that begin with `#`: the explanations in a template are no records."""
    first: NDArray[np.bool_] = cells.iloc[:, 0].str.startswith("#").to_numpy(dtype=bool)
    return first


def _complaints(
    shifted: list[tuple[int, int, str]], expected: int
) -> Iterable[tuple[str, str, str]]:
    for line, fields, text in shifted:
        if text.strip() and not text.lstrip().startswith("#"):
            more = text.count("\n")
            advice = f"; an open quote swallows the {more} lines after it, close it" if more else ""
            advice = advice or "; export the file again"
            yield (
                str(line),
                "shifted_row",
                f"row {line}: {fields} fields, the header has {expected}{advice}",
            )

"""Take a person out of files: rows of tables and sheets, lines of logs, files of their own."""

import csv
import io
from pathlib import Path
from typing import Final

import openpyxl
import pandas as pd

from common.atomic import atomic
from common.frame_files import write_frame
from common.store import write_text
from pipelines.upkeep.person import Person, theirs
from pipelines.upkeep.places import CACHED, EXPORTS
from pipelines.upkeep.search import Hit

_SHEETS: Final = {".csv", ".tsv", ".txt"}
_DERIVED: Final = {".html", ".json", ".csv", ".md", ".svg"}
"""Of a page or report all is made anew by the next run."""
_KEPT: Final = {"model.json", "manifest.json", "champion.json", "dvc.lock", "params.yaml"}


def remove(hit: Hit, who: Person) -> str:
    """Take the person out of one file.

    Returns
    -------
    str
        ``removed``, ``rewritten`` or ``by hand``: what was done, or is left to do.
    """
    path = hit.path
    if hit.how == "unread":
        return "by hand"
    if hit.how == "own" or hit.what == CACHED:
        path.chmod(0o600)
        path.unlink()
        return "removed"
    return _rewrite(hit, who)


def _rewrite(hit: Hit, who: Person) -> str:
    path = hit.path
    if hit.how == "rows":
        return _rewrite_table(path, who)
    if path.suffix == ".jsonl":
        return _rewrite_lines(path, who)
    if hit.what == EXPORTS:
        return _rewrite_export(path, who)
    if path.suffix in _DERIVED and path.name not in _KEPT:
        path.unlink()
        return "removed"
    return "by hand"


def _rewrite_table(path: Path, who: Person) -> str:
    frame = pd.read_parquet(path)
    write_frame(path, frame[~theirs(frame, who)].reset_index(drop=True))
    return "rewritten"


def _rewrite_lines(path: Path, who: Person) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    kept = [line for line in lines if not who.is_in(line)]
    write_text(path, "".join(f"{line}\n" for line in kept))
    return "rewritten"


def _rewrite_export(path: Path, who: Person) -> str:
    if path.suffix.lower() == ".xlsx":
        return _rewrite_workbook(path, who)
    if path.suffix.lower() in _SHEETS:
        return _rewrite_csv(path, who)
    if path.suffix.lower() in {".yaml", ".yml"}:
        return _rewrite_lines(path, who)
    return "by hand"


def _rewrite_csv(path: Path, who: Person) -> str:
    """Drop the records with a cell that names the person; every other byte of a line stays."""
    content = path.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", content.decode("cp1252", errors="replace")
    head = text.splitlines()[0] if text else ""
    delimiter = max(",;\t", key=head.count)
    columns = {
        place for place, cell in enumerate(next(csv.reader([head], delimiter=delimiter), []))
        if who.is_named(cell)
    }  # fmt: skip
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    kept, begin = [], 0
    for row in reader:
        record = "".join(lines[begin : reader.line_num])
        begin = reader.line_num
        if columns:
            record = _without_columns(row, columns, delimiter)
        elif any(who.is_named(cell) or who.is_in(cell) for cell in row):
            continue
        kept.append(record)
    with atomic(path) as part:
        part.write_bytes("".join(kept).encode(encoding))
    return "rewritten"


def _without_columns(row: list[str], columns: set[int], delimiter: str) -> str:
    text = io.StringIO()
    cells = [cell for place, cell in enumerate(row) if place not in columns]
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _rewrite_workbook(path: Path, who: Person) -> str:
    """Delete the rows that name the person, or the columns that they head."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        named = [
            (cell.row, cell.column)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and (who.is_named(cell.value) or who.is_in(str(cell.value)))
        ]
        heads = {column for row, column in named if row == 1}
        for column in sorted(heads, reverse=True):
            sheet.delete_cols(column)
        for row in sorted({row for row, _ in named if row > 1}, reverse=True):
            sheet.delete_rows(row)
    with atomic(path) as part:
        book.save(part)
    return "rewritten"

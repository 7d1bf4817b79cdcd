"""Whether a newer export holds all that an older one of the same name holds."""

import json
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

_WORKBOOKS: Final = frozenset({".xlsx", ".xls", ".xlsb", ".ods"})
_TEXTS: Final = frozenset({".csv", ".txt", ".tsv"})
# Both files are held in memory to be compared.
_MOST_BYTES: Final = 200 * 10**6


def covers(new: Path, old: Path) -> bool:
    """Return whether nothing is lost when a file takes the place of an older one.

    Texts by their lines, lists of JSON by their entries; a workbook, which a club edits and sends
    again, by its number of filled rows. False for any other format, of which nothing is known.
    """
    if max(new.stat().st_size, old.stat().st_size) > _MOST_BYTES:
        return False
    ending = old.suffix.lower()
    if ending in _TEXTS:
        return _lines(old) <= _lines(new)
    if ending == ".json":
        # Two files that are no lists have no entries both, and still nothing is known of them.
        return _entries(old) <= _entries(new) and bool(_entries(new))
    if ending in _WORKBOOKS:
        return 0 < _rows(old) <= _rows(new)
    return False


def _lines(path: Path) -> set[bytes]:
    return {line.strip() for line in path.read_bytes().splitlines()} - {b""}


def _entries(path: Path) -> set[str]:
    """Return the entries of a JSON list; nothing where the file is none."""
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return set()
    listed = content if isinstance(content, list) else []
    return {json.dumps(entry, sort_keys=True) for entry in listed}


def _rows(path: Path) -> int:
    """Return the number of filled rows of all sheets; 0 where the workbook cannot be read."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (CalamineError, OSError, ValueError):
        return 0
    return sum(any(cell != "" for cell in row) for sheet in sheets for row in sheet)

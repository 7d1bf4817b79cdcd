"""What the column of the return is called in an injury register, so that a to-do can name it."""

from pathlib import Path
from typing import Final

from ingest.readers.base import FileRefused

_HEAD_BYTES: Final = 8192
_RETURN: Final = "return_date"
_OWN_REGISTER: Final = frozenset({"athlete", "onset_date", _RETURN})
"""Headings of the project's own form of a register, which `stridecast template injuries` prints."""


def return_heading(path: Path) -> str:
    """Return the heading over the days of return; empty if there is none, or no such file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        # Cheap and exact first: opening a workbook takes a process of its own.
        if _is_own_register(head):
            return _RETURN
        # Imported here, because the words of all headings take time that few runs need.
        from ingest.readers.sheets.deciding.assigned import by_concept
        from ingest.readers.sheets.opening.book import is_table_text, is_workbook, open_book

        tabs = open_book(path) if is_workbook(path, head) or is_table_text(head) else []
    except (OSError, FileRefused):
        return ""
    from ingest.readers.sheets.deciding.columns import assign
    from ingest.readers.sheets.opening.regions import blocks_of

    columns = [by_concept(assign(block, {})) for tab in tabs for block in blocks_of(tab)]
    return next((column["return"].column.heading for column in columns if "return" in column), "")


def _is_own_register(head: bytes) -> bool:
    """Say whether the first line has the headings of the own form: no words are sought then."""
    first = head.partition(b"\n")[0].decode("ascii", "replace")
    return {cell.strip() for cell in first.split(",")} >= _OWN_REGISTER

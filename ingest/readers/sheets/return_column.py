"""What the column of the return is called in an injury register, so that a to-do can name it."""

from pathlib import Path

from ingest.readers.base import FileRefused
from ingest.readers.sheets.deciding.columns import assign, by_concept
from ingest.readers.sheets.opening.book import is_table_text, is_workbook, open_book
from ingest.readers.sheets.opening.regions import blocks_of

_HEAD_BYTES = 8192


def return_heading(path: Path) -> str:
    """Return the heading over the days of return; empty if there is none, or no such file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        tabs = open_book(path) if is_workbook(path, head) or is_table_text(head) else []
    except (OSError, FileRefused):
        return ""
    columns = [by_concept(assign(block, {})) for tab in tabs for block in blocks_of(tab)]
    return next((column["return"].column.heading for column in columns if "return" in column), "")

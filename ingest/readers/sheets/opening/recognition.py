"""Whether a file is a sheet: a workbook, a document, a table in text, or lines of sentences."""

from pathlib import Path

from ingest.readers.sheets.opening.book import is_line_list, is_table_text, is_workbook
from ingest.readers.sheets.opening.document import is_document
from ingest.readers.sheets.opening.parquet_table import is_parquet


def is_sheet(path: Path, head: bytes) -> bool:
    """Recognise a workbook or document, a Parquet file, text with separators, or sentences."""
    if is_parquet(head) or is_workbook(path, head) or is_document(path, head):
        return True
    return is_table_text(head) or is_line_list(path, head)

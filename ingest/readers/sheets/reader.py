"""The one reader of all sheets that people keep: workbooks and text with separators.

What reads them is imported when the first sheet comes: its words in ten languages take a quarter of
a second, and where all files were read before nothing of it is needed.
"""

from pathlib import Path

from ingest.readers.base import Parsed, ReadContext, Reader


class SheetReader(Reader):
    """Any sheet: sessions, weekly kilometres, wellness, pain, injuries, strength, gait."""

    kind = "sheet"
    version = 33
    knows_people = True
    description = (
        "any workbook (XLSX, XLS, XLSB, ODS), Parquet file or CSV that people keep, headings in ten"
        " languages: sessions, kilometres a week, wellness, pain, OSTRC questionnaires, injury"
        " lists, strength and gait tests, body mass, measures of one's own; a row per answer, a"
        " column per athlete, or weeks across"
    )

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise a workbook or document, a Parquet file, text with separators, or sentences."""
        from ingest.readers.sheets.opening.recognition import is_sheet

        return is_sheet(path, head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read all tables of all sheets; see :class:`ingest.readers.base.Reader`."""
        from ingest.readers.sheets.opening.book import open_book
        from ingest.readers.sheets.tabs import read_tabs

        return read_tabs(open_book(path), context.source(path), context)

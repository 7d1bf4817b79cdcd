"""Loevdal 2021 among the formats: its rows are counted, and stay outside the session tables."""

from pathlib import Path

from common.errors import StridecastError
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.datasets.lovdal_rows import layout_of, load_lovdal
from ingest.readers.text.delimited import header_of
from ingest.records.account import Account


class LovdalReader(Reader):
    """The day or the week file; :mod:`ingest.readers.datasets.lovdal_rows` gives the rows."""

    kind = "lovdal2021"
    version = 1
    description = (
        "Loevdal 2021 day and week files: checked by checksum and order of periods; pre-aggregated"
        " rows for a benchmark of its own, outside the session tables"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return layout_of(header_of(head)) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Check and count the rows; see :class:`ingest.readers.base.Reader`."""
        try:
            rows = load_lovdal(path.read_bytes(), name=path.name)
        except StridecastError as error:
            raise FileRefused("not_the_published_file", str(error)) from None
        # No records: the rows are windows of days before an event, and no sessions.
        count = len(rows)
        return Parsed(
            Account(source=context.source(path), kind=self.kind, read=count, accepted=count)
        )

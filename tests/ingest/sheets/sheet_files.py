"""Sheets as clubs keep them, written by the tests themselves."""

import csv
import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd

from ingest.dataset.settings import DatasetConfig
from ingest.readers.base import Anyone, Parsed, ReadContext, Reader
from ingest.readers.sheets.reader import SheetReader

Rows = Sequence[Sequence[Any]]
LAST_DAY = pd.Timestamp("2026-01-01")
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>
</office:document-content>"""
_MANIFEST = f"""<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def workbook(
    path: Path, tabs: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] = {}
) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
    book.save(path)
    return path


def open_document(path: Path, tabs: Mapping[str, Rows]) -> Path:
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in tabs.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", _CONTENT.format(tables=tables))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, dt.datetime):
        day = value.date().isoformat()
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{day}">'
            f"<text:p>{day}</text:p></table:table-cell>"
        )
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p>'
        "</table:table-cell>"
    )


def table(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(
            [["" if cell is None else cell for cell in row] for row in rows]
        )
    return path


def read(path: Path, reader: Reader | None = None, **settings: Any) -> Parsed:
    config = DatasetConfig(
        name="club", time_zone="Europe/Berlin", observed_from=dt.date(2019, 1, 1), **settings
    )
    head = path.read_bytes()[:8192]
    reader = reader or SheetReader()
    assert reader.knows(path, head)
    return reader.read(path, ReadContext(config, path.parent, LAST_DAY, athletes=Anyone()))


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def told(parsed: Parsed, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a table as plain values: days as text, unknown as None."""
    frame = parsed.records[name].loc[:, list(columns)]
    return [tuple(_plain(value) for value in row) for row in frame.itertuples(index=False)]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if value is None or (isinstance(value, float | type(pd.NaT)) and pd.isna(value)):
        return None
    return round(value, 4) if isinstance(value, float) else value


def reasons(parsed: Parsed) -> list[str]:
    return list(parsed.account.rejects["reason"])

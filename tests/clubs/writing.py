"""Tables of cells as files: workbooks, open documents and CSVs of several programs."""

import csv
import datetime as dt
import io
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.ingest.sheets.sheet_files import open_document, workbook

Rows = Sequence[Sequence[Any]]
FORMS = ("xlsx", "xlsx", "ods", "csv", "excel_csv", "unicode_text", "tsv")
_SHIRTS: Rows = [["Name", "T-shirt", "Shoe size"], ["Ann", "M", 39], ["Tom", "L", 44]]


def serial(day: dt.date) -> int:
    """Return a day as the number that spreadsheets keep."""
    return (day - dt.date(1899, 12, 30)).days


def write_table(folder: Path, name: str, rows: Rows, rng: random.Random, form: str = "") -> str:
    """Write a table as one of the forms clubs have it in, and return the file's name."""
    form = form or rng.choice(FORMS)
    if form in {"xlsx", "ods"}:
        tabs: dict[str, Rows] = {rng.choice(["Sheet1", "Tabelle1", "Feuil1", "2025"]): rows}
        if rng.random() < 0.3:
            tabs["Kit sizes"] = _SHIRTS
        write = workbook if form == "xlsx" else open_document
        write(folder / f"{name}.{form}", tabs)
        return f"{name}.{form}"
    delimiter = {"csv": ",", "excel_csv": ";", "unicode_text": "\t", "tsv": "\t"}[form]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([[_cell(one) for one in row] for row in rows])
    told = text.getvalue()
    encoding = {"csv": "utf-8", "excel_csv": "cp1252", "unicode_text": "utf-16", "tsv": "utf-8"}[
        form
    ]
    try:
        content = told.encode(encoding)
    except UnicodeEncodeError:
        content = told.encode("utf-8-sig")
    ending = {"unicode_text": "txt", "tsv": "tsv"}.get(form, "csv")
    (folder / f"{name}.{ending}").write_bytes(content)
    return f"{name}.{ending}"


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else value

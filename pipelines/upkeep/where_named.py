"""Where a file names a person: rows, cells and entries, as somebody who changes them looks for."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import openpyxl

from common.language import message
from pipelines.upkeep.person import Person
from pipelines.upkeep.texts import mentions, texts_of

_ZIP: Final = b"PK\x03\x04"
_BOOK: Final = "xl/workbook.xml"
_MOST: Final = 5


def places_named(path: Path, source: str, who: Person) -> list[str]:
    """Return the places in which a file names a person; at least one, however vague."""
    places = [message("the name of the file")] if who.is_in(source) else []
    places += _inside(path.read_bytes(), who)
    return places or [message("inside")]


def some_of(places: list[str]) -> str:
    """Return the first places as a list, with a sign that there are more."""
    return ", ".join(places[:_MOST]) + (", …" if len(places) > _MOST else "")


def _inside(content: bytes, who: Person) -> Iterator[str]:
    if content.startswith(_ZIP):
        yield from _in_archive(content, who)
    elif b"\0" not in content:
        # The first text is the content itself; the others are the same one read differently.
        text = next((text for text in texts_of(content) if who.is_in(text)), "")
        for at, line in enumerate(text.splitlines(), start=1):
            if who.is_in(line):
                yield message("row {row}", row=at)
    elif mentions(content, who):
        yield message("inside")


def _in_archive(content: bytes, who: Person) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if _BOOK in names:
                yield from _in_workbook(content, who)
            else:
                yield from (
                    name for name in names if who.is_in(name) or mentions(archive.read(name), who)
                )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return


def _in_workbook(content: bytes, who: Person) -> Iterator[str]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception:  # noqa: BLE001 - a damaged workbook may raise anything
        return
    for sheet in book.worksheets:
        if who.is_named(sheet.title):
            yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and who.is_in(str(cell.value)):
                    yield f"{sheet.title}!{cell.coordinate}"

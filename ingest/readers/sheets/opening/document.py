"""Documents of Word (DOCX): their tables, and their paragraphs as lines."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from common.untyped import Untyped
from ingest.readers.base import FileRefused
from ingest.readers.sheets.opening.cells import Cell, Row, Tab

_ZIP: Final = b"PK\x03\x04"
_PART: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES: Final = 20 * 10**6
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, RuntimeError,
)  # fmt: skip
"""What a packed part raises that is cut, or is said to be encrypted or packed in another way."""


def is_document(path: Path, head: bytes) -> bool:
    """Say whether a file is a document of Word, by its content."""
    if not head.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return _PART in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def document_tabs(path: Path) -> list[Tab]:
    """Return each table of a document as a tab, and its paragraphs as one of a single column.

    Raises
    ------
    FileRefused
        If it is damaged or too large.
    """
    body = _body(path)
    tables = [_tab(f"table {at}", _rows(table)) for at, table in enumerate(_tables(body), 1)]
    paragraphs = [text for part in body if part.tag == f"{_W}p" if (text := _text(part))]
    lines = _tab("", [[Cell("t", text)] for text in paragraphs])
    return [tab for tab in (lines, *tables) if tab.rows]


def _body(path: Path) -> Untyped:
    from lxml import etree  # heavy, and few teams need it

    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_PART).file_size > _MOST_BYTES:
                raise FileRefused("too_large", "the document is too large; save the list apart")
            content = archive.read(_PART)
        # A document from outside must not make the parser fetch or swell anything.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        body = etree.fromstring(content, parser).find(f"{_W}body")
    except (*_DAMAGE, etree.XMLSyntaxError):
        body = None
    if body is None:
        raise FileRefused("damaged_document", "the document cannot be opened; save it anew")
    return body


def _tables(body: Untyped) -> Iterator[Untyped]:
    return (part for part in body if part.tag == f"{_W}tbl")


def _rows(table: Untyped) -> list[Row]:
    return [
        [
            _cell(" ".join(_text(part) for part in cell.iter(f"{_W}p")))
            for cell in row.iter(f"{_W}tc")
        ]
        for row in table.iter(f"{_W}tr")
    ]


def _text(paragraph: Untyped) -> str:
    pieces = [
        (part.text or "") if part.tag == f"{_W}t" else " "
        for part in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    ]
    return " ".join("".join(pieces).split())


def _cell(text: str) -> Cell | None:
    bare = " ".join(text.split())
    return Cell("t", bare) if bare else None


def _tab(name: str, rows: list[Row]) -> Tab:
    width = max((len(row) for row in rows), default=0)
    return Tab(
        name, [row + [None] * (width - len(row)) for row in rows], [*range(1, len(rows) + 1)]
    )

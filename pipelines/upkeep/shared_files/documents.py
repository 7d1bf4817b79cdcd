"""Take a person out of lists that are written as text: documents of Word, and calendars."""

import io
import re
import zipfile
from pathlib import Path
from typing import Final

from lxml import etree

from common.atomic import atomic
from common.untyped import Untyped
from pipelines.upkeep.person import Person
from pipelines.upkeep.shared_files.sheet_shares import share_of
from pipelines.upkeep.texts import mentions

_BODY: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EVENT: Final = re.compile(
    r"^BEGIN:VEVENT\b.*?^END:VEVENT[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FOLDED: Final = re.compile(r"\r?\n[ \t]")


def rewrite_document(path: Path, who: Person) -> bool:
    """Take paragraphs and rows of tables about a person out of a DOCX; say whether it was clear."""
    target = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(path) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for entry in old.infolist():
                content = old.read(entry)
                if entry.filename == _BODY and mentions(content, who):
                    without = _without_lines(content, who)
                    if without is None:
                        return False
                    content = without
                new.writestr(entry, content)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, etree.XMLSyntaxError):
        return False
    return _written(path, target.getvalue(), who)


def _without_lines(content: bytes, who: Person) -> bytes | None:
    # The file may come from anybody: no entity is expanded and no address is opened.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    tables = [[*table.iter(f"{_W}tr")] for table in root.iter(f"{_W}tbl")]
    # Paragraphs of a table are read with their row: a name in one cell decides on all of it.
    lines = [
        part for part in root.iter(f"{_W}p") if next(part.iterancestors(f"{_W}tr"), None) is None
    ]
    for parts in (lines, *tables):
        share = share_of([_cells(part) for part in parts], who)
        if not share.is_clear or share.cells or share.columns:
            return None
        for (at, place), text in share.lines.items():
            _write(_fields(parts[at])[place], text)
        for at in share.rows:
            parts[at].getparent().remove(parts[at])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _write(field: Untyped, text: str) -> None:
    """Put a text in place of all that a field says; its first letters' format holds for all."""
    for run in field.iter(f"{_W}t"):
        run.text, text = text, ""


def _fields(part: Untyped) -> list[Untyped]:
    return [*part.iter(f"{_W}tc")] or [part]


def _cells(part: Untyped) -> list[str]:
    return [
        " ".join(
            "".join(text.text or "" for text in line.iter(f"{_W}t")) for line in cell.iter(f"{_W}p")
        )
        for cell in _fields(part)
    ]


def rewrite_calendar(path: Path, who: Person) -> bool:
    """Take the events about a person out of an ICS file (RFC 5545); say whether it was clear."""
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    # RFC 5545 breaks long lines, so that a name may stand on two of them.
    theirs = [event for event in _EVENT.findall(text) if who.is_in(_FOLDED.sub("", event))]
    if any(who.has_others(_FOLDED.sub("", event)) for event in theirs):
        return False
    for event in theirs:
        text = text.replace(event, "")
    return _written(path, text.encode("utf-8", errors="surrogateescape"), who)


def _written(path: Path, content: bytes, who: Person) -> bool:
    """Write a file anew, unless the person is still in it."""
    if mentions(content, who):
        return False
    with atomic(path) as part:
        part.write_bytes(content)
    return True

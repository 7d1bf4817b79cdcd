"""Take a person's names out of files of others: a run stays theirs, whoever came along."""

import gzip
import io
import zipfile
import zlib
from pathlib import Path
from typing import Final

from lxml import etree

from common.atomic import atomic
from pipelines.upkeep.person import Person
from pipelines.upkeep.shared_files.old_workbooks import name_anew
from pipelines.upkeep.shared_files.sheet_removal import text_of
from pipelines.upkeep.shared_files.workbook_parts import NotClear, without_person
from pipelines.upkeep.texts import mentions

_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"
_BOOK: Final = "xl/workbook.xml"


def rewrite_without_names(path: Path, who: Person) -> bool:
    """Blank the names in another one's file, be it packed; say whether that could be done.

    In a text it can, and not in what a watch writes in its own format: a name has its length there.
    """
    try:
        content = _without_names(path.read_bytes(), who)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error):
        return False
    if content is None:
        return False
    with atomic(path) as part:
        part.write_bytes(content)
    return _renamed(path, who)


def _renamed(path: Path, who: Person) -> bool:
    """Take the names out of the name of a file too; say whether that could be done."""
    if not who.is_in(path.name):
        return True
    target = path.with_name(" ".join(who.without(path.name).split()))
    # "Ann.csv" would become ".csv", a hidden file that no reader looks at.
    if target == path or target.exists() or target.name.startswith("."):
        return False
    path.rename(target)
    name_anew(path, target)
    return True


def _without_names(content: bytes, who: Person) -> bytes | None:
    if not mentions(content, who):
        return content
    if content.startswith(_ZIP):
        changed = _archive_without_names(content, who)
    elif content.startswith(_GZIP):
        inside = _without_names(gzip.decompress(content), who)
        # No time of packing: the same content gives the same bytes.
        changed = None if inside is None else gzip.compress(inside, mtime=0)
    # Text in UTF-16 has zero bytes too, and says so by its first two.
    elif b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        changed = None
    else:
        text, encoding = text_of(content)
        changed = who.without(text).encode(encoding, errors="surrogateescape")
    return None if changed is None or mentions(changed, who) else changed


def _archive_without_names(content: bytes, who: Person) -> bytes | None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        if _BOOK in old.namelist():
            return _workbook_without_names(content, who)
        for entry in old.infolist():
            inside = _without_names(old.read(entry), who)
            if inside is None:
                return None
            new.writestr(entry, inside)
    return target.getvalue()


def _workbook_without_names(content: bytes, who: Person) -> bytes | None:
    try:
        return without_person(content, who, {})
    except (NotClear, etree.XMLSyntaxError, KeyError):
        return None

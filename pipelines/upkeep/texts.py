"""Every text that a file's content holds, unpacked: what a search for a name looks through."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from pipelines.upkeep.old_sheets import cells_of
from pipelines.upkeep.person import Person

_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LARGEST: Final = 500_000_000
# A forged archive can hold itself: without a limit the search would never end.
_DEEPEST: Final = 4


def mentions(content: bytes, who: Person) -> bool:
    """Say whether a file's content mentions the person, also inside an archive or workbook."""
    return any(map(who.is_in, texts_of(content)))


def texts_of(content: bytes, depth: int = 0) -> Iterator[str]:
    """Yield the texts of a file's content, the names of what an archive holds among them."""
    if content.startswith(_ZIP) and depth < _DEEPEST:
        yield from _packed(content, depth)
    elif content.startswith(_GZIP) and depth < _DEEPEST:
        yield from _unzipped(content, depth)
    elif content.startswith(_COMPOUND):
        yield from cells_of(content) or ()
        # An old workbook may keep texts that no cell shows, in UTF-16 from any byte on.
        yield content.decode("cp1252", errors="replace")
        yield from (content[at:].decode("utf-16-le", errors="replace") for at in (0, 1))
    else:
        yield from _plain(content)


def _packed(content: bytes, depth: int) -> Iterator[str]:
    """Look into an archive or a workbook, whose texts are packed; one that is damaged has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment.decode(errors="replace")
            for entry in archive.infolist():
                if entry.file_size <= _LARGEST:
                    yield entry.filename
                    yield from texts_of(archive.read(entry), depth + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return


def _unzipped(content: bytes, depth: int) -> Iterator[str]:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            yield from texts_of(packed.read(_LARGEST), depth + 1)
    except (OSError, EOFError, zlib.error):
        yield from _plain(content)


def _plain(content: bytes) -> Iterator[str]:
    if content.isascii():
        # ASCII reads the same in every encoding: once is enough.
        return iter((content.decode("ascii"),))
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8", "cp1252")
    return (content.decode(encoding, errors="replace") for encoding in encodings)

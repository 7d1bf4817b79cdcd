"""Apple Health's `export.xml` as a stream of elements, in constant memory.

The document type is cut away: that of export version 12 is malformed, and without one no entity can
be declared, so that none can blow up. Control characters, which the export carries over from other
apps' names, are dropped.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

from ingest.readers.base import FileRefused

CHUNK_BYTES: Final = 1 << 20
_ROOT: Final = re.compile(rb"<HealthData[\s/>]")
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 13})
# A reference such as &#11; is as forbidden in XML as the byte itself.
_CONTROL_REFERENCE: Final = re.compile(
    rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));", re.IGNORECASE
)
_LONGEST_HEAD: Final = 4 * CHUNK_BYTES
_LONGEST_TAG: Final = 8 * CHUNK_BYTES

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def is_export(head: bytes) -> bool:
    """Say whether a file begins as Apple Health's export does."""
    return b"<!DOCTYPE HealthData" in head or _ROOT.search(head) is not None


def stream(path: Path, start: Start, end: End) -> int | None:
    """Tell every element of the file to `start` and `end`.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    start, end : callable
        Called with name and attributes, and with the name.

    Returns
    -------
    int or None
        Line at which the file breaks off; None if it is whole.

    Raises
    ------
    FileRefused
        If the file has no root element.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    with path.open("rb") as file:
        # Lines are counted from the file's beginning, so that a
        # break is told where an editor shows it.
        head, skipped = _from_root(file)
        try:
            for chunk in _whole_tags(head, file):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by place only
            parser.Parse(b"", True)  # noqa: FBT003 - as above
        except expat.ExpatError as error:
            return skipped + int(error.lineno)
    return None


def _from_root(file: BinaryIO) -> tuple[bytes, int]:
    """Return the head of the file from its root on, and how many lines were cut."""
    head = b""
    while len(head) < _LONGEST_HEAD:
        more = file.read(CHUNK_BYTES)
        head += more
        match = _ROOT.search(head)
        if match:
            return head[match.start() :], head.count(b"\n", 0, match.start())
        if not more:
            break
    raise FileRefused("no_health_data", "the export has no <HealthData> element; export it again")


def _whole_tags(head: bytes, file: BinaryIO) -> Iterator[bytes]:
    """Yield the file in pieces that end with a tag, so that no reference is cut in two."""
    rest = head
    while True:
        cut = rest.rfind(b">") + 1
        if cut:
            yield _clean(rest[:cut])
            rest = rest[cut:]
        more = file.read(CHUNK_BYTES)
        # A damaged file without any ">" would be gathered in memory as a whole.
        if not more or len(rest) > _LONGEST_TAG:
            break
        rest += more
    yield _clean(rest)


def _clean(piece: bytes) -> bytes:
    bare = piece.translate(None, _CONTROLS)
    return _CONTROL_REFERENCE.sub(b"", bare) if b"&#" in bare else bare

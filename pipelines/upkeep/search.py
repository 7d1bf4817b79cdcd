"""Where a person's data lie: every file of the places that are told, looked into."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.dataset.file_names import folders_of, stem_of
from pipelines.upkeep.old_workbooks import cells_of
from pipelines.upkeep.person import Person, theirs

_PARQUET: Final = b"PAR1"
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LARGEST: Final = 500_000_000


@dataclass(frozen=True)
class Place:
    """A folder that is searched, and what lies in it, in a reader's words.

    Parameters
    ----------
    folder : Path
        Or a file.
    what : str
        In a reader's words.
    own : frozenset of Path
        Files that are known to be the person's, though neither name nor content tells it.
    """

    folder: Path
    what: str
    own: frozenset[Path] = frozenset()


@dataclass(frozen=True)
class Hit:
    """A file with data of the person.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        The place that it lies in.
    how : {"own", "rows", "text", "unread"}
        Named by the person, a table with rows of theirs, a text that mentions them, or too large
        to look into.
    rows : int
        How many rows, in a table.
    """

    path: Path
    what: str
    how: str
    rows: int = 0


def search(places: list[Place], who: Person) -> Iterator[Hit]:
    """Yield every file that holds data of the person; hidden folders are looked into too."""
    for place in places:
        files = [place.folder] if place.folder.is_file() else sorted(place.folder.rglob("*"))
        for path in files:
            if path.is_file() and not path.is_symlink() and (hit := _hit(path, place, who)):
                yield hit


def _hit(path: Path, place: Place, who: Person) -> Hit | None:
    base = place.folder if place.folder.is_dir() else place.folder.parent
    source = path.relative_to(base).as_posix()
    if is_own(source, who) or path in place.own:
        return Hit(path, place.what, "own")
    if path.stat().st_size > _LARGEST:
        return Hit(path, place.what, "unread")
    content = path.read_bytes()
    if content.startswith(_PARQUET):
        rows = _rows(content, who)
        return Hit(path, place.what, "rows", rows) if rows else None
    return Hit(path, place.what, "text") if mentions(content, who) else None


def is_own(source: str, who: Person) -> bool:
    """Say whether a path below a dataset is the person's: a folder or the file bears a name."""
    return any(who.is_named(part) for part in (*folders_of(source), stem_of(source)))


def _rows(content: bytes, who: Person) -> int:
    try:
        return int(theirs(pd.read_parquet(io.BytesIO(content)), who).sum())
    except Exception:  # noqa: BLE001 - a damaged file may raise anything; it is searched as bytes
        return int(mentions(content, who))


def mentions(content: bytes, who: Person) -> bool:
    """Say whether a file's content mentions the person, also inside an archive or workbook."""
    if content.startswith(_ZIP):
        return _mentions_packed(content, who)
    if content.startswith(_COMPOUND):
        return _mentions_compound(content, who)
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8", "cp1252")
    return any(who.is_in(content.decode(encoding, errors="replace")) for encoding in encodings)


def _mentions_compound(content: bytes, who: Person) -> bool:
    """Look into an XLS workbook, whose bytes tell no words; one that is damaged as plain text."""
    texts = cells_of(content)
    return any(
        map(who.is_in, [content.decode("cp1252", errors="replace")] if texts is None else texts)
    )


def _mentions_packed(content: bytes, who: Person) -> bool:
    """Look into an archive or a workbook, whose texts are packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [info for info in archive.infolist() if info.file_size <= _LARGEST]
            return any(
                is_own(entry.filename, who) or mentions(archive.read(entry), who)
                for entry in entries
            )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return False

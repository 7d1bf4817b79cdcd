"""Where a person's data lie: every file of the places that are told, looked into."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.dataset.file_names import folders_of, stem_of
from ingest.reading.files import Progress
from pipelines.upkeep.person import Person, theirs
from pipelines.upkeep.texts import mentions

_PARQUET: Final = b"PAR1"
_LARGEST: Final = 500_000_000


@dataclass(frozen=True)
class Place:
    """A folder that is searched, and what lies in it, in a reader's words.

    Parameters
    ----------
    folder : Path
        Or a file.
    place_name : str
        In a reader's words.
    own : frozenset of Path
        Files that are known to be the person's, though neither name nor content tells it.
    """

    folder: Path
    place_name: str
    own: frozenset[Path] = frozenset()


@dataclass(frozen=True)
class Hit:
    """A file with data of the person.

    Parameters
    ----------
    path : Path
        The file.
    place_name : str
        The place that it lies in.
    how : {"own", "rows", "text", "unread"}
        Named by the person, a table with rows of theirs, a text that mentions them, or too large
        to look into.
    rows : int
        How many rows, in a table.
    source : str
        The path below the folder of the place.
    """

    path: Path
    place_name: str
    how: str
    rows: int = 0
    source: str = ""


def search(places: list[Place], who: Person, progress: Progress | None = None) -> Iterator[Hit]:
    """Yield every file that holds data of the person; hidden folders are looked into too.

    Parameters
    ----------
    places : list of Place
        Folders and files that exist.
    who : Person
        Whom to look for.
    progress : callable, optional
        Is told files done, files in all, and the file at hand: a large folder takes minutes.
    """
    files = [(path, place) for place in places for path in _files(place.folder)]
    for done, (path, place) in enumerate(files):
        if progress:
            progress(done, len(files), path.name)
        if hit := _hit(path, place, who):
            yield hit


def _files(folder: Path) -> list[Path]:
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def _hit(path: Path, place: Place, who: Person) -> Hit | None:
    base = place.folder if place.folder.is_dir() else place.folder.parent
    source = path.relative_to(base).as_posix()
    if is_own(source, who) or path in place.own:
        return Hit(path, place.place_name, "own", source=source)
    if path.stat().st_size > _LARGEST:
        return Hit(path, place.place_name, "unread", source=source)
    content = path.read_bytes()
    # By content, because files in DVC's cache have no suffix.
    if content.startswith(_PARQUET):
        rows = _rows(content, who)
        return Hit(path, place.place_name, "rows", rows, source) if rows else None
    is_mentioned = who.is_in(source) or mentions(content, who)
    return Hit(path, place.place_name, "text", source=source) if is_mentioned else None


def is_own(source: str, who: Person) -> bool:
    """Say whether a path in a dataset is the person's: a folder or the file has the name."""
    folders = folders_of(source)
    if any(map(who.is_named, folders)) or source in who.own_files:
        return True
    # In another athlete's folder, a file with this person's name is a run that they joined.
    return who.is_named(stem_of(source)) and not any(map(who.is_other, folders))


def _rows(content: bytes, who: Person) -> int:
    try:
        return int(theirs(pd.read_parquet(io.BytesIO(content)), who).sum())
    except Exception:  # noqa: BLE001 - a damaged file may raise anything; it is searched as bytes
        return int(mentions(content, who))


def is_others(source: str, who: Person) -> bool:
    """Say whether a path below a dataset is another athlete's, by a name or by who owns it."""
    named = any(who.is_other(part) for part in (*folders_of(source), stem_of(source)))
    return named or source in who.others_files

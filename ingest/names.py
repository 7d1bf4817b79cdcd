"""What the name of a file tells: whether it can hold data at all, and whose folder it lies in."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from ingest.dataset import FILE_NAME

_IGNORED: Final[Mapping[str, str]] = {
    FILE_NAME: "settings of the dataset",
    "Thumbs.db": "written by a file manager",
    "desktop.ini": "written by a file manager",
}
_NOTES: Final = frozenset({"README", "LICENSE", "LICENCE", "CHANGELOG"})
_MEDIA: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".svg", ".mp4", ".mov", ".mp3", ".pdf"}
)
_SEPARATORS: Final = re.compile(r"[/!]")
_ARCHIVE: Final = re.compile(r"\.zip$", re.IGNORECASE)


def why_ignored(path: PurePath) -> str:
    """Return why a file holds no data by its name, or an empty text."""
    if path.name in _IGNORED:
        return _IGNORED[path.name]
    if path.name.startswith(".") or path.suffix == ".dvc":
        return "hidden or administrative file"
    if "__MACOSX" in path.parts:
        return "written by an archiver"
    if path.suffix.lower() in _MEDIA:
        return "picture, film, sound or print"
    is_note = path.stem.upper() in _NOTES or path.suffix.lower() == ".md"
    return "documentation" if is_note else ""


def folders_of(source: str) -> list[str]:
    """Return the folders above a file, an archive among them, outermost first.

    Examples
    --------
    >>> folders_of("team/r1.zip!activities/7.fit.gz")
    ['team', 'r1', 'activities']
    """
    *folders, _ = _SEPARATORS.split(source)
    return [_ARCHIVE.sub("", name) for name in folders]


def renamed(source: str, names: Mapping[str, str]) -> str:
    """Return a source with its folders, and archives used as such, renamed.

    Examples
    --------
    >>> renamed("r1.zip!r1/r1.fit", {"r1": "a7"})
    'a7.zip!a7/r1.fit'
    """
    parts = re.split(r"([/!])", source)
    for place in range(0, len(parts) - 1, 2):
        stem = _ARCHIVE.sub("", parts[place])
        if stem in names:
            parts[place] = names[stem] + parts[place][len(stem) :]
    return "".join(parts)

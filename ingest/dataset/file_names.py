"""What the name of a file tells: whether it can hold data at all, and whose folder it lies in."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache, partial
from pathlib import PurePath
from typing import Final, NamedTuple

from common.text.folding import folded
from ingest.dataset.settings import FILE_NAME

FORGOTTEN: Final = "forgotten.json"
_IGNORED: Final[Mapping[str, str]] = {
    FORGOTTEN: "who asked to be forgotten",
    FILE_NAME: "settings of the dataset",
    "Thumbs.db": "written by a file manager",
    "desktop.ini": "written by a file manager",
}
ADDED: Final = ".added"
"""Hidden folder in which `stridecast data add` keeps what it can take back."""
_NOTES: Final = frozenset({"README", "LICENSE", "LICENCE", "CHANGELOG"})
_MEDIA: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".svg", ".mp4", ".mov", ".mp3"}
)
_SEPARATED: Final = re.compile(r"([/!])")
_SEPARATORS: Final = re.compile(r"[/!]")
_WORD: Final = re.compile(r"[^\W_]+")
_FEWEST_WORDS: Final = 2
_MOST_WORDS: Final = 5
"""Of a name that stands inside a file's name."""
# Two endings at most, because exports pack their files: `7.fit.gz`.
_ENDINGS: Final = re.compile(r"(\.[A-Za-z0-9]{1,5}){1,2}$")
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
        return "picture, film or sound"
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


def plain_name(name: object) -> str:
    """Return a name without regard to case and blanks.

    Examples
    --------
    >>> plain_name(" Ann  LEE")
    'ann lee'
    """
    return " ".join(str(name).casefold().split())


def stem_of(source: str) -> str:
    """Return the name of a file without folders and endings.

    Examples
    --------
    >>> stem_of("garmin/Ann Lee.csv"), stem_of("all.zip!r1 (2).fit.gz")
    ('Ann Lee', 'r1 (2)')
    """
    *_, name = _SEPARATORS.split(source)
    return _ENDINGS.sub("", name)


def begins_with(stem: str, names: Collection[str]) -> str:
    """Return the part of a file's name that is a name, or with which it begins; else nothing.

    A mere number is no name in front of others: `2024-05-06.fit` is not athlete 2024's.

    Parameters
    ----------
    stem : str
        Name of the file without ending.
    names : collection of str
        Plain names (:func:`plain_name`).

    Examples
    --------
    >>> begins_with("R1_Activities", {"r1", "r10"}), begins_with("r11", {"r1"})
    ('R1', '')
    """
    if plain_name(stem) in names:
        return stem
    cuts = [stem[:at] for at, letter in enumerate(stem) if not letter.isalnum()]
    beginnings = [cut for cut in cuts if plain_name(cut) in names and not cut.isdigit()]
    return max(beginnings, key=len, default="")


def renamed(source: str, names: Mapping[str, str]) -> str:
    """Return a source with its folders, archives used as such, and the file itself renamed.

    Examples
    --------
    >>> renamed("r1.zip!r1/r1_lap.fit", {"r1": "a7"})
    'a7.zip!a7/a7_lap.fit'
    >>> renamed("r1/Run with Ann_Lee.gpx", {"r1": "a7", "Ann Lee": "b2"})
    'a7/Run with b2.gpx'
    >>> renamed("Lee, Zoe\u0308.gpx", {"Zo\u00eb Lee": "b2"})  # as macOS writes the accent
    'b2.gpx'
    """
    return renaming(names)(source)


def renaming(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return :func:`renamed` for many sources: what the names are is looked at once."""
    plain = {plain_name(name): new for name, new in names.items()}
    full: dict[str, str] = {}
    # Names as written come first: of "Lee Ann" and "Ann Lee" each keeps the own code.
    for in_order in (True, False):
        for name, new in plain.items():
            if len(words := _words(name)) > 1:
                full.setdefault(" ".join(words if in_order else sorted(words)), new)
    known = frozenset(word for words in full for word in words.split())
    return partial(_renamed, plain, _FullNames(full, known))


class _FullNames(NamedTuple):
    """First and last names with what stands for them, and the words they are made of."""

    new: dict[str, str]
    words: frozenset[str]


def _words(name: str) -> list[str]:
    return _WORD.findall(folded(name))


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return folded(word)


def _renamed(plain: Mapping[str, str], full: _FullNames, source: str) -> str:
    parts = _SEPARATED.split(source)
    for place in range(0, len(parts) - 1, 2):
        stem = _ARCHIVE.sub("", parts[place])
        if plain_name(stem) in plain:
            parts[place] = plain[plain_name(stem)] + parts[place][len(stem) :]
    if own := begins_with(stem_of(source), plain):
        parts[-1] = plain[plain_name(own)] + parts[-1][len(own) :]
    return "".join(_without_names(part, full) for part in parts)


def _without_names(part: str, full: _FullNames) -> str:
    """Replace first and last names inside a folder's or file's name: "Run with Ann Lee".

    Whatever their accents and the order of their words.

    Names are looked up word by word: a folder may hold 100,000 files, and a club 3,000 people.
    """
    composed = unicodedata.normalize("NFC", part)  # as macOS writes it, an accent parts a word
    words = list(_WORD.finditer(composed))
    bare = [_folded(word[0]) for word in words]
    # Two words make a name; a look at single words spares most files the search.
    if sum(word in full.words for word in bare) < _FEWEST_WORDS:
        return part
    for begin, first in enumerate(words):
        # The longest name first: "Ann Lee Smith" is not Ann Lee with a word behind.
        for end in range(min(begin + _MOST_WORDS, len(words)), begin + 1, -1):
            name = " ".join(bare[begin:end])
            new = full.new.get(name) or full.new.get(" ".join(sorted(bare[begin:end])))
            if new is not None:
                rest = _without_names(composed[words[end - 1].end() :], full)
                return composed[: first.start()] + new + rest
    return part

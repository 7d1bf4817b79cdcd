"""Walk a dataset folder and read every file in it; none is skipped without a word."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.account import Account, ignored_file, refused_file
from ingest.dataset import FILE_NAME
from ingest.errors import StridecastError
from ingest.readers import FileRefused, Parsed, ReadContext, Reader, find_reader
from ingest.readers.base import digest

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the file at hand."""

Records = dict[str, pd.DataFrame]

_IGNORED: Final[Mapping[str, str]] = {
    FILE_NAME: "settings of the dataset",
    "Thumbs.db": "written by a file manager",
    "desktop.ini": "written by a file manager",
}
_NOTES: Final = frozenset({"README", "LICENSE", "LICENCE", "CHANGELOG"})


def data_files(place: Path) -> list[Path]:
    """Return all files below a folder, in the order of their paths.

    Raises
    ------
    StridecastError
        If there is no such folder, or no data file in it.
    """
    if not place.is_dir():
        raise StridecastError(f"{place}: no such folder", "name a dataset folder")
    files = sorted(path for path in place.rglob("*") if path.is_file())
    if all(why_ignored(path) for path in files):
        raise StridecastError(f"{place}: no data files", "copy the exports into this folder")
    return files


def why_ignored(path: Path) -> str:
    """Return why a file holds no data by its name, or an empty text."""
    if path.name in _IGNORED:
        return _IGNORED[path.name]
    if path.name.startswith(".") or path.suffix == ".dvc":
        return "hidden or administrative file"
    if "__MACOSX" in path.parts:
        return "written by an archiver"
    is_note = path.stem.upper() in _NOTES or path.suffix.lower() == ".md"
    return "documentation" if is_note else ""


def read_files(
    files: list[Path], context: ReadContext, progress: Progress | None = None
) -> tuple[list[Account], Records]:
    """Read the files, those that list athletes first; the rest needs to know who belongs.

    Returns
    -------
    accounts : list of Account
        One per file, by path.
    records : dict of str to pandas.DataFrame
        Table -> the rows of all files, in the order of their paths, raw ids.

    Raises
    ------
    StridecastError
        If no file lists an athlete.
    """
    known = [(path, _reader_of(path)) for path in files]
    lists = [pair for pair in known if pair[1] and pair[1].lists_athletes]
    rest = [pair for pair in known if pair not in lists]
    parsed: list[Parsed] = []
    for number, (path, reader) in enumerate(lists + rest, start=1):
        if number == len(lists) + 1:
            context = replace(context, athletes=_athletes(parsed, context))
        parsed.append(_read(path, reader, context))
        if progress:
            progress(number, len(files), context.source(path))
    parsed.sort(key=lambda one: one.account.source)
    return [one.account for one in parsed], _joined(parsed)


def _athletes(parsed: list[Parsed], context: ReadContext) -> frozenset[str]:
    lists = [one.records["athletes"]["athlete"] for one in parsed if "athletes" in one.records]
    if not any(len(ids) for ids in lists):
        why = [sentence for one in parsed for sentence in one.account.rejects["sentence"]]
        raise StridecastError(
            f"{context.root}: no athlete listed ({why[0] if why else 'no roster found'})",
            "add a roster.csv with at least the column athlete",
        )
    return frozenset(pd.concat(lists))


def _reader_of(path: Path) -> Reader | None:
    try:
        return None if why_ignored(path) else find_reader(path)
    except OSError:
        return None


def _read(path: Path, reader: Reader | None, context: ReadContext) -> Parsed:
    source = context.source(path)
    ignored = why_ignored(path)
    if ignored:
        return Parsed(ignored_file(source, ignored))
    if not os.access(path, os.R_OK):
        sentence = f"{source}: the file may not be read; change its permissions"
        return Parsed(refused_file(source, "unknown", "unreadable_file", sentence))
    if reader is None:
        sentence = f"{source}: no reader knows this kind of file; data/README.md lists those read"
        return Parsed(refused_file(source, "unknown", "unknown_format", sentence))
    try:
        parsed, code = reader.read(path, context), digest(path.read_bytes())
    except FileRefused as refusal:
        sentence = f"{source}: {refusal.sentence}"
        return Parsed(refused_file(source, reader.kind, refusal.reason, sentence))
    records = {name: frame.assign(source_hash=code) for name, frame in parsed.records.items()}
    return replace(parsed, records=records)


def _joined(parsed: list[Parsed]) -> Records:
    names = sorted({name for one in parsed for name in one.records})
    parts = {name: [one.records[name] for one in parsed if name in one.records] for name in names}
    return {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}

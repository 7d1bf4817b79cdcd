"""Additions to a dataset folder that happen as a whole, and can be taken back as a whole."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from common.atomic import flush_to_disk
from common.errors import StridecastError
from common.store import read_json, write_json
from ingest.dataset.file_names import ADDED
from ingest.reading.read_one import file_digest

_LOG: Final = "log.json"


class Change(NamedTuple):
    """A file to be put somewhere."""

    source: Path
    place: Path


class Journal:
    """The additions to a folder, the newest last.

    Parameters
    ----------
    folder : pathlib.Path
        Dataset folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / ADDED

    def carry_out(self, changes: Sequence[Change]) -> None:
        """Put all files in their places, or none.

        New files are copied aside first: what can fail for lack of room fails before anything
        changes. A run that was killed while files changed places is taken back by the next one.

        Raises
        ------
        StridecastError
            If a file cannot be copied; nothing has changed then.
        """
        self._repair()
        if not changes:
            return
        own = self.home / f"{len(self._finished()) + 1:06d}"
        shutil.rmtree(own, ignore_errors=True)
        try:
            entries = [_aside(own, number, one) for number, one in enumerate(changes)]
            self._write(own, entries, done=False)
            for entry, change in zip(entries, changes, strict=True):
                change.place.parent.mkdir(parents=True, exist_ok=True)
                (own / str(entry["new"])).replace(change.place)
            self._write(own, entries, done=True)
        except OSError as error:
            self._repair()
            shutil.rmtree(own, ignore_errors=True)
            _without_empty(self.home, self.folder)
            raise StridecastError(
                f"{self.folder}: {error.strerror or 'the copy failed'}",
                "make room and add it again; nothing was added",
            ) from None

    def undo(self) -> int:
        """Take the last addition back, and return the number of its files."""
        self._repair()
        finished = self._finished()
        if not finished:
            raise StridecastError(f"{self.folder}: nothing was added by a command", "")
        own = finished[-1]
        entries = read_json(own / _LOG)["entries"]
        for entry in entries:
            place = self.folder / entry["place"]
            if place.exists() and file_digest(place) != entry["digest"]:
                raise StridecastError(
                    f"{place}: was changed since it was added", "take it away by hand"
                )
        _take_back(self.folder, own, entries)
        return len(entries)

    def _finished(self) -> list[Path]:
        logs = sorted(self.home.glob(f"*/{_LOG}"))
        return [path.parent for path in logs if read_json(path)["done"]]

    def _repair(self) -> None:
        """Take back what a run that was killed has left half done."""
        for path in sorted(self.home.glob(f"*/{_LOG}")):
            content = read_json(path)
            if not content["done"]:
                _take_back(self.folder, path.parent, content["entries"])

    def _write(self, own: Path, entries: list[dict[str, object]], *, done: bool) -> None:
        told = [
            {**one, "place": Path(str(one["place"])).relative_to(self.folder).as_posix()}
            for one in entries
        ]
        write_json(own / _LOG, {"done": done, "entries": told})


def _aside(own: Path, number: int, change: Change) -> dict[str, object]:
    """Copy a new file, and the one whose place it takes, into the addition's own folder."""
    own.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(change.source, own / f"new-{number}")
    flush_to_disk(own / f"new-{number}")
    entry: dict[str, object] = {
        "place": change.place.as_posix(),
        "new": f"new-{number}",
        "digest": file_digest(own / f"new-{number}"),
        "old": "",
    }
    if change.place.exists():
        shutil.copyfile(change.place, own / f"old-{number}")
        entry["old"] = f"old-{number}"
    return entry


def _take_back(folder: Path, own: Path, entries: Sequence[dict[str, str]]) -> None:
    for entry in entries:
        place = folder / entry["place"]
        was_moved = not (own / entry["new"]).exists()
        if entry["old"]:
            shutil.copyfile(own / entry["old"], place)
        elif was_moved:
            place.unlink(missing_ok=True)
            _without_empty(place.parent, folder)
    shutil.rmtree(own)


def _without_empty(folder: Path, top: Path) -> None:
    while folder not in (top, top.parent) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

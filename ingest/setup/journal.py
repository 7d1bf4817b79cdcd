"""Changes of a dataset folder that happen as a whole, and can be taken back as a whole."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from common.atomic import flush_to_disk
from common.errors import StridecastError
from common.store import read_json, write_json
from ingest.dataset.file_names import ADDED
from ingest.readers.base import file_digest

_LOG: Final = "log.json"
FILES: Final = "files"
"""Kind of a change that put files into the folder; logs of former versions tell no kind."""


class Change(NamedTuple):
    """A file to be put somewhere."""

    source: Path
    place: Path


@dataclass(frozen=True)
class UndoableChange:
    """A change that can be taken back: its own folder, and what its log says."""

    home: Path
    kind: str
    when: str
    entries: tuple[dict[str, Any], ...]

    @property
    def number(self) -> int:
        """The number by which a reader calls it."""
        return int(self.home.name)

    def text(self, name: str) -> str:
        """Return a text that was kept; an empty name stands for no file."""
        return (self.home / name).read_bytes().decode("utf-8") if name else ""


class Journal:
    """The changes of a folder, the newest last.

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
        own = self._next()
        try:
            entries = [_aside(own, number, change) for number, change in enumerate(changes)]
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

    def keep(self, kind: str, changed: Mapping[Path, tuple[str, str]]) -> None:
        """Remember texts of the folder that were written, each before and after."""
        self._repair()
        own = self._next()
        own.mkdir(parents=True, exist_ok=True)
        entries: list[dict[str, object]] = []
        for number, (path, texts) in enumerate(changed.items()):
            entry: dict[str, object] = {"place": path.as_posix()}
            for side, text in zip(("before", "after"), texts, strict=True):
                # With its ending, so that a person can be taken out of it like out of the file.
                entry[side] = f"{side}-{number}{path.suffix}" if text else ""
                if text:
                    (own / str(entry[side])).write_bytes(text.encode("utf-8"))
            entries.append(entry)
        self._write(own, entries, done=True, kind=kind)

    def undo(self) -> int:
        """Take the last addition of files back, and return their number."""
        added = [change for change in self.undoable() if change.kind == FILES]
        if not added:
            raise StridecastError(f"{self.folder}: nothing was added by a command", "")
        self.take_back(added[-1])
        return len(added[-1].entries)

    def take_back(self, change: UndoableChange) -> None:
        """Take an addition of files back.

        Raises
        ------
        StridecastError
            If a file was changed since; nothing has changed then.
        """
        for entry in change.entries:
            place = self.folder / entry["place"]
            # A file that somebody worked on since then is not taken away.
            if place.exists() and file_digest(place) != entry["digest"]:
                raise StridecastError(
                    f"{place}: was changed since it was added",
                    "take the later change back first, or take it away by hand",
                )
        _take_back(self.folder, change.home, change.entries)

    def drop(self, change: UndoableChange) -> None:
        """Forget a change that was taken back."""
        shutil.rmtree(change.home)

    def undoable(self) -> list[UndoableChange]:
        """Return the changes that can be taken back, the newest last."""
        self._repair()
        return [
            UndoableChange(
                path.parent, log.get("kind", FILES), _when(path, log), tuple(log["entries"])
            )
            for path, log in self._logs()
            if log["done"]
        ]

    def _logs(self) -> list[tuple[Path, Any]]:
        return [(path, read_json(path)) for path in sorted(self.home.glob(f"*/{_LOG}"))]

    def _next(self) -> Path:
        """Return a new change's own folder; a number in use is not given again."""
        numbers = [int(path.parent.name) for path, _ in self._logs()]
        # Six digits, so that names sort as numbers do.
        own = self.home / f"{max(numbers, default=0) + 1:06d}"
        # A killed run may have left a folder without a log, whose number counts as free.
        shutil.rmtree(own, ignore_errors=True)
        return own

    def _repair(self) -> None:
        """Take back what a run that was killed has left half done."""
        for path, log in self._logs():
            if not log["done"]:
                _take_back(self.folder, path.parent, log["entries"])

    def _write(
        self, own: Path, entries: list[dict[str, object]], *, done: bool, kind: str = FILES
    ) -> None:
        log_entries = [
            {**entry, "place": Path(str(entry["place"])).relative_to(self.folder).as_posix()}
            for entry in entries
        ]
        now = datetime.now(tz=UTC).astimezone().isoformat(timespec="minutes")
        write_json(own / _LOG, {"done": done, "kind": kind, "when": now, "entries": log_entries})


def _when(path: Path, log: Mapping[str, Any]) -> str:
    """Return when a change was made; logs of former versions do not tell, their files do."""
    made = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone()
    return str(log.get("when") or made.isoformat(timespec="minutes"))


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
        # A killed run may have moved some files only; what still
        # lies aside never reached its place.
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

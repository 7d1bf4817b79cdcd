"""Put new exports beside the earlier ones, all or none, so that it can be undone.

Exports bear the same name every week, and a later one may hold less: copied over the earlier one
it would take sessions away. A file takes the place of an older one only if it holds all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from ingest.dataset.file_names import ADDED, why_ignored
from ingest.dataset.settings import load_config
from ingest.readers.base import file_digest
from ingest.reading.containers import Item
from ingest.reading.links import why_not_followed
from ingest.reading.read_one import recognise
from ingest.setup.covers import covers
from ingest.setup.journal import Change, Journal

_MOST_NAMES: Final = 1000


@dataclass(frozen=True)
class Added:
    """What became of one file.

    Parameters
    ----------
    source : pathlib.Path
        The file that was given.
    place : pathlib.Path
        Where its content lies now.
    is_new : bool
        Whether it was copied; otherwise its content lay there before.
    replaces : bool
        Whether it took the place of an older export, all of which it holds.
    """

    source: Path
    place: Path
    is_new: bool
    replaces: bool = False


def add_exports(
    paths: Iterable[Path], folder: Path, athlete: str = "", *, today: date | None = None
) -> list[Added]:
    """Copy files into a dataset folder, all of them or none.

    A file whose content lies in the folder already is not copied again. One whose name is taken
    replaces the older file if it holds all of it; otherwise it lies beside it, with the day in its
    name. :func:`undo_last` takes the last addition back.

    Parameters
    ----------
    paths : iterable of pathlib.Path
        Files, and folders with all that is in them.
    folder : pathlib.Path
        Dataset folder, with a `dataset.yaml`.
    athlete : str
        Id in the roster of whom the files are; they go to `activities/<athlete>`.
    today : date, optional
        Day in the name of a file that lies beside an older one.

    Raises
    ------
    StridecastError
        If there is no such file or dataset folder, a file lists athletes (of those there is one,
        and it is corrected, not added to), or there is no room. Nothing has changed then.
    """
    load_config(folder)
    # A slash in the id would lead out of the folder of activities.
    if athlete and Path(athlete).name != athlete:
        raise StridecastError(f"{athlete!r} is no id", "name an athlete as the roster does")
    files = [pair for path in paths for pair in _files(path)]
    # All are looked at before any is copied: all or none.
    for source, _ in files:
        _refuse_roster(source)
    target = folder / "activities" / athlete if athlete else folder
    plan = _Plan(folder, today or date.today())  # noqa: DTZ011 - the day as the coach knows it
    done = [plan.take(source, target / name) for source, name in files]
    Journal(folder).carry_out(plan.changes)
    return done


def undo_last(folder: Path) -> int:
    """Take the last addition back, and return how many files it had brought.

    Raises
    ------
    StridecastError
        If nothing was added, or a file was changed since.
    """
    load_config(folder)
    return Journal(folder).undo()


class _Plan:
    """What is to be copied where."""

    def __init__(self, folder: Path, today: date) -> None:
        self.changes: list[Change] = []
        self._today = today
        self._sizes = _sizes(folder)
        self._taken: set[Path] = set()

    def take(self, source: Path, place: Path) -> Added:
        """Plan where a file goes; one whose content is there stays out."""
        # Size first: a digest of every file of the folder would read gigabytes each week.
        alike = self._sizes.setdefault(source.stat().st_size, [])
        digest = file_digest(source)
        for path, where in alike:
            if file_digest(path) == digest:
                return Added(source, where, is_new=False)
        # Two exports of one name within one call must not replace each other.
        replaces = place.exists() and place not in self._taken and covers(source, place)
        if not replaces:
            place = self._free(place)
        self._taken.add(place)
        self.changes.append(Change(source, place))
        alike.append((source, place))
        return Added(source, place, is_new=True, replaces=replaces)

    def _free(self, place: Path) -> Path:
        """Return a place that is free: the name itself, else with the day and a number."""
        # At the first point, so that `.fit.gz` stays whole behind the day.
        stem, ending = place.name.split(".", 1) if "." in place.name else (place.name, "")
        dotted = f".{ending}" if ending else ""
        names = [
            place.name,
            f"{stem} ({self._today}){dotted}",
            *(f"{stem} ({self._today} {number}){dotted}" for number in range(2, _MOST_NAMES)),
        ]
        free = (place.with_name(name) for name in names)
        return next(path for path in free if not path.exists() and path not in self._taken)


def _files(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield files with the names they are to have below the target."""
    if path.is_file():
        yield path, Path(path.name)
    elif path.is_dir():
        inside = sorted(inner for inner in path.rglob("*") if inner.is_symlink() or inner.is_file())
        # A link could bring in files that nobody meant to hand over.
        for file in inside:
            _refuse_link(file, path)
        name = path.resolve().name
        yield from (
            (kept_file, name / kept_file.relative_to(path))
            for kept_file in inside
            if not why_ignored(kept_file)
        )
    else:
        raise StridecastError(f"{path}: no such file or folder", "name the export as downloaded")


def _refuse_link(path: Path, folder: Path) -> None:
    refusal = why_not_followed(path, folder)
    if refusal:
        raise StridecastError(f"{path}: {refusal[1]}", "nothing was copied")


def _refuse_roster(source: Path) -> None:
    _, reader = recognise(Item(source.name, source))
    if reader is not None and reader.lists_athletes:
        raise StridecastError(
            f"{source}: a list of athletes, of which a dataset has one",
            "correct the roster in the dataset folder instead",
        )


def _sizes(folder: Path) -> dict[int, list[tuple[Path, Path]]]:
    """Return the files of a folder by size, for only those of one size can be equal."""
    by_size: dict[int, list[tuple[Path, Path]]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        # That folder holds what can be taken back, which is no export of the team.
        if not why_ignored(path) and folder / ADDED not in path.parents:
            by_size.setdefault(path.stat().st_size, []).append((path, path))
    return by_size

"""Put new exports beside the earlier ones, so that `data/raw/` only ever grows.

Exports bear the same name every week, and a later one may hold less: copied over the earlier one
it would take sessions away. Here nothing is ever replaced.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from ingest.dataset.file_names import why_ignored
from ingest.dataset.settings import load_config
from ingest.reading.containers import Item
from ingest.reading.read_one import file_digest, recognise

_DIGITS: Final = 8


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
    """

    source: Path
    place: Path
    is_new: bool


def add_exports(paths: Iterable[Path], folder: Path, athlete: str = "") -> list[Added]:
    """Copy files into a dataset folder without replacing any.

    A file whose content lies in the folder already is not copied again; one whose name is taken by
    other content goes into a folder `added-<digest>` beside it.

    Parameters
    ----------
    paths : iterable of pathlib.Path
        Files, and folders with all that is in them.
    folder : pathlib.Path
        Dataset folder, with a `dataset.yaml`.
    athlete : str
        Id in the roster of whom the files are; they go to `activities/<athlete>`.

    Raises
    ------
    StridecastError
        If there is no such file or dataset folder, or a file lists athletes: of those there is
        one, and it is corrected, not added to. Nothing has been copied then.
    """
    load_config(folder)
    if athlete and Path(athlete).name != athlete:
        raise StridecastError(f"{athlete!r} is no id", "name an athlete as the roster does")
    given = [pair for path in paths for pair in _files(path)]
    for source, _ in given:
        _refuse_roster(source)
    target = folder / "activities" / athlete if athlete else folder
    here = _sizes(folder)
    return [_added(source, target / name, here) for source, name in given]


def _files(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield files with the names they are to have below the target."""
    if path.is_file():
        yield path, Path(path.name)
    elif path.is_dir():
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        name = path.resolve().name
        yield from ((one, name / one.relative_to(path)) for one in inside if not why_ignored(one))
    else:
        raise StridecastError(f"{path}: no such file or folder", "name the export as downloaded")


def _refuse_roster(source: Path) -> None:
    _, reader = recognise(Item(source.name, source))
    if reader is not None and reader.lists_athletes:
        raise StridecastError(
            f"{source}: a list of athletes, of which a dataset has one",
            "correct the roster in the dataset folder instead",
        )


def _sizes(folder: Path) -> dict[int, list[Path]]:
    """Return the files of a folder by size, for only those of one size can be equal."""
    found: dict[int, list[Path]] = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        found.setdefault(path.stat().st_size, []).append(path)
    return found


def _added(source: Path, place: Path, here: dict[int, list[Path]]) -> Added:
    alike = here.setdefault(source.stat().st_size, [])
    digest = file_digest(source)
    for path in alike:
        if file_digest(path) == digest:
            return Added(source, path, is_new=False)
    if place.exists():
        place = place.parent / f"added-{digest[:_DIGITS]}" / place.name
    place.parent.mkdir(parents=True, exist_ok=True)
    _copy(source, place)
    alike.append(place)
    return Added(source, place, is_new=True)


def _copy(source: Path, place: Path) -> None:
    """Copy to a place that must be free; a copy that fails leaves nothing behind."""
    with source.open("rb") as content, place.open("xb") as copy:
        try:
            shutil.copyfileobj(content, copy)
        except OSError as error:
            place.unlink()
            why = error.strerror or "the copy failed"
            raise StridecastError(f"{place}: {why}", "make room and add it again") from None

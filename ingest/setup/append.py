"""Put new exports beside the earlier ones, so that `data/raw/` only ever grows.

Exports bear the same name every week, and a later one may hold less: copied over the earlier one
it would take sessions away. Here nothing is ever replaced.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from common.atomic import PART, flush_to_disk
from common.errors import StridecastError
from ingest.dataset.file_names import why_ignored
from ingest.dataset.settings import load_config
from ingest.reading.containers import Item
from ingest.reading.links import why_not_followed
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
        inside = sorted(one for one in path.rglob("*") if one.is_symlink() or one.is_file())
        for one in inside:
            _refuse_link(one, path)
        name = path.resolve().name
        yield from ((one, name / one.relative_to(path)) for one in inside if not why_ignored(one))
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
    """Copy to a place that must be free.

    The copy is made under a hidden name, which no reader looks at, and gets its own once it is
    whole: a copy that fails, or is killed, leaves no half of a file to be read.
    """
    part = place.with_name(f".{place.name}.{secrets.token_hex(6)}{PART}")
    try:
        with source.open("rb") as content, part.open("xb") as copy:
            shutil.copyfileobj(content, copy)
        flush_to_disk(part)
        _name(part, place)
    except FileExistsError:
        raise StridecastError(f"{place}: another run added it meanwhile", "add it again") from None
    except OSError as error:
        why = error.strerror or "the copy failed"
        raise StridecastError(f"{place}: {why}", "make room and add it again") from None
    finally:
        part.unlink(missing_ok=True)


def _name(part: Path, place: Path) -> None:
    """Give a copy its name without replacing anything."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a memory stick
        if place.exists():
            raise FileExistsError(place) from None
        part.rename(place)

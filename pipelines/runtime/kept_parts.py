"""Parts of a stage that are kept until the whole is written: a rerun computes what is missing."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol, TypeVar

from common.errors import StridecastError
from pipelines.runtime.engine import Part, Place, run_parts

_SHOWN: Final = 3
FOLDER: Final = ".stridecast-cache"
STAGES: Final = ("clubs", "features", "scores")
"""Folders in it, each with the parts of one stage."""


class KeptPart(Part, Protocol):
    """A part that writes one file or folder, at once, when it is done."""

    @property
    def out(self) -> Path:
        """What it writes."""
        ...


K = TypeVar("K", bound=KeptPart)


def run_missing(work: Callable[[K], None], parts: Sequence[K], place: Place, lack: str) -> None:
    """Work on every part whose file is not there yet.

    Parameters
    ----------
    work : callable
        As for :func:`pipelines.runtime.engine.run_parts`.
    parts : sequence of KeptPart
        All of them.
    place : Place
        Engine, processes, scheduler.
    lack : str
        What a part that failed is without, for the message.

    Raises
    ------
    StridecastError
        If parts failed; the others are kept, and a rerun computes those alone.
    """
    missing = [part for part in parts if not part.out.exists()]
    if len(missing) < len(parts):
        print(
            f"{len(parts) - len(missing)} of {len(parts)} parts are kept from a run that broke off"
        )
    failed = run_parts(work, missing, place)
    if failed:
        raise StridecastError(
            _message(failed, len(parts), lack), "mend the cause and run the stage again"
        )


@contextmanager
def folder_of_parts(root: Path, stage: str, name: str = "") -> Iterator[Path]:
    """Give the folder for the parts of a stage; remove it when the whole is written.

    Its neighbours, made from other inputs, settings or code, are removed as well: no run will
    go on with them. After an error all of them stay, so that a rerun computes what is missing.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the project.
    stage : str
        One of :data:`STAGES`.
    name : str
        From :func:`name_of_inputs`; without one, parts that bear such names lie in the folder of
        the stage itself.
    """
    folder = root / FOLDER / stage
    yield folder / name
    if folder.exists():
        remove_kept(folder)


def name_of_inputs(files: Iterable[Path], code: Iterable[Path], settings: str) -> str:
    """Return a name for what parts are made of: files by size and time, code, settings.

    Parameters
    ----------
    files : iterable of pathlib.Path
        What is read.
    code : iterable of pathlib.Path
        Folders or files of code.
    settings : str
        The settings as text.
    """
    digest = hashlib.sha256(settings.encode())
    for path in sorted(files):
        state = path.stat()
        # Data by size and time: to hash their content would read every file once more.
        digest.update(f"{path.resolve()} {state.st_size} {state.st_mtime_ns}".encode())
    for path in sorted(path for place in code for path in _modules(place)):
        # Code by content: a checkout changes the times of files that stay the same.
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _modules(place: Path) -> Iterable[Path]:
    """Return the modules of a folder, or a file itself; none where there is neither."""
    return [place] if place.is_file() else place.rglob("*.py")


def put_in_place(folder: Path, out: Path) -> None:
    """Put a whole folder in its place, also where an earlier run left one when it broke off.

    Parameters
    ----------
    folder : pathlib.Path
        What a part has written, beside `out`.
    out : pathlib.Path
        Where it belongs.
    """
    shutil.rmtree(out, ignore_errors=True)
    folder.replace(out)


def kept_folders(root: Path) -> list[Path]:
    """Return the folders with what runs that broke off have left in a project."""
    folders = [root / FOLDER / stage for stage in STAGES]
    return [path for folder in folders for path in (folder, _aside(folder)) if path.exists()]


def remove_kept(folder: Path) -> None:
    """Remove kept parts, out of sight first: half a part that is left would be taken for a whole.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of kept parts, of this run and of others.
    """
    aside = _aside(folder)
    shutil.rmtree(aside, ignore_errors=True)
    folder.replace(aside)
    shutil.rmtree(aside)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.removed")


def _message(failed: dict[str, str], parts: int, lack: str) -> str:
    shown = "; ".join(f"{name}: {fault}" for name, fault in list(failed.items())[:_SHOWN])
    more = f"; and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
    return f"{len(failed)} of {parts} parts have no {lack}. {shown}{more}"

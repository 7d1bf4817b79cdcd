"""One writer at a time per folder, also when cron starts a second one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from common.atomic import clear_parts, private_folder
from common.errors import StridecastError
from common.file_set import finish

LOCK_FILE: Final = ".stridecast.lock"


@contextmanager
def only_writer(
    folder: Path, *, wait_seconds: float = 0, remedy: str = "choose another --out"
) -> Iterator[None]:
    """Hold the folder's lock; the system lets it go even if the process is killed.

    A folder that is made here is its owner's alone. What a killed writer left half done is
    finished or removed first.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is missing.
    wait_seconds : float
        How long another run may go on before this one gives up.
    remedy : str
        What to do about it.

    Raises
    ------
    StridecastError
        If another run holds it, or the folder cannot be written to.
    """
    lock = FileLock(folder / LOCK_FILE, timeout=wait_seconds)
    try:
        private_folder(folder)
        lock.acquire()
    except Timeout:
        raise StridecastError(
            f"{folder}: another stridecast run is writing here",
            f"wait until it has finished, or {remedy}",
        ) from None
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or "it cannot be locked"
        raise StridecastError(f"{folder}: cannot be written to ({why})", remedy) from None
    try:
        # Before anything is read: a killed run may have moved only some of its new files.
        finish(folder)
        clear_parts(folder, 0)
        yield
    finally:
        lock.release()


def keep_out_of_git(folder: Path) -> None:
    """Let git pass over a folder of health data, wherever it lies; an own .gitignore stays."""
    path = folder / ".gitignore"
    # A folder that is a repository itself was made one on purpose.
    if not path.exists() and not (folder / ".git").exists():
        path.write_text("*\n", encoding="utf-8")

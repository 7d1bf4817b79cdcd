"""One writer at a time per folder, also when cron starts a second one."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from common.errors import StridecastError

LOCK_FILE: Final = ".stridecast.lock"
_PAUSE_SECONDS: Final = 0.2


@contextmanager
def only_writer(
    folder: Path, *, wait_seconds: float = 0, remedy: str = "choose another --out"
) -> Iterator[None]:
    """Hold the folder's lock; the system lets it go even if the process is killed.

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
    path = folder / LOCK_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StridecastError(
            f"{folder}: cannot be written to ({error.strerror})", remedy
        ) from None
    try:
        _wait(handle, folder, wait_seconds, remedy)
        yield
    finally:
        os.close(handle)


def keep_out_of_git(folder: Path) -> None:
    """Let git pass over a folder of health data, wherever it lies; an own .gitignore stays."""
    path = folder / ".gitignore"
    if not path.exists() and not (folder / ".git").exists():
        path.write_text("*\n", encoding="utf-8")


def _wait(handle: int, folder: Path, seconds: float, remedy: str) -> None:
    give_up = time.monotonic() + seconds
    while not _taken(handle):
        if time.monotonic() >= give_up:
            raise StridecastError(
                f"{folder}: another stridecast run is writing here",
                f"wait until it has finished, or {remedy}",
            )
        time.sleep(_PAUSE_SECONDS)


def _taken(handle: int) -> bool:
    """Take the lock if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on this system alone

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - exists on other systems alone

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

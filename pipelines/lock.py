"""One writer at a time per folder, also when cron starts a second one."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ingest.errors import StridecastError

LOCK_FILE: Final = ".stridecast.lock"


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets it go even if the process is killed.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is missing.

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
            f"{folder}: cannot be written to ({error.strerror})", "choose another --out"
        ) from None
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on this system alone

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - exists on other systems alone

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StridecastError(
            f"{folder}: another stridecast run is writing here",
            "wait until it has finished, or choose another --out",
        ) from None

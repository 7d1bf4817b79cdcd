"""A private folder for what is unpacked during a run; those of killed runs are removed."""

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from common.atomic import PRIVATE

_PREFIX: Final = "stridecast-"
_LOCK: Final = ".lock"
_YOUNG_S: Final = 60.0
"""A run holds the lock of its folder within this time of making it."""


@contextmanager
def scratch_folder(home: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder that its owner alone can read; it is removed afterwards.

    A run that is killed cannot remove its folder. The system lets go of its lock then, and the
    next run removes the folder.

    Parameters
    ----------
    home : pathlib.Path, optional
        Where it lies; by default in the system's folder for such things.
    """
    home = home or Path(tempfile.gettempdir())
    _clear(home)
    folder = home / f"{_PREFIX}{secrets.token_hex(8)}"
    lock = FileLock(home / f"{folder.name}{_LOCK}")
    with lock:
        folder.mkdir(mode=PRIVATE)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            Path(lock.lock_file).unlink(missing_ok=True)


def _clear(home: Path) -> None:
    """Remove the folders whose locks nobody holds."""
    now = time.time()
    for path in home.glob(f"{_PREFIX}*{_LOCK}"):
        try:
            if now - path.stat().st_mtime < _YOUNG_S:
                continue
            # A lock that can be taken belongs to nobody: its run has ended or was killed.
            with FileLock(path, timeout=0):
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink(missing_ok=True)
        except (Timeout, OSError):
            continue  # In use, or another user's.

"""Files written whole: a crash leaves the old file or the new one, never half of one."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PART: Final = ".part"
PRIVATE: Final = 0o700
_SAFE_AGE_S: Final = 86_400.0
"""Nothing of ours writes one file for a day; what is older belongs to a run that was killed."""


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it replaces `path` in one step.

    The new file has the permissions that the user's umask gives to any new file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Of this file alone: a folder may hold parts that other runs are writing just now.
    clear_parts(path.parent, _SAFE_AGE_S, path.name)
    # In the same folder, since replacing is one step only within a file system.
    part = path.parent / f".{path.name}.{secrets.token_hex(6)}{PART}"
    # Made by the kernel with the umask applied; a library that opens it later keeps the mode.
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def clear_parts(folder: Path, older_than_s: float, name: str = "*") -> None:
    """Remove what killed writers left in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Looked at by itself, not below.
    older_than_s : float
        Age in seconds; 0 only for whoever holds the lock of the folder.
    name : str
        Of which file; by default of every file.
    """
    pattern = f".{name}.*{PART}" if name != "*" else f".*{PART}"
    now = time.time()
    for left in folder.glob(pattern):
        try:
            if now - left.stat().st_mtime >= older_than_s:
                left.unlink()
        except OSError:
            continue  # Another run removed it, or may not: it is only clutter.


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, for its owner alone.

    A folder that is there already keeps its permissions: somebody chose them.
    """
    missing = [entry for entry in (path, *path.parents) if not entry.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    return path


def flush_to_disk(path: Path) -> None:
    """Wait until the content of a file is on the disk, so that a power cut leaves it whole."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

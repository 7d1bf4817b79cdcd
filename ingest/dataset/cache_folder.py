"""Where what was parsed is kept from run to run."""

import hashlib
import os
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from common.errors import StridecastError

CACHE_VARIABLE: Final = "STRIDECAST_CACHE"


def default_cache(root: Path) -> Path:
    """Return the folder of a project's cache: `$STRIDECAST_CACHE`, else in the user's own cache.

    Raises
    ------
    StridecastError
        If the user has no home folder, as an account of services may, and nothing names the cache.
    """
    folder = os.environ.get(CACHE_VARIABLE)
    if folder:
        return Path(folder)
    # By the path of the project: two projects of one user must not share a cache.
    project = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    return _users_own() / project


def mark_as_cache(folder: Path) -> None:
    """Let git and backups pass over a folder of the cache, wherever it lies."""
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    # The fixed text of the Cache Directory Tagging standard, which backup programs look for.
    (folder / "CACHEDIR.TAG").write_text(
        "Signature: 8a477f597d28d172789f06886806bc55\n", encoding="ascii"
    )


def _users_own() -> Path:
    try:
        path = user_cache_path("stridecast", appauthor=False)
    except RuntimeError:
        path = Path("~")
    # Older versions of platformdirs return the ~ that nothing stands for.
    if not path.is_absolute():
        raise StridecastError(
            "this user has no home folder, so there is no place for the cache",
            f"set HOME, or let ${CACHE_VARIABLE} name a folder",
        )
    return path

"""Which files of DVC's cache hold a person's own exports: their content need not name them.

DVC keeps every version of a file under the MD5 of its content. A directory is a listing (`.dir`) of
paths with these digests; what lies below a folder of the person's name is theirs.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

_LISTING: Final = "*.dir"


def cached_as_theirs(cache: Path, own: list[Path], is_own: Callable[[str], bool]) -> set[Path]:
    """Return the files of a cache that are a person's alone.

    Parameters
    ----------
    cache : pathlib.Path
        `.dvc/cache`; it need not exist.
    own : list of pathlib.Path
        The person's own files as they lie there now, for versions that no listing tells.
    is_own : callable
        Whether a path below the dataset is the person's.

    Returns
    -------
    set of pathlib.Path
        Without files that are another person's too, byte for byte.
    """
    theirs = {hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() for path in own}
    others: set[str] = set()
    for path, digest in _entries(cache):
        (theirs if is_own(path) else others).add(digest)
    return {
        place
        for digest in theirs - others
        # DVC 3 keeps files below files/md5; earlier versions kept them in the cache itself.
        for folder in (cache / "files" / "md5", cache)
        if (place := folder / digest[:2] / digest[2:]).is_file()
    }


def _entries(cache: Path) -> Iterator[tuple[str, str]]:
    """Yield path and digest of all that the listings of a cache hold."""
    for listing in sorted(cache.rglob(_LISTING)):
        try:
            entries: list[dict[str, Any]] = json.loads(listing.read_text(encoding="utf-8"))
            yield from ((str(entry["relpath"]), str(entry["md5"])) for entry in entries)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # Not a listing, or a damaged one: its files are searched by their content.

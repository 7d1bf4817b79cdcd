"""Several files replaced together: after a crash or on a full disk all are old, or all are new.

The new files are written into a hidden folder. Once all of them are on the disk, one rename of that
folder decides that they count, and they are moved to their places. A run that is killed while
it moves them leaves the rest in the hidden folder, and the next run moves it before it reads.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from common.atomic import PRIVATE, flush_to_disk

_DRAFT: Final = ".new-files"
_DECIDED: Final = ".decided-files"


@contextmanager
def file_set(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; what is written into it replaces the files of `folder` together.

    The caller holds the folder's lock. An error inside changes nothing in `folder`.
    """
    # First what an earlier run decided: its files are newer than those in the folder.
    finish(folder)
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=PRIVATE)
    try:
        yield draft
        _prepare(draft, folder)
        draft.rename(folder / _DECIDED)
    # Also on Ctrl-C: a draft that stays would hold personal data in a hidden folder.
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    finish(folder)


def finish(folder: Path) -> None:
    """Finish the replacements that an interrupted run had decided on; the caller holds the lock."""
    decided = folder / _DECIDED
    if not decided.is_dir():
        return
    for path in _files(decided):
        target = folder / path.relative_to(decided)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    shutil.rmtree(decided)


def _prepare(draft: Path, folder: Path) -> None:
    """Do all that needs room on the disk before the decision: moving a file needs none."""
    for path in _files(draft):
        flush_to_disk(path)
        (folder / path.relative_to(draft)).parent.mkdir(parents=True, exist_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())

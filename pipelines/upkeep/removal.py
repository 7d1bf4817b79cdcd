"""Take a person out of files: rows of tables and sheets, lines of logs, files of their own."""

import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from common.atomic import atomic
from common.frame_files import write_frame
from common.store import write_text
from pipelines.upkeep.person import Person, theirs
from pipelines.upkeep.places import CACHED, EXPORTS
from pipelines.upkeep.search import Hit, is_others, is_own
from pipelines.upkeep.shared_files.documents import rewrite_calendar, rewrite_document
from pipelines.upkeep.shared_files.mentions import rewrite_without_names
from pipelines.upkeep.shared_files.old_workbooks import OLD_KINDS, rewrite_old_workbook
from pipelines.upkeep.shared_files.sheet_removal import rewrite_csv, rewrite_workbook
from pipelines.upkeep.texts import mentions

_REWRITERS: Final[Mapping[str, Callable[[Path, Person], bool]]] = {
    ".xlsx": rewrite_workbook,
    ".docx": rewrite_document,
    ".ics": rewrite_calendar,
    **dict.fromkeys((".csv", ".tsv", ".txt"), rewrite_csv),
}
_DERIVED: Final = {".html", ".json", ".csv", ".md", ".svg"}
"""Of a page or report all is made anew by the next run."""
_MARKS: Final = re.compile(r"[,:{}\[\]'\"]")
"""What stands between the names of a line of YAML."""
# JSON as well, but no next run makes them anew: without them a model could not be read.
_KEPT: Final = {"model.json", "manifest.json", "champion.json", "dvc.lock", "params.yaml"}


def remove(hit: Hit, who: Person) -> str:
    """Take the person out of one file.

    Returns
    -------
    str
        ``removed``, ``rewritten`` or ``by hand``: what was done, or is left to do.
    """
    path = hit.path
    if hit.how == "unread":
        return "by hand"
    if hit.how == "own" or hit.place_name == CACHED:
        # DVC makes the files of its cache read-only, and Windows deletes no read-only file.
        path.chmod(0o600)
        path.unlink()
        return "removed"
    return _rewrite(hit, who)


def _rewrite(hit: Hit, who: Person) -> str:
    path = hit.path
    if hit.how == "rows":
        return _rewrite_table(path, who)
    if path.suffix == ".jsonl":
        return _rewrite_lines(path, who)
    if hit.place_name == EXPORTS:
        return _rewrite_export(path, hit.source, who)
    if path.suffix in _DERIVED and path.name not in _KEPT:
        path.unlink()
        return "removed"
    return "by hand"


def _rewrite_table(path: Path, who: Person) -> str:
    try:
        frame = pd.read_parquet(path)
    except Exception:  # noqa: BLE001 - a damaged table may raise anything
        return "by hand"
    write_frame(path, frame[~theirs(frame, who)].reset_index(drop=True))
    return "rewritten"


def _rewrite_lines(path: Path, who: Person) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    lines_of_others = [line for line in lines if not who.is_in(line)]
    write_text(path, "".join(f"{line}\n" for line in lines_of_others))
    return "rewritten"


def _shares_a_line(path: Path, who: Person) -> bool:
    """Say whether a line of settings names somebody else beside the person, as a list may."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    words = [_MARKS.split(line) for line in lines if who.is_in(line)]
    return any(who.is_other(word) for line in words for word in line)


def _rewrite_export(path: Path, source: str, who: Person) -> str:
    if path.suffix.lower() in OLD_KINDS:
        return "rewritten" if rewrite_old_workbook(path, who) else "by hand"
    return "rewritten" if _without(path, source, who) else "by hand"


def _without(path: Path, source: str, who: Person) -> bool:
    """Take the person out of an export that is not theirs; say whether that could be done."""
    kind = path.suffix.lower()
    if is_others(source, who):
        return rewrite_without_names(path, who)
    if kind in _REWRITERS:
        return _REWRITERS[kind](path, who)
    if kind in {".yaml", ".yml"}:
        return not _shares_a_line(path, who) and bool(_rewrite_lines(path, who))
    return kind == ".zip" and _rewrite_archive(path, source, who)


def _rewrite_archive(path: Path, source: str, who: Person) -> bool:
    """Write an archive anew without the person's files and rows; say whether that could be done."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".forget-") as scratch:
            changed = _changed_entries(path, source, who, Path(scratch))
        if None in changed.values():
            return False
        with atomic(path) as part:
            _write_archive(path, part, changed)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return False  # encrypted, packed in a way that is not known, or damaged
    return True


def _changed_entries(
    path: Path, source: str, who: Person, scratch: Path
) -> dict[str, bytes | None]:
    """Return what entries become: nothing where all is theirs, None where that is not clear."""
    new_contents: dict[str, bytes | None] = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            inner = f"{source}!{entry.filename}"
            if is_own(inner, who):
                new_contents[entry.filename] = b""
            elif mentions(content := archive.read(entry), who):
                # A name of our own: that of an entry may lead out of the folder ("../").
                target = scratch / f"entry{Path(entry.filename).suffix}"
                target.write_bytes(content)
                new_contents[entry.filename] = _entry_without(target, inner, who)
    return new_contents


def _entry_without(path: Path, source: str, who: Person) -> bytes | None:
    if not _without(path, source, who):
        return None
    return path.read_bytes() if path.exists() else b""


def _write_archive(path: Path, part: Path, changed: dict[str, bytes | None]) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = changed.get(entry.filename)
            if content is None:
                new.writestr(entry, old.read(entry))
            elif content:
                new.writestr(entry, content)

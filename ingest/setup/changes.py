"""What the tool changed in a team's folder: listed, and taken back one by one.

Settings and roster are kept on both sides of each change, beside the exports that were added. A
change is taken back line by line, so that whatever was edited later stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

from common.errors import StridecastError
from common.store import write_text
from ingest.dataset.settings import FILE_NAME, load_config
from ingest.people.roster_file import roster_of
from ingest.setup.journal import FILES, Journal, UndoableChange
from ingest.setup.three_way import taken_back

SETTINGS: Final = "settings"
_inside: ContextVar[frozenset[Path]] = ContextVar("inside", default=frozenset())


@dataclass(frozen=True)
class Line:
    """One line of a change: `+` came, `-` went; of an added file its name alone."""

    file: str
    sign: str
    text: str = ""


@dataclass(frozen=True)
class Past:
    """A change that was made.

    Parameters
    ----------
    number : int
        Its number in the folder; numbers are not given twice.
    when : str
        Local day and time, as ISO writes them.
    kind : {"files", "settings"}
        Exports were added, or settings and roster were written.
    lines : tuple of Line
        What changed.
    """

    number: int
    when: str
    kind: str
    lines: tuple[Line, ...]


@contextmanager
def remembered(folder: Path) -> Iterator[None]:
    """Keep what the block changes in `dataset.yaml` and `roster.csv`, as one change.

    A block inside such a block belongs to the outer one. What fails changes nothing, and nothing
    is kept of it.
    """
    here = folder.resolve()
    if here in _inside.get():
        yield
        return
    token = _inside.set(_inside.get() | {here})
    before = _texts(folder)
    try:
        yield
    finally:
        _inside.reset(token)
        after = _texts(folder)
        changed = {
            path: (before.get(path, ""), after.get(path, ""))
            for path in before | after
            if before.get(path) != after.get(path)
        }
        if changed:
            # The change stands even where a full disk lets nothing be kept of it.
            with suppress(OSError):
                Journal(folder).keep(SETTINGS, changed)


def changes(folder: Path) -> list[Past]:
    """Return what the tool changed in a folder and can take back, the newest last."""
    return [_past(change) for change in Journal(folder).undoable()]


def undo(folder: Path, number: int | None = None) -> Past:
    """Take a change back, by default the last one, and return it.

    Raises
    ------
    StridecastError
        If there is no such change, or what it wrote was changed since; nothing has changed then.
    """
    journal = Journal(folder)
    undoable = journal.undoable()
    chosen = [change for change in undoable if number is None or change.number == number]
    if not chosen:
        fault = "nothing to take back" if number is None else f"no change {number}"
        raise StridecastError(f"{folder}: {fault}", "`stridecast data changes FOLDER` lists them")
    last = chosen[-1]
    past = _past(last)
    if last.kind == FILES:
        journal.take_back(last)
    else:
        _take_settings_back(folder, last)
        journal.drop(last)
    return past


def _take_settings_back(folder: Path, change: UndoableChange) -> None:
    now = _texts(folder)
    wanted = {
        folder / entry["place"]: _undone(folder / entry["place"], change, entry, now)
        for entry in change.entries
    }
    try:
        for path, text in wanted.items():
            _put(path, text)
        # What is taken back must not leave settings that nobody can read.
        if (folder / FILE_NAME).exists():
            load_config(folder)
    except StridecastError:
        for path in wanted:
            _put(path, now.get(path, ""))
        raise


def _undone(path: Path, change: UndoableChange, entry: dict[str, str], now: dict[Path, str]) -> str:
    text = taken_back(change.text(entry["before"]), change.text(entry["after"]), now.get(path, ""))
    if text is None:
        raise StridecastError(
            f"{path}: what change {change.number} wrote was changed since",
            "take the later change back first, or edit the file by hand",
        )
    return text


def _put(path: Path, text: str) -> None:
    """Write a text; a file that held nothing before the change goes."""
    if text:
        write_text(path, text)
    else:
        path.unlink(missing_ok=True)


def _texts(folder: Path) -> dict[Path, str]:
    """Return settings and roster as they stand; a file that is no text is none of ours."""
    texts = {}
    for path in (folder / FILE_NAME, roster_of(folder)):
        try:
            # By bytes: reading as text would change line ends, and
            # with them the text that is restored.
            texts[path] = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return texts


def _past(change: UndoableChange) -> Past:
    if change.kind == FILES:
        lines = [Line(str(e["place"]), "+" if not e["old"] else "~") for e in change.entries]
    else:
        lines = [line for entry in change.entries for line in _differences(change, entry)]
    return Past(change.number, change.when, change.kind, tuple(lines))


def _differences(change: UndoableChange, entry: dict[str, Any]) -> list[Line]:
    before, after = (change.text(entry[side]).splitlines() for side in ("before", "after"))
    diff = unified_diff(before, after, lineterm="", n=0)
    return [
        Line(str(entry["place"]), line[0], line[1:])
        for line in diff
        if line[0] in "+-" and not line.startswith(("+++", "---"))
    ]

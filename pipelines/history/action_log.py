"""The action log: what was done about a forecast, one JSON line each, only ever added to.

An entry is added in one write and taken back whole if the disk is full. What a power cut or a
copy damaged all the same is set aside and told; every other entry counts.
"""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.atomic import atomic
from common.errors import StridecastError
from common.text.decoding import decode
from pipelines.history.action_lines import FIELDS, UNDONE, LogContent, content_of, line_of

FILE: Final = "actions.jsonl"
ASIDE: Final = "actions-damaged.txt"
"""Beside the log: what of it could not be read."""
COLUMNS: Final = FIELDS


@dataclass(frozen=True)
class Action:
    """What was done for an athlete (a pseudonym) on a day."""

    athlete: str
    date: date
    did: str


def log_actions(folder: Path, actions: Sequence[Action]) -> int:
    """Add the actions that are not in the log yet and return how many those were.

    Parameters
    ----------
    folder : pathlib.Path
        A dataset's history.
    actions : sequence of Action
        In any order; a CSV that grows can be given again every week.
    """
    known = {_key(entry) for entry in _in_force(folder)}
    lines = [line_of(_entry(action)) for action in actions]
    # The same line twice in one CSV is one action; dict.fromkeys keeps the order.
    new = [line for line in dict.fromkeys(lines) if line not in known]
    _append(folder, new)
    return len(new)


def undo_last(folder: Path) -> Action | None:
    """Take the last action back by a line of its own, and return it; None if there is none."""
    lines = _in_force(folder)
    if not lines:
        return None
    taken = lines[-1]
    # A new line, and no deletion: the log is only ever added to, so a crash cannot lose entries.
    _append(folder, [line_of({UNDONE: taken})])
    return Action(taken["athlete"], date.fromisoformat(taken["date"]), taken["did"])


def read_actions(folder: Path) -> pd.DataFrame:
    """Return athlete, date, did of what was not taken back; empty before the first action."""
    table = pd.DataFrame(_in_force(folder), columns=list(COLUMNS))
    return table.astype({"athlete": "str", "date": "datetime64[ns]", "did": "str"})


def damage_of(folder: Path) -> list[str]:
    """Return a sentence for each place of the log that cannot be read."""
    path = folder / FILE
    return [
        f"{path}, line {part.line}: an entry that is not whole is passed over; log it again with"
        " `stridecast act`"
        for part in _content(path).damaged
    ]


def mend_actions(folder: Path) -> list[str]:
    """Set aside what cannot be read, give every other entry its line, and tell what was damaged.

    The caller holds the lock. What is set aside is written down before the log is.
    """
    path, sentences = folder / FILE, damage_of(folder)
    content = _content(path)
    # A whole log is not rewritten: each rewriting is a chance to lose it.
    if content.is_tidy and not content.damaged:
        return []
    if content.damaged:
        # First the copy: a run that is killed after it has lost nothing.
        _add(folder / ASIDE, "".join(f"{part.text}\n" for part in content.damaged))
    with atomic(path) as part:
        lines = "".join(f"{line_of(entry)}\n" for entry in content.entries)
        part.write_text(lines, encoding="utf-8", newline="\n")
    return sentences


def _append(folder: Path, lines: Sequence[str]) -> None:
    if lines:
        folder.mkdir(parents=True, exist_ok=True)
        _add(folder / FILE, "".join(f"{line}\n" for line in lines))


def _add(path: Path, text: str) -> None:
    """Add text to the end of a file, in full or not at all."""
    # Unbuffered, so that a full disk shows at `write` and not when the file is closed.
    with path.open("ab+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(-1, os.SEEK_END)
            # An entry whose line break was lost must not swallow the next one.
            text = text if file.read(1) == b"\n" else f"\n{text}"
        try:
            rest = memoryview(text.encode())
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError as error:
            # Half an entry would be damage that the next run has to report.
            file.truncate(size)
            raise StridecastError(
                f"{path}: {error.strerror}, so nothing was logged", "make room and try again"
            ) from None


def _content(path: Path) -> LogContent:
    try:
        return content_of(path.read_bytes())
    except FileNotFoundError:
        return content_of(b"")


def _in_force(folder: Path) -> list[dict[str, Any]]:
    """Return the actions in the order they were given, without those taken back."""
    actions: dict[str, dict[str, Any]] = {}
    for entry in _content(folder / FILE).entries:
        if UNDONE in entry:
            actions.pop(_key(entry[UNDONE]), None)
        else:
            actions[_key(entry)] = entry
    return list(actions.values())


def _key(entry: dict[str, Any]) -> str:
    return line_of({name: entry[name] for name in FIELDS})


def _entry(action: Action) -> dict[str, Any]:
    return {"athlete": action.athlete, "date": action.date.isoformat(), "did": action.did}


def actions_of_csv(path: Path, names: dict[str, str]) -> list[Action]:
    """Read a CSV with the columns athlete, date, did.

    Parameters
    ----------
    path : pathlib.Path
        Cells between commas or semicolons; dates as 2025-11-24.
    names : dict of str to str
        Pseudonyms by the names that may stand in the file; pseudonyms stand for themselves.

    Raises
    ------
    StridecastError
        If a column is missing, or a row names a stranger, no date or no action.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise StridecastError(f"{path}: {error.strerror}", "check the path") from None
    head = text.split("\n", 1)[0]
    # Excel writes semicolons where the comma is the decimal mark.
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise StridecastError(
                f"{path}: no column {missing[0]}", "the columns are athlete, date, did"
            )
        return [_action(path, at, row, names) for at, row in enumerate(reader, start=2)]
    except csv.Error as error:
        raise StridecastError(f"{path}: no table ({error})", "save it as CSV, UTF-8") from None


def _action(path: Path, line: int, row: dict[str, str | None], names: dict[str, str]) -> Action:
    athlete, day, did = ((row[name] or "").strip() for name in COLUMNS)
    if athlete not in names:
        raise StridecastError(
            f"{path}, line {line}: an athlete without any forecast",
            "use the code of the page, or with --data the name in roster.csv",
        )
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise StridecastError(
            f"{path}, line {line}: {day!r} is no date", "write it as 2025-11-24"
        ) from None
    if not did:
        raise StridecastError(f"{path}, line {line}: nothing under did", "say what was done")
    return Action(names[athlete], when, did)

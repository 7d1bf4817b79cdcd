"""The action log: what was done about a forecast, one JSON line each, only ever added to."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from common.errors import StridecastError

FILE: Final = "actions.jsonl"
COLUMNS: Final = ("athlete", "date", "did")
UNDONE: Final = "undone"


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
    known = set(_in_force(folder))
    lines = [_line(one) for one in actions]
    new = [line for line in dict.fromkeys(lines) if line not in known]
    _append(folder, new)
    return len(new)


def undo_last(folder: Path) -> Action | None:
    """Take the last action back by a line of its own, and return it; None if there is none."""
    lines = _in_force(folder)
    if not lines:
        return None
    taken = json.loads(lines[-1])
    _append(folder, [json.dumps({UNDONE: taken}, ensure_ascii=False)])
    return Action(taken["athlete"], date.fromisoformat(taken["date"]), taken["did"])


def read_actions(folder: Path) -> pd.DataFrame:
    """Return athlete, date, did of what was not taken back; empty before the first action."""
    lines = _in_force(folder)
    table = pd.DataFrame([json.loads(line) for line in lines], columns=list(COLUMNS))
    return table.astype({"athlete": "str", "date": "datetime64[ns]", "did": "str"})


def _line(action: Action) -> str:
    return json.dumps(asdict(action), default=str, ensure_ascii=False)


def _append(folder: Path, lines: Sequence[str]) -> None:
    if lines:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE).open("a", encoding="utf-8") as log:
            log.write("".join(f"{line}\n" for line in lines))


def _in_force(folder: Path) -> list[str]:
    """Return the lines of actions in the order they were given, without those taken back."""
    path = folder / FILE
    kept: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        taken = json.loads(line).get(UNDONE)
        if taken is None:
            kept[line] = None
        else:
            kept.pop(json.dumps(taken, ensure_ascii=False), None)
    return list(kept)


def actions_of_csv(path: Path, names: dict[str, str]) -> list[Action]:
    """Read a CSV with the columns athlete, date, did.

    Parameters
    ----------
    path : pathlib.Path
        UTF-8, comma; dates as 2025-11-24.
    names : dict of str to str
        Pseudonyms by the names that may stand in the file; pseudonyms stand for themselves.

    Raises
    ------
    StridecastError
        If a column is missing, or a row names a stranger, no date or no action.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise StridecastError(
                    f"{path}: no column {missing[0]}", "the columns are athlete, date, did"
                )
            return [_action(path, at, row, names) for at, row in enumerate(reader, start=2)]
    except OSError as error:
        raise StridecastError(f"{path}: {error.strerror}", "check the path") from None


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

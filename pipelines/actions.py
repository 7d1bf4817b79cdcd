"""The action log: what was done about a forecast, one JSON line each, only ever added to."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.errors import StridecastError

FILE: Final = "actions.jsonl"
COLUMNS: Final = ("athlete", "date", "did")


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
    path = folder / FILE
    known = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    lines = [json.dumps(asdict(one), default=str, ensure_ascii=False) for one in actions]
    new = [line for line in dict.fromkeys(lines) if line not in known]
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write("".join(f"{line}\n" for line in new))
    return len(new)


def read_actions(folder: Path) -> pd.DataFrame:
    """Return athlete, date, did; empty before the first action."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    table = pd.DataFrame([json.loads(line) for line in lines], columns=list(COLUMNS))
    return table.astype({"athlete": "str", "date": "datetime64[ns]", "did": "str"})


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
            "use the id of the page; for the roster's ids add --data",
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

"""A generated club read by the product, held against its truth."""

# ruff: noqa: E501 - rows of files read best as lines

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from ingest.run import IngestResult
from ingest.setup.examine import examine
from tests.clubs.people import Person, plain
from tests.clubs.truth import Fact, Truth

TODAY = dt.date(2025, 3, 17)
_DAY = {
    "weekly_km": "week_start", "wellness": "date", "injuries": "onset_date", "strength": "date",
    "ostrc": "date",
}  # fmt: skip


@dataclass
class Verdict:
    """What is wrong of a club: (kind of fault, what it is about)."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    asked: int = 0
    """Facts that are not read, and told."""
    read: int = 0
    singles: int = 0

    def note(self, kind: str, about: str) -> None:
        self.faults.append((kind, about))


def verify(folder: Path, truth: Truth) -> Verdict:
    """Read a club as a new user's first look does, and hold it against the truth."""
    result = examine(folder, today=TODAY).result
    verdict = Verdict(singles=sum(question.screen is None for question in result.questions))
    whose = _people(result, truth, verdict)
    _sessions(result, truth, whose, verdict)
    for file, facts in truth.facts.items():
        _facts(result, truth, file, facts, whose, verdict)
    _accounts(result, verdict)
    return verdict


def _people(result: IngestResult, truth: Truth, verdict: Verdict) -> dict[str, Person]:
    """Return the true person of each athlete of the product; note who is two, and two who are one."""
    people = result.people
    decided = {**people.proposed, **people.settled}
    whose: dict[str, Person] = {}
    athletes: dict[Person, str] = {}
    for name, athlete in decided.items():
        person = truth.names.used.get(name) or _by_words(name, truth)
        if not athlete:
            continue
        if person is None:
            verdict.note("phantom", f"{name!r} -> {athlete!r}")
            continue
        if whose.setdefault(athlete, person) is not person:
            verdict.note(
                "merged", f"{name!r} ({person.name}) -> {athlete!r} ({whose[athlete].name})"
            )
        if athletes.setdefault(person, athlete) != athlete:
            verdict.note(
                "multiplied", f"{person.name}: {athlete!r} and {athletes[person]!r} ({name!r})"
            )
    for name, candidates in people.meant.items():
        person = truth.names.used.get(name) or _by_words(name, truth)
        if person is None:
            verdict.note("phantom asked", f"{name!r}: {candidates}")
    for person in truth.runs:
        if person not in athletes:
            verdict.note("lost person", person.name)
    return whose


def _by_words(name: str, truth: Truth) -> Person | None:
    key = _words(name)
    same = [person for person in truth.names.people if _words(person.name) == key]
    return same[0] if same else None


def _words(name: str) -> list[str]:
    return sorted(re.sub(r"[,_-]", " ", plain(name).lower()).split())


def _sessions(
    result: IngestResult, truth: Truth, whose: dict[str, Person], verdict: Verdict
) -> None:
    sessions = result.tables["sessions"]
    athletes = {code: name for name, code in result.names.items()}
    found: dict[Person, pd.DataFrame] = {}
    for code, rows in sessions.groupby("athlete"):
        person = whose.get(athletes.get(str(code), ""))
        if person is not None:
            found[person] = rows
    told = _told_files(result)
    for person, runs in truth.runs.items():
        rows = found.get(person)
        if rows is None:
            verdict.note(
                "sessions lost" if not told else "sessions asked", f"{person.name} {truth.layout}"
            )
            continue
        if len(rows) != len(runs):
            verdict.note(
                "sessions count",
                f"{person.name} ({truth.layout[person.name]}): {len(rows)} of {len(runs)}",
            )
        km, true_km = float(rows["distance_km"].sum()), sum(run.km for run in runs)
        if abs(km - true_km) > 0.02 * len(runs) + 0.1:
            verdict.note(
                "sessions km",
                f"{person.name} ({truth.layout[person.name]}): {km:.1f}, {true_km:.1f}",
            )
        if (rows["sport"] != "run").any():
            verdict.note("sessions sport", f"{person.name} ({truth.layout[person.name]})")
    for person in found:
        if person not in truth.runs:
            verdict.note("sessions of nobody", person.name)


def _told_files(result: IngestResult) -> set[str]:
    return {part for one in result.not_read for part in (one.file, *one.file.split("; "))}


def _facts(
    result: IngestResult,
    truth: Truth,
    file: str,
    facts: Iterable[Fact],
    whose: dict[str, Person],
    verdict: Verdict,
) -> None:
    read = _read_facts(result, file, whose)
    about = f"{file} [{truth.layout[file]}]"
    expected = {(fact.table, fact.person, fact.day, fact.what): fact.value for fact in facts}
    missing = []
    for key, value in expected.items():
        name = _named(key)
        if key in read:
            verdict.read += 1
            _compare(read[key], value, key[0], f"{about}: {name}", verdict)
        elif value is not None or key[0] == "wellness":
            missing.append(name)
    for key in read.keys() - expected.keys():
        if read[key] is not None:
            verdict.note("invented", f"{about}: {_named(key)} = {read[key]!r}")
    verdict.asked += len(missing)
    if missing:
        _note_missing(result, truth, file, f"{about}: {len(missing)}, {missing[0]}", verdict)


def _named(key: tuple[str, Person, dt.date, str]) -> str:
    table, person, day, what = key
    return f"{table}.{what} {person.name} {day}"


def _compare(read: Any, true: Any, table: str, about: str, verdict: Verdict) -> None:
    if true is None and table == "wellness":
        if read is not None:
            verdict.note("guessed scale", about)
    elif not _same(read, true):
        verdict.note("wrong value", f"{about}: {read!r}, true {true!r}")


def _note_missing(
    result: IngestResult, truth: Truth, file: str, about: str, verdict: Verdict
) -> None:
    told = any(one.rsplit("/", 1)[-1] == file for one in _told_files(result))
    if not told:
        verdict.note("untold", about)
    elif file not in truth.asks:
        why = [one.sentence for one in result.not_read if file in one.file]
        verdict.note("needless", f"{about}; {why[:2]}")


def _read_facts(
    result: IngestResult, file: str, whose: dict[str, Person]
) -> dict[tuple[str, Person, dt.date, str], Any]:
    found: dict[tuple[str, Person, dt.date, str], Any] = {}
    for table, day_column in _DAY.items():
        frame = result.records.get(table)
        if frame is None or not len(frame):
            continue
        mine = frame[frame["source"].str.rsplit("/", n=1).str[-1] == file]
        for row in mine.to_dict("records"):
            person = whose.get(row["athlete"])
            if person is None or pd.isna(row[day_column]):
                continue
            for what, value in _values(table, row).items():
                found[table, person, pd.Timestamp(row[day_column]).date(), what] = value
    return found


def _values(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "weekly_km":
        return {"km": _known(row["km"])}
    if table == "wellness":
        items = ("sleep_quality", "fatigue", "soreness", "stress", "mood")
        return {one: round(row[one], 4) for one in items if one in row and not pd.isna(row[one])}
    if table == "injuries":
        back = row.get("return_date")
        return {
            "region": row["region"],
            "return": None if pd.isna(back) else pd.Timestamp(back).date().isoformat(),
        }
    if table == "strength":
        return {f"{row['test']} {row['side']}": round(row["value"], 2)}
    return {"score": _known(row["ostrc_score"] if "ostrc_score" in row else row["score"])}


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _same(read: Any, true: Any) -> bool:
    if isinstance(read, float) and isinstance(true, float):
        return abs(read - true) < 0.02
    return read == true


def _accounts(result: IngestResult, verdict: Verdict) -> None:
    for one in result.report["files"]:
        if one["read"] != one["accepted"] + one["repaired"] + one["rejected"]:
            verdict.note("account", one["file"])

"""Join the records of a club some athletes at a time: only those are in memory several times over.

Decided from everybody is on which clock a kind of file was kept; all else that is joined is of one
athlete.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import pandas as pd

from common.contracts import CONTRACTS, conform
from ingest.harmonise.parts import Frames, Parts
from ingest.harmonise.tables import STEPS, Rules, Tables, harmonise, recordings_and_answers
from ingest.people.pseudonymise import pseudonymise_ids
from ingest.sessions.answer_clocks import ClockProof, added_proofs, clock_proofs
from ingest.sessions.joining import Recorded, answered_sessions, recorded_sessions

BY_FILE: Final = ("rejects", "injury_spans")
"""Tables that are not made of the rows of athletes."""
_SORT_KEYS: Final = {
    "athletes": ["athlete"],
    "sessions": ["athlete", "start", "sport"],
    "injuries": ["athlete", "onset_date", "region"],
    "injury_spans": ["athlete"],
    "shoes": ["athlete", "shoe_id"],
}
_OF_SESSIONS: Final = ("sessions", "answers")

Keep = Callable[[pd.DataFrame], Callable[[], pd.DataFrame]]
"""Puts a table away, and returns what gives it back."""


class Disguise(NamedTuple):
    """What stands in the tables in place of names.

    Parameters
    ----------
    athletes : mapping of str to str
        Id -> pseudonym.
    files : mapping of str to str
        File -> file with pseudonyms in place of names.
    """

    athletes: Mapping[str, str]
    files: Mapping[str, str]

    def of(self, records: Frames) -> Frames:
        """Return rows under pseudonyms."""
        return {name: pseudonymise_ids(rows, *self) for name, rows in records.items()}


def in_memory(rows: pd.DataFrame) -> Callable[[], pd.DataFrame]:
    """Keep a table as it is."""
    return lambda: rows


def joined_parts(parts: Parts, disguise: Disguise, rules: Rules, keep: Keep) -> Iterator[Tables]:
    """Yield the tables of each part of the athletes.

    Parameters
    ----------
    parts : Parts
        Rows of all files, without copies, with ids.
    disguise : Disguise
    rules : Rules
        Files in them are under pseudonyms.
    keep : callable
        Where sessions wait until the clocks of answers are known.
    """
    waiting, proofs = [], []
    for number in range(parts.number):
        rows = disguise.of(parts.part(number, _OF_SESSIONS))
        recordings, answers = recordings_and_answers(rows)
        recorded = recorded_sessions(recordings, rules.zone)
        proofs.append(clock_proofs(answers, recorded.sessions, rules.zone, rules.kinds))
        # Without its rows, which need not be in memory.
        waiting.append((recorded._replace(sessions=pd.DataFrame()), keep(recorded.sessions)))
    whole, others = added_proofs(proofs), set(parts.tables) - {"sessions"}
    for number in range(parts.number):
        counts, sessions = waiting.pop(0)
        recorded = counts._replace(sessions=sessions())
        yield _joined(disguise.of(parts.part(number, others)), recorded, whole, rules)


def _joined(
    rows: Frames, recorded: Recorded, proofs: Mapping[str, ClockProof], rules: Rules
) -> Tables:
    _, answers = recordings_and_answers(rows)
    sessions = answered_sessions(recorded, answers, rules.zone, rules.kinds, proofs)
    tables = harmonise(rows, sessions, rules)
    ordered = {
        name: ordered_table(name, tables.tables.get(name))
        for name in CONTRACTS
        if name not in BY_FILE
    }
    return tables._replace(tables=ordered)


def ordered_table(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    """Return a table as its contract says, in the order of athletes; rejects are in that of files.

    Raises
    ------
    StridecastError
        If a value breaks the contract.
    """
    columns = list(CONTRACTS[name].columns)
    if frame is None or name == "rejects":
        return conform(name, pd.DataFrame(columns=columns) if frame is None else frame)
    first = _SORT_KEYS.get(name, ["athlete", "date"])
    rows = frame.reindex(columns=columns)
    if rows.empty:
        return conform(name, rows)
    # Only where these leave it open does the order depend on all that a row holds.
    rest = [column for column in columns if column not in first]
    order = [*first, *rest] if rows.duplicated(first).any() else first
    return conform(name, rows.sort_values(order, kind="stable"))


def added_steps(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return how many records of all parts went into others by step, in the order of steps."""
    merged = Counter[str]()
    for part in parts:
        merged.update(part)
    return {step: merged[step] for step in STEPS if step in merged}

"""Join the records of a club some athletes at a time: only those are in memory several times over.

Decided from everybody is on which clock a kind of file was kept; all else that is joined is of one
athlete. A file with recordings of several athletes keeps those together, because whether it is a
list or one recording counts for each of them.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Ints
from common.contracts import CONTRACTS, conform
from ingest.harmonise.tables import Frames, Rules, Tables, harmonise, recordings_and_answers
from ingest.people.pseudonymise import pseudonymise_ids
from ingest.sessions.answer_clocks import ClockProof, added_proofs, clock_proofs
from ingest.sessions.joining import Recorded, answered_sessions, recorded_sessions

ROWS_AT_ONCE: Final = 250_000
"""Rows of all tables that are joined together: two years of some two hundred athletes."""
BY_FILE: Final = ("rejects", "injury_spans")
"""Tables that are not made of the rows of athletes."""
_SORT_KEYS: Final = {
    "athletes": ["athlete"],
    "sessions": ["athlete", "start", "sport"],
    "injuries": ["athlete", "onset_date", "region"],
    "injury_spans": ["athlete"],
    "shoes": ["athlete", "shoe_id"],
}
_OF_ALL: Final = ("gait_trials",)
"""Tables that any athlete's rows may need: speeds of trials stand by the name of the trial."""
_OF_SESSIONS: Final = ("sessions", "answers")


Mask = NDArray[np.bool_]


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


def harmonise_by_athletes(
    records: Mapping[str, pd.DataFrame],
    disguise: Disguise,
    rules: Rules,
    rows_at_once: int = ROWS_AT_ONCE,
) -> Tables:
    """Return the tables of the contracts, in the order of athletes.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows of all files, without copies, with ids.
    disguise : Disguise
    rules : Rules
        Files in them are under pseudonyms.
    rows_at_once : int
        About as many rows are joined together.
    """
    split = _Split(records, disguise, rows_at_once)
    recorded, proofs = [], []
    for number in range(split.number):
        recordings, answers = recordings_and_answers(split.part(number, _OF_SESSIONS))
        part = recorded_sessions(recordings, rules.zone)
        proofs.append(clock_proofs(answers, part.sessions, rules.zone, rules.kinds))
        recorded.append(part)
    whole, others = added_proofs(proofs), records.keys() - {"sessions"}
    # Taken out one by one, for what is joined needs the room of what it was made of.
    joined = [
        _joined(split.part(number, others), recorded.pop(0), whole, rules)
        for number in range(split.number)
    ]
    return _together(joined)


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


class _Split:
    """The rows of a club in parts of athletes, by the order of their pseudonyms.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows with ids.
    disguise : Disguise
    rows_at_once : int
        Rows from which on a part is full.
    """

    def __init__(
        self, records: Mapping[str, pd.DataFrame], disguise: Disguise, rows_at_once: int
    ) -> None:
        self._records, self._disguise = records, disguise
        rows = Counter[str]()
        for frame in records.values():
            counts = frame["athlete"].value_counts()
            rows.update(dict(zip(counts.index.astype(str), counts.tolist(), strict=True)))
        athletes = sorted(rows, key=lambda athlete: disguise.athletes[athlete])
        together = _kept_together(records.get("sessions"), athletes)
        self._parts: dict[str, int] = {}
        self._of_rows: dict[str, Ints] = {}
        number, size = 0, 0
        for athlete, is_bound in zip(athletes, together, strict=True):
            if size >= rows_at_once and not is_bound:
                number, size = number + 1, 0
            self._parts[athlete] = number
            size += rows[athlete]
        self.number = number + 1

    def part(self, number: int, names: Container[str]) -> Frames:
        """Return the rows of some tables of a part, under pseudonyms.

        A table that has rows for others only is left out; one without any row stays, for it says
        that there is a file of its kind.
        """
        tables = {}
        for name, whole in self._records.items():
            if name not in names:
                continue
            rows = whole
            if self.number > 1 and name not in _OF_ALL:
                rows = whole[self._part_of_row(name) == number]
            if len(rows) or not len(whole):
                tables[name] = pseudonymise_ids(rows, *self._disguise)
        return tables

    def _part_of_row(self, name: str) -> Ints:
        if name not in self._of_rows:
            codes, athletes = pd.factorize(self._records[name]["athlete"])
            parts = np.array([self._parts[athlete] for athlete in athletes], dtype=np.int64)
            self._of_rows[name] = parts[codes]
        return self._of_rows[name]


def _kept_together(recordings: pd.DataFrame | None, athletes: Sequence[str]) -> Mask:
    """Say whether a file holds recordings of an earlier athlete and of this or a later one."""
    spans = np.zeros(len(athletes) + 1, dtype=np.int64)
    if recordings is not None and len(recordings):
        place = {athlete: at for at, athlete in enumerate(athletes)}
        places = recordings["athlete"].map(place).groupby(recordings["source"]).agg(["min", "max"])
        np.add.at(spans, places["min"].to_numpy(dtype=np.int64) + 1, 1)
        np.add.at(spans, places["max"].to_numpy(dtype=np.int64) + 1, -1)
    return np.cumsum(spans)[: len(athletes)] > 0


def _together(parts: list[Tables]) -> Tables:
    """Return the tables of all parts; each part's is let go of as soon as it is taken over."""
    names = list(parts[0].tables)
    tables = {
        name: pd.concat([part.tables.pop(name) for part in parts], ignore_index=True)
        for name in names
    }
    merged: dict[str, int] = {}
    for part in parts:
        for step, number in part.merged.items():
            merged[step] = merged.get(step, 0) + number
    return Tables(tables, merged, pd.concat([part.repairs for part in parts]))

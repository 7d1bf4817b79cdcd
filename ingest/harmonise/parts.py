"""The rows of a club in parts of athletes, by the order of their pseudonyms.

A file with recordings of several athletes keeps those together, because whether it is a list or a
single recording counts for each of them.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Ints
from ingest.harmonise.dealt import Dealt
from ingest.harmonise.duplicates import Distinct
from ingest.reading.batches import ROWS_AT_ONCE

_OF_ALL: Final = ("gait_trials",)
"""Tables that any athlete's rows may need: speeds of trials stand by the name of the trial."""

Frames = dict[str, pd.DataFrame]
Mask = NDArray[np.bool_]


class Parts:
    """Parts of athletes, each with the rows of all tables.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows in memory, without copies, with ids.
    names : mapping of str to str
        Id -> pseudonym.
    rows_at_once : int
        Rows from which on a part is full.
    dealt : Dealt, optional
        Rows that are on disk.
    """

    def __init__(
        self,
        records: Mapping[str, pd.DataFrame],
        names: Mapping[str, str],
        rows_at_once: int = ROWS_AT_ONCE,
        dealt: Dealt | None = None,
    ) -> None:
        self.records, self._dealt = records, dealt
        rows = Counter[str]() if dealt is None else dealt.rows.copy()
        for frame in records.values():
            counts = frame["athlete"].value_counts()
            rows.update(dict(zip(counts.index.astype(str), counts.tolist(), strict=True)))
        athletes = sorted(rows, key=lambda athlete: names[athlete])
        recordings = records.get("sessions") if dealt is None else dealt.recordings
        together = _kept_together(recordings, athletes)
        self._parts: dict[str, int] = {}
        self._of_rows: dict[str, Ints] = {}
        number, size = 0, 0
        for athlete, is_bound in zip(athletes, together, strict=True):
            if size >= rows_at_once and not is_bound:
                number, size = number + 1, 0
            self._parts[athlete] = number
            size += rows[athlete]
        self.number = number + 1

    def deal(self) -> Iterator[dict[str, Distinct]]:
        """Deal out what is on disk; yield what each part has of it, without copies."""
        if self._dealt is not None:
            yield from self._dealt.deal(self._parts, self.number)

    def part(self, number: int, names: Container[str] | None = None) -> Frames:
        """Return the rows of a part, with ids.

        A table that has rows for others only is left out; one without any row stays, for it says
        that there is a file of its kind.

        Parameters
        ----------
        number : int
            Of the part.
        names : container of str, optional
            Only these tables, and with them what any athlete's rows may need.
        """
        tables = {}
        for name in self.tables:
            if names is not None and name not in names:
                continue
            is_of_all = names is not None and name in _OF_ALL
            rows, is_empty = self._rows(number, name, is_of_all=is_of_all)
            if rows is not None and (len(rows) or is_empty):
                tables[name] = rows
        return tables

    @property
    def tables(self) -> list[str]:
        """The tables of which there is a file."""
        return sorted({*self.records, *(self._dealt.tables if self._dealt else ())})

    def _rows(self, number: int, name: str, *, is_of_all: bool) -> tuple[pd.DataFrame | None, bool]:
        """Return the rows of a table, and whether nobody has any."""
        if name not in self.records:
            assert self._dealt is not None  # noqa: S101 - where else would the table be
            return self._dealt.part(number, name), not self._dealt.total[name]
        whole = self.records[name]
        if self.number > 1 and not is_of_all:
            return whole[self._part_of_row(name) == number], not len(whole)
        return whole, not len(whole)

    def _part_of_row(self, name: str) -> Ints:
        if name not in self._of_rows:
            codes, athletes = pd.factorize(self.records[name]["athlete"])
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

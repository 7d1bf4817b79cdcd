"""The rows of a club while its files are read: of a large one, most are put away on disk.

Put away are the tables that grow with the days of athletes. Of their rows the names and days that
decide who is who are looked at first, and how many rows of each name a file has is noted.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pandas as pd

from ingest.people.written_names import NameCollector, NamesInFiles
from ingest.readers.base import Parsed
from ingest.reading.put_away import Box, PutAway, Slip
from ingest.records.row_types import settled

DAILY: Final = frozenset(
    {
        "answers", "body", "exercise", "gait", "gait_strides", "ostrc", "pain", "plans",
        "sessions", "strength", "wellness",
    }
)  # fmt: skip
"""Tables of which an athlete has a row for every day, run, test or week; the others are short."""
ROWS_AT_ONCE: Final = 250_000
"""Rows that are put away together: two years of some two hundred athletes."""

Records = dict[str, pd.DataFrame]


class Batches:
    """Rows as they are read, in batches.

    Parameters
    ----------
    away : PutAway or None
        Where full batches go; None keeps everything in memory.
    clean : callable
        What is done to the rows of a batch before anybody sees them.
    rows_at_once : int
        Rows of :data:`DAILY` tables from which on a batch is full.
    """

    def __init__(
        self,
        away: PutAway | None,
        clean: Callable[[Records], Records],
        rows_at_once: int = ROWS_AT_ONCE,
    ) -> None:
        self._away, self._clean, self._most = away, clean, rows_at_once
        self._box: Box | None = None
        self._slips: list[dict[str, Slip]] = []
        self._daily: list[tuple[str, Records]] = []
        self._others: list[tuple[str, Records]] = []
        self._rows = 0
        self._names = NameCollector()
        self._counts: list[pd.DataFrame] = []
        self.rest: Records = {}
        """Rows that stayed in memory, of all files, once :meth:`close` was called."""
        self.samples: dict[str, list[pd.DataFrame]] = {}
        """Of each table that was put away, the first rows: they tell its columns and types."""

    def take(self, parsed: Parsed) -> Parsed:
        """Take over the rows of a file; return it without them."""
        self.add(parsed.records, parsed.account.source)
        return Parsed(parsed.account)

    def add(self, records: Mapping[str, pd.DataFrame], source: str = "") -> None:
        """Take over rows of a file, or of several."""
        self._others.append((source, {n: rows for n, rows in records.items() if n not in DAILY}))
        for name in sorted(DAILY & records.keys()):
            rows = records[name]
            if len(rows) <= self._most:
                self._take_daily(source, name, rows)
                continue
            # A list of a whole club may have more rows than a batch.
            for start in range(0, len(rows), self._most):
                self._take_daily(source, name, rows[start : start + self._most])

    def _take_daily(self, source: str, name: str, rows: pd.DataFrame) -> None:
        self._daily.append((source, {name: rows}))
        self._rows += len(rows)
        if self._rows >= self._most and self._away is not None:
            self._put_away()

    def close(self) -> None:
        """Say that all files are read."""
        if self._slips:
            self._put_away()
        rest = self._clean(joined_rows([*self._others, *self._daily]))
        self._others, self._daily = [], []
        # A table that stands on disk needs no file without rows beside it.
        self.rest = {name: rows for name, rows in rest.items() if name not in self.samples}
        self._names.take(self.rest)

    @property
    def is_put_away(self) -> bool:
        """Whether there are rows on disk."""
        return bool(self._slips)

    @property
    def names(self) -> NamesInFiles:
        """Who is named in which file."""
        return self._names.names()

    @property
    def counts(self) -> pd.DataFrame:
        """Rows that are on disk: table, source, athlete as written, rows."""
        return pd.concat(self._counts, ignore_index=True)

    def away(self) -> Iterator[Records]:
        """Yield the batches that are on disk."""
        for number in range(len(self._slips)):
            yield {name: self._taken(number, name) for name in self._slips[number]}

    def runs(self, columns: list[str]) -> pd.DataFrame | None:
        """Return some columns of all sessions, in the order of the files' paths."""
        if "sessions" not in self.samples:
            return self.rest.get("sessions")
        parts = [
            self._taken(number, "sessions")[columns]
            for number, slips in enumerate(self._slips)
            if "sessions" in slips
        ]
        return by_path(pd.concat(parts, ignore_index=True))

    def remove(self) -> None:
        """Remove what is on disk, once it stands elsewhere."""
        if self._box is not None:
            self._box.remove()
        self._slips.clear()

    def _taken(self, number: int, table: str) -> pd.DataFrame:
        assert self._box is not None  # noqa: S101 - there are slips
        return self._box.take(self._slips[number][table])

    def _put_away(self) -> None:
        records = self._clean(joined_rows(self._daily))
        self._daily = []
        # Without rows a table only says that there is a file of its kind.
        self._others.append(("", {name: rows for name, rows in records.items() if not len(rows)}))
        records = {name: rows for name, rows in records.items() if len(rows)}
        self._names.take(records)
        assert self._away is not None  # noqa: S101 - nothing is put away otherwise
        self._box = self._box or self._away.box()
        slips = {}
        for name in sorted(records):
            rows = records.pop(name)
            # Copied out: a view of the first row would hold all of them.
            self.samples.setdefault(name, []).append(rows.iloc[[0]])
            counts = rows.groupby(["source", "athlete"], dropna=False).size()
            self._counts.append(counts.reset_index(name="rows").assign(table=name))
            slips[name] = self._box.put(rows)
        self._slips.append(slips)
        self._rows = 0


def joined_rows(parts: list[tuple[str, Records]]) -> Records:
    """Put the rows of one table together, in the order of the files' paths.

    The parts are let go of: the rows of a club need not stand in memory twice.

    Parameters
    ----------
    parts : list of (str, dict of str to pandas.DataFrame)
        Rows with the file that they are of, in any order.
    """
    frames: dict[str, list[pd.DataFrame]] = {}
    for _, records in sorted(parts, key=lambda part: part[0]):
        for name, frame in records.items():
            if len(frame) or name not in frames:
                frames.setdefault(name, []).append(frame)
    parts.clear()
    return {name: by_path(settled(_below(frames.pop(name)))) for name in sorted(frames)}


def _below(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def by_path(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order of their files' paths; those of a file keep theirs."""
    if rows["source"].is_monotonic_increasing:
        return rows
    return rows.sort_values("source", kind="stable", ignore_index=True)

"""The rows of a large club dealt out on disk: by batches of files at first, then by athletes."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ingest.harmonise.duplicates import Distinct, drop_copies
from ingest.people.assignment import Assignment
from ingest.reading.batches import Batches, by_path
from ingest.reading.put_away import PutAway, Slip
from ingest.records.row_types import settled

Frames = dict[str, pd.DataFrame]


class Dealt:
    """Rows of the tables that were put away while files were read.

    Parameters
    ----------
    batches : Batches
        Rows with names as written; they are removed once they are dealt out.
    assignment : Assignment
        Gives rows their athletes.
    away : PutAway
        Where the rows of each part go.
    """

    def __init__(self, batches: Batches, assignment: Assignment, away: PutAway) -> None:
        self._batches, self._assignment, self._away = batches, assignment, away
        counts = batches.counts
        known = counts.assign(athlete=assignment.athletes_of(counts))
        known = known[known["athlete"].notna() & known["athlete"].ne("")]
        self.rows = _added(known, "athlete")
        """Athlete -> rows."""
        self.recordings: pd.DataFrame = known[known["table"] == "sessions"]
        """Source and athlete of recordings."""
        self.total = _added(known, "table")
        """Table -> rows of athletes of the team."""
        self.tables = sorted(batches.samples)
        self._slips: list[dict[str, Slip]] = []
        self._box = away.box()

    def deal(self, parts: Mapping[str, int], number: int) -> Iterator[dict[str, Distinct]]:
        """Deal the rows out to parts of athletes; yield what each part has, without copies.

        Parameters
        ----------
        parts : mapping of str to int
            Athlete -> part.
        number : int
            Of parts.
        """
        box = self._away.box()
        slips: list[dict[str, list[Slip]]] = [{} for _ in range(number)]
        for batch in self._batches.away():
            for name, rows in self._assignment.placed(batch).items():
                codes, athletes = pd.factorize(rows["athlete"])
                part = np.array([parts[athlete] for athlete in athletes], dtype=np.int64)[codes]
                for code in np.unique(part):
                    slips[code].setdefault(name, []).append(box.put(rows[part == code]))
        self._batches.remove()
        for tables in slips:
            distinct = {
                name: drop_copies(self._below(name, [box.take(slip) for slip in pieces]))
                for name, pieces in sorted(tables.items())
            }
            self._slips.append({n: self._box.put(t.frame) for n, t in distinct.items()})
            yield distinct
        box.remove()

    def part(self, number: int, name: str) -> pd.DataFrame | None:
        """Return the rows of a part; none where only other parts have any."""
        if not self.total[name]:
            return self._below(name, [])
        slip = self._slips[number].get(name)
        return None if slip is None else self._box.take(slip)

    def _below(self, name: str, pieces: list[pd.DataFrame]) -> pd.DataFrame:
        """Return rows with the columns and types that those of the whole club have."""
        # A first row of each batch goes in front, for a column may be in other batches only.
        samples = self._batches.samples[name]
        whole = settled(pd.concat([*samples, *pieces], ignore_index=True)).iloc[len(samples) :]
        return by_path(whole.reset_index(drop=True))


def _added(counts: pd.DataFrame, by: str) -> Counter[str]:
    rows = counts.groupby(by)["rows"].sum()
    return Counter[str]({str(name): int(number) for name, number in rows.items()})

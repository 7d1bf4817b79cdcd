"""What the remarks of a table tell, a row each: complaints, injuries, and who may be injured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.dataset.settings import InjuryMeaning
from ingest.injuries.entries import settle_entry
from ingest.injuries.entry import InjuryEntry, SettledEntry
from ingest.readers.sheets.deciding.kind import says_something
from ingest.readers.sheets.opening.cells import Cell, text_of
from ingest.readers.sheets.remarks.meaning import (
    COMPLAINT,
    INJURY,
    NOTHING,
    UNCLEAR,
    Meaning,
    meaning_of,
)
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.amounts import read_amount
from ingest.records.examination import Columns

AT: Final = "remark_row"
"""Column with the row's place in the table, null where its remarks tell nothing."""
INJURIES: Final = "injury_remarks"
"""Table of the injuries that remarks tell."""
ABSENCES: Final = "absences_told"
"""Table of who is or may be injured, without its being told how."""
COUNTED: Final = ("distance_km", "duration_min", "duration_h", "sport")
"""Concepts whose cells may hold words beside an amount or in place of it."""
_OF_REGISTER: Final = ("injury", "region", "code", "onset", "days_lost", "return")
_WORST_LAST: Final = (NOTHING, COMPLAINT, UNCLEAR, INJURY)
_UNKNOWN: Final = "unknown"
_BOOK: Final = ["source", "record", "repaired"]


@dataclass(frozen=True)
class Remarks:
    """What each row's remarks tell.

    Parameters
    ----------
    table : Table
    meanings : list of Meaning
    texts : list of str
        The remark that tells it.
    """

    table: Table
    meanings: list[Meaning]
    texts: list[str]

    def are(self, *kinds: str) -> NDArray[np.bool_]:
        """Return which rows tell one of the kinds."""
        return np.array([meaning.kind in kinds for meaning in self.meanings], dtype=bool)

    @property
    def tells(self) -> NDArray[np.bool_]:
        """Which rows tell anything."""
        return ~self.are(NOTHING)

    def without(self, rows: NDArray[np.bool_]) -> "Remarks":
        """Return the remarks of the other rows."""
        meanings = [Meaning() if out else t for t, out in zip(self.meanings, rows, strict=True)]
        return Remarks(self.table, meanings, self.texts)

    def without_complaints(self, rows: NDArray[np.bool_]) -> "Remarks":
        """Return the remarks without complaints of rows in which an answer tells one already."""
        return self.without(rows & self.are(COMPLAINT))

    def column(self) -> Columns:
        """Return :data:`AT`, which finds the remarks of the rows that are not refused."""
        self.table.sheet.repair(self.are(COMPLAINT), "complaint_in_a_remark")
        self.table.sheet.repair(self.are(INJURY), "injury_in_a_remark")
        return {AT: np.where(self.tells, np.arange(len(self.meanings)), np.nan)}

    def tables(self, frame: pd.DataFrame, until: str = "date") -> dict[str, pd.DataFrame]:
        """Return what the rows that were taken tell: complaints, injuries, unclear absences.

        Parameters
        ----------
        frame : pandas.DataFrame
            athlete, date, source, record, repaired and :data:`AT` of rows that were taken.
        until : str
            Column with the last day of what a row is about.
        """
        rows = frame[frame[AT].notna()]
        rows = rows.assign(date_to=rows[until])
        rows = rows[["athlete", "date", "date_to", *_BOOK, AT]].astype({AT: "int64"})
        kinds = pd.Series([self.meanings[at].kind for at in rows[AT]], rows.index, dtype="str")
        settled = {
            at: self._settled(at, day) for at, day in zip(rows[AT], rows["date"], strict=True)
        }
        classed = pd.Series([settled[at] is not None for at in rows[AT]], rows.index, dtype="bool")
        parts = {
            "pain_told": self._complaints(rows[kinds == COMPLAINT]),
            INJURIES: _injuries(rows[classed], settled),
            ABSENCES: self._absences(rows[(kinds == UNCLEAR) | ((kinds == INJURY) & ~classed)]),
        }
        return {name: part for name, part in parts.items() if len(part)}

    def _complaints(self, rows: pd.DataFrame) -> pd.DataFrame:
        several = rows.assign(place=[self.meanings[at].places for at in rows[AT]]).explode("place")
        return several.assign(
            date=several["date_to"],  # before the end of a week nobody knew of it
            region=[place.region or _UNKNOWN for place in several["place"]],
            side=pd.Series([p.side for p in several["place"]], several.index, dtype="str"),
        )[["athlete", "date", "region", "side", *_BOOK]].reset_index(drop=True)

    def _settled(self, at: int, day: pd.Timestamp) -> SettledEntry | None:
        """Return what an injury in a remark means, None where its class cannot be told."""
        if self.meanings[at].kind != INJURY:
            return None
        text = self.texts[at]
        entry = settle_entry(
            InjuryEntry(onset_date=day, text=text, remark=text),
            self.table.context.config.injury_words,
        )
        if entry.injury_class == COMPLAINT:  # its words tell more than that it comes and goes
            entry = entry._replace(injury_class=INJURY, class_reason="restricted")
        if entry.region == _UNKNOWN and len(self.meanings[at].places) == 1:
            place = self.meanings[at].places[0]
            entry = entry._replace(region=place.region or _UNKNOWN, side=place.side)
        return entry if entry.injury_class else None

    def _absences(self, rows: pd.DataFrame) -> pd.DataFrame:
        texts = pd.Series([self.texts[at] for at in rows[AT]], rows.index, dtype="str")
        columns = ["athlete", "date", "date_to", "text", *_BOOK]
        return rows.assign(text=texts)[columns].reset_index(drop=True)


def _injuries(rows: pd.DataFrame, settled: dict[int, SettledEntry | None]) -> pd.DataFrame:
    entries = [entry for at in rows[AT] if (entry := settled[at]) is not None]
    words = {
        name: pd.Series([getattr(entry, field) for entry in entries], rows.index, dtype="str")
        for name, field in (
            ("region", "region"), ("side", "side"), ("diagnosis", "diagnosis"),
            ("severity", "severity"), ("mode", "mode"), ("class", "injury_class"),
            ("class_reason", "class_reason"),
        )
    }  # fmt: skip
    back = pd.Series([e.return_date for e in entries], rows.index, dtype="datetime64[ns]")
    named = rows.rename(columns={"date": "onset_date", "date_to": "reported_on"})
    table = named.assign(**words, return_date=back)
    columns = ["athlete", "onset_date", "return_date", "reported_on", *words, *_BOOK]
    return table[columns].reset_index(drop=True)


def remarks_of(table: Table, counted: Sequence[str] = COUNTED) -> Remarks:
    """Return what the remarks of a table tell, and what stands beside or in place of its amounts.

    A row whose columns about an injury say something is left to the register that they make.

    Parameters
    ----------
    table : Table
    counted : sequence of str
        Concepts whose cells may hold words beside an amount or in place of it.
    """
    own = table.context.config.injury_words
    columns = [column.column.cells for column in table.assigned if column.concept == "comment"]
    amounts = [table.cells(name) for name in counted if name in table.columns]
    register = [] if "pain" in table.columns else [table.texts(name) for name in _OF_REGISTER]
    meanings: list[Meaning] = []
    texts: list[str] = []
    for at in range(len(table)):
        pairs = [(_meaning(cells[at], own), cells[at]) for cells in columns]
        pairs += [(_meaning(cells[at], own, is_amount=True), cells[at]) for cells in amounts]
        if any(says_something(column[at]) for column in register):
            pairs = []
        worst = max(
            pairs, key=lambda pair: _WORST_LAST.index(pair[0].kind), default=(Meaning(), None)
        )
        meanings.append(worst[0])
        texts.append(text_of(worst[1]))
    return Remarks(table, meanings, texts)


def _meaning(
    cell: Cell | None, own: Mapping[str, InjuryMeaning], *, is_amount: bool = False
) -> Meaning:
    """Return what a cell tells; a word such as INJ in place of an amount tells an absence."""
    if cell is None or cell.kind != "t":
        return Meaning()
    amount = read_amount(cell.text) if is_amount else None
    if amount is not None and amount.word == "injured":
        return Meaning(UNCLEAR)
    return meaning_of(cell.text, own)

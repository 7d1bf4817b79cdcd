"""A table whose columns, dates and layout are decided, ready to be turned into records."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats
from common.question import Question
from ingest.dataset.settings import SheetSettings
from ingest.readers.base import ReadContext
from ingest.readers.sheets.deciding.assigned import DURATIONS, AssignedColumn, by_concept
from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.opening.block import Block
from ingest.readers.sheets.opening.cells import Cell, text_of
from ingest.readers.sheets.words.amounts import Amount, read_amount, read_length
from ingest.readers.sheets.words.person_names import NAME_COLUMNS, person_names
from ingest.readers.text.athlete_column import named_athlete
from ingest.records.account import Account
from ingest.records.examination import Mask, Sheet
from ingest.records.rules import Rule

QUOTE: Final = "quote"
"""Working column: a row as a reader of the file would quote it, without names."""
_SHORTEST_NAME: Final = 2
"""Letters of a part of a name that is taken out of a quote: "Bo" is a name, an initial is none."""
_LONGEST_QUOTE: Final = 120
PROBLEMS: Final = {
    "ambiguous": (
        "the date can be read day first or month first, and nothing in the file settles it"
    ),
    "no_year": "the date has no year, and neither the title nor the file's name tells one",
    "unreadable": "the date is not understood",
}


class Part(NamedTuple):
    """What one table gives."""

    records: dict[str, pd.DataFrame]
    account: Account
    questions: tuple[Question, ...] = ()


class Numbers(NamedTuple):
    """A column of numbers as people type them.

    Parameters
    ----------
    numeric : array of float
        NaN where the cell holds no number.
    amounts : list of Amount
        What each cell says; None where it is empty or not understood.
    bad : array of bool
        Cells that are not understood.
    """

    numeric: Floats
    amounts: list[Amount | None]
    bad: Mask


@dataclass(frozen=True)
class Table:
    """A table and all that was decided about it.

    Parameters
    ----------
    source : str
        The file.
    kind : str
        What it holds, as reports show it.
    block : Block
    assigned : list of AssignedColumn
    days : DayReader
    settings : SheetSettings
    context : ReadContext
    owner : str
        Whose table it is, where no column names people; empty where nobody knows.
    mark : str
        Decimal mark of its texts.
    labels : list
        What each row is called: its number, with the tab where a workbook has several.
    around : tuple of str
        Names of file and tab, titles.
    """

    source: str
    kind: str
    block: Block
    assigned: list[AssignedColumn]
    days: DayReader
    settings: SheetSettings
    context: ReadContext
    owner: str
    mark: str
    labels: list[Any]
    around: tuple[str, ...] = ()
    sheet: Sheet = field(init=False)
    worded: Mask = field(init=False)
    """Rows with a known word in place of a number: "ill", "rest", "-"."""

    def __post_init__(self) -> None:
        """Put the cells under examination, one column per concept."""
        cells = {
            name: pd.Series([text_of(cell) or None for cell in assigned.column.cells], dtype="str")
            for name, assigned in self.columns.items()
        }
        cells[QUOTE] = pd.Series(self._quotes(), dtype="str")
        if any(name in self.columns for name in NAME_COLUMNS):
            cells["athlete"] = pd.Series(self._names(), dtype="str")
        frame = pd.DataFrame(cells).set_axis(pd.Index(self.labels), axis=0)
        object.__setattr__(self, "sheet", Sheet(self.source, self.kind, frame))
        object.__setattr__(self, "worded", np.zeros(len(self), dtype=bool))

    @property
    def columns(self) -> Mapping[str, AssignedColumn]:
        """Concept -> the column that holds it."""
        return by_concept(self.assigned)

    def __len__(self) -> int:
        return len(self.block)

    def cells(self, concept: str) -> list[Cell | None]:
        """Return the cells of a concept; empty ones where no column holds it."""
        column = self.columns.get(concept)
        return column.column.cells if column else [None] * len(self)

    def texts(self, concept: str) -> list[str]:
        """Return the texts of a concept's cells."""
        return [text_of(cell) for cell in self.cells(concept)]

    def athlete(self) -> pd.Series:
        """Return the names as written, or the owner's; a row without one is refused."""
        index = self.sheet.cells.index
        if not any(name in self.columns for name in NAME_COLUMNS) and self.owner:
            return pd.Series(self.owner, index=index, dtype="str")
        missing = ~self.sheet.known("athlete")
        self.refuse(missing, "missing_athlete", "nobody is named in it")
        return named_athlete(self.sheet, "athlete", self.context)

    def _names(self) -> list[str | None]:
        return [person_name or None for person_name in person_names(self.texts)]

    def moments(self, concept: str) -> tuple[list[Any], list[str]]:
        """Return the moments of a column and what is wrong with each cell; empty cells are NaT."""
        contexts = [
            (self.days.week(cell, bare=True) if concept == "week" else self.days.read(cell))
            if cell is not None
            else None
            for cell in self.cells(concept)
        ]
        return (
            [
                pd.NaT
                if reading is None or reading.moment is None
                else pd.Timestamp(reading.moment)
                for reading in contexts
            ],
            ["" if reading is None else reading.problem for reading in contexts],
        )

    def day(self, concept: str, rule: Rule) -> pd.Series:
        """Return the days of a column; one that cannot be read refuses its row if it is needed."""
        moments, problems = self.moments(concept)
        times = pd.Series(moments, index=self.sheet.cells.index, dtype="datetime64[ns]")
        # A loose day, such as that of a return, loses itself and not its row.
        if rule.strict:
            for problem, sentence in PROBLEMS.items():
                bad = np.array([row_problem == problem for row_problem in problems], dtype=bool)
                self.refuse(bad, f"{problem}_date", sentence)
        checked = self.sheet.check_time(concept, rule, times, self.context.last_day, "a day")
        midnight: pd.Series = checked.dt.normalize()
        return midnight

    def refuse(self, mask: NDArray[np.bool_], reason: str, sentence: str) -> None:
        """Refuse rows, each quoted without the cells that name people."""
        self.sheet.reject(mask, reason, lambda row: f"'{row[QUOTE]}': {sentence}")

    def _quotes(self) -> list[str]:
        # Refusals go to reports that everybody may read.
        named = {self.columns[name].column.at for name in NAME_COLUMNS if name in self.columns}
        rows = zip(range(len(self)), self._names(), strict=True)
        return [self._quote(place, name or "", named) for place, name in rows]

    def _quote(self, place: int, name: str, named: set[int]) -> str:
        """Return a row without the cells that name people, and without the name elsewhere."""
        texts = [
            "…" if column.at in named else text_of(column.cells[place])
            for column in self.block.columns
            if column.cells[place] is not None
        ]
        parts = [part for part in (name, *name.split()) if len(part) >= _SHORTEST_NAME]
        quote = " | ".join(texts)
        for part in parts:
            # Scripts without capitals may have no blanks between words either.
            spaced = part.lower() != part.upper()
            word = rf"(?<!\w){re.escape(part)}(?!\w)" if spaced else re.escape(part)
            quote = re.sub(word, "…", quote, flags=re.IGNORECASE)
        return quote[:_LONGEST_QUOTE]

    def numbers(
        self, concept: str, convert: Callable[[Amount], float | None] | None = None
    ) -> Numbers:
        """Return a column as numbers; rounded and worded cells are named repairs."""
        cells = self.cells(concept)
        written = read_length if concept in DURATIONS else read_amount
        amounts = [amount_of(cell, self.mark, written) for cell in cells]
        read = convert or _value
        values = [None if amount is None else read(amount) for amount in amounts]
        bad = np.array(
            [
                cell is not None and amount is None
                for cell, amount in zip(cells, amounts, strict=True)
            ],
            dtype=bool,
        )
        about = np.array([amount is not None and amount.about for amount in amounts], dtype=bool)
        word = np.array(
            [amount is not None and bool(amount.word) for amount in amounts], dtype=bool
        )
        np.logical_or(self.worded, word, out=self.worded)
        self.sheet.repair(about, f"{concept}_rounded_by_hand")
        self.sheet.repair(word, f"{concept}_word_instead_of_number_set_null")
        self.sheet.repair(bad, f"bad_{concept}_set_null")
        numbers = np.array([np.nan if value is None else value for value in values], dtype=float)
        return Numbers(numbers, amounts, bad)


def amount_of(
    cell: Cell | None, mark: str, written: Callable[[str, str], Amount | None] = read_amount
) -> Amount | None:
    """Return what a cell says as a number, `written` reading a text."""
    if cell is None or cell.kind in {"d", "m"}:
        return None
    if cell.kind == "c":
        return Amount(clock=tuple(int(float(part)) for part in cell.text.split(":")))
    # A cell that the program knew as a number has a point, whatever mark people type.
    return written(cell.text, "." if cell.kind == "n" else mark)


def _value(amount: Amount) -> float | None:
    return amount.value

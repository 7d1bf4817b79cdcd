"""The records of one file under examination: every one ends accepted, repaired or rejected."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from common.arrays import Floats
from common.untyped import Untyped
from ingest.records.account import Account, Unread, rejects_of
from ingest.records.local_clock import parse_day, to_utc
from ingest.records.rules import Rule
from ingest.records.text_columns import TEXT, TextColumns, as_text_array, stripped

FIRST_DAY: Final = pd.Timestamp("2000-01-01")
"""Satellite watches and training sites are younger; an earlier date is a clock that was not set."""
LAST_DAY: Final = pd.Timestamp("2089-12-31")
_FIRST_MOMENT: Final = FIRST_DAY.to_datetime64()
_LAST_MOMENT: Final = LAST_DAY.to_datetime64()
_NO_MOMENT: Final = np.datetime64("NaT", "us")

ATHLETE: Final = "athlete"
"""Column of cells that names whose record it is, as written; a reject keeps the name."""

Mask = NDArray[np.bool_]
Columns = dict[str, pd.Series | Floats | NDArray[np.int64] | str | int]


class Sheet:
    """Cells of records that have a number or a name each.

    Values are taken out column by column; a wrong value either rejects its record, with a
    sentence, or is set to null, as a named repair. The first reason for a record stays.

    Parameters
    ----------
    source, kind : str
        The file and its format.
    cells : pandas.DataFrame or TextColumns
        Text or numbers as they stand in the file; the index holds the row (line) numbers.
    refused : sequence of (record, reason, sentence)
        Records that could not even be put into the frame.
    word : str
        What a record is called in sentences.
    """

    def __init__(
        self,
        source: str,
        kind: str,
        cells: pd.DataFrame | TextColumns,
        refused: Sequence[tuple[str, str, str]] = (),
        word: str = "row",
    ) -> None:
        self.source, self.kind, self.word, self.index = source, kind, word, cells.index
        self._cells = cells
        self._refused: list[tuple[str, str, str, str, str | None]] = [
            (source, *refusal, None) for refusal in refused
        ]
        self._out: Mask = np.zeros(len(self), dtype=bool)
        self._repaired: Mask = np.zeros(len(self), dtype=bool)
        self._repairs: dict[str, Mask] = {}
        self._arrows: dict[str, Untyped] = (
            dict(cells.stripped) if isinstance(cells, TextColumns) else {}
        )
        self._unread: list[Unread] = []

    def __len__(self) -> int:
        return len(self.index)

    @property
    def cells(self) -> pd.DataFrame:
        """The cells as a frame, which is made when somebody asks for it."""
        if isinstance(self._cells, TextColumns):
            self._cells = self._cells.frame()
        return self._cells

    def put(self, column: str, cells: pd.Series) -> None:
        """Rewrite a column of cells; the only way to do so, for readings of it are kept."""
        self.cells[column] = cells
        self._arrows.pop(column, None)

    def put_text(self, columns: Sequence[str], cells: Untyped) -> None:
        """Rewrite columns by Arrow text that holds one after the other."""
        bare = stripped(cells)
        for at, column in enumerate(columns):
            part = slice(at * len(self), (at + 1) * len(self))
            if isinstance(self._cells, TextColumns):
                self._cells.raw[column] = cells[part]
            else:
                self.cells[column] = pd.Series(cells[part], self.index, "str")
            self._arrows[column] = bare[part]

    def text(self, column: str) -> pd.Series:
        """Return a column as stripped text, null where the file says nothing."""
        return pd.Series(self.arrow(column), index=self.index, dtype="str")

    def arrow(self, column: str) -> Untyped:
        """Return what :meth:`text` returns as an Arrow array, at a tenth of the cost."""
        if column not in self._arrows:
            self._arrows[column] = self._stripped(column)
        return self._arrows[column]

    def arrows(self, columns: Sequence[str]) -> Untyped:
        """Return several columns one after the other, for one call of Arrow in place of many."""
        return pa.concat_arrays([self.arrow(column) for column in columns])

    def numbers(self, columns: Sequence[str]) -> list[Floats]:
        """Return several columns as numbers; what is no number is NaN."""
        try:
            together = _as_numbers(self.arrows(columns))
        except pa.ArrowInvalid:
            return [to_number(self.arrow(column)) for column in columns]
        return np.split(together, len(columns))

    def _stripped(self, column: str) -> Untyped:
        # What has no frame has all its columns in Arrow already.
        if isinstance(self._cells, TextColumns) or column not in self.cells:
            return pa.nulls(len(self), TEXT)
        raw = self.cells[column]
        text = raw if isinstance(raw.dtype, pd.StringDtype) else raw.astype("str")
        return stripped(as_text_array(text))

    def known(self, column: str) -> Mask:
        """Tell for which records the file says something."""
        return np.asarray(self.arrow(column).is_valid().to_numpy(zero_copy_only=False), dtype=bool)

    def reject(self, mask: Mask, reason: str, say: Callable[[Any], str]) -> None:
        """Refuse the records of a mask; `say` makes the sentence from the record's cells."""
        new = mask & ~self._out
        if not new.any():
            return
        self._out |= new
        for record, row in zip(
            self.index[new], self.cells[new].itertuples(index=False), strict=True
        ):
            cells = dict(zip(self.cells.columns, row, strict=True))
            sentence = f"{self.word} {record}: {say(cells)}"
            who = cells.get(ATHLETE)
            named = who if isinstance(who, str) else None
            self._refused.append((self.source, str(record), reason, sentence, named))

    def stays(self) -> Mask:
        """Tell which records are not refused so far."""
        return ~self._out

    def repair(self, mask: Mask, code: str) -> None:
        """Note that the records of a mask were taken with a change of the given name."""
        if mask.any():
            self._repaired |= mask
            self._repairs[code] = self._repairs.get(code, False) | mask

    def leave_out(self, part: str, why: str) -> None:
        """Note that a part of the file is not read, and why: the reader of the page is told."""
        self._unread.append(Unread(part, why))

    def number(self, column: str, rule: Rule, *, factor: float = 1.0) -> Floats:
        """Return a column as numbers times `factor`, checked against the rule."""
        return self.check_number(column, rule, to_number(self.arrow(column)) * factor)

    def check_number(self, column: str, rule: Rule, values: Floats) -> Floats:
        """Check numbers that were parsed from a column; wrong ones become NaN or reject."""
        known = self.known(column)
        # "Not inside" in place of "outside": so NaN, a cell that is no number, is bad as well.
        bad = known & ~((values >= rule.low) & (values <= rule.high))
        self._verdict(
            bad, f"bad_{column}", column, rule, f"a number from {rule.low:g} to {rule.high:g}"
        )
        self._demand(~known, column, rule)
        return np.where(known & ~bad, values, np.nan)

    def choice(self, column: str, rule: Rule) -> pd.Series:
        """Return a column of a closed vocabulary, spelled as the vocabulary spells it."""
        text = self.text(column)
        spelling = {choice.lower(): choice for choice in rule.choices}
        chosen = text.str.lower().map(spelling).astype("str")
        bad = (text.notna() & chosen.isna()).to_numpy()
        self._verdict(bad, f"bad_{column}", column, rule, "one of " + ", ".join(rule.choices))
        self._demand(text.isna().to_numpy(), column, rule)
        return chosen

    def words(self, column: str, rule: Rule) -> pd.Series:
        """Return a column of free text."""
        text = self.text(column)
        self._demand(text.isna().to_numpy(), column, rule)
        return text

    def day(self, column: str, rule: Rule, last_day: pd.Timestamp) -> pd.Series:
        """Return a column of ISO days, none impossible and none in the future."""
        text = self.text(column)
        days = self.check_time(column, rule, parse_day(text), last_day, "a day such as 2025-11-13")
        midnight: pd.Series = days.dt.normalize()
        return midnight

    def check_time(
        self, column: str, rule: Rule, times: pd.Series, last_day: pd.Timestamp, expected: str
    ) -> pd.Series:
        """Check parsed naive times: readable, between 2000 and 2089, not after the data end."""
        known, moments = self.known(column), times.to_numpy()
        unreadable = known & np.isnat(moments)
        # A year beyond all is told as impossible, and not as one after the end of the data.
        impossible = (moments < _FIRST_MOMENT) | (moments > _LAST_MOMENT)
        ahead = (moments >= (last_day + pd.Timedelta(days=2)).to_datetime64()) & ~impossible
        self._verdict(unreadable, f"unreadable_{column}", column, rule, expected)
        self._verdict(
            impossible, f"impossible_{column}", column, rule, "a time between 2000 and 2089"
        )
        end = f"no time after the data end on {last_day.date()}"
        self._verdict(ahead, f"future_{column}", column, rule, end)
        self._demand(~known, column, rule)
        usable = np.where(impossible | ahead, _NO_MOMENT, moments).astype("datetime64[ns]")
        return pd.Series(usable, index=times.index, name=times.name)

    def utc(self, local: pd.Series, zone: str) -> pd.Series:
        """Return local times as UTC; where summer time had to be decided it is a repair."""
        converted = to_utc(local, zone)
        self.repair(converted.in_gap, "clock_gap_moved_forward")
        self.repair(converted.in_fold, "clock_fold_first_taken")
        return converted.utc

    def finish(self, columns: Columns) -> tuple[pd.DataFrame, Account]:
        """Return the records that stay, with their book-keeping, and the account of the file."""
        stay = ~self._out
        # By position: a column may come with an index of its own.
        values = {k: v.array if isinstance(v, pd.Series) else v for k, v in columns.items()}
        keeping = {"source": self.source, "record": self.index, "repaired": self._repaired}
        frame = pd.DataFrame(values | keeping, index=pd.RangeIndex(len(self)))
        repaired = int((self._repaired & stay).sum())
        repairs = {code: int((mask & stay).sum()) for code, mask in self._repairs.items()}
        # Records are text: by length first, so that row 10 follows row 9.
        in_order = sorted(self._refused, key=lambda refusal: (len(refusal[1]), refusal[1]))
        rejects = rejects_of(in_order)
        account = Account(
            source=self.source,
            kind=self.kind,
            # Refused rows of the frame stand in both numbers; rows
            # that never came into it count on top.
            read=len(self) + len(self._refused) - int(self._out.sum()),
            accepted=int(stay.sum()) - repaired,
            repaired=repaired,
            repairs={code: count for code, count in repairs.items() if count},
            rejects=rejects,
            unread=tuple(self._unread),
        )
        return frame if stay.all() else frame[stay].reset_index(drop=True), account

    def _verdict(self, bad: Mask, code: str, column: str, rule: Rule, expected: str) -> None:
        if rule.strict:
            self.reject(bad, code, lambda row: f"{column} is {row[column]!r}; expected {expected}")
        else:
            self.repair(bad, f"{code}_set_null")

    def _demand(self, absent: Mask, column: str, rule: Rule) -> None:
        if rule.needed:
            self.reject(absent, f"missing_{column}", lambda _: f"{column} is empty; it is needed")


NEEDED_TEXT: Final = Rule("text", needed=True, strict=True)
FREE_TEXT: Final = Rule("text", needed=False, strict=False)
NEEDED_DAY: Final = Rule("day", needed=True, strict=True)
OPTIONAL_DAY: Final = Rule("day", needed=False, strict=False)


def to_number(text: Untyped) -> Floats:
    """Parse text as numbers with a decimal point; what is no number is NaN.

    Arrow's cast is several times faster, but it refuses a whole column for one bad cell.

    Examples
    --------
    >>> to_number(pd.Series(["10.24", None, "ten"], dtype="str"))
    array([10.24,   nan,   nan])
    """
    try:
        return _as_numbers(as_text_array(text))
    except pa.ArrowInvalid:
        return np.asarray(pd.to_numeric(pd.Series(text), errors="coerce"), dtype=float)


def _as_numbers(cells: Untyped) -> Floats:
    return np.asarray(pc.cast(cells, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)

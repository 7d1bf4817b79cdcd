"""What a contract says of a table, and the check that a frame keeps to it.

The check is a few array operations, which the tests hold against pandera's: its import takes longer
than a team takes to read, and a coach's environment goes without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

DAY: Final = "datetime64[ns]"
INSTANT: Final = pd.DatetimeTZDtype("ns", "UTC")
TEXT: Final = "str"
"""Kept as pandas keeps text at the time, see :mod:`common.machine.text_storage`."""
FLAG: Final = pd.BooleanDtype()
NUMBER: Final = "float64"


@dataclass(frozen=True)
class Column:
    """What one column may hold.

    Parameters
    ----------
    dtype : pandas type
    description : str
        What it is, with its unit or vocabulary.
    nullable : bool
        Whether it may be unknown.
    unique : bool
        Whether a value may stand once only.
    choices : tuple of str
        Closed vocabulary; empty where there is none.
    bounds : pair of float or None
        Least and greatest value, both allowed.
    """

    dtype: Any
    description: str
    nullable: bool = True
    unique: bool = False
    choices: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None

    def faults(self, values: pd.Series) -> Iterator[tuple[int, str]]:
        """Yield how many values break a rule, and which; `values` are of the column's type."""
        # Unknown is allowed or not by `nullable` alone; no other rule is about it.
        if not self.nullable and (unknown := values.isna()).any():
            yield int(unknown.sum()), "unknown, where a value is needed"
        if self.unique and (again := values.duplicated(keep=False)).any():
            yield int(again.sum()), "there more than once"
        if self.choices and (strange := ~values.isin(self.choices) & values.notna()).any():
            yield int(strange.sum()), "none of the words of its vocabulary"
        if self.bounds is not None:
            low, high = self.bounds
            # As an array: nothing is larger or smaller than what is unknown.
            numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
            if (outside := (numbers < low) | (numbers > high)).any():
                yield int(outside.sum()), f"not between {low:g} and {high:g}"


@dataclass(frozen=True)
class Table:
    """What a table holds: its columns in their order, and which of them name a row.

    Parameters
    ----------
    description : str
        What a row is.
    columns : mapping of str to Column
    unique : sequence of str, optional
        The columns that are together unique.
    """

    description: str
    columns: Mapping[str, Column]
    unique: Sequence[str] | None = None

    @cached_property
    def types(self) -> dict[str, Any]:
        """The type of every column."""
        return {name: spec.dtype for name, spec in self.columns.items()}

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a frame with the types of the contract; ValueError or TypeError if it has others.

        All-null columns take their type here: coercion would turn them into text 'nan'.
        """
        text = pd.StringDtype(na_value=float("nan"))
        own = frame.dtypes
        wanted = {name: text if kind == TEXT else kind for name, kind in self.types.items()}
        other = {name: kind for name, kind in wanted.items() if own[name] != kind}
        return frame.astype(other) if other else frame

    def only(self, columns: Sequence[str]) -> "Table":
        """Return the contract of some columns, in their order there; a row may lack its name."""
        own = {name: spec for name, spec in self.columns.items() if name in columns}
        is_named = self.unique is not None and own.keys() >= set(self.unique)
        return Table(self.description, own, self.unique if is_named else None)

    def faults(self, frame: pd.DataFrame) -> Iterator[tuple[int, str]]:
        """Yield how many values break a rule, and where: of columns and types as they should be."""
        if frame.empty:
            return
        for name, spec in self.columns.items():
            for count, rule in spec.faults(frame[name]):
                yield count, f"first in column {name!r}: {rule}"
        if self.unique:
            # Both rows are counted: which of the two is wrong the check cannot know.
            again = frame.duplicated(list(self.unique), keep=False)
            if again.any():
                yield int(again.sum()), f"more than one row of the same {', '.join(self.unique)}"


def failure(table: Table, frame: pd.DataFrame) -> str:
    """Return what of a frame breaks its contract, in a line; empty where nothing does.

    Parameters
    ----------
    table : Table
    frame : pandas.DataFrame
        Its columns, in their order and with their types.

    Examples
    --------
    >>> pain = Table("answers", {"pain_0_10": Column(NUMBER, "pain", bounds=(0, 10))})
    >>> failure(pain, pd.DataFrame({"pain_0_10": [3.0, 14.0]}))
    "1 value(s) break the contract, first in column 'pain_0_10': not between 0 and 10"
    """
    faults = list(table.faults(frame))
    if not faults:
        return ""
    return f"{sum(count for count, _ in faults)} value(s) break the contract, {faults[0][1]}"

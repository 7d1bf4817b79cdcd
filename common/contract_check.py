"""What a contract says of a table, and the check that a frame keeps to it.

The check that every run passes is a few array operations; pandera, which takes longer to import
than a team takes to read, is asked only about what fails it, and its verdict holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

DAY: Final = "datetime64[ns]"
INSTANT: Final = pd.DatetimeTZDtype("ns", "UTC")
TEXT: Final = pd.StringDtype(na_value=float("nan"))
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

    def holds(self, values: pd.Series) -> bool:
        """Say whether values of the column's type keep to it."""
        known = values.dropna()
        if not self.nullable and len(known) < len(values):
            return False
        if self.unique and values.duplicated().any():
            return False
        if self.choices and not known.isin(self.choices).all():
            return False
        return self.bounds is None or bool(known.between(*self.bounds).all())


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

    def holds(self, frame: pd.DataFrame) -> bool:
        """Say whether a frame with the columns and types of the table keeps to it."""
        if self.unique and frame.duplicated(list(self.unique)).any():
            return False
        return all(spec.holds(frame[name]) for name, spec in self.columns.items())


def failure(table: Table, frame: pd.DataFrame) -> str:
    """Return what of a frame breaks its contract, in a line; empty where nothing does.

    Parameters
    ----------
    table : Table
    frame : pandas.DataFrame
        Its columns, in their order and with their types.
    """
    if table.holds(frame):
        return ""
    import pandera.pandas as pa  # heavy, and needed only for what went wrong

    try:
        pandera_schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        case = error.failure_cases.iloc[0]
        return (
            f"{len(error.failure_cases)} value(s) break the contract, first in column "
            f"{case['column']!r}: {case['check']}"
        )
    return ""


def pandera_schema(table: Table) -> "pa.DataFrameSchema":
    """Return the contract of a table as a pandera schema."""
    import pandera.pandas as pa  # heavy, and needed only for what went wrong

    columns = {
        name: pa.Column(
            spec.dtype,
            [
                *([pa.Check.isin(list(spec.choices))] if spec.choices else []),
                *([pa.Check.in_range(*spec.bounds)] if spec.bounds else []),
            ],
            nullable=spec.nullable,
            unique=spec.unique,
            description=spec.description,
        )
        for name, spec in table.columns.items()
    }
    key = list(table.unique) if table.unique else None
    return pa.DataFrameSchema(
        columns,
        strict=True,
        coerce=True,
        ordered=True,
        unique=key,
        description=table.description,
    )

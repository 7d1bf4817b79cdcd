"""Columns of a sheet with the meanings they were assigned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.readers.sheets.opening.block import Column
from ingest.readers.sheets.opening.cells import text_of
from ingest.readers.sheets.words.person_names import NAME_COLUMNS

TIMES: Final = frozenset({"date", "stamp", "week", "onset"})
"""Concepts that tell when."""
DURATIONS: Final = frozenset({"duration_min", "duration_h"})
"""Concepts that tell how long a session took."""
LOAD: Final = DURATIONS | {"distance_km"}
"""Concepts that tell how much was done."""


@dataclass(frozen=True)
class AssignedColumn:
    """A column with the meaning it was assigned.

    Parameters
    ----------
    column : Column
    concept : str
        The meaning, a key of the vocabulary of headings; empty where it is unknown.
    certain : bool
        Whether the heading can mean nothing else, or the settings state it.
    unit : str
        Unit in the heading.
    """

    column: Column
    concept: str
    certain: bool = False
    unit: str = ""


def by_concept(assigned: Sequence[AssignedColumn]) -> dict[str, AssignedColumn]:
    """Return concept -> its column; of repeated ones the first."""
    columns: dict[str, AssignedColumn] = {}
    for column in assigned:
        if column.concept:
            columns.setdefault(column.concept, column)
    return columns


def people_in(assigned: Sequence[AssignedColumn]) -> list[str]:
    """Return who each row is about, in the words of its cells; empty without a column of names."""
    concepts = by_concept(assigned)
    columns = [concepts[name].column.cells for name in NAME_COLUMNS if name in concepts]
    return [" ".join(map(text_of, row)) for row in zip(*columns, strict=True)]

"""A column of a sheet with the meaning it was assigned."""

from dataclasses import dataclass
from typing import Final

from ingest.readers.sheets.opening.block import Column

TIMES: Final = frozenset({"date", "stamp", "week", "onset"})
"""Concepts that tell when."""


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

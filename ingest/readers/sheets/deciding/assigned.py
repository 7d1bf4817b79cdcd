"""A column of a sheet and what it holds."""

from dataclasses import dataclass
from typing import Final

from ingest.readers.sheets.opening.block import Column

TIMES: Final = frozenset({"date", "stamp", "week", "onset"})
"""Concepts that tell when."""


@dataclass(frozen=True)
class Assigned:
    """A column and what it holds.

    Parameters
    ----------
    column : Column
    concept : str
        Empty where nobody knows.
    certain : bool
        Whether the heading says nothing else, or the settings name it.
    unit : str
        Unit in the heading.
    """

    column: Column
    concept: str
    certain: bool = False
    unit: str = ""

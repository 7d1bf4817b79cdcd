"""Cells of a workbook and areas of them, rows and columns from 0."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.upkeep.shared_files.sheet_shares import Share


class Cell(NamedTuple):
    """A cell of a sheet, row and column from 0."""

    sheet: str
    row: int
    column: int


class Area(NamedTuple):
    """Cells that a formula reads, both ends included, from 0; a whole column has no last row."""

    sheet: str
    left: float
    top: float
    right: float
    bottom: float


class EmptiedCells:
    """What of a sheet is emptied, sorted: an area is looked up in it without a walk through it.

    Parameters
    ----------
    share : Share
        Rows, columns and single cells.
    """

    def __init__(self, share: Share) -> None:
        self._rows = sorted(share.rows)
        self._columns = sorted(share.columns)
        self._rows_by_column: defaultdict[int, list[int]] = defaultdict(list)
        for row, column in sorted(share.cells):
            self._rows_by_column[column].append(row)

    def meet(self, area: Area) -> bool:
        """Say whether an area of the same sheet has one of them."""
        return (
            _has(self._rows, area.top, area.bottom)
            or _has(self._columns, area.left, area.right)
            or any(
                area.left <= column <= area.right and _has(rows, area.top, area.bottom)
                for column, rows in self._rows_by_column.items()
            )
        )


def _has(places: Sequence[int], least: float, most: float) -> bool:
    """Say whether one of the sorted places lies in a range, both ends included."""
    at = bisect_left(places, least)
    return at < len(places) and places[at] <= most

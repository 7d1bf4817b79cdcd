"""Which formulas of a workbook count cells that are emptied: their last results go with them.

A workbook keeps the last result of every formula. The kilometres of a whole club from before, less
those of the others, would still tell what the person ran.
"""

import io
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries

from pipelines.upkeep.shared_files.cell_areas import Area, Cell, EmptiedCells
from pipelines.upkeep.shared_files.formula_chains import with_readers
from pipelines.upkeep.shared_files.sheet_shares import Share

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as FormulaCell
    from openpyxl.worksheet.worksheet import Worksheet

_ANYWHERE: Final = frozenset({"OFFSET(", "INDIRECT("})
"""Functions that say only when they are computed which cells they read."""


def results_of(content: bytes, shares: Mapping[str, Share]) -> set[Cell]:
    """Return the formulas whose results count what is emptied, also by way of other formulas.

    One that nobody can follow without computing it (a name of a table, `OFFSET`) is among them.

    Parameters
    ----------
    content : bytes
        The XLSX file.
    shares : mapping of str to Share
        Title of a sheet -> what of it is emptied.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    formulas = {cell: areas for sheet in book.worksheets for cell, areas in _formulas(sheet)}
    emptied = {title: EmptiedCells(share) for title, share in shares.items()}
    first = [
        cell
        for cell, areas in formulas.items()
        if areas is None
        or any(area.sheet in emptied and emptied[area.sheet].meet(area) for area in areas)
    ]
    return with_readers(first, {cell: areas or [] for cell, areas in formulas.items()})


def _formulas(sheet: "Worksheet") -> Iterator[tuple[Cell, list[Area] | None]]:
    """Yield the formulas of a sheet with the cells that they read; None where that is unknown."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                # A formula of many cells is an object that holds its text.
                text = getattr(cell.value, "text", cell.value)
                areas = _areas(text, sheet) if isinstance(text, str) else None
                for place in _results(cell, sheet):
                    yield place, areas


def _results(cell: "FormulaCell", sheet: "Worksheet") -> Iterator[Cell]:
    """Yield where the results of a formula stand: one of many cells fills its neighbours too."""
    filled = _coordinates(getattr(cell.value, "ref", "") or "", sheet.title)
    if filled is None:
        yield Cell(sheet.title, cell.row - 1, cell.column - 1)
        return
    for row in range(int(filled.top), int(min(filled.bottom, sheet.max_row - 1)) + 1):
        for column in range(int(filled.left), int(min(filled.right, sheet.max_column - 1)) + 1):
            yield Cell(sheet.title, row, column)


def _areas(formula: str, sheet: "Worksheet") -> list[Area] | None:
    tokens = Tokenizer(formula).items
    if any(token.value.upper() in _ANYWHERE for token in tokens):
        return None
    areas: list[Area] = []
    for token in tokens:
        if token.subtype == "RANGE":
            read = list(_area(token.value, sheet))
            if not read:
                return None
            areas += read
    return areas


def _area(reference: str, sheet: "Worksheet") -> Iterable[Area]:
    """Yield what a reference or a name stands for; nothing where that is unknown."""
    for names in (sheet.defined_names, sheet.parent.defined_names):
        if reference in names:
            places = names[reference].destinations
            return [area for title, place in places if (area := _coordinates(place, title))]
    title, _, place = reference.rpartition("!")
    plain = title.strip("'").replace("''", "'") or sheet.title
    area = _coordinates(place, plain)
    return [area] if area and plain in sheet.parent.sheetnames else []


def _coordinates(place: str, title: str) -> Area | None:
    try:
        left, top, right, bottom = range_boundaries(place)
    except ValueError:
        return None
    if ":" not in place and (left is None or top is None):
        return None  # a name that reads like a column
    least = (0 if bound is None else bound - 1 for bound in (left, top))
    most = (math.inf if bound is None else bound - 1 for bound in (right, bottom))
    return Area(title, *least, *most)

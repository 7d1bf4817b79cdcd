"""Formulas that read the results of other formulas, followed to the end of every chain."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipelines.upkeep.shared_files.cell_areas import Area, Cell


class _Readers:
    """Who reads the formulas of one column, by their rows.

    A segment tree (Bentley 1977): an area stands at the few nodes that make up its rows, and a cell
    asks the nodes above it. Each node is asked once, so that a column of n running totals costs
    n log n steps where a look at every pair would cost n squared.

    Parameters
    ----------
    rows : sequence of int
        Rows that hold a formula, ascending.
    """

    def __init__(self, rows: Sequence[int]) -> None:
        self._rows = rows
        self._nodes: list[list[Cell]] = [[] for _ in range(2 * len(rows))]

    def add(self, reader: Cell, area: Area) -> None:
        low = bisect_left(self._rows, area.top) + len(self._rows)
        high = bisect_right(self._rows, area.bottom) + len(self._rows)
        while low < high:
            if low % 2:
                self._nodes[low].append(reader)
                low += 1
            if high % 2:
                high -= 1
                self._nodes[high].append(reader)
            low, high = low // 2, high // 2

    def take(self, row: int) -> list[Cell]:
        """Return the readers of a row; those that were returned before are not, again."""
        readers: list[Cell] = []
        node = bisect_left(self._rows, row) + len(self._rows)
        while node:
            readers += self._nodes[node]
            # Emptied, since these readers are known by now: it keeps the whole search short.
            self._nodes[node] = []
            node //= 2
        return readers


def with_readers(first: Iterable[Cell], formulas: Mapping[Cell, Sequence[Area]]) -> set[Cell]:
    """Return formulas and all that read one of them, also by way of others.

    Parameters
    ----------
    first : iterable of Cell
        Formulas to begin with.
    formulas : mapping of Cell to sequence of Area
        Every formula of the workbook with what it reads.
    """
    reached = set(first)
    readers = _readers(formulas)
    unasked = list(reached)
    while unasked:
        cell = unasked.pop()
        for reader in readers[cell.sheet][cell.column].take(cell.row):
            if reader not in reached:
                reached.add(reader)
                unasked.append(reader)
    return reached


def _readers(formulas: Mapping[Cell, Sequence[Area]]) -> dict[str, dict[int, _Readers]]:
    """Return who reads the formulas, by sheet and column; columns ascend."""
    rows: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for sheet, row, column in sorted(formulas, key=lambda cell: (cell.column, cell.row)):
        rows[sheet][column].append(row)
    readers = {
        sheet: {column: _Readers(places) for column, places in columns.items()}
        for sheet, columns in rows.items()
    }
    # An area may span all 16,384 columns; only those with formulas are looked at.
    columns_with_formulas = {sheet: list(columns) for sheet, columns in readers.items()}
    for reader, areas in formulas.items():
        for area in areas:
            columns = columns_with_formulas.get(area.sheet, [])
            span = slice(bisect_left(columns, area.left), bisect_right(columns, area.right))
            for column in columns[span]:
                readers[area.sheet][column].add(reader, area)
    return readers

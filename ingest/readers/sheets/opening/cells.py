"""Cells, tabs and workbooks, whatever program kept them."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """One filled cell.

    Parameters
    ----------
    kind : str
        `t` text, `n` number, `d` day, `m` moment, `c` clock or length of time, `b` boolean: what
        the program knew. A CSV knows text only.
    text : str
        Days and moments in ISO form, numbers with a point, text with single blanks.
    """

    kind: str
    text: str


Row = list[Cell | None]


@dataclass(frozen=True)
class Tab:
    """One sheet of a workbook; a CSV has one.

    Parameters
    ----------
    name : str
        Its name; empty for a CSV.
    rows : list of list of Cell
        From the first row and column on; None for an empty cell. Merged cells are filled.
    numbers : list of int
        Row number of each row as the reader of the file counts them: the line of a CSV.
    why : str
        Why it holds no cells, where the program could not read any.
    """

    name: str
    rows: list[Row]
    numbers: list[int]
    why: str = ""
    merged: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Places (row, column, from 0) that a merged cell fills."""
    is_hidden: bool = False
    """Whether the program does not show it; it is read all the same, for its data count."""


def text_of(cell: Cell | None) -> str:
    """Return the text of a cell, nothing for an empty one."""
    return cell.text if cell is not None else ""


def filled(row: Row) -> list[Cell]:
    """Return the filled cells of a row."""
    return [cell for cell in row if cell is not None]


def quoted(row: Row, most: int = 100) -> str:
    """Return a row as a reader would quote it: its cells with bars between, shortened.

    Examples
    --------
    >>> quoted([Cell("t", "?"), Cell("t", "Lars"), None, Cell("t", "Rücken")])
    '? | Lars | Rücken'
    """
    text = " | ".join(cell.text for cell in filled(row))
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"

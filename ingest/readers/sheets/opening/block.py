"""A table as it stands in a tab: headings, rows, and what stands around it."""

from dataclasses import dataclass, field

from ingest.readers.sheets.opening.cells import Cell, text_of


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    at : int
        Place in the tab, from 0.
    levels : tuple of str
        Its headings from the top row to the lowest.
    cells : list of Cell
        Below the headings; None for an empty cell.
    """

    at: int
    levels: tuple[str, ...]
    cells: list[Cell | None]

    @property
    def heading(self) -> str:
        """The levels as one text."""
        # Each text once: a merged heading fills several levels with the same words.
        return " ".join(dict.fromkeys(level for level in self.levels if level))

    @property
    def letter(self) -> str:
        """The column's letters in a spreadsheet."""
        return letters(self.at)

    def texts(self) -> list[str]:
        """Return the texts of the filled cells."""
        return [cell.text for cell in self.cells if cell is not None]


@dataclass(frozen=True)
class Block:
    """A table of a tab.

    Parameters
    ----------
    tab : str
        Name of the tab; empty for a CSV.
    titles : list of list of str
        The filled cells of the rows above the headings.
    columns : list of Column
        Its columns; those that are empty altogether are left out.
    numbers : list of int
        Row number of each row in the file, or the address of its cell where rows were cells.
    left_out : list of (int, str, str)
        Rows that are no records: number, quoted text, why (a key of `why`: total, note, heading).
    value : str
        What its cells are, as written below the names of people; empty where nothing is.
    """

    tab: str
    titles: list[list[str]]
    columns: list[Column]
    numbers: list[int | str]
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
    value: str = ""

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, place: int) -> list[Cell | None]:
        """Return the cells of a row."""
        return [column.cells[place] for column in self.columns]


def letters(at: int) -> str:
    """Return a column's letters in a spreadsheet.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    column_name = ""
    at += 1
    while at:
        # There is no letter for 0: Z is followed by AA, not by BA.
        at, rest = divmod(at - 1, 26)
        column_name = chr(65 + rest) + column_name
    return column_name


def example_rows(block: Block, most: int = 3) -> tuple[str, ...]:
    """Return the first filled rows as "heading: cell" texts."""
    shown = []
    for place in range(len(block)):
        pairs = [
            (column.heading or column.letter, text_of(column.cells[place]))
            for column in block.columns
        ]
        filled = [f"{heading}: {text}" for heading, text in pairs if text]
        # A row with one cell is often a title or a note, and shows nobody what the table holds.
        if len(filled) > 1:
            shown.append("; ".join(filled)[:200])
        if len(shown) == most:
            break
    return tuple(shown)

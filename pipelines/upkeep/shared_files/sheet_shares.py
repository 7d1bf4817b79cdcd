"""What of a shared sheet is a person's: rows, columns, or what others wrote about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from common.untyped import Cell
from pipelines.upkeep.person import Person

Grid = Sequence[Sequence[Cell]]


@dataclass
class Share:
    """What of a table is a person's, counted from 0.

    Parameters
    ----------
    rows, columns : set of int
        Which rows and which columns.
    cells : set of (int, int)
        Row and column of texts that mention the person in a row of somebody else.
    lines : dict of (int, int) to str
        Row and column of sentences about somebody else that mention the person, and what they are
        without the names.
    is_clear : bool
        Whether that is all. It is not below a name that stands alone in its row, as a title does
        (before the next name of a list it is a line), nor where a row names somebody else too and
        heads no columns.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: set[tuple[int, int]] = field(default_factory=set)
    lines: dict[tuple[int, int], str] = field(default_factory=dict)
    is_clear: bool = True


def share_of(grid: Grid, who: Person) -> Share:
    """Return which rows, columns and cells of a table are a person's.

    A name above a row that names nobody heads a column. Any other name is of its row, and of the
    rows below it whose cell in that column is blank, as in merged cells.
    """
    share = Share()
    # In a table of one column every row has one cell: there a name is a line and no title.
    widest = max((len(_filled(row)) for row in grid), default=0)
    for at, row in enumerate(grid):
        named = _named(row, who)
        mentioned = named | {place for place, cell in enumerate(row) if _is_of(cell, who)}
        if mentioned and len(_filled(row)) == 1 < widest and not _is_in_list(grid, at, who):
            share.is_clear = False
        elif mentioned:
            _add_row(share, grid, at, named, mentioned, who)
    return share


def _named(row: Sequence[Cell], who: Person) -> set[int]:
    """Return the cells that are a name, also first and last name in a cell each."""
    words = [cell if isinstance(cell, str) and cell.strip() else None for cell in row]
    named = {place for place, cell in enumerate(row) if not _is_blank(cell) and who.is_named(cell)}
    for place, (word, following) in enumerate(pairwise(words)):
        if word and following and who.is_named(f"{word} {following}"):
            named |= {place, place + 1}
    return named


def _add_row(
    share: Share, grid: Grid, at: int, named: set[int], mentioned: set[int], who: Person
) -> None:
    row = grid[at]
    has_others = any(who.is_other(cell) for place, cell in enumerate(row) if place not in named)
    if named == mentioned and _is_heading(grid, at, named, who):
        # "Ann" and "Lee" beside each other head the columns of two, unless somebody says so.
        share.is_clear &= all(who.is_named(row[place]) for place in named)
        share.columns |= named
    # Two people in one row: to delete it would take from the other what is theirs.
    elif named and has_others:
        share.is_clear = False
    elif named:
        share.rows |= {at, *_below(grid, at, min(named), who)}
    # A note about the person in somebody else's row: the note goes, the row stays.
    elif has_others:
        share.cells |= {(at, place) for place in mentioned}
    elif any(who.has_others(str(row[place])) for place in mentioned):
        share.is_clear &= all(who.begins_with_another(str(row[place])) for place in mentioned)
        share.lines |= {(at, place): who.without(str(row[place])) for place in mentioned}
    elif _is_about(row, min(mentioned), who):
        share.rows.add(at)
    else:
        share.cells |= {(at, place) for place in mentioned}


def _is_about(row: Sequence[Cell], first: int, who: Person) -> bool:
    """Say whether a row that names nobody is about the person, and not somebody's note of them."""
    return all(_is_blank(cell) for cell in row[:first]) or who.begins(str(row[first]))


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not _is_blank(cell)]


def _is_of(cell: Cell, who: Person) -> bool:
    return not _is_blank(cell) and (who.is_named(cell) or who.is_in(str(cell)))


def _is_blank(cell: Cell) -> bool:
    return cell is None or not str(cell).strip()


def _is_heading(grid: Grid, at: int, named: set[int], who: Person) -> bool:
    """Say whether names head columns: beside others of the team, or in a first row of words.

    A row of names right below is a list's, and so is a column with the names of others.
    """
    row = grid[at]
    is_of_words = not any(character.isdigit() for cell in _filled(row) for character in str(cell))
    if not ((at == 0 and is_of_words) or any(who.is_other(cell) for cell in row)):
        return False
    below = next((filled for lower_row in grid[at + 1 :] if (filled := _filled(lower_row))), [])
    if not below or any(_is_of(cell, who) or who.is_other(cell) for cell in below):
        return False
    return not any(
        who.is_other(line[place]) for line in grid for place in named if place < len(line)
    )


def _is_in_list(grid: Grid, at: int, who: Person) -> bool:
    """Say whether a name alone is a line of a list, as in a roster that holds only names yet.

    Then others stand in its column, and right below it the next of them, or nothing: below a
    title stands what it is about.
    """
    column = next(place for place, cell in enumerate(grid[at]) if not _is_blank(cell))
    names = [row[column] if column < len(row) else None for row in grid if _filled(row)]
    below = next((row for row in grid[at + 1 :] if _filled(row)), None)
    follows = below is None or (column < len(below) and who.is_other(below[column]))
    return follows and any(who.is_other(name) for name in names)


def _below(grid: Grid, at: int, column: int, who: Person) -> list[int]:
    """Return the filled rows right below a name, with a blank in its column, that name nobody."""
    filled_rows = []
    for place in range(at + 1, len(grid)):
        row = grid[place]
        own = row[column] if column < len(row) else None
        if not _is_blank(own) or not _filled(row) or any(who.is_other(cell) for cell in row):
            break
        filled_rows.append(place)
    return filled_rows

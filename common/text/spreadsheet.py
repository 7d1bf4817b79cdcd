"""Cells that no spreadsheet runs as a formula, and what they meant before they were guarded."""

import re
from typing import Final

from common.untyped import Cell

# A spreadsheet set to another language splits at ';' too, so what follows one is a cell as well;
# and so is what follows a line break.
_SIGNS: Final = r"(?=[=+\-@\t\r＝＋－＠])"  # noqa: RUF001 - these are the full-width signs
_FORMULA: Final = re.compile(rf"(^|[;\r\n] *){_SIGNS}")
_GUARDED: Final = re.compile(rf"(^|[;\r\n] *)'{_SIGNS}")


def harmless(cell: Cell) -> Cell:
    """Return the cell, with an apostrophe before text that a spreadsheet would calculate.

    Parameters
    ----------
    cell : object
        Numbers, dates and nulls pass unchanged.

    Examples
    --------
    >>> harmless("=HYPERLINK(1)"), harmless("a = b"), harmless(-0.5)
    ("'=HYPERLINK(1)", 'a = b', -0.5)
    """
    return _FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell


def unguarded(cell: Cell) -> Cell:
    """Return a cell as it was before :func:`harmless`; other apostrophes stay.

    Examples
    --------
    >>> unguarded("'=HYPERLINK(1)"), unguarded("'t Hooft"), unguarded(None)
    ('=HYPERLINK(1)', "'t Hooft", None)
    """
    return _GUARDED.sub(r"\1", cell) if isinstance(cell, str) else cell

"""CSV that no spreadsheet runs as a formula."""

import re
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.store import write_text

# A spreadsheet set to another language splits at ';' too, so what follows one is a cell as well;
# and so is what follows a line break.
_FORMULA: Final = re.compile(r"(^|[;\r\n])(?=[=+\-@\t\r＝＋－＠])")  # noqa: RUF001 - these are the full-width signs


def harmless(cell: Any) -> Any:  # noqa: ANN401 - cells of a frame have any type
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


def safe_csv(frame: pd.DataFrame) -> str:
    """Return the frame as CSV with harmless cells and headings, ISO dates and a final newline."""
    text = frame.select_dtypes(exclude=["number", "bool", "datetime", "datetimetz"]).columns
    clean = frame.assign(**{name: frame[name].map(_one_cell) for name in text})
    clean = clean.rename(columns=harmless)
    return clean.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _one_cell(cell: Any) -> Any:  # noqa: ANN401 - cells of a frame have any type
    """Return a harmless cell that stays one: a lone carriage return is not quoted on writing."""
    safe = harmless(cell)
    return re.sub(r"\r\n?", "\n", safe) if isinstance(safe, str) else safe


def write_safe_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write the frame as harmless CSV, atomically."""
    write_text(path, safe_csv(frame))

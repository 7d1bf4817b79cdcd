"""CSV that no spreadsheet runs as a formula."""

import re
from pathlib import Path

import pandas as pd

from common.store import write_text
from common.text.spreadsheet import harmless
from common.untyped import Cell


def safe_csv(frame: pd.DataFrame) -> str:
    """Return the frame as CSV with harmless cells and headings, ISO dates and a final newline."""
    text = frame.select_dtypes(exclude=["number", "bool", "datetime", "datetimetz"]).columns
    clean = frame.assign(**{name: _harmless(frame[name]) for name in text})
    clean = clean.rename(columns=harmless)
    return clean.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _harmless(cells: pd.Series) -> pd.Series:
    """Return harmless cells; of texts, of which most stand there often, each is read once."""
    if not isinstance(cells.dtype, pd.StringDtype):
        return cells.map(_one_cell)
    words = cells.dropna().unique()
    return cells.map(dict(zip(words, map(_one_cell, words), strict=True))).astype(cells.dtype)


def _one_cell(cell: Cell) -> Cell:
    """Return a harmless cell that stays one: a lone carriage return is not quoted on writing."""
    safe = harmless(cell)
    return re.sub(r"\r\n?", "\n", safe) if isinstance(safe, str) else safe


def write_safe_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write the frame as harmless CSV, atomically."""
    write_text(path, safe_csv(frame))

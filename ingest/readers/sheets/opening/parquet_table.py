"""The table of a Parquet file, as the cells of a sheet."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from common.untyped import Untyped
from ingest.readers.base import FileRefused
from ingest.readers.sheets.opening.cells import Cell, Row, Tab

MAGIC: Final = b"PAR1"
_MOST_CELLS: Final = 5_000_000
_DECIMALS: Final = ".12g"


def is_parquet(head: bytes) -> bool:
    """Recognise a Parquet file by its first bytes."""
    return head.startswith(MAGIC)


def parquet_tab(path: Path) -> Tab:
    """Return the table as a tab: names of columns in the first row, then the rows.

    Raises
    ------
    FileRefused
        If the file is damaged or too large.
    """
    try:
        with pq.ParquetFile(path) as file:
            size = file.metadata.num_rows * file.metadata.num_columns
            if size > _MOST_CELLS:
                raise FileRefused("too_large", f"more than {_MOST_CELLS:,} cells; split the file")
            table = file.read()
    except (pa.ArrowException, OSError, ValueError):
        raise FileRefused(
            "damaged_file", "the Parquet file cannot be read; write it anew"
        ) from None
    # pandas keeps a table's index under such names: it numbers the rows and measures nothing.
    names = [name for name in table.column_names if not name.startswith("__index_level_")]
    columns = [[cell_of(cell) for cell in table.column(name).to_pylist()] for name in names]
    rows: list[Row] = [[Cell("t", name) for name in names], *map(list, zip(*columns, strict=True))]
    return Tab("", rows, list(range(1, len(rows) + 1)))


def cell_of(value: Untyped) -> Cell | None:
    """Return a value as a cell; nulls and NaN are empty, truth values are 1 and 0.

    Examples
    --------
    >>> cell_of(True), cell_of(12.5), cell_of(float("nan"))
    (Cell(kind='n', text='1'), Cell(kind='n', text='12.5'), None)
    """
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    if isinstance(value, int | float):
        return Cell("n", format(+value, _DECIMALS))  # + makes a number of a truth value
    if isinstance(value, date | timedelta):
        return _of_time(value)
    text = " ".join(str(value).split())
    return Cell("t", text) if text else None


def _of_time(value: date | timedelta) -> Cell:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return Cell("c", f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}")
    if isinstance(value, datetime) and value.time() != time(0):
        moment = value.replace(tzinfo=None)
        return Cell("m", moment.isoformat(sep=" ", timespec="seconds"))
    return Cell("d", value.isoformat()[:10])

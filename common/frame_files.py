"""Data frames as Parquet and CSV files, written whole or not at all."""

import errno
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.atomic import atomic
from common.errors import DamagedFileError, StridecastError
from common.machine.text_storage import as_usual
from common.store import AGAIN

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE: Final = 131_072
"""Rows of a row group, the least that is read where some athletes of a large table are wanted."""
_NOT_OUR_FAULT: Final = frozenset({errno.EACCES, errno.EPERM, errno.EMFILE})
"""A file that may not be read is not damaged."""


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, atomically; numbers without dictionaries, which only cost time."""
    text = text_columns(frame)
    with atomic(path) as part:
        as_usual(frame).to_parquet(
            part, index=False, use_dictionary=text, compression="zstd", row_group_size=_ROWS_AT_ONCE
        )


def write_frames(path: Path, frames: Iterable[pd.DataFrame]) -> None:
    """Write frames of the same columns one below the other, atomically, one of them in memory.

    One frame makes the file of :func:`write_frame`.

    Parameters
    ----------
    path : pathlib.Path
    frames : iterable of pandas.DataFrame
        At least one.
    """
    _write_tables(path, (arrow_table(frame, preserve_index=False) for frame in frames))


def write_rows(path: Path, frames: Iterable[pd.DataFrame]) -> None:
    """Write frames of the same columns as the file of all of them, of :func:`write_frame`.

    In memory are the rows of a row group and of a frame.

    Parameters
    ----------
    path : pathlib.Path
    frames : iterable of pandas.DataFrame
        At least one.
    """
    _write_tables(path, _of_one_size(frames))


def _write_tables(path: Path, tables: "Iterator[pa.Table]") -> None:
    """Write tables of the same columns one below the other, atomically."""
    import pyarrow.parquet as pq  # pandas loads it where a file is read, and not before

    first = next(tables)
    text = text_columns(first.schema.empty_table().to_pandas())
    with (
        atomic(path) as part,
        pq.ParquetWriter(part, first.schema, compression="zstd", use_dictionary=text) as writer,
    ):
        for table in chain([first], tables):
            writer.write_table(table.cast(first.schema), row_group_size=_ROWS_AT_ONCE)


def _of_one_size(frames: Iterable[pd.DataFrame]) -> "Iterator[pa.Table]":
    """Yield the rows of frames in row groups; the last one may be smaller."""
    import pyarrow as pa  # as above

    waiting: list[pa.Table] = []
    for frame in frames:
        waiting.append(arrow_table(frame, preserve_index=False))
        while sum(table.num_rows for table in waiting) > _ROWS_AT_ONCE:
            # In one piece, for the pages of a file end where the pieces of a group do.
            rows = pa.concat_tables(waiting)
            yield rows.slice(0, _ROWS_AT_ONCE).combine_chunks()
            waiting = [rows.slice(_ROWS_AT_ONCE)]
    yield pa.concat_tables(waiting).combine_chunks()


def arrow_table(frame: pd.DataFrame, *, preserve_index: bool | None = None) -> "pa.Table":
    """Return a frame as a table of Arrow, with what pandas needs to make the same frame of it.

    Parameters
    ----------
    frame : pandas.DataFrame
    preserve_index : bool, optional
        Whether the index is a column; by default one that only counts rows is not.
    """
    import pyarrow as pa  # as above

    with warnings.catch_warnings():
        # Of a function of Arrow, which pandas quiets likewise where it writes a file.
        warnings.simplefilter("ignore", DeprecationWarning)
        return pa.Table.from_pandas(frame, preserve_index=preserve_index)


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns that are stored smaller with a dictionary: all but numbers."""
    return [c for c in frame.columns if not pd.api.types.is_numeric_dtype(frame[c])]


def read_frame(
    path: Path,
    columns: list[str] | None = None,
    remedy: str = AGAIN,
    athletes: tuple[str, str] | None = None,
    since: pd.Timestamp | None = None,
    among: list[str] | None = None,
    rows: npt.NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    """Read a Parquet file.

    Parameters
    ----------
    path : pathlib.Path
    columns : list of str, optional
        Which; by default all.
    remedy : str
        What to do about a damaged file.
    athletes : pair of str, optional
        Only the rows of the athletes from one to the other, by name, both included; rows of no
        athlete are left out. Files in the order of athletes are not read elsewhere.
    since : pandas.Timestamp, optional
        Only the rows of `date` from this day on; rows of no date are left out.
    among : list of str, optional
        Only the rows of these athletes.
    rows : ndarray of bool, optional
        Which rows of the file, in place of the three above; the others are in memory for one row
        group at a time.

    Raises
    ------
    StridecastError
        If the file is missing.
    DamagedFileError
        If it is not Parquet, or lacks a column.
    """
    with _readable(path, remedy):
        if rows is not None:
            return _chosen(path, columns, rows)
        wanted: list[tuple[str, str, object]] = []
        if athletes is not None:
            wanted += [("athlete", ">=", athletes[0]), ("athlete", "<=", athletes[1])]
        wanted += [("date", ">=", since)] if since is not None else []
        wanted += [("athlete", "in", among)] if among is not None else []
        return pd.read_parquet(path, columns=columns, filters=wanted or None)


def columns_of(path: Path, remedy: str = AGAIN) -> list[str]:
    """Return the columns of a Parquet file, of which no row is read; raises as :func:`read_frame`.

    Parameters
    ----------
    path : pathlib.Path
    remedy : str
        What to do about a damaged file.
    """
    import pyarrow.parquet as pq  # as above

    with _readable(path, remedy):
        return [str(name) for name in pq.read_schema(path).names]


@contextmanager
def _readable(path: Path, remedy: str) -> Iterator[None]:
    """Say of a file that cannot be read what is wrong with it."""
    if not path.exists():
        raise StridecastError(f"{path}: not found", "run `dvc repro` first")
    try:
        yield
    except Exception as error:
        # Arrow raises errors of many classes, OSError among them, for bytes that are no Parquet.
        if isinstance(error, OSError) and error.errno in _NOT_OUR_FAULT:
            raise
        raise DamagedFileError(
            f"{path}: damaged, not the table it was written as", remedy
        ) from None


def release_unused() -> None:
    """Give back to the system what Arrow keeps of memory that it no longer needs."""
    import pyarrow as pa  # as above

    pa.default_memory_pool().release_unused()


def _chosen(path: Path, columns: list[str] | None, rows: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return the chosen rows, read row group by row group."""
    import pyarrow as pa  # pandas loads it where a file is read, and not before
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        wanted = columns or file.schema_arrow.names
        parts, at = [file.schema_arrow.empty_table().select(wanted)], 0
        for group in range(file.num_row_groups):
            after = at + file.metadata.row_group(group).num_rows
            if rows[at:after].any():
                parts.append(file.read_row_group(group, wanted).filter(rows[at:after]))
            at = after
    # Column by column, so that no moment holds all of them twice.
    table = pa.concat_tables(parts)
    del parts
    frame: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True)
    return frame


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a table for plots as CSV, atomically, six significant digits."""
    with atomic(path) as part:
        # More digits would differ from machine to machine, and fill a diff with noise.
        frame.to_csv(part, index=False, float_format="%.6g")

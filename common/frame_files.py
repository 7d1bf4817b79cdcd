"""Data frames as Parquet and CSV files, written whole or not at all."""

import errno
from pathlib import Path
from typing import Final

import pandas as pd

from common.atomic import atomic
from common.errors import DamagedFileError, StridecastError
from common.store import AGAIN

_ROWS_AT_ONCE: Final = 131_072
"""Rows of a row group, the least that is read where some athletes of a large table are wanted."""
_NOT_OUR_FAULT: Final = frozenset({errno.EACCES, errno.EPERM, errno.EMFILE})
"""A file that may not be read is not damaged."""


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, atomically; numbers without dictionaries, which only cost time."""
    text = text_columns(frame)
    with atomic(path) as part:
        frame.to_parquet(
            part, index=False, use_dictionary=text, compression="zstd", row_group_size=_ROWS_AT_ONCE
        )


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns that are stored smaller with a dictionary: all but numbers."""
    return [c for c in frame.columns if not pd.api.types.is_numeric_dtype(frame[c])]


def read_frame(
    path: Path,
    columns: list[str] | None = None,
    remedy: str = AGAIN,
    athletes: tuple[str, str] | None = None,
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

    Raises
    ------
    StridecastError
        If the file is missing.
    DamagedFileError
        If it is not Parquet, or lacks a column.
    """
    if not path.exists():
        raise StridecastError(f"{path}: not found", "run `dvc repro` first")
    try:
        if athletes is None:
            return pd.read_parquet(path, columns=columns)
        first, last = athletes
        of_them = [("athlete", ">=", first), ("athlete", "<=", last)]
        return pd.read_parquet(path, columns=columns, filters=of_them)
    except Exception as error:
        # Arrow raises errors of many classes, OSError among them, for bytes that are no Parquet.
        if isinstance(error, OSError) and error.errno in _NOT_OUR_FAULT:
            raise
        raise DamagedFileError(
            f"{path}: damaged, not the table it was written as", remedy
        ) from None


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a table for plots as CSV, atomically, six significant digits."""
    with atomic(path) as part:
        # More digits would differ from machine to machine, and fill a diff with noise.
        frame.to_csv(part, index=False, float_format="%.6g")

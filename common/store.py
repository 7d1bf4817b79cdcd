"""Parquet in and out; a crash leaves the old file or the new one, never half of one."""

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.atomic import atomic
from common.contracts import CONTRACTS, conform
from common.errors import DamagedFileError, StridecastError

AGAIN: Final = "delete it and run again"
_NOT_OUR_FAULT: Final = frozenset({errno.EACCES, errno.EPERM, errno.EMFILE})
"""A file that may not be read is not damaged."""


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically."""
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8")


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON atomically, keys sorted; a NaN stops here, not in a reader."""
    write_text(path, json.dumps(content, indent=2, sort_keys=True, allow_nan=False) + "\n")


def read_json(path: Path, remedy: str = AGAIN) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Read a JSON file.

    Parameters
    ----------
    path : pathlib.Path
    remedy : str
        What to do about a damaged file.

    Raises
    ------
    StridecastError
        If the file is missing.
    DamagedFileError
        If it is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StridecastError(f"{path}: not found", "run `dvc repro` first") from None
    except json.JSONDecodeError as error:
        raise DamagedFileError(f"{path}: not JSON (line {error.lineno})", remedy) from None
    except (UnicodeDecodeError, RecursionError):
        raise DamagedFileError(f"{path}: not JSON", remedy) from None


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, atomically; floats without dictionaries, which only cost time."""
    text = [c for c in frame.columns if not pd.api.types.is_numeric_dtype(frame[c])]
    with atomic(path) as part:
        frame.to_parquet(part, index=False, use_dictionary=text, compression="zstd")


def read_frame(path: Path, columns: list[str] | None = None, remedy: str = AGAIN) -> pd.DataFrame:
    """Read a Parquet file.

    Parameters
    ----------
    path : pathlib.Path
    columns : list of str, optional
        Which; by default all.
    remedy : str
        What to do about a damaged file.

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
        return pd.read_parquet(path, columns=columns)
    except Exception as error:
        # Arrow raises errors of many classes, OSError among them, for bytes that are no Parquet.
        if isinstance(error, OSError) and error.errno in _NOT_OUR_FAULT:
            raise
        raise DamagedFileError(
            f"{path}: damaged, not the table it was written as", remedy
        ) from None


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write every table of the contract; a table that is not given is written empty."""
    for name, schema in CONTRACTS.items():
        given = tables.get(name, pd.DataFrame(columns=list(schema.columns)))
        write_frame(folder / f"{name}.parquet", conform(name, given))


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every table of the contract from a folder that :func:`write_tables` filled."""
    return {name: conform(name, read_frame(folder / f"{name}.parquet")) for name in CONTRACTS}


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a table for plots as CSV, atomically, six significant digits."""
    with atomic(path) as part:
        frame.to_csv(part, index=False, float_format="%.6g")

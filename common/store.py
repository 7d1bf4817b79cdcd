"""Parquet in and out; a crash leaves the old file or the new one, never half of one."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from common.contracts import CONTRACTS, conform
from common.errors import StridecastError


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it replaces `path` in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically."""
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8")


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON atomically, keys sorted; a NaN stops here, not in a reader."""
    write_text(path, json.dumps(content, indent=2, sort_keys=True, allow_nan=False) + "\n")


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Read a JSON file.

    Raises
    ------
    StridecastError
        If the file is missing or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StridecastError(f"{path}: not found", "run `dvc repro` first") from None
    except json.JSONDecodeError as error:
        raise StridecastError(
            f"{path}: not JSON (line {error.lineno})", "delete it and run again"
        ) from None


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, atomically; floats without dictionaries, which only cost time."""
    text = [c for c in frame.columns if not pd.api.types.is_numeric_dtype(frame[c])]
    with atomic(path) as part:
        frame.to_parquet(part, index=False, use_dictionary=text, compression="zstd")


def read_frame(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a Parquet file.

    Raises
    ------
    StridecastError
        If the file is missing.
    """
    if not path.exists():
        raise StridecastError(f"{path}: not found", "run `dvc repro` first")
    return pd.read_parquet(path, columns=columns)


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

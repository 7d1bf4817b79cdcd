"""The tables of the contracts as files: checked when written and when read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from common.contracts import CONTRACTS, conform
from common.frame_files import read_frame, write_frame, write_rows


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write every table of the contract; a table that is not given is written empty."""
    for name, schema in CONTRACTS.items():
        # Empty and not absent: readers then need no case for a dataset without, say, gait.
        table = tables.get(name, pd.DataFrame(columns=list(schema.columns)))
        write_frame(folder / f"{name}.parquet", conform(name, table))


def write_table_parts(folder: Path, rows: Callable[[str], Iterable[pd.DataFrame]]) -> None:
    """Write the files of :func:`write_tables`, the rows of some athletes after those of others.

    Parameters
    ----------
    folder : pathlib.Path
    rows : callable
        Returns the rows of a table, in the shape of its contract, at least one frame.
    """
    for name in CONTRACTS:
        write_rows(folder / f"{name}.parquet", rows(name))


def read_tables(
    folder: Path,
    athletes: tuple[str, str] | None = None,
    columns: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, pd.DataFrame]:
    """Read tables of the contract from a folder that :func:`write_tables` filled.

    Parameters
    ----------
    folder : pathlib.Path
    athletes : pair of str, optional
        Only the rows of the athletes from one to the other, by name, both included.
    columns : mapping of str to sequence of str, optional
        Only these tables, and of each only these columns; by default every column of every table.
    """
    wanted = dict.fromkeys(CONTRACTS) if columns is None else columns
    return {name: _read(folder, name, athletes, only) for name, only in wanted.items()}


def _read(
    folder: Path, name: str, athletes: tuple[str, str] | None, only: Sequence[str] | None
) -> pd.DataFrame:
    names = None if only is None else list(only)
    return conform(name, read_frame(folder / f"{name}.parquet", names, athletes=athletes), only)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Read one table of the contract, where the others are not needed."""
    return conform(name, read_frame(folder / f"{name}.parquet"))

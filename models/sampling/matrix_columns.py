"""The boundary between a feature table and the numbers that a model sees."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from models.numeric.row_blocks import blocks

Stored = npt.NDArray[np.floating[Any]]
"""Numbers in the precision in which they are stored."""


def numbers(table: pd.DataFrame, names: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the named columns as one float64 array of shape (n, k); other columns are ignored.

    Raises
    ------
    StridecastError
        If a column is missing, is not floating point, or holds an infinity.
    """
    chosen = _floating(table, names)
    values = chosen.to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse_endless(values, names)
    return np.asarray(values)


def stored_numbers(table: pd.DataFrame, names: Sequence[str]) -> Stored:
    """Return what :func:`numbers` does, as float32 where all columns are stored so.

    LightGBM takes them as they are and finds the same bins and leaves, in half the memory.

    Raises
    ------
    StridecastError
        As :func:`numbers`.
    """
    chosen = _floating(table, names)
    is_single = all(kind == np.float32 for kind in chosen.dtypes)
    kind = np.float32 if is_single else np.float64
    values = chosen.to_numpy(dtype=kind, na_value=np.nan)
    _refuse_endless(values, names)
    return np.asarray(values)


def number_blocks(table: pd.DataFrame, names: Sequence[str]) -> Iterator[Floats]:
    """Yield :func:`numbers` of one block of rows after the other.

    Raises
    ------
    StridecastError
        As :func:`numbers`.
    """
    for block in blocks(len(table)):
        yield numbers(table.iloc[block], names)


def number_columns(table: pd.DataFrame, names: Sequence[str]) -> Iterator[Floats]:
    """Yield one of the named columns after the other as float64, shape (n,).

    Raises
    ------
    StridecastError
        As :func:`numbers`.
    """
    for name in names:
        yield numbers(table, [name])[:, 0]


def _floating(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise StridecastError(
            f"the feature matrix lacks {len(missing)} of {len(names)} columns: {_some(missing)}",
            "build it with the blocks that the model was trained on",
        )
    chosen = table[list(names)]
    # Refused and not converted: a text column crashes LightGBM, and an integer column that is
    # complete in training breaks on the first missing value at scoring.
    alien = [str(n) for n, kind in chosen.dtypes.items() if not pd.api.types.is_float_dtype(kind)]
    if alien:
        raise StridecastError(
            f"{len(alien)} feature columns are not floating point: {_some(alien)}",
            "integers cannot be missing and text cannot be compared; use float codes",
        )
    return chosen


def _refuse_endless(values: Stored, names: Sequence[str]) -> None:
    endless = np.asarray(np.isinf(values).any(axis=0))
    if endless.any():
        guilty = [name for name, bad in zip(names, endless, strict=True) if bad]
        raise StridecastError(
            f"feature columns hold infinities: {_some(guilty)}",
            "a denominator of 0 must give null",
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown

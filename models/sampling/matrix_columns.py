"""The boundary between a feature table and the numbers that a model sees."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.errors import StridecastError


def numbers(table: pd.DataFrame, names: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the named columns as one float64 array of shape (n, k); other columns are ignored.

    Raises
    ------
    StridecastError
        If a column is missing, is not floating point, or holds an infinity.
    """
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
    values = chosen.to_numpy(dtype=np.float64, na_value=np.nan)
    endless = np.isinf(values).any(axis=0)
    if endless.any():
        guilty = [name for name, bad in zip(names, endless, strict=True) if bad]
        raise StridecastError(
            f"feature columns hold infinities: {_some(guilty)}",
            "a denominator of 0 must give null",
        )
    return np.asarray(values)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown

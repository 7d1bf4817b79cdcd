"""Feature rows by name: an absent column is unknown, as a null is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from common.arrays import Floats


@dataclass(frozen=True)
class Columns:
    """Columns of a feature matrix as float64, NaN where unknown.

    Parameters
    ----------
    rows : pandas.DataFrame
        The feature matrix.
    """

    rows: pd.DataFrame

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Floats:
        if name not in self.rows.columns:
            # Blocks can be switched off in the settings; the evidence must still forecast without
            # theirs.
            return np.full(len(self.rows), np.nan)
        values = self.rows[name]
        if isinstance(values.dtype, np.dtype):
            return values.to_numpy(dtype=np.float64)
        return values.to_numpy(dtype=np.float64, na_value=np.nan)

    def first_known(self, names: Sequence[str]) -> Floats:
        """Return the first known value of several columns."""
        values = self[names[0]]
        for name in names[1:]:
            values = np.where(np.isnan(values), self[name], values)
        return values

    def largest(self, names: Sequence[str]) -> Floats:
        """Return the largest known value of several columns, NaN where none is known."""
        # fmax skips NaN; maximum would turn one unknown side into an unknown whole.
        return np.asarray(np.fmax.reduce([self[name] for name in names]), dtype=np.float64)

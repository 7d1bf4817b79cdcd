"""What a comparator can do; apart from those of ours, which load scikit-learn."""

from typing import Protocol, Self

import numpy.typing as npt
import pandas as pd

from common.arrays import Floats


class Comparator(Protocol):
    """What a comparator can do."""

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn from the training rows, in the folds of the frozen split."""
        ...

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2)."""
        ...

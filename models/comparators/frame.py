"""What every comparator does around its own arithmetic: check the table, find columns by name.

scikit-learn's interface is kept without inheriting it, as in :mod:`models.estimators.base`: its
import would take a tenth of the stage.
"""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.untyped import Untyped
from models.estimators.base import classifier_tags
from models.numeric.row_blocks import by_blocks
from models.sampling.matrix_columns import numbers
from models.sampling.training_rows import checked_outcomes


class ComparatorFrame:
    """A scikit-learn classifier of which only the arithmetic is missing.

    A subclass writes `_learn`, which takes of the table what it needs at a time, and
    `_probability`, which sees plain numbers of some rows; nan where unknown.

    Attributes
    ----------
    feature_names_in_ : ndarray of str
        Columns of the training table; those of a later table are found by these names.
    classes_ : ndarray
        0 (no injury) and 1 (injury).
    """

    _estimator_type: ClassVar[str] = "classifier"
    settings: Any

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the argument of the constructor; `deep` changes nothing."""
        del deep
        return {"settings": self.settings}

    def set_params(self, *, settings: Untyped) -> Self:
        """Set the argument of the constructor."""
        self.settings = settings
        return self

    def __sklearn_tags__(self) -> Untyped:
        """Tell scikit-learn, which alone asks, that this is a classifier."""
        return classifier_tags()

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn from a feature table.

        Parameters
        ----------
        x : pandas.DataFrame of shape (n, k)
            Features, floating point; nan where unknown.
        y : array-like of shape (n,)
            Outcomes, 0 or 1.
        groups : array-like of shape (n,), optional
            The athlete of each row, for comparators that draw by athlete or calibrate out of fold.
        folds : array-like of shape (n,), optional
            Fold of each row, athlete-disjoint, for comparators that calibrate out of fold.

        Raises
        ------
        StridecastError
            If a column is not floating point, an outcome is neither 0 nor 1, or only one occurs.
        """
        self.feature_names_in_ = np.array([str(name) for name in x.columns], dtype=object)
        # Float64 is made where it is needed: of the whole table it would take twice the memory.
        self._learn(x.set_axis(self._names, axis=1), checked_outcomes(y), groups, folds)
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2); columns found by name."""
        p = self._by_blocks(x, self._probability)
        return np.column_stack([1 - p, p])

    @property
    def _names(self) -> list[str]:
        return list(self.feature_names_in_)

    def _by_blocks(self, x: pd.DataFrame, compute: Callable[[Floats], Floats]) -> Floats:
        """Return what a function says of each row's numbers, asked block by block."""
        return by_blocks(len(x), lambda block: compute(numbers(x.iloc[block], self._names)))

    @abstractmethod
    def _learn(
        self,
        x: pd.DataFrame,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        """Fit on a table of n rows with the columns of `feature_names_in_`, and n outcomes."""

    @abstractmethod
    def _probability(self, values: Floats) -> Floats:
        """Return the probability of an injury, shape (n,), for values of shape (n, k)."""

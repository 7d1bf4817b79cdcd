"""An estimator: anything with scikit-learn's interface stands in the table on the same folds.

It is measured and never promoted: that takes an estimator that can write itself as text, see
`proportional_hazards.py`.
"""

from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline


class NaiveBayes(ClassifierMixin, BaseEstimator):
    """Gaussian naive Bayes on imputed medians, calibrated on athletes it has not seen."""

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Fit; `groups` are the athletes of the rows, `folds` those of the frozen split."""
        del folds
        # By athlete: with rows of one athlete on both sides the calibration would be too confident.
        splits = list(GroupKFold(3).split(x, y, groups))
        plain = make_pipeline(SimpleImputer(strategy="median"), GaussianNB())
        self.fitted_ = CalibratedClassifierCV(plain, method="sigmoid", cv=splits).fit(x, y)
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, x: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Return probabilities of no injury and injury, shape (n, 2)."""
        return np.asarray(self.fitted_.predict_proba(x))


ESTIMATORS = (("naive_bayes", NaiveBayes()),)

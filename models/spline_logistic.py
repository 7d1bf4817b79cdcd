"""Ridge logistic regression on natural splines: the comparator a statistician would bring."""

from typing import Annotated, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field
from sklearn.base import BaseEstimator, ClassifierMixin

from models.matrix_columns import numbers
from models.newton import Floats, expit
from models.penalised import fit_penalised
from models.spline import learn_terms
from models.training_rows import checked_outcomes


class SplineLogisticSettings(BaseModel):
    """Settings of the spline comparator.

    Parameters
    ----------
    knots : int
        Knots per feature, at evenly spaced quantiles (Harrell's usual 4).
    penalty : float
        Ridge penalty on every standardised column, lines and bends alike.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    knots: Annotated[int, Field(ge=2, le=7)] = 4
    penalty: Annotated[float, Field(gt=0)] = 500.0


class SplineLogistic(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression on natural cubic splines with one ridge penalty.

    Unlike :class:`models.additive.AdditiveRisk` it learns from the outcome's own events alone,
    bends cost no more than lines, and nothing is calibrated afterwards: it is the textbook recipe.

    Parameters
    ----------
    settings : SplineLogisticSettings, optional
        None takes the defaults.

    Attributes
    ----------
    coefficients_ : ndarray of shape (columns,)
        Log-odds per standardised column of the design.
    intercept_ : float
        Log-odds of a row at the training means.
    """

    def __init__(self, settings: SplineLogisticSettings | None = None) -> None:
        self.settings = settings

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn knots, scales and coefficients; `groups` and `folds` are not needed and ignored.

        Raises
        ------
        StridecastError
            If a column is not floating point, an outcome is neither 0 nor 1, or only one occurs.
        """
        del groups, folds
        settings = self.settings or SplineLogisticSettings()
        self.feature_names_in_ = np.array([str(name) for name in x.columns], dtype=object)
        values = numbers(x, list(self.feature_names_in_))
        self.terms_ = learn_terms(values, settings.knots)
        design = self._design(values)
        penalties = np.full(design.shape[1], settings.penalty)
        self.intercept_, self.coefficients_ = fit_penalised(design, checked_outcomes(y), penalties)
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2); columns found by name."""
        design = self._design(numbers(x, list(self.feature_names_in_)))
        p = expit(self.intercept_ + design @ self.coefficients_)
        return np.column_stack([1 - p, p])

    def _design(self, values: Floats) -> Floats:
        return np.hstack([term.columns(values[:, j]) for j, term in enumerate(self.terms_)])

"""Ridge logistic regression on natural splines: the comparator a statistician would bring."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from common.arrays import Floats
from models.comparators.frame import ComparatorFrame
from models.numeric.ridge_logistic import fit_penalised
from models.numeric.spline import learn_terms
from models.settings.comparators import SplineLogisticSettings


class SplineLogistic(ComparatorFrame):
    """Logistic regression on natural cubic splines with one ridge penalty.

    Unlike :class:`models.estimators.additive.AdditiveRisk` it learns from the outcome's own events
    alone, bends cost no more than lines, and nothing is calibrated afterwards: it is the textbook
    recipe.

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

    def _learn(
        self,
        values: Floats,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        del groups, folds
        settings = self.settings or SplineLogisticSettings()
        self.terms_ = learn_terms(values.T, settings.knots)
        design = self._design(values)
        penalties = np.full(design.shape[1], settings.penalty)
        self.intercept_, self.coefficients_ = fit_penalised(design, outcome, penalties)

    def _probability(self, values: Floats) -> Floats:
        return expit(self.intercept_ + self._design(values) @ self.coefficients_)

    def _design(self, values: Floats) -> Floats:
        return np.hstack([term.columns(values[:, j]) for j, term in enumerate(self.terms_)])

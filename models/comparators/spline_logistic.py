"""Ridge logistic regression on natural splines: the comparator a statistician would bring."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.comparators.frame import ComparatorFrame
from models.numeric.block_design import BlockDesign
from models.numeric.ridge_logistic import fit_blocks
from models.numeric.spline import learn_terms
from models.sampling.matrix_columns import number_columns, numbers
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
        x: pd.DataFrame,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        del groups, folds
        settings = self.settings or SplineLogisticSettings()
        self.terms_ = learn_terms(number_columns(x, self._names), settings.knots)
        design = BlockDesign(x, lambda rows: self._curves(numbers(rows, self._names)))
        penalties = np.full(sum(term.width for term in self.terms_), settings.penalty)
        self.intercept_, self.coefficients_ = fit_blocks(design.part(), outcome, penalties)

    def _probability(self, values: Floats) -> Floats:
        design = np.hstack(self._curves(values))
        return expit(self.intercept_ + design @ self.coefficients_)

    def _curves(self, values: Floats) -> list[Floats]:
        return [term.columns(values[:, j]) for j, term in enumerate(self.terms_)]

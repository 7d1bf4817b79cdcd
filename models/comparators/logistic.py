"""Regularised logistic regression: the plain comparator that a tree model has to beat."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.comparators.frame import ComparatorFrame
from models.numeric.ridge_logistic import fit_penalised
from models.settings.comparators import LogisticSettings


class LogisticRisk(ComparatorFrame):
    """Logistic regression on median-imputed, standardised columns and missing flags.

    Everything it learns about the columns it learns from the training rows.

    Parameters
    ----------
    settings : LogisticSettings, optional
        None takes the defaults.

    Attributes
    ----------
    coefficients_ : pandas.Series
        Log-odds per standard deviation, flags named ``missing:<column>``.
    intercept_ : float
        Log-odds of a row at the training means.
    """

    def __init__(self, settings: LogisticSettings | None = None) -> None:
        self.settings = settings

    def _learn(
        self,
        values: Floats,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        del groups, folds
        settings = self.settings or LogisticSettings()
        unknown = np.isnan(values).mean(axis=0)
        # A flag that is always 0 or always 1 is another intercept.
        self._flagged = (unknown >= settings.flag_from) & (unknown < 1) & (unknown > 0)
        self._medians = _medians(values)
        raw = self._completed(values)
        self._means = raw.mean(axis=0)
        # A constant column would divide by 0; it is 0 after centring and gets no coefficient.
        self._scales = np.where(raw.std(axis=0) > 0, raw.std(axis=0), 1.0)
        design = self._design(values)
        penalties = np.full(design.shape[1], 1 / settings.inverse_penalty)
        self.intercept_, coefficients = fit_penalised(design, outcome, penalties)
        flags = [f"missing:{name}" for name in self.feature_names_in_[self._flagged]]
        names = [*self.feature_names_in_, *flags]
        self.coefficients_ = pd.Series(coefficients, index=names)

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return log-odds, shape (n,)."""
        return self._log_odds(self._values(x))

    def _probability(self, values: Floats) -> Floats:
        return expit(self._log_odds(values))

    def _log_odds(self, values: Floats) -> Floats:
        design = self._design(values)
        return np.asarray(design @ self.coefficients_.to_numpy() + self.intercept_)

    def _completed(self, values: Floats) -> Floats:
        missing = np.isnan(values)
        filled = np.where(missing, self._medians, values)
        return np.hstack([filled, missing[:, self._flagged].astype(float)])

    def _design(self, values: Floats) -> Floats:
        limit = (self.settings or LogisticSettings()).winsor_sd
        standard = (self._completed(values) - self._means) / self._scales
        # Ratios have long tails, and one row must not carry a coefficient.
        return np.asarray(np.clip(standard, -limit, limit))


def _medians(values: Floats) -> Floats:
    """Median of each column; 0 for a column without a single value."""
    known = ~np.isnan(values).all(axis=0)
    medians = np.zeros(values.shape[1])
    medians[known] = np.nanmedian(values[:, known], axis=0)
    return medians

"""Regularised logistic regression: the plain comparator that a tree model has to beat."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.comparators.frame import ComparatorFrame
from models.numeric.block_design import BlockDesign
from models.numeric.ridge_logistic import fit_blocks
from models.sampling.matrix_columns import number_columns, numbers
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
        x: pd.DataFrame,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        del groups, folds
        settings = self.settings or LogisticSettings()
        columns = [_described(column) for column in number_columns(x, self._names)]
        unknown = np.array([column.unknown for column in columns])
        # A flag that is always 0 or always 1 is another intercept.
        self._flagged = (unknown >= settings.flag_from) & (unknown < 1) & (unknown > 0)
        self._medians = np.array([column.median for column in columns])
        flagged = unknown[self._flagged]
        self._means = np.append([column.mean for column in columns], flagged)
        # A constant column would divide by 0; it is 0 after centring and gets no coefficient.
        scales = np.append([column.sd for column in columns], np.sqrt(flagged * (1 - flagged)))
        self._scales = np.where(scales > 0, scales, 1.0)
        design = BlockDesign(x, lambda rows: [self._design(numbers(rows, self._names))])
        penalties = np.full(len(scales), 1 / settings.inverse_penalty)
        self.intercept_, coefficients = fit_blocks(design.part(), outcome, penalties)
        flags = [f"missing:{name}" for name in self.feature_names_in_[self._flagged]]
        names = [*self.feature_names_in_, *flags]
        self.coefficients_ = pd.Series(coefficients, index=names)

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return log-odds, shape (n,)."""
        return self._by_blocks(x, self._log_odds)

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


class _Described(NamedTuple):
    """A column: share of unknown values, median, and what mean and deviation are with it put in."""

    unknown: float
    median: float
    mean: float
    sd: float


def _described(column: Floats) -> _Described:
    """Describe a column; the median is 0 for one without a single value."""
    missing = np.isnan(column)
    median = 0.0 if missing.all() else float(np.median(column[~missing]))
    completed = np.where(missing, median, column)
    mean, sd = float(completed.mean()), float(completed.std())
    return _Described(float(missing.mean()), median, mean, sd)

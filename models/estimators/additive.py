"""The additive logistic model: a smooth curve per feature, ridge-penalised, kept as plain numbers.

log-odds = intercept + sum over features of f_j(x_j), with f_j a natural cubic spline (linear
beyond the outer knots), held at the outer knots' reach; a missing value adds a constant of its own.
With few events such a model is as good as trees or better, and every curve can be drawn.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.untyped import Untyped
from features.catalogue.entry import Feature
from models.estimators.base import RiskEstimator, no_refits
from models.estimators.prediction_interval import probability_range
from models.numeric.block_design import BlockDesign
from models.numeric.ridge_folds import left_out_log_odds
from models.numeric.ridge_logistic import fit_blocks, resampled
from models.numeric.row_blocks import by_blocks
from models.numeric.row_sums import row_products
from models.numeric.spline import learn_terms
from models.sampling.matrix_columns import number_blocks, number_columns, numbers
from models.sampling.training_rows import (
    calibration_folds,
    checked_outcomes,
    training_target,
)
from models.settings.additive import AdditiveSettings


class AdditiveRisk(RiskEstimator[AdditiveSettings]):
    """Probability of a new injury as a sum of one curve per feature.

    It has the interface of :class:`models.estimators.risk.RiskModel`; directions of the catalogue
    are not imposed.

    Parameters
    ----------
    settings : AdditiveSettings, optional
        None takes the defaults.
    hyper_parameters : mapping of str to Any
        Single ones by name, as in ``AdditiveRisk(knots=4)``.

    Attributes
    ----------
    terms_ : list of Term
        Basis of each feature, from the training rows.
    coefficients_ : ndarray of shape (columns,)
        Calibrated log-odds per column of the design.
    intercept_ : float
        Calibrated log-odds of an average row.
    calibration_, out_of_fold_, fold_, base_rate_, training_digest_, feature_names_in_
        As in :class:`models.estimators.risk.RiskModel`.
    """

    settings_class: ClassVar[type] = AdditiveSettings

    def __init__(
        self,
        settings: AdditiveSettings | None = None,
        **hyper_parameters: Untyped,
    ) -> None:
        self.settings = settings
        self._put(hyper_parameters)

    @classmethod
    def of_catalogue(
        cls, catalogue: Iterable[Feature], settings: AdditiveSettings | None = None
    ) -> Self:
        """Return an unfitted model; the catalogue's directions are not imposed."""
        del catalogue
        return cls(settings)

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        related: npt.ArrayLike | None = None,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn curves and calibration; the arguments are those of :meth:`RiskModel.fit`.

        Raises
        ------
        StridecastError
            If a column is not floating point, an outcome is neither 0 nor 1, or only one of the
            two occurs.
        """
        settings = self.settings_in_use
        names = [str(name) for name in x.columns]
        outcome = checked_outcomes(y)
        # Knots and scales come from all rows, also for the folds below: they hold no outcome.
        self.terms_ = learn_terms(number_columns(x, names), settings.knots)
        design, penalties = self._block_design(x, names), self._penalties(settings)
        target = training_target(outcome, related, settings.borrow)
        intercept, coefficients = fit_blocks(design.part(), target, penalties)
        self.fold_ = calibration_folds(
            outcome, groups, folds, settings.calibration_folds, settings.seed
        )
        raw = np.empty(0)
        if len(self.fold_):
            # A start from the fit of all rows leaks nothing: the likelihood has one maximum.
            start = np.append(intercept, coefficients)
            raw = left_out_log_odds(design, target, penalties, self.fold_, start)
        calibration = self.calibration_ = self._calibrate(raw, outcome, target)
        self.coefficients_ = calibration.slope * coefficients
        self.intercept_ = calibration.intercept + calibration.slope * intercept
        self.replicates_: Floats | None = None
        self._remember(names, number_blocks(x, names), outcome)
        return self

    def fit_range(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike,
        *,
        related: npt.ArrayLike | None = None,
    ) -> Self:
        """Refit on resampled athletes; the arguments are those of :meth:`fit`."""
        settings = self.settings_in_use
        design = self._block_design(x, list(self.feature_names_in_))
        target = training_target(checked_outcomes(y), related, settings.borrow)
        codes, athletes = pd.factorize(np.asarray(groups), sort=True)
        rng = np.random.default_rng(settings.seed)
        even = np.full(len(athletes), 1 / len(athletes))
        draws = rng.multinomial(len(athletes), even, size=settings.range_replicates)
        penalties, slope = self._penalties(settings), self.calibration_.slope
        # The kept coefficients are calibrated; the score bootstrap needs those at the penalised
        # maximum.
        raw = np.append(self.intercept_ - self.calibration_.intercept, self.coefficients_) / slope
        refits = resampled(design.part(), target, penalties, raw, codes, draws)
        self.replicates_ = slope * refits
        return self

    def range_(self, x: pd.DataFrame) -> tuple[Floats, Floats]:
        """Return the low and high end of each probability, shape (n,) each.

        Raises
        ------
        StridecastError
            If the model has no refits.
        """
        if self.replicates_ is None:
            raise no_refits("range")
        level = self.settings_in_use.range_level
        design = self._design(numbers(x, list(self.feature_names_in_)))
        scores = self.replicates_[:, :1] + self.replicates_[:, 1:] @ design.T
        # Only the spread of the refits is used: their mean differs from the fit by the noise of few
        # draws.
        return probability_range(self.decision_function(x), scores.std(axis=0, ddof=1), level)

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        names = list(self.feature_names_in_)

        def log_odds(block: slice) -> Floats:
            design = self._design(numbers(x.iloc[block], names))
            # Not `@`, whose last bit depends on how many rows there are.
            return np.asarray(self.intercept_ + row_products(design, self.coefficients_))

        return by_blocks(len(x), log_odds)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return each curve's log-odds, shape (n, k + 1); the last column is the base value.

        Columns of the design have mean 0 over the training rows, so a curve's value is its
        SHAP value for independent features.
        """
        values = numbers(x, list(self.feature_names_in_))
        out = np.full((len(values), len(self.terms_) + 1), self.intercept_)
        at = 0
        for j, term in enumerate(self.terms_):
            width = term.width
            out[:, j] = row_products(
                term.columns(values[:, j]), self.coefficients_[at : at + width]
            )
            at += width
        return out

    def _block_design(self, x: pd.DataFrame, names: list[str]) -> BlockDesign:
        return BlockDesign(x, lambda rows: self._curves(numbers(rows, names)))

    def _curves(self, values: Floats) -> list[Floats]:
        return [term.columns(values[:, j]) for j, term in enumerate(self.terms_)]

    def _design(self, values: Floats) -> Floats:
        return np.hstack(self._curves(values))

    def _penalties(self, settings: AdditiveSettings) -> Floats:
        parts = [term.penalties(settings.penalty, settings.bend_penalty) for term in self.terms_]
        return np.concatenate(parts)

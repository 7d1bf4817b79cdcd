"""The risk model: a small LightGBM booster on calibrated log-odds, scikit-learn style."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.untyped import Untyped
from features.catalogue.entry import Feature
from models.estimators.base import RiskEstimator, no_refits
from models.estimators.booster_calibration import fold_affine
from models.estimators.boosting import binned, boosted, raw_scores
from models.estimators.prediction_interval import Spread, fit_spread, probability_range
from models.estimators.step_tables import tables_of
from models.sampling.matrix_columns import Stored, number_blocks, numbers, stored_numbers
from models.sampling.training_rows import (
    calibration_folds,
    checked_outcomes,
    training_target,
)
from models.settings.risk import RiskSettings

__all__ = ["RiskModel", "RiskSettings"]


class RiskModel(RiskEstimator[RiskSettings]):
    """Probability of a new injury from the feature matrix.

    Parameters
    ----------
    settings : RiskSettings, optional
        Hyper-parameters; None takes the defaults.
    monotone : mapping of str to int, optional
        Direction per feature as in the catalogue: +1 where risk may not fall, -1 where it may not
        rise. Features that are not named are free.
    hyper_parameters : mapping of str to Any
        Single ones by name, as in ``RiskModel(num_leaves=3)``.

    Attributes
    ----------
    booster_ : lightgbm.Booster
        Speaks calibrated log-odds.
    calibration_ : Calibration
        The affine map that was folded in.
    feature_names_in_ : ndarray of str
        Columns, in the order of the booster.
    base_rate_ : float
        Share of the training rows with the outcome.
    out_of_fold_ : ndarray of shape (n,)
        Calibrated probability of each training row by the model that had not seen its athlete;
        empty without calibration folds.
    fold_ : ndarray of shape (n,)
        Calibration fold in which each training row was left out; empty without folds.
    spread_ : Spread or None
        Refits on resampled athletes, once :meth:`fit_range` has been called.
    training_digest_ : str
        SHA-256 of training columns, values and outcomes.

    Notes
    -----
    Missing values stay missing: LightGBM sends them to the better side of each split. Boosters of
    one split a tree are asked by tables (:mod:`models.estimators.step_tables`), equal to rounding.
    """

    settings_class: ClassVar[type] = RiskSettings

    def __init__(
        self,
        settings: RiskSettings | None = None,
        monotone: Mapping[str, int] | None = None,
        **hyper_parameters: Untyped,
    ) -> None:
        self.settings = settings
        self.monotone = monotone
        self._put(hyper_parameters)

    @classmethod
    def of_catalogue(
        cls, catalogue: Iterable[Feature], settings: RiskSettings | None = None
    ) -> Self:
        """Return an unfitted model with the directions of the catalogue."""
        return cls(settings, {f.name: f.monotone for f in catalogue if f.monotone})

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        related: npt.ArrayLike | None = None,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Train, calibrate out of fold and fold the calibration in.

        Parameters
        ----------
        x : pandas.DataFrame of shape (n, k)
            Features, floating point; nan where unknown.
        y : array-like of shape (n,)
            1 where a new injury followed, else 0.
        groups : array-like of shape (n,), optional
            The athlete of each row; needed for the calibration folds.
        related : array-like of shape (n,), optional
            1 where a new injury of any region followed. Knee injuries are few and share most of
            their causes with the others: while the trees are grown an injury elsewhere counts as
            `settings.borrow` of an event, and so it does for the slope of the calibration; the
            level is calibrated on `y` alone.
        folds : array-like of shape (n,), optional
            Fold of each row, athlete-disjoint; else dealt by `settings.calibration_folds`.

        Raises
        ------
        StridecastError
            If a column is not floating point, an outcome is neither 0 nor 1, or only one of the
            two occurs.
        """
        settings = self.settings_in_use
        names = [str(name) for name in x.columns]
        values, outcome = stored_numbers(x, names), checked_outcomes(y)
        target = training_target(outcome, related, settings.borrow)
        # Bins come from all rows, also for the folds: they hold no outcome.
        data = binned(values, target, names, settings)
        booster = boosted(data, self.monotone or {}, settings)
        self.fold_ = calibration_folds(
            outcome, groups, folds, settings.calibration_folds, settings.seed
        )
        raw = self._out_of_fold(data, values, settings)
        self.calibration_ = self._calibrate(raw, outcome, target)
        self.booster_ = fold_affine(booster, self.calibration_)
        # Refits of an earlier fit would describe another model.
        self.spread_: Spread | None = None
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
        """Refit on resampled athletes, so that :meth:`range_` can tell how sure a forecast is.

        Parameters
        ----------
        x, y, groups, related
            What :meth:`fit` was given.
        """
        settings = self.settings_in_use
        names = [str(name) for name in self.feature_names_in_]
        target = training_target(checked_outcomes(y), related, settings.borrow)
        data = binned(stored_numbers(x, names), target, names, settings)
        self.spread_ = fit_spread(data, groups, self.monotone or {}, settings)
        return self

    def range_(self, x: pd.DataFrame) -> tuple[Floats, Floats]:
        """Return the low and high end of each probability, shape (n,) each.

        Raises
        ------
        StridecastError
            If the model has no refits.
        """
        if self.spread_ is None:
            raise no_refits("range")
        settings = self.settings_in_use
        values = numbers(x, list(self.feature_names_in_))
        # Refits speak raw log-odds, the forecast calibrated ones.
        error = self.calibration_.slope * self.spread_.standard_error(values, settings.threads)
        return probability_range(self.decision_function(x), error, settings.range_level)

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        tables = tables_of(self.booster_)
        if tables is not None:
            return tables.log_odds(numbers(x, list(self.feature_names_in_)))[:, 0]
        return np.asarray(self._predict(x, raw_score=True), dtype=float)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return SHAP values in log-odds, shape (n, k + 1); the last column is the base value."""
        tables = tables_of(self.booster_)
        if tables is not None:
            return tables.contributions(numbers(x, list(self.feature_names_in_)))
        return np.asarray(self._predict(x, pred_contrib=True), dtype=float)

    def refit_contributions(self, x: pd.DataFrame) -> list[Floats]:
        """Return the contributions by each refit on resampled athletes, shape (n, k) each.

        Raises
        ------
        StridecastError
            If the model has no refits.
        """
        if self.spread_ is None:
            raise no_refits("refits to compare with")
        values, spread = numbers(x, list(self.feature_names_in_)), self.spread_
        return [spread.contributions(replicate, values) for replicate in range(spread.replicates)]

    def _predict(self, x: pd.DataFrame, **kind: bool) -> Untyped:
        values = numbers(x, list(self.feature_names_in_))
        threads = self.settings_in_use.threads
        return self.booster_.predict(values, num_threads=threads, **kind)

    def _out_of_fold(self, data: Untyped, values: Stored, settings: RiskSettings) -> Floats:
        """Raw log-odds of each row by a model that has not seen its athlete."""
        raw = np.empty(len(self.fold_))
        for fold in np.unique(self.fold_):
            outside = self.fold_ == fold
            inside = data.subset(np.flatnonzero(~outside).tolist()).construct()
            booster = boosted(inside, self.monotone or {}, settings)
            raw[outside] = raw_scores(booster, values[outside], settings.threads)
        return raw

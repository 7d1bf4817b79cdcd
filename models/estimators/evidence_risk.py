"""LightGBM on top of the evidence: trees that learn only what the evidence does not know.

The evidence model's log-odds are the trees' starting score; see
:mod:`models.estimators.evidence_stack` for how the parts are added up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar, Final, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from common.untyped import Untyped
from features.catalogue.entry import Feature
from models.estimators.base import RiskEstimator
from models.estimators.booster_calibration import Calibration
from models.estimators.boosting import binned, boosted
from models.estimators.evidence_stack import EvidenceStack
from models.estimators.prediction_interval import Spread, fit_spread, probability_range
from models.estimators.residual_ladder import (
    LADDER,
    Rung,
    better_than_first,
    forward_splits,
    log_loss,
    recentred,
)
from models.evidence.learnt import learnt_evidence
from models.evidence.model import DAYS_PER_WEEK, EvidenceModel
from models.evidence.recalibration import recalibration
from models.sampling.matrix_columns import numbers
from models.sampling.training_rows import calibration_folds, checked_outcomes
from models.settings.risk import RiskSettings

LEAST_ATHLETES: Final = 5
"""Athletes below which nobody can be left out: the calibration stays nearly as it is."""
LEVEL_SD: Final = 0.3
"""Prior spread of the calibration's intercept about 0."""


class EvidenceRisk(RiskEstimator[RiskSettings]):
    """Probability of a new injury: evidence, trees on its residual, one calibration.

    It has the interface of :class:`models.estimators.risk.RiskModel`.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``.
    settings : RiskSettings, optional
        What the rungs of the ladder change.
    monotone : mapping of str to int, optional
        Direction per feature as in the catalogue.
    horizon_days : int
        Length of the outcome window.
    tree_features : sequence of str, optional
        Columns that trees may use; None takes all. The evidence reads its own in any case.
    hyper_parameters : mapping of str to Any
        Single ones of `settings` by name.

    Attributes
    ----------
    stack_ : EvidenceStack
        The fitted parts: what scores.
    rung_ : str
        The rung that was chosen.
    spread_ : Spread or None
        Refits of the trees on resampled athletes, once :meth:`fit_range` has been called.
    feature_names_in_, base_rate_, out_of_fold_, fold_, training_digest_
        As in :class:`models.estimators.risk.RiskModel`; columns that were always null take no
        part in the trees.
    """

    settings_class: ClassVar[type] = RiskSettings

    def __init__(
        self,
        outcome: str = "any",
        settings: RiskSettings | None = None,
        monotone: Mapping[str, int] | None = None,
        horizon_days: int = DAYS_PER_WEEK,
        tree_features: tuple[str, ...] | None = None,
        **hyper_parameters: Untyped,
    ) -> None:
        self.outcome = outcome
        self.settings = settings
        self.monotone = monotone
        self.horizon_days = horizon_days
        self.tree_features = tree_features
        self._put(hyper_parameters)

    @classmethod
    def of_catalogue(
        cls,
        outcome: str,
        entries: Iterable[Feature],
        settings: RiskSettings | None = None,
        horizon_days: int = DAYS_PER_WEEK,
        tree_features: tuple[str, ...] | None = None,
    ) -> Self:
        """Return an unfitted model with the directions of the catalogue."""
        directions = {f.name: f.monotone for f in entries if f.monotone}
        return cls(outcome, settings, directions, horizon_days, tree_features)

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike,
        *,
        dates: pd.Series,
        related: npt.ArrayLike | None = None,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn the posterior, choose a rung, grow its trees and calibrate their sum.

        Parameters
        ----------
        x : pandas.DataFrame of shape (n, k)
            Features, floating point; nan where unknown.
        y : array-like of shape (n,)
            1 where a new injury of the outcome followed, else 0.
        groups : array-like of shape (n,)
            The athlete of each row.
        dates : pandas.Series of shape (n,)
            The as-of date of each row, for the splits forward in time.
        related : array-like of shape (n,), optional
            1 where a new injury of any region followed; needed for the knee.
        folds : array-like of shape (n,), optional
            Fold of each row, athlete-disjoint; else dealt by `settings.calibration_folds`.

        Raises
        ------
        StridecastError
            If a column is not floating point, an outcome is neither 0 nor 1, or only one of the
            two occurs.
        """
        names = tuple(str(name) for name in x.columns)
        event = checked_outcomes(y)
        hurt = event if related is None else np.asarray(related, dtype=np.float64)
        values = numbers(x, names)
        x = pd.DataFrame(values, columns=list(names))
        athletes = pd.Series(np.asarray(groups))
        self.grown_on_ = self._tree_columns(x)
        self._remember(list(names), values, event)
        evidence = self._posterior(x, event, hurt, athletes)
        rung = self._chosen(x, event, hurt, athletes, dates)
        self.rung_ = rung.name
        self.fold_ = self._dealt(event, athletes, folds)
        start, residual = self._out_of_fold(x, event, hurt, athletes, rung, evidence)
        trees = self._grown(x, event, start, rung)
        calibration = shrunk_calibration(start + residual, event)
        self.stack_ = EvidenceStack(
            evidence, trees, self.grown_on_, calibration, names, self.settings_in_use.threads
        )
        log_odds = calibration.intercept + calibration.slope * (start + residual)
        self.out_of_fold_ = expit(log_odds) if len(self.fold_) else np.empty(0)
        self.spread_: Spread | None = None
        return self

    @property
    def evidence_(self) -> EvidenceModel:
        """The posterior."""
        return self.stack_.evidence

    @property
    def residual_(self) -> lgb.Booster | None:
        """Trees on what the evidence leaves; None where they are not worth it."""
        return self.stack_.residual

    @property
    def calibration_(self) -> Calibration:
        """log-odds = intercept + slope x (evidence + residual)."""
        return self.stack_.calibration

    @property
    def has_trees(self) -> bool:
        """Whether it learns more than what published evidence holds."""
        return self.stack_.residual is not None

    def recalibrated(self, calibration: Calibration) -> Self:
        """Take another calibration; what else was fitted stays."""
        self.stack_ = replace(self.stack_, calibration=calibration)
        return self

    def fit_range(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike,
        *,
        related: npt.ArrayLike | None = None,
    ) -> Self:
        """Grow the trees anew on resampled athletes, for :meth:`range_`; without trees do nothing.

        Parameters
        ----------
        x, y, groups, related
            What :meth:`fit` was given.
        """
        del related  # the posterior holds what was learnt from other regions
        if not self.has_trees:
            return self
        rung = next(one for one in LADDER if one.name == self.rung_)
        event = checked_outcomes(y)
        data = self._data(x, event, self.evidence_.log_odds(self.stack_.own(x)), rung)
        settings = rung.settings(self.settings_in_use)
        self.spread_ = fit_spread(data, groups, self.monotone or {}, settings)
        return self

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        return self.stack_.log_odds(x)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return contributions in log-odds, shape (n, k + 1); the last column is the base value."""
        return self.stack_.contributions(x)

    def range_(self, x: pd.DataFrame) -> tuple[Floats, Floats]:
        """Return the low and high end of each probability, shape (n,) each.

        From the posterior's covariance, what an unknown value leaves open, and the refits of the
        trees.
        """
        stack, settings = self.stack_, self.settings_in_use
        variance = self.evidence_.standard_error(stack.own(x)) ** 2
        if self.spread_ is not None:
            values = numbers(x, self.grown_on_)
            variance = variance + self.spread_.standard_error(values, settings.threads) ** 2
        error = stack.calibration.slope * np.sqrt(variance)
        return probability_range(self.decision_function(x), error, settings.range_level)

    def refit_contributions(self, x: pd.DataFrame) -> list[Floats]:
        """Return what draws of the posterior and the trees' refits say, shape (n, k) each."""
        number, evidence = self.settings_in_use.range_replicates, self.evidence_
        hazards = evidence.hazard.draws(number, self.settings_in_use.seed)
        shares = evidence.share.draws(number, self.settings_in_use.seed)
        found = []
        for one, (hazard, share) in enumerate(zip(hazards, shares, strict=True)):
            drawn = replace(
                evidence,
                hazard=replace(evidence.hazard, mean=hazard),
                share=replace(evidence.share, mean=share),
            )
            added = replace(self.stack_, evidence=drawn, residual=None).contributions(x)[:, :-1]
            if self.spread_ is not None:
                places = [self.stack_.names.index(name) for name in self.grown_on_]
                trees = self.spread_.contributions(one, numbers(x, self.grown_on_))
                added[:, places] += self.calibration_.slope * trees
            found.append(added)
        return found

    def _tree_columns(self, x: pd.DataFrame) -> tuple[str, ...]:
        wanted = x.columns if self.tree_features is None else self.tree_features
        return tuple(name for name in x.columns if name in set(wanted) and x[name].notna().any())

    def _posterior(
        self, x: pd.DataFrame, event: Floats, hurt: Floats, athletes: pd.Series
    ) -> EvidenceModel:
        injured, related = pd.Series(event, index=x.index), pd.Series(hurt, index=x.index)
        return learnt_evidence(self.outcome, x, injured, related, athletes, self.horizon_days)

    def _dealt(
        self, event: Floats, athletes: pd.Series, folds: npt.ArrayLike | None
    ) -> npt.NDArray[np.int64]:
        if athletes.nunique() < LEAST_ATHLETES:
            return np.empty(0, dtype=np.int64)
        settings = self.settings_in_use
        number = min(settings.calibration_folds, athletes.nunique())
        return calibration_folds(event, athletes, folds, number, settings.seed)

    def _data(self, x: pd.DataFrame, event: Floats, start: Floats, rung: Rung) -> lgb.Dataset:
        values = numbers(x, self.grown_on_)
        data = binned(values, event, self.grown_on_, rung.settings(self.settings_in_use))
        data.set_init_score(recentred(start, event))
        return data

    def _grown(
        self, x: pd.DataFrame, event: Floats, start: Floats, rung: Rung
    ) -> lgb.Booster | None:
        if rung.is_empty or not self.grown_on_:
            return None
        data = self._data(x, event, start, rung)
        return boosted(data, self.monotone or {}, rung.settings(self.settings_in_use))

    def _scores(self, x: pd.DataFrame, trees: lgb.Booster | None) -> Untyped:
        if trees is None:
            return 0.0
        return trees.predict(numbers(x, self.grown_on_), raw_score=True, num_threads=1)

    def _chosen(
        self,
        x: pd.DataFrame,
        event: Floats,
        hurt: Floats,
        athletes: pd.Series,
        dates: pd.Series,
    ) -> Rung:
        """Return the rung that forecasts unseen athletes in later weeks best."""
        losses: dict[str, list[Floats]] = {rung.name: [] for rung in LADDER}
        tried: list[npt.NDArray[np.int64]] = []
        for early, late in forward_splits(event, athletes, dates):
            inside = x.iloc[early]
            model = self._posterior(inside, event[early], hurt[early], athletes.iloc[early])
            start, later = model.log_odds(inside), model.log_odds(x.iloc[late])
            for rung in LADDER:
                trees = self._grown(inside, event[early], start, rung)
                forecast = recentred(later + self._scores(x.iloc[late], trees), event[late])
                losses[rung.name].append(log_loss(forecast, event[late]))
            tried.append(late)
        if not tried:
            return LADDER[0]
        joined = {name: np.concatenate(parts) for name, parts in losses.items()}
        best = better_than_first(joined, athletes.iloc[np.concatenate(tried)])
        return next(rung for rung in LADDER if rung.name == best)

    def _out_of_fold(
        self,
        x: pd.DataFrame,
        event: Floats,
        hurt: Floats,
        athletes: pd.Series,
        rung: Rung,
        evidence: EvidenceModel,
    ) -> tuple[Floats, Floats]:
        """Return evidence and residual of each row by models that have not seen its athlete."""
        start, residual = evidence.log_odds(x), np.zeros(len(x))
        if not len(self.fold_):
            return start, residual
        for number in np.unique(self.fold_):
            out = self.fold_ == number
            inside = self._posterior(x[~out], event[~out], hurt[~out], athletes[~out])
            start[out] = inside.log_odds(x[out])
        for number in np.unique(self.fold_):
            out = self.fold_ == number
            trees = self._grown(x[~out], event[~out], start[~out], rung)
            residual[out] = self._scores(x[out], trees)
        return start, residual


def shrunk_calibration(raw: Floats, event: Floats) -> Calibration:
    """Return the calibration that log-odds of unseen athletes ask for, drawn towards none."""
    found = recalibration(raw, event, LEVEL_SD).mean
    return Calibration(intercept=float(found[0]), slope=float(found[1]))

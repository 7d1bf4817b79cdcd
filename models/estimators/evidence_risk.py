"""Published evidence and LightGBM, weighed against each other on athletes that neither has seen.

The trees learn from the data alone; see :mod:`models.estimators.stacking` for their weight, and
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
from models.estimators.booster_calibration import Calibration, fold_affine
from models.estimators.evidence_stack import EvidenceStack
from models.estimators.prediction_interval import Spread, fit_spread, probability_range
from models.estimators.residual_ladder import (
    NO_TREES_RUNG,
    Rung,
    best_rung,
    forward_splits,
    settings_of_rung,
)
from models.estimators.residual_trees import ResidualTrees
from models.estimators.stacking import Weights, alone, stacked
from models.evidence.learnt import learnt_evidence
from models.evidence.model import DAYS_PER_WEEK, EvidenceModel
from models.numeric.weighted_logistic import logit
from models.sampling.matrix_columns import number_blocks, numbers
from models.sampling.training_rows import calibration_folds, checked_outcomes, training_target
from models.settings.risk import NO_TREES, RiskSettings

LEAST_ATHLETES: Final = 5
"""Athletes below which nobody can be left out: the calibration stays nearly as it is."""


class EvidenceRisk(RiskEstimator[RiskSettings]):
    """Probability of a new injury: evidence and trees, weighed, with one calibration.

    It has the interface of :class:`models.estimators.risk.RiskModel`.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``.
    settings : RiskSettings, optional
        What the rungs of the ladder change.
    monotone : mapping of str to int, optional
        Direction per feature as in the catalogue.
    horizon_days, lead_days : int
        Length of the outcome window, and days before it begins.
    tree_features : sequence of str, optional
        Columns that trees may use; None takes all. The evidence reads its own in any case.
    hyper_parameters : mapping of str to Any
        Single ones of `settings` by name.

    Attributes
    ----------
    stack_ : EvidenceStack
        The fitted parts: what scores.
    rung_ : str
        The rung of the trees that were kept; the first one without trees.
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
        lead_days: int = 0,
        **hyper_parameters: Untyped,
    ) -> None:
        self.outcome = outcome
        self.settings = settings
        self.monotone = monotone
        self.horizon_days = horizon_days
        self.tree_features = tree_features
        self.lead_days = lead_days
        self._put(hyper_parameters)

    @classmethod
    def of_catalogue(
        cls,
        outcome: str,
        entries: Iterable[Feature],
        settings: RiskSettings | None = None,
        horizon_days: int = DAYS_PER_WEEK,
        tree_features: tuple[str, ...] | None = None,
        lead_days: int = 0,
    ) -> Self:
        """Return an unfitted model with the directions of the catalogue."""
        directions = {f.name: f.monotone for f in entries if f.monotone}
        return cls(outcome, settings, directions, horizon_days, tree_features, lead_days)

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
        """Learn the posterior, choose a rung, grow its trees and weigh both.

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
            1 where a new injury of any region followed; needed for the knee, for whose trees
            it counts as `settings.borrow` of an event.
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
        # In the precision they are stored in: as float64 they would take twice the memory.
        x = x.set_axis(list(names), axis=1).reset_index(drop=True)
        athletes = pd.Series(np.asarray(groups))
        self._remember(list(names), number_blocks(x, names), event)
        self.grown_on_ = self._tree_columns(x)
        evidence = self._posterior(x, event, hurt, athletes)
        target = training_target(event, hurt, self.settings_in_use.borrow)
        self.fold_ = self._dealt(event, athletes, folds)
        rung = self._chosen(x, event, target, athletes, dates)
        start, added = self._out_of_fold(x, event, hurt, athletes, rung, evidence)
        weights = self._weights(start, added, event, athletes)
        trees = self._trees.grown(self._trees.binned(x, target), rung) if weights.trees else None
        self.rung_ = NO_TREES if trees is None else rung.name
        self.tree_scale_ = weights.scale
        self.stack_ = EvidenceStack(
            evidence,
            None if trees is None else self._scaled(trees, target),
            self.grown_on_,
            weights.calibration,
            names,
            self.settings_in_use.threads,
        )
        log_odds = weights.log_odds(start, added)
        self.out_of_fold_ = expit(log_odds) if len(self.fold_) else np.empty(0)
        self.spread_: Spread | None = None
        return self

    @property
    def evidence_(self) -> EvidenceModel:
        """The posterior."""
        return self.stack_.evidence

    @property
    def residual_(self) -> lgb.Booster | None:
        """Trees, scaled to be added to the evidence; None where they are not worth it."""
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
        if not self.has_trees:
            return self
        target = training_target(checked_outcomes(y), related, self.settings_in_use.borrow)
        settings = settings_of_rung(self.rung_, self.settings_in_use)
        data = self._trees.binned(x, target)
        spread = fit_spread(data, groups, self.monotone or {}, settings)
        scaled = fold_affine(spread.booster, Calibration(slope=self.tree_scale_))
        self.spread_ = replace(spread, booster=scaled)
        return self

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        return self.stack_.log_odds(x)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return contributions in log-odds, shape (n, k + 1); the last column is the base value."""
        return self.stack_.contributions(x)

    def range_(self, x: pd.DataFrame) -> tuple[Floats, Floats]:
        """Return the low and high end of each probability, shape (n,) each.

        It combines the covariance of the posterior, the uncertainty from unknown values, and the
        refits of the trees.
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
        spread, evidence = self.spread_, self.evidence_
        number = self.settings_in_use.range_replicates if spread is None else spread.replicates
        hazards = evidence.hazard.draws(number, self.settings_in_use.seed)
        shares = evidence.share.draws(number, self.settings_in_use.seed)
        refits = []
        for replicate, (hazard, share) in enumerate(zip(hazards, shares, strict=True)):
            drawn = replace(
                evidence,
                hazard=replace(evidence.hazard, mean=hazard),
                share=replace(evidence.share, mean=share),
            )
            added = replace(self.stack_, evidence=drawn, residual=None).contributions(x)[:, :-1]
            if spread is not None:
                places = [self.stack_.names.index(name) for name in self.grown_on_]
                trees = spread.contributions(replicate, numbers(x, self.grown_on_))
                added[:, places] += self.calibration_.slope * trees
            refits.append(added)
        return refits

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

    @property
    def _trees(self) -> ResidualTrees:
        return ResidualTrees(self.grown_on_, self.monotone or {}, self.settings_in_use)

    def _scaled(self, trees: lgb.Booster, target: Floats) -> lgb.Booster:
        """Return trees whose raw score is what they add to the evidence's log-odds."""
        # The evidence has the level already: that of the trees would count twice.
        scale, level = self.tree_scale_, float(logit(target.mean()))
        return fold_affine(trees, Calibration(-scale * level, scale))

    def _weights(self, start: Floats, added: Floats, event: Floats, athletes: pd.Series) -> Weights:
        if not len(self.fold_) or not added.any():
            return alone(start, event)
        return stacked(start, added, event, self.fold_, athletes)

    def _chosen(
        self,
        x: pd.DataFrame,
        event: Floats,
        target: Floats,
        athletes: pd.Series,
        dates: pd.Series,
    ) -> Rung:
        """Return the rung whose trees forecast unseen athletes in later weeks best."""
        if not self.grown_on_ or not len(self.fold_):
            return NO_TREES_RUNG

        splits = forward_splits(event, athletes, dates, self.horizon_days + self.lead_days)
        grown = self._trees
        data = [grown.binned(x.iloc[early], target[early]) for early, _ in splits]

        def score(rung: Rung, split: int) -> Floats:
            later = x.iloc[splits[split][1]]
            return grown.log_odds(grown.grown(data[split], rung), later)

        return best_rung(splits, score, event, athletes)

    def _out_of_fold(
        self,
        x: pd.DataFrame,
        event: Floats,
        hurt: Floats,
        athletes: pd.Series,
        rung: Rung,
        evidence: EvidenceModel,
    ) -> tuple[Floats, Floats]:
        """Return log-odds of both parts by parts that have not seen the row's athlete.

        Those of the trees are less the base rate's they were grown for.
        """
        start, added = evidence.log_odds(x), np.zeros(len(x))
        for number in np.unique(self.fold_):
            out = self.fold_ == number
            inside = x[~out], event[~out], hurt[~out]
            # A posterior that has seen the athlete's injuries would get too much weight.
            start[out] = self._posterior(*inside, athletes[~out]).log_odds(x[out])
            if not rung.is_empty and event[~out].any():
                target = training_target(*inside[1:], self.settings_in_use.borrow)
                trees = self._trees.grown(self._trees.binned(inside[0], target), rung)
                added[out] = self._trees.log_odds(trees, x[out]) - logit(target.mean())
        return start, added

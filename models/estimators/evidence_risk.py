"""LightGBM on top of the evidence: trees that learn only what the evidence does not know.

The evidence model's log-odds are the trees' starting score. LightGBM's `predict` leaves a starting
score out, so the parts are kept apart: evidence, residual trees (perhaps none), and one affine
calibration over their sum.
"""

from collections.abc import Mapping
from typing import Any, Final, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin

from models.estimators.booster_calibration import Calibration
from models.estimators.boosting import binned, boosted, raw_scores
from models.estimators.residual_ladder import (
    LADDER,
    Rung,
    better_than_first,
    forward_splits,
    levelled,
    log_loss,
)
from models.evidence.gaussian import Gaussian
from models.evidence.model import KNEE, EvidenceModel
from models.evidence.posterior import laplace, share_likelihood
from models.numeric.weighted_logistic import Floats, expit
from models.sampling.folds import AthleteFolds
from models.sampling.matrix_columns import numbers
from models.settings.risk import RiskSettings

FOLDS: Final = 5
SLOPE_SD: Final = 0.2
LEVEL_SD: Final = 0.3
"""Prior of the calibration about slope 1 and intercept 0 (Bayesian recalibration, Feng 2022)."""


class EvidenceRisk(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Probability of a new injury: evidence, trees on its residual, one calibration.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``.
    settings : RiskSettings, optional
        What the rungs of the ladder change.
    monotone : mapping of str to int, optional
        Direction per feature as in the catalogue.

    Attributes
    ----------
    evidence_ : EvidenceModel
        The posterior.
    residual_ : lightgbm.Booster or None
        Trees on what the evidence leaves; None where they are not worth it.
    calibration_ : Calibration
        log-odds = intercept + slope x (evidence + residual).
    rung_ : str
        The rung that was chosen.
    feature_names_in_ : ndarray of str
        Columns; those that were always null take no part in the trees.
    """

    def __init__(
        self,
        outcome: str = "any",
        settings: RiskSettings | None = None,
        monotone: Mapping[str, int] | None = None,
    ) -> None:
        self.outcome = outcome
        self.settings = settings
        self.monotone = monotone

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike,
        *,
        dates: pd.Series,
        related: npt.ArrayLike | None = None,
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
            The as-of date of each row, for the folds forward in time.
        related : array-like of shape (n,), optional
            1 where a new injury of any region followed; needed for the knee.
        """
        event = np.asarray(y, dtype=np.float64)
        hurt = event if related is None else np.asarray(related, dtype=np.float64)
        athletes = pd.Series(np.asarray(groups), index=x.index)
        self.feature_names_in_ = np.array([str(name) for name in x.columns], dtype=object)
        self.grown_on_ = [str(name) for name in x.columns if x[name].notna().any()]
        self.classes_ = np.array([0, 1])
        self.base_rate_ = float(event.mean())
        self.evidence_ = self._posterior(x, event, hurt, athletes)
        rung = self._chosen(x, event, hurt, athletes, dates)
        start, residual = self._out_of_fold(x, event, hurt, athletes, rung)
        self.rung_ = rung.name
        self.residual_ = self._grown(x, event, start, rung)
        self.calibration_ = shrunk_calibration(start + residual, event)
        return self

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        raw = self.evidence_.log_odds(x) + self._residual_of(x)
        return np.asarray(self.calibration_.intercept + self.calibration_.slope * raw)

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2)."""
        p = expit(self.decision_function(x))
        return np.column_stack([1 - p, p])

    def contributions(self, x: pd.DataFrame) -> pd.DataFrame:
        """Return what each feature adds, log-odds; column ``base`` holds what all rows share.

        Those of both parts times the slope of the calibration; a row sums to its log-odds.
        """
        slope = self.calibration_.slope
        parts = slope * self.evidence_.contributions(x)
        reference = self.evidence_.reference_log_hazard
        base = self.calibration_.intercept + slope * float(np.log(np.expm1(np.exp(reference))))
        if self.residual_ is not None:
            shap: Any = self.residual_.predict(
                numbers(x, self.grown_on_), pred_contrib=True, num_threads=1
            )
            trees = pd.DataFrame(slope * shap[:, :-1], columns=self.grown_on_, index=x.index)
            parts = parts.add(trees, fill_value=0.0)
            base += slope * float(shap[0, -1]) if len(x) else 0.0
        return parts.assign(base=base)

    def _posterior(
        self, x: pd.DataFrame, event: Floats, hurt: Floats, athletes: pd.Series
    ) -> EvidenceModel:
        knee = event if self.outcome == KNEE else np.zeros(len(event))
        injured, of_knee = (pd.Series(values, index=x.index) for values in (hurt, knee))
        return EvidenceModel.published(self.outcome).updated(x, injured, of_knee, athletes)

    def _grown(self, x: pd.DataFrame, event: Floats, start: Floats, rung: Rung) -> Any:  # noqa: ANN401 - LightGBM's own type or None
        if rung.is_empty or not self.grown_on_:
            return None
        settings = rung.settings(self.settings or RiskSettings())
        data = binned(numbers(x, self.grown_on_), event, self.grown_on_, settings)
        data.set_init_score(levelled(start, event))
        return boosted(data, self.monotone or {}, settings)

    def _residual_of(self, x: pd.DataFrame, booster: lgb.Booster | None = None) -> Floats:
        trees = self.residual_ if booster is None else booster
        if trees is None:
            return np.zeros(len(x))
        return raw_scores(trees, numbers(x, self.grown_on_), 1)

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
                residual = 0.0 if trees is None else self._residual_of(x.iloc[late], trees)
                forecast = levelled(later + residual, event[late])
                losses[rung.name].append(log_loss(forecast, event[late]))
            tried.append(late)
        if not tried:
            return LADDER[0]
        joined = {name: np.concatenate(parts) for name, parts in losses.items()}
        best = better_than_first(joined, athletes.iloc[np.concatenate(tried)])
        return next(rung for rung in LADDER if rung.name == best)

    def _out_of_fold(
        self, x: pd.DataFrame, event: Floats, hurt: Floats, athletes: pd.Series, rung: Rung
    ) -> tuple[Floats, Floats]:
        """Return evidence and residual of each row by models that have not seen its athlete."""
        start, residual = self.evidence_.log_odds(x), np.zeros(len(x))
        if athletes.nunique() < FOLDS:
            return start, residual
        fold = AthleteFolds(FOLDS).assign(athletes, event)
        for number in range(FOLDS):
            out = fold == number
            inside = self._posterior(x[~out], event[~out], hurt[~out], athletes[~out])
            start[out] = inside.log_odds(x[out])
        for number in range(FOLDS):
            out = fold == number
            trees = self._grown(x[~out], event[~out], start[~out], rung)
            residual[out] = 0.0 if trees is None else self._residual_of(x[out], trees)
        return start, residual


def shrunk_calibration(raw: Floats, event: Floats) -> Calibration:
    """Return slope and intercept of the outcome on raw log-odds, drawn towards 1 and 0.

    Few events say little of a slope; evidence that is calibrated already should stay so.

    Parameters
    ----------
    raw : ndarray of shape (n,)
        Log-odds of rows by models that have not seen their athletes.
    event : ndarray of shape (n,)
        Outcomes, 0 or 1.
    """
    prior = Gaussian(
        ("intercept", "slope"), np.array([0.0, 1.0]), np.diag([LEVEL_SD**2, SLOPE_SD**2])
    )
    found = laplace(prior, share_likelihood(raw[:, None], event)).mean
    return Calibration(intercept=float(found[0]), slope=float(found[1]))

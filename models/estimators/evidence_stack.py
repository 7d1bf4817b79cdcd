"""Evidence, scaled trees, one calibration: what scores, and what its artifact holds.

The parts are kept apart and added here: log-odds = intercept + slope x (evidence + residual), with
trees that were scaled by their weight over that of the evidence.
"""

from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.estimators.booster_calibration import Calibration
from models.estimators.boosting import raw_scores
from models.evidence.model import EvidenceModel
from models.sampling.matrix_columns import numbers


@dataclass(frozen=True, eq=False)
class EvidenceStack:
    """The parts of a fitted model.

    Parameters
    ----------
    evidence : EvidenceModel
        The posterior.
    residual : lightgbm.Booster or None
        Scaled trees: what they add to the evidence's log-odds; None where they are not worth it.
    grown_on : tuple of str
        Columns of the trees.
    calibration : Calibration
        Of the sum of both.
    names : tuple of str
        Columns of the model: it reads no other.
    threads : int
        Of LightGBM.
    """

    evidence: EvidenceModel
    residual: lgb.Booster | None
    grown_on: tuple[str, ...]
    calibration: Calibration
    names: tuple[str, ...]
    threads: int = 1

    def log_odds(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,).

        Raises
        ------
        StridecastError
            If a column of the model is missing, is not floating point or holds an infinity.
        """
        raw = self.evidence.log_odds(self.own(x)) + self.residual_scores(x)
        return np.asarray(self.calibration.intercept + self.calibration.slope * raw)

    def probability(self, x: pd.DataFrame) -> Floats:
        """Return the probability of a new injury, shape (n,)."""
        return expit(self.log_odds(x))

    def usual_probability(self, x: pd.DataFrame) -> Floats:
        """Return the probability of a week like the athlete's usual one, shape (n,).

        What the evidence knows of this week is taken as usual; the trees see the rows as they are.
        """
        raw = self.evidence.usual_log_odds(self.own(x)) + self.residual_scores(x)
        return expit(self.calibration.intercept + self.calibration.slope * raw)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return what each column adds, log-odds, shape (n, k + 1); the last is the base value.

        Those of both parts times the slope of the calibration; a row sums to its log-odds.
        """
        slope, own = self.calibration.slope, self.own(x)
        parts = self.evidence.contributions(own).reindex(columns=list(self.names), fill_value=0.0)
        # The slope stretches both parts alike, the intercept belongs to no feature: it is in the
        # base.
        effects = slope * parts.to_numpy(dtype=np.float64)
        reference = float(np.log(np.expm1(np.exp(self.evidence.reference_log_hazard))))
        base = np.full(len(own), self.calibration.intercept + slope * reference)
        if self.residual is not None:
            shap = np.asarray(self._of_trees(own, self.residual))
            effects[:, [self.names.index(name) for name in self.grown_on]] += slope * shap[:, :-1]
            base += slope * shap[:, -1]
        return np.column_stack([effects, base])

    def residual_scores(self, x: pd.DataFrame) -> Floats:
        """Return what the trees add to the evidence's log-odds, shape (n,)."""
        if self.residual is None:
            return np.zeros(len(x))
        return raw_scores(self.residual, numbers(x, self.grown_on), self.threads)

    def share_of_trees(self, x: pd.DataFrame) -> float:
        """Return how much of the differences between rows the trees make, 0 to 1.

        Their standard deviation over those of both parts.
        """
        trees = float(np.std(self.residual_scores(x)))
        evidence = float(np.std(self.evidence.log_odds(self.own(x))))
        # Standard deviations and not log-odds: a constant difference between parts ranks nobody.
        return trees / (trees + evidence) if trees else 0.0

    def own(self, x: pd.DataFrame) -> pd.DataFrame:
        """Return the columns of the model as float64: what else rows hold is not read."""
        return pd.DataFrame(numbers(x, self.names), columns=list(self.names), index=x.index)

    def _of_trees(self, own: pd.DataFrame, booster: lgb.Booster) -> object:
        values = numbers(own, self.grown_on)
        return booster.predict(values, pred_contrib=True, num_threads=self.threads)

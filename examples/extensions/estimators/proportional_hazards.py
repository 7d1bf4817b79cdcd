"""An estimator that may be promoted: it writes itself as JSON and reads itself back.

A survival model in discrete time: the hazard of a week is that of an average athlete-week times
exp(coefficients x features), so that the chance of an injury in it is 1 - exp(-hazard) (Prentice &
Gloeckler 1978; a GLM with complementary log-log link). Ridge-penalised; a feature that is not
known counts as its mean.
"""

import json
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin

Floats = npt.NDArray[np.float64]


class ProportionalHazards(ClassifierMixin, BaseEstimator):
    """Weekly hazard as a product of one factor per feature.

    Parameters
    ----------
    penalty : float
        Ridge penalty on coefficients of standardised features, in events.
    """

    def __init__(self, penalty: float = 100.0) -> None:
        self.penalty = penalty

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Maximise the penalised likelihood; athletes and folds are not needed."""
        del groups, folds
        self.columns_ = [str(name) for name in x.columns]
        self.means_, spread = x.mean().fillna(0.0).to_numpy(), x.std().fillna(0.0).to_numpy()
        self.spreads_ = np.where(spread > 0, spread, 1.0)
        design, event = self._design(x), np.asarray(y, dtype=float)
        start = np.zeros(design.shape[1])
        # The hazard of the base rate; only the slopes are then left to be found.
        start[0] = np.log(-np.log1p(-event.mean()))
        solution = minimize(self._loss, start, (design, event), jac=True, method="L-BFGS-B")
        self.coefficients_ = solution.x
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2)."""
        p = -np.expm1(-np.exp(self._design(x) @ self.coefficients_))
        return np.column_stack([1 - p, p])

    def to_text(self) -> str:
        """Return the fitted numbers as JSON; Python writes every float in full."""
        numbers = {
            name: getattr(self, name).tolist() for name in ("means_", "spreads_", "coefficients_")
        }
        return json.dumps({"columns": self.columns_, **numbers}, indent=1)

    def from_text(self, text: str) -> Self:
        """Become the model that :meth:`to_text` described."""
        fitted = json.loads(text)
        self.columns_ = fitted["columns"]
        for name in ("means_", "spreads_", "coefficients_"):
            setattr(self, name, np.array(fitted[name]))
        self.classes_ = np.array([0, 1])
        return self

    def _design(self, x: pd.DataFrame) -> Floats:
        values = (x[self.columns_].to_numpy(dtype=float) - self.means_) / self.spreads_
        return np.column_stack([np.ones(len(x)), np.nan_to_num(values)])

    def _loss(self, b: Floats, design: Floats, event: Floats) -> tuple[float, Floats]:
        """Negative log-likelihood with the penalty, and its gradient."""
        # The search tries steps that are far too long, at which exp would overflow.
        hazard = np.exp(np.clip(design @ b, -30, 3))
        p = np.clip(-np.expm1(-hazard), 1e-12, None)
        # A penalised intercept would pull the mean forecast away from the observed rate.
        ridge = np.append(0.0, self.penalty * b[1:])
        loss = -(event * np.log(p) - (1 - event) * hazard).sum() + 0.5 * b @ ridge
        slope = hazard * ((1 - event) - event * (1 - p) / p)
        return float(loss), design.T @ slope + ridge


ESTIMATORS = (("proportional_hazards", ProportionalHazards()),)

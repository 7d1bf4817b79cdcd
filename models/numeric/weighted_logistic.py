"""Weighted logistic regression with fractional outcomes and an offset, small and fast.

Calibration slopes, smooth calibration curves and the recalibration of rules are all logistic
regressions with a handful of coefficients, fitted thousands of times in a bootstrap.
"""

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from models.numeric.newton_kernel import newton


def logit(p: npt.ArrayLike) -> Floats:
    """Return log(p / (1 - p)) with p held within 1e-12 of 0 and 1."""
    clipped = np.clip(np.asarray(p, dtype=float), 1e-12, 1 - 1e-12)
    # log1p keeps the digits of a small p that 1 - p would round away.
    log_odds: Floats = np.log(clipped) - np.log1p(-clipped)
    return log_odds


def fit_logistic(
    columns: Floats,
    y: Floats,
    weights: Floats,
    offset: Floats | None = None,
    start: Floats | None = None,
) -> Floats:
    """Return the coefficients that maximise the weighted Bernoulli likelihood.

    Newton's method on sum_i w_i [y_i log p_i + (1 - y_i) log(1 - p_i)] with
    p_i = expit(offset_i + b x_i). The outcome may be a fraction: the true probability of a
    simulated row counts as so many events and so many non-events. It ends when a step is shorter
    than a ten-thousandth of a standard error, whatever the scale of a column (Newton's decrement,
    Boyd & Vandenberghe 2004, 9.5.1); convergence is quadratic, so that nothing of note is left.

    Parameters
    ----------
    columns : ndarray of shape (k, n)
        Terms of the linear predictor, one per row, so that each runs along memory; a term of
        ones is the caller's business.
    y : ndarray of shape (n,)
        Outcomes in [0, 1].
    weights : ndarray of shape (n,)
        Weights, not negative; a weight of 2 is the row twice.
    offset : ndarray of shape (n,), optional
        Part of the log-odds that is held fixed.
    start : ndarray of shape (k,), optional
        First guess; zeros by default.

    Returns
    -------
    ndarray of shape (k,)
        Coefficients; all nan where no finite maximum exists (one class only, or separated).
    """
    beta: Floats = np.zeros(len(columns)) if start is None else start.astype(np.float64)
    offsets = np.zeros(len(y)) if offset is None else np.ascontiguousarray(offset, dtype=np.float64)
    x, event, weight = (np.ascontiguousarray(a, dtype=float) for a in (columns, y, weights))
    return beta if newton(x, event, weight, offsets, beta) else np.full(len(columns), np.nan)

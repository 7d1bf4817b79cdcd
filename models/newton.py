"""Weighted logistic regression with fractional outcomes and an offset, small and fast.

Calibration slopes, smooth calibration curves and the recalibration of rules are all logistic
regressions with a handful of coefficients, fitted thousands of times in a bootstrap.
"""

from typing import Final

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_ROUNDS: Final = 60
_TOLERANCE: Final = 1e-9
_LONGEST_STEP: Final = 4.0
_OUT_OF_SIGHT: Final = 30.0  # log-odds coefficients beyond this only occur when classes separate


def logit(p: npt.ArrayLike) -> Floats:
    """Return log(p / (1 - p)) with p held within 1e-12 of 0 and 1."""
    held = np.clip(np.asarray(p, dtype=float), 1e-12, 1 - 1e-12)
    log_odds: Floats = np.log(held) - np.log1p(-held)
    return log_odds


def expit(x: npt.ArrayLike) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    z = np.asarray(x, dtype=float)
    small = np.exp(-np.abs(z))
    probability: Floats = np.where(z >= 0, 1.0, small) / (1.0 + small)
    return probability


def fit_logistic(
    design: Floats, y: Floats, weights: Floats, offset: Floats | None = None
) -> Floats:
    """Return the coefficients that maximise the weighted Bernoulli likelihood.

    Newton's method on sum_i w_i [y_i log p_i + (1 - y_i) log(1 - p_i)] with
    p_i = expit(offset_i + x_i b). The outcome may be a fraction: the true probability of a
    simulated row counts as so many events and so many non-events.

    Parameters
    ----------
    design : ndarray of shape (n, k)
        Columns of the linear predictor; a column of ones is the caller's business.
    y : ndarray of shape (n,)
        Outcomes in [0, 1].
    weights : ndarray of shape (n,)
        Weights, not negative; a weight of 2 is the row twice.
    offset : ndarray of shape (n,), optional
        Part of the log-odds that is held fixed.

    Returns
    -------
    ndarray of shape (k,)
        Coefficients; all nan where no finite maximum exists (one class only, or separated).
    """
    held = np.zeros(len(y)) if offset is None else offset
    columns = np.ascontiguousarray(design, dtype=np.float64)
    beta: Floats = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        step = _step(*_slopes(columns, y, weights, held, beta))
        beta += step
        if not np.abs(beta).max() < _OUT_OF_SIGHT:
            break
        if np.abs(step).max() < _TOLERANCE:
            return beta
    return np.full(columns.shape[1], np.nan)


def _step(gradient: Floats, hessian: Floats) -> Floats:
    """Newton step, shortened where the likelihood is so flat that it would overshoot."""
    try:
        step = np.asarray(np.linalg.solve(hessian, gradient), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full(len(gradient), np.nan)
    longest = float(np.abs(step).max())
    return step * min(1.0, _LONGEST_STEP / max(longest, 1e-300))


@numba.njit(cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def _slopes(
    design: Floats, y: Floats, weights: Floats, offset: Floats, beta: Floats
) -> tuple[Floats, Floats]:
    """Gradient and negative Hessian of the weighted log-likelihood, in one pass."""
    n, k = design.shape
    gradient = np.zeros(k)
    hessian = np.zeros((k, k))
    for i in range(n):
        eta = offset[i]
        for a in range(k):
            eta += design[i, a] * beta[a]
        p = 1.0 / (1.0 + np.exp(-eta))
        residual = weights[i] * (y[i] - p)
        curvature = weights[i] * p * (1.0 - p)
        for a in range(k):
            gradient[a] += residual * design[i, a]
            for b in range(k):
                hessian[a, b] += curvature * design[i, a] * design[i, b]
    return gradient, hessian

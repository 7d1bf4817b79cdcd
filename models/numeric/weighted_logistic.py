"""Weighted logistic regression with fractional outcomes and an offset, small and fast.

Calibration slopes, smooth calibration curves and the recalibration of rules are all logistic
regressions with a handful of coefficients, fitted thousands of times in a bootstrap.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats

_ROUNDS: Final = 60
_TOLERANCE: Final = 1e-8  # of a squared step in standard errors; what is left is about its square
_STILL_FAR: Final = 0.1  # where classes separate, steps stay about 1 while the likelihood flattens
_LONGEST_STEP: Final = 4.0
_OUT_OF_SIGHT: Final = 30.0  # log-odds coefficients beyond this only occur when classes separate


def logit(p: npt.ArrayLike) -> Floats:
    """Return log(p / (1 - p)) with p held within 1e-12 of 0 and 1."""
    held = np.clip(np.asarray(p, dtype=float), 1e-12, 1 - 1e-12)
    log_odds: Floats = np.log(held) - np.log1p(-held)
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
    with np.errstate(over="ignore"):  # exp(-eta) may overflow: the probability is then 0
        for _ in range(_ROUNDS):
            gradient, hessian = _slopes(columns, y, weights, offset, beta)
            step = _step(gradient, hessian)
            beta += step
            if not np.abs(beta).max() < _OUT_OF_SIGHT:
                break
            if gradient @ step < _TOLERANCE and np.abs(step).max() < _STILL_FAR:
                return beta
    return np.full(len(columns), np.nan)


def _step(gradient: Floats, hessian: Floats) -> Floats:
    """Newton step, shortened where the likelihood is so flat that it would overshoot."""
    try:
        step = _solved(hessian, gradient)
    except np.linalg.LinAlgError:
        return np.full(len(gradient), np.nan)
    longest = float(np.abs(step).max())
    return step * min(1.0, _LONGEST_STEP / max(longest, 1e-300))


def _solved(hessian: Floats, gradient: Floats) -> Floats:
    """Solve the system; a general solver would take most of the time of a line's two equations."""
    if len(gradient) > 2:  # noqa: PLR2004 - more than intercept and slope
        return np.asarray(np.linalg.solve(hessian, gradient), dtype=np.float64)
    if len(gradient) == 1:
        determinant, step = hessian[0, 0], gradient
    else:
        (a, b), (_, c) = hessian
        determinant = a * c - b * b
        step = np.array([c * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]])
    if not determinant > 0:
        raise np.linalg.LinAlgError
    return np.asarray(step / determinant, dtype=np.float64)


def _slopes(
    columns: Floats, y: Floats, weights: Floats, offset: Floats | None, beta: Floats
) -> tuple[Floats, Floats]:
    """Gradient and negative Hessian of the weighted log-likelihood; columns run along memory."""
    eta = beta @ columns
    if offset is not None:
        eta += offset
    p = 1 / (1 + np.exp(-eta))
    curvature = weights * p
    gradient = columns @ (weights * y - curvature)
    curvature *= 1 - p
    return gradient, (columns * curvature) @ columns.T

"""Ridge logistic regression with one penalty per column, fractional outcomes and weights."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.linalg import LinAlgError
from scipy.linalg import cho_factor, cho_solve
from scipy.linalg.blas import dsyrk
from scipy.special import expit

from common.arrays import Floats
from common.errors import StridecastError
from models.numeric.weighted_logistic import logit

_ROUNDS: Final = 50
_TOLERANCE: Final = 1e-8
_SHRINKS: Final = 0.1  # a step so much shorter than the one before: the curvature is as good as new


def fit_blocks(
    design: Iterable[Floats],
    y: Floats,
    penalties: Floats,
    weights: Floats | None = None,
    start: Floats | None = None,
) -> tuple[float, Floats]:
    """Return intercept and coefficients that minimise the penalised negative log-likelihood.

    -sum_i w_i [y_i log p_i + (1 - y_i) log(1 - p_i)] + 1/2 sum_j penalty_j b_j^2 with
    p_i = expit(b_0 + b x_i), by Newton's method; the intercept is free. The curvature, which is
    most of the work, is kept while steps shrink tenfold.

    Parameters
    ----------
    design : iterable of ndarray of shape (rows, k + 1)
        Blocks of rows in the order of `y`, gone through once a round; the first column is 1.
    y : ndarray of shape (n,)
        Outcomes in [0, 1], not all the same.
    penalties : ndarray of shape (k,)
        Positive, so that the minimum is unique and finite.
    weights : ndarray of shape (n,), optional
        Not negative; ones by default.
    start : ndarray of shape (k + 1,), optional
        First guess, the intercept first.

    Raises
    ------
    StridecastError
        If no minimum is reached: penalties that are next to nothing leave separated classes, and
        rounding, without a bound.
    """
    weight = np.ones(len(y)) if weights is None else weights
    # A penalised intercept would pull the mean forecast away from the observed rate.
    ridge = np.append(0.0, penalties)
    beta = np.zeros(len(ridge))
    # From the base rate: only the slopes are left to be found, which saves rounds.
    beta[0] = logit(np.average(y, weights=weight))
    if start is not None:
        beta = start.astype(np.float64)
    longest, keep = np.inf, False
    for _ in range(_ROUNDS):
        scores, information = _derivatives(design, y, weight, beta, curved=not keep)
        if not keep:
            factor = _factorised(information + np.diag(ridge))
        step = cho_solve(factor, scores - ridge * beta)
        beta += step
        before, longest = longest, float(np.abs(step).max())
        keep = longest < _SHRINKS * before < np.inf
        if longest < _TOLERANCE:
            break
    else:
        # Against the size of the coefficients: those of a column in tiny units are so large that
        # rounding alone moves them by more than the tolerance.
        if longest > _TOLERANCE * np.abs(beta).max():
            raise _no_minimum()
    return float(beta[0]), beta[1:]


def _factorised(curvature: Floats) -> tuple[Floats, bool]:
    try:
        factor: tuple[Floats, bool] = cho_factor(curvature)
    except LinAlgError:
        raise _no_minimum() from None
    return factor


def _derivatives(
    design: Iterable[Floats], y: Floats, weight: Floats, beta: Floats, *, curved: bool
) -> tuple[Floats, Floats]:
    """Return the gradient of the log-likelihood and its information, summed over the blocks.

    Without `curved` the information is left out; else its upper half is filled, which is what is
    factorised.
    """
    gradient, information, at = np.zeros(len(beta)), np.zeros((len(beta), len(beta))), 0
    for full in design:
        rows = slice(at, at + len(full))
        p = expit(full @ beta)
        gradient += full.T @ (weight[rows] * (y[rows] - p))
        if curved:
            information += _information(full, weight[rows] * p * (1 - p))
        at = rows.stop
    return gradient, information


def _information(full: Floats, bend: Floats) -> Floats:
    """Return the upper half of the sum of rows times themselves, each weighed by its bend."""
    # A matrix by itself has a routine of its own, which takes a third of a general product's time.
    upper: Floats = dsyrk(1.0, (full * np.sqrt(bend)[:, None]).T)
    return upper


def _no_minimum() -> StridecastError:
    return StridecastError(
        f"the penalised regression reached no minimum in {_ROUNDS} rounds",
        "raise its penalty in params.yaml",
    )


def resampled(
    design: Iterable[Floats],
    y: Floats,
    penalties: Floats,
    fitted: Floats,
    codes: npt.NDArray[np.int64],
    draws: npt.NDArray[np.int64],
) -> Floats:
    """Return the coefficients of refits on resampled athletes, to first order.

    beta + H^-1 sum_a (w_a - 1) s_a with s_a the score of athlete a and H the penalised Hessian: one
    Newton step from the fit with its curvature kept (score bootstrap, Kline & Santos 2012), so
    that a replicate costs a product instead of a fit.

    Parameters
    ----------
    design, y, penalties
        As in :func:`fit_blocks`.
    fitted : ndarray of shape (k + 1,)
        Intercept and coefficients of the fit.
    codes : ndarray of shape (n,)
        Number of the athlete of each row.
    draws : ndarray of shape (replicates, athletes)
        How often each athlete is drawn.

    Returns
    -------
    ndarray of shape (replicates, k + 1)
    """
    curvature = np.diag(np.append(0.0, penalties))
    scores, at = np.zeros((draws.shape[1], len(fitted))), 0
    for full in design:
        rows = slice(at, at + len(full))
        p = expit(full @ fitted)
        curvature += _information(full, p * (1 - p))
        np.add.at(scores, codes[rows], full * (y[rows] - p)[:, None])
        at = rows.stop
    steps = cho_solve(cho_factor(curvature), ((draws - 1) @ scores).T).T
    return np.asarray(fitted + steps)

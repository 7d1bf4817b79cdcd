"""Ridge logistic regressions that each leave out one fold, fitted together.

They differ little from the fit of all rows, and so do their curvatures: each is that of all rows
less its own fold's, computed once at the common start. From there steps with the kept curvature
(the chord method; Ortega & Rheinboldt 1970, 7.1) need gradients alone, of all folds in one product.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.linalg import LinAlgError
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit

from common.arrays import Floats, Ints
from models.numeric.block_design import BlockDesign
from models.numeric.ridge_logistic import fit_blocks

_ROUNDS: Final = 20
_TOLERANCE: Final = 1e-9
_SHRINKS: Final = 0.5
"""A step that is not so much shorter than the one before: the curvature no longer fits."""


def left_out_log_odds(
    design: BlockDesign, y: Floats, penalties: Floats, fold: Ints, start: Floats
) -> Floats:
    """Return the log-odds of each row by the fit on the rows of the other folds, shape (n,).

    What a fit minimises is that of :func:`models.numeric.ridge_logistic.fit_blocks`.

    Parameters
    ----------
    design : BlockDesign
        Rows, in the order of `y`.
    y : ndarray of shape (n,)
        Outcomes in [0, 1].
    penalties : ndarray of shape (k,)
        Positive.
    fold : ndarray of shape (n,)
        Fold of each row.
    start : ndarray of shape (k + 1,)
        The fit of all rows, the intercept first.

    Raises
    ------
    StridecastError
        If a fit has no minimum.
    """
    _, code = np.unique(fold, return_inverse=True)
    fits, astray = _together(design.part(), y, penalties, code, start)
    for number in astray:
        inside = np.flatnonzero(code != number)
        base, slopes = fit_blocks(design.part(inside), y[inside], penalties, start=start)
        fits[number] = np.append(base, slopes)
    blocks, at = [], 0
    for full in design.part():
        own = code[at : at + len(full)]
        blocks.append((full @ fits.T)[np.arange(len(full)), own])
        at += len(full)
    return np.concatenate(blocks)


def _together(
    design: Iterable[Floats], y: Floats, penalties: Floats, fold: Ints, start: Floats
) -> tuple[Floats, Ints]:
    """Return the coefficients of each fit, and the folds whose steps did not shrink to nothing."""
    ridge, folds = np.append(0.0, penalties), int(fold.max()) + 1
    information = _own_information(design, fold, start, folds)
    whole = information.sum(axis=0) + np.diag(ridge)
    beta, longest = np.tile(start, (folds, 1)), np.full(folds, np.inf)
    try:
        factors = [cho_factor(whole - own) for own in information]
    except LinAlgError:
        return beta, np.arange(folds)
    moving = np.arange(folds)
    for _ in range(_ROUNDS):
        gradients = _gradients(design, y, fold, beta) - ridge * beta
        steps = np.array([cho_solve(factors[number], gradients[number]) for number in moving])
        size = np.abs(steps).max(axis=1)
        shrinks = size < np.maximum(_SHRINKS * longest[moving], _TOLERANCE)
        beta[moving[shrinks]] += steps[shrinks]
        longest[moving] = size
        moving = moving[shrinks & (size >= _TOLERANCE)]
        if not len(moving):
            break
    return beta, np.flatnonzero(longest >= _TOLERANCE)


def _own_information(design: Iterable[Floats], fold: Ints, beta: Floats, folds: int) -> Floats:
    """Return the information of each fold's own rows, shape (folds, k + 1, k + 1)."""
    information, at = np.zeros((folds, len(beta), len(beta))), 0
    for full in design:
        p = expit(full @ beta)
        bent = full * np.sqrt(p * (1 - p))[:, None]
        for number in range(folds):
            own = bent[fold[at : at + len(full)] == number]
            information[number] += own.T @ own
        at += len(full)
    return information


def _gradients(design: Iterable[Floats], y: Floats, fold: Ints, beta: Floats) -> Floats:
    """Return the gradient of each fit's log-likelihood at its own coefficients."""
    gradients, at = np.zeros(beta.shape), 0
    for full in design:
        rows = slice(at, at + len(full))
        residual = y[rows, None] - expit(full @ beta.T)
        residual[np.arange(len(full)), fold[rows]] = 0.0
        gradients += (full.T @ residual).T
        at = rows.stop
    return gradients

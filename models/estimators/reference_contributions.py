"""Contributions of any model against a reference row: exact for sums, averaged orders otherwise.

Where log-odds are a sum of one function per feature (a GLM, a GAM), a feature's contribution is
what changing it alone does to the reference row, and these add up. Elsewhere the features are put
into the reference row one after the other and each gets the change it makes, averaged over random
orders and their reverses: Shapley values of the reference game by sampled permutations (Castro,
Gomez & Tejada 2009; Strumbelj & Kononenko 2014). Every order adds up by itself, so their mean does.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats

LogOdds = Callable[[Floats], Floats]

ADDS_UP: Final = 1e-9
_ROWS_AT_ONCE: Final = 500
"""Rows that are explained together: each is asked about once per feature."""


def contributions(
    log_odds: LogOdds, values: Floats, reference: Floats, orders: int, seed: int
) -> tuple[Floats, bool]:
    """Return contributions to log-odds, and whether they are exact.

    Parameters
    ----------
    log_odds : callable
        Feature values of shape (m, k) to log-odds of shape (m,).
    values : ndarray of shape (n, k)
        Rows to explain; nan where unknown.
    reference : ndarray of shape (k,)
        The row that they are compared with.
    orders : int
        Random orders, and as many reversed, for rows whose single changes do not add up.
    seed : int
        Seed of the orders.

    Returns
    -------
    tuple of (ndarray of shape (n, k + 1), bool)
        The last column is the log-odds of the reference; False if a row had to be averaged.

    Examples
    --------
    >>> shares, exact = contributions(
    ...     lambda v: 2 * v[:, 0] - v[:, 1], np.array([[1.0, 3.0]]), np.array([0.0, 1.0]), 2, 0
    ... )
    >>> shares.tolist(), exact
    ([[2.0, -2.0, -1.0]], True)
    """
    shares = np.empty((len(values), len(reference) + 1))
    exact = True
    for start in range(0, len(values), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        shares[part], sums = _of_part(log_odds, values[part], reference, orders, seed)
        exact = exact and sums
    return shares, exact


def _of_part(
    log_odds: LogOdds, values: Floats, reference: Floats, orders: int, seed: int
) -> tuple[Floats, bool]:
    base, wanted = float(log_odds(reference[None])[0]), log_odds(values)
    shares = np.column_stack(
        [_alone(log_odds, values, reference) - base, np.full(len(values), base)]
    )
    # Whether a model is a sum is measured and not asked: an estimator need not declare its form.
    missed = np.abs(shares.sum(axis=1) - wanted) > ADDS_UP
    if missed.any():
        shares[missed, :-1] = _averaged(log_odds, values[missed], reference, orders, seed)
    return shares, not missed.any()


def _alone(log_odds: LogOdds, values: Floats, reference: Floats) -> Floats:
    """Log-odds of the reference row with one feature changed, shape (n, k)."""
    n, k = values.shape
    rows = np.tile(reference, (k, n, 1))
    for feature in range(k):
        rows[feature, :, feature] = values[:, feature]
    return log_odds(rows.reshape(k * n, k)).reshape(k, n).T


def _averaged(
    log_odds: LogOdds, values: Floats, reference: Floats, orders: int, seed: int
) -> Floats:
    rng = np.random.default_rng(seed)
    drawn = [rng.permutation(len(reference)) for _ in range(orders)]
    # Each order with its reverse: what comes first in one comes last in the other, so that errors
    # of the two partly cancel.
    both = [order for order_drawn in drawn for order in (order_drawn, order_drawn[::-1])]
    steps = [_in_turn(log_odds, values, reference, order) for order in both]
    return np.asarray(np.mean(steps, axis=0))


def _in_turn(
    log_odds: LogOdds, values: Floats, reference: Floats, order: npt.NDArray[np.int64]
) -> Floats:
    """Return what each feature changes when they are put into the reference row in turn."""
    n, k = values.shape
    rows = np.tile(reference, (k + 1, n, 1))
    for place, feature in enumerate(order):
        rows[place + 1 :, :, feature] = values[:, feature]
    steps = np.diff(log_odds(rows.reshape((k + 1) * n, k)).reshape(k + 1, n), axis=0)
    changes = np.empty((n, k))
    changes[:, order] = steps.T
    return changes

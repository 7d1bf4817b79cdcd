"""Restricted cubic splines with knots at weighted quantiles, in compiled loops."""

from typing import Final

from common.arrays import Floats
from features.kernels.jit import kernel

SHARES: Final = (0.05, 0.35, 0.65, 0.95)  # Harrell, Regression Modeling Strategies, 2.4.6


@kernel
def place_knots(x: Floats, weight: Floats, knots: Floats) -> int:
    """Write the quantiles of rising values at :data:`SHARES`; return how many are distinct.

    Parameters
    ----------
    x, weight : ndarray of shape (n,)
        Rising values, repetitions.
    knots : ndarray of shape (4,)
        Written.
    """
    i, reached, used, total = 0, weight[0], 0, 0.0
    for row in range(len(weight)):
        total += weight[row]
    for share in SHARES:
        while reached < share * total and i < len(x) - 1:
            i += 1
            reached += weight[i]
        # Ties can make knots equal, and two equal knots divide by 0.
        if used == 0 or x[i] != knots[used - 1]:
            knots[used] = x[i]
            used += 1
    return used


@kernel
def spline_terms(x: Floats, knots: Floats, used: int, terms: Floats) -> None:
    """Write intercept, line and restricted cubic terms (Harrell's truncated power basis).

    Parameters
    ----------
    x : ndarray of shape (n,)
        Where.
    knots : ndarray
        Its first `used` are the knots; two of them make a straight line.
    used : int
        How many.
    terms : ndarray of shape (max(used, 2), n)
        Written.
    """
    for i in range(len(x)):
        terms[0, i] = 1.0
        terms[1, i] = x[i]
    if used <= 2:
        return
    first, before, last = knots[0], knots[used - 2], knots[used - 1]
    for j in range(used - 2):
        to_last = (last - knots[j]) / (last - before)
        to_before = (before - knots[j]) / (last - before)
        for i in range(len(x)):
            mine, second, third = (
                max(x[i] - knots[j], 0.0),
                max(x[i] - before, 0.0),
                max(x[i] - last, 0.0),
            )
            term = (
                mine * mine * mine
                - second * second * second * to_last
                + third * third * third * to_before
            )
            terms[2 + j, i] = term / (last - first) ** 2

"""Newton's rounds of a small logistic regression in compiled loops.

A bootstrap fits a handful of coefficients a hundred thousand times; calls of NumPy around short
columns then cost more than the arithmetic. The loops add in the order of the rows and take their
own exponential, so that they give the same bits under any vector unit of the processor.
"""

from typing import Final

import numpy as np

from common.arrays import Floats
from features.kernels.jit import kernel

_ROUNDS: Final = 60
_TOLERANCE: Final = 1e-8  # of a squared step in standard errors; what is left is about its square
_STILL_FAR: Final = 0.1  # where classes separate, steps stay about 1 while the likelihood flattens
_LONGEST_STEP: Final = 4.0
_OUT_OF_SIGHT: Final = 30.0  # log-odds coefficients beyond this only occur when classes separate

_OF_A_CURVE: Final = 4
"""Terms of the curves that calibration is measured by: intercept, line, two bends."""
_FURTHEST: Final = 700.0  # beyond it exp is held: its value there is as good as 0 or endless
_LOG2_E: Final = 1.4426950408889634
_LN2_HIGH: Final = 6.93145751953125e-1
_LN2_LOW: Final = 1.42860682030941723212e-6
# From here to 2**53 doubles are 1 apart, so that adding it rounds; 1.5 leaves room for negatives.
_SHIFT: Final = 1.5 * 2.0**52
_MIDDLE: Final = 1023
_FRACTION_BITS: Final = 52


@kernel
def chances(log_odds: Floats, out: Floats) -> None:
    """Write 1 / (1 + exp(-x)) of each x to `out`, both of shape (n,); within 4e-16 of the true one.

    exp(x) = 2^m exp(r) with r = x - m ln 2 and abs(r) <= ln 2 / 2, ln 2 in two parts (Cody & Waite
    1980), exp(r) by the rational function of Moshier's Cephes. Adding 1.5 2^52 rounds to a whole
    number and leaves it in the lowest bits, from where it is shifted to those of the exponent.
    """
    n = len(out)
    clipped, rounded, power = np.empty(n), np.empty(n), np.empty(n, np.int64)
    for i in range(n):
        clipped[i] = min(max(-log_odds[i], -_FURTHEST), _FURTHEST)
        rounded[i] = clipped[i] * _LOG2_E + _SHIFT
    bits, powers = rounded.view(np.int64), power.view(np.float64)
    for i in range(n):
        power[i] = (bits[i] + _MIDDLE) << _FRACTION_BITS
    for i in range(n):
        m = rounded[i] - _SHIFT
        r = clipped[i] - m * _LN2_HIGH - m * _LN2_LOW
        square = r * r
        odd = r * (
            (1.26177193074810590878e-4 * square + 3.02994407707441961300e-2) * square
            + 9.99999999999999999910e-1
        )
        even = (
            (3.00198505138664455042e-6 * square + 2.52448340349684104192e-3) * square
            + 2.27265548208155028766e-1
        ) * square + 2.0
        out[i] = (even - odd) / ((even - odd) + (even + odd) * powers[i])


@kernel
def products(a: Floats, b: Floats, c: Floats, d: Floats) -> tuple[float, float]:
    """Return the sums of a b and of c d, each in four running sums.

    The order of adding is the same on every processor. Two at once: each addition waits for the
    one before it, and meanwhile the other sum is added to.
    """
    first, second, third, fourth = 0.0, 0.0, 0.0, 0.0
    fifth, sixth, seventh, eighth = 0.0, 0.0, 0.0, 0.0
    even = len(a) // 4 * 4
    for i in range(0, even, 4):
        first += a[i] * b[i]
        second += a[i + 1] * b[i + 1]
        third += a[i + 2] * b[i + 2]
        fourth += a[i + 3] * b[i + 3]
        fifth += c[i] * d[i]
        sixth += c[i + 1] * d[i + 1]
        seventh += c[i + 2] * d[i + 2]
        eighth += c[i + 3] * d[i + 3]
    for i in range(even, len(a)):
        first += a[i] * b[i]
        fifth += c[i] * d[i]
    return (first + second) + (third + fourth), (fifth + sixth) + (seventh + eighth)


@kernel
def solved(matrix: Floats, right: Floats) -> bool:
    """Solve a small system in place, by elimination with pivots; False if it is singular.

    Parameters
    ----------
    matrix : ndarray of shape (k, k)
        Destroyed.
    right : ndarray of shape (k,)
        Right-hand side; the solution stands here afterwards.
    """
    k = len(right)
    for c in range(k):
        pivot = c
        for row in range(c + 1, k):
            if abs(matrix[row, c]) > abs(matrix[pivot, c]):
                pivot = row
        if not abs(matrix[pivot, c]) > 0:
            return False
        for j in range(k):
            matrix[c, j], matrix[pivot, j] = matrix[pivot, j], matrix[c, j]
        right[c], right[pivot] = right[pivot], right[c]
        for row in range(c + 1, k):
            share = matrix[row, c] / matrix[c, c]
            for j in range(c, k):
                matrix[row, j] -= share * matrix[c, j]
            right[row] -= share * right[c]
    for c in range(k - 1, -1, -1):
        for j in range(c + 1, k):
            right[c] -= matrix[c, j] * right[j]
        right[c] /= matrix[c, c]
    return True


@kernel
def slopes(
    columns: Floats,
    y: Floats,
    weights: Floats,
    log_odds: Floats,
    gradient: Floats,
    hessian: Floats,
) -> None:
    """Write gradient, shape (k,), and negative Hessian, shape (k, k), of the log-likelihood.

    Parameters
    ----------
    columns : ndarray of shape (k, n)
        Terms of the linear predictor.
    y, weights, log_odds : ndarray of shape (n,)
        Outcomes in [0, 1], weights, and where the likelihood is looked at.
    gradient, hessian
        Written.
    """
    n = len(y)
    p, pull, bend, part = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    chances(log_odds, p)
    for i in range(n):
        pull[i] = weights[i] * (y[i] - p[i])
        bend[i] = weights[i] * p[i] * (1.0 - p[i])
    for j in range(len(columns)):
        column = columns[j]
        for i in range(n):
            part[i] = bend[i] * column[i]
        gradient[j], hessian[j, j] = products(pull, column, part, column)
        for other in range(0, j, 2):
            # Of an odd number the last is taken twice.
            beside = min(other + 1, j - 1)
            hessian[j, other], hessian[j, beside] = products(
                part, columns[other], part, columns[beside]
            )
        for other in range(j):
            hessian[other, j] = hessian[j, other]


@kernel
def slopes_of_four(
    columns: Floats,
    y: Floats,
    weights: Floats,
    log_odds: Floats,
    gradient: Floats,
    hessian: Floats,
) -> None:
    """Write what :func:`slopes` does for four terms, the first of them 1 in every row, at one go.

    Row after row with all sums at hand: column by column each is fetched five times, from beyond
    the nearest memory where rows are thousands. It takes half the time.

    Parameters
    ----------
    columns, y, weights, log_odds, gradient, hessian
        As for :func:`slopes`.
    """
    n = len(y)
    p = np.empty(n)
    chances(log_odds, p)
    first, second, third = columns[1], columns[2], columns[3]
    g0, g1, g2, g3, h00, h01, h02, h03 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    h11, h12, h13, h22, h23, h33 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(n):
        a, b, c = first[i], second[i], third[i]
        pull = weights[i] * (y[i] - p[i])
        bend = weights[i] * p[i] * (1.0 - p[i])
        g0, g1, g2, g3 = g0 + pull, g1 + pull * a, g2 + pull * b, g3 + pull * c
        bend_a, bend_b, bend_c = bend * a, bend * b, bend * c
        h00, h01, h02, h03 = h00 + bend, h01 + bend_a, h02 + bend_b, h03 + bend_c
        h11, h12, h13 = h11 + bend_a * a, h12 + bend_a * b, h13 + bend_a * c
        h22, h23, h33 = h22 + bend_b * b, h23 + bend_b * c, h33 + bend_c * c
    gradient[0], gradient[1], gradient[2], gradient[3] = g0, g1, g2, g3
    hessian[0, 0], hessian[0, 1], hessian[0, 2], hessian[0, 3] = h00, h01, h02, h03
    hessian[1, 0], hessian[1, 1], hessian[1, 2], hessian[1, 3] = h01, h11, h12, h13
    hessian[2, 0], hessian[2, 1], hessian[2, 2], hessian[2, 3] = h02, h12, h22, h23
    hessian[3, 0], hessian[3, 1], hessian[3, 2], hessian[3, 3] = h03, h13, h23, h33


@kernel
def newton(columns: Floats, y: Floats, weights: Floats, offset: Floats, beta: Floats) -> bool:
    """Move `beta` to the maximum of the weighted likelihood; False if there is none in sight.

    Parameters
    ----------
    columns : ndarray of shape (k, n)
        Terms of the linear predictor.
    y, weights, offset : ndarray of shape (n,)
        Outcomes in [0, 1], weights, and the part of the log-odds that is held.
    beta : ndarray of shape (k,)
        First guess; changed in place.
    """
    k, n = columns.shape
    log_odds = np.empty(n)
    gradient, hessian, step = np.empty(k), np.empty((k, k)), np.empty(k)
    is_curve = k == _OF_A_CURVE and n > 0 and columns[0].min() == 1.0 and columns[0].max() == 1.0
    for _ in range(_ROUNDS):
        log_odds[:] = offset
        for j in range(k):
            column, coefficient = columns[j], beta[j]
            for i in range(n):
                log_odds[i] += coefficient * column[i]
        if is_curve:
            slopes_of_four(columns, y, weights, log_odds, gradient, hessian)
        else:
            slopes(columns, y, weights, log_odds, gradient, hessian)
        step[:] = gradient
        if not solved(hessian, step):
            return False
        # Shortened where the likelihood is so flat that it would overshoot.
        step *= min(1.0, _LONGEST_STEP / max(np.abs(step).max(), 1e-300))
        beta += step
        if not np.abs(beta).max() < _OUT_OF_SIGHT:
            return False
        if (gradient * step).sum() < _TOLERANCE and np.abs(step).max() < _STILL_FAR:
            return True
    return False

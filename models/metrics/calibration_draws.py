"""Calibration on many draws of athletes: what is fitted on each draw, in one compiled loop.

A bootstrap of twenty models fits ten thousand curves; most of its time went into small arrays
around the fits. Each function returns what its namesake of
:mod:`models.metrics.calibration_measures` or :mod:`models.metrics.ranking_error` returns for each
draw, to rounding: sums are added in the order of the rows.
"""

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.kernels.jit import kernel
from models.metrics.calibration_measures import FEW, KNOTS, MOSTLY_TIES, NO_SPREAD
from models.metrics.ranking_error import GROUPS
from models.numeric.newton_kernel import chances, newton
from models.numeric.weighted_logistic import logit

Codes = npt.NDArray[np.int64]


def drawn_intercepts(y: Floats, score: Floats, codes: Codes, counts: Floats) -> Floats:
    """Return :func:`models.metrics.calibration_measures.calibration_intercept` of each draw.

    Parameters
    ----------
    y : ndarray of shape (n,)
        Outcomes in [0, 1].
    score : ndarray of shape (n,)
        By rising score.
    codes : ndarray of shape (n,)
        The athlete of each row.
    counts : ndarray of shape (draws, athletes)
        How often each athlete is drawn.
    """
    results = np.full((len(counts), 1), np.nan)
    _lines(y, score, logit(score), codes.astype(np.int64), counts, 1, results)
    return results[:, 0]


def drawn_slopes(y: Floats, score: Floats, codes: Codes, counts: Floats) -> Floats:
    """Return :func:`models.metrics.calibration_measures.calibration_slope` of each draw.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_intercepts`.
    """
    results = np.full((len(counts), 2), np.nan)
    _lines(y, score, logit(score), codes.astype(np.int64), counts, 2, results)
    return results[:, 1]


def drawn_ici(y: Floats, score: Floats, codes: Codes, counts: Floats) -> Floats:
    """Return :func:`models.metrics.calibration_measures.ici` of each draw.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_intercepts`.
    """
    results = np.full((len(counts), 1), np.nan)
    _curves(y, score, logit(score), codes.astype(np.int64), counts, np.empty(0), results)
    return results[:, 0]


def drawn_errors(y: Floats, score: Floats, codes: Codes, counts: Floats) -> Floats:
    """Return :func:`models.metrics.calibration_measures.calibration_errors` of each draw.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_intercepts`.

    Returns
    -------
    ndarray of shape (draws, 3)
    """
    results = np.full((len(counts), 3), np.nan)
    shares = np.array([0.5, 0.9])
    _curves(y, score, logit(score), codes.astype(np.int64), counts, shares, results)
    return results


def drawn_ranking_errors(y: Floats, score: Floats, codes: Codes, counts: Floats) -> Floats:
    """Return :func:`models.metrics.ranking_error.ranking_errors` of each draw.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_intercepts`.

    Returns
    -------
    ndarray of shape (draws, 2)
    """
    results = np.full((len(counts), 2), np.nan)
    _rankings(y, score, codes.astype(np.int64), counts, GROUPS, results)
    return results


@kernel
def _drawn(codes: Codes, count: Floats, rows: Codes) -> int:
    """Write the places of the rows that a draw contains, and return how many there are."""
    n = 0
    for i in range(len(codes)):
        if count[codes[i]] > 0:
            rows[n] = i
            n += 1
    return n


@kernel
def _distinct(score: Floats, rows: Codes, n: int) -> int:
    """Return how many values the sorted scores of some rows have."""
    distinct = 0
    for i in range(n):
        if i == 0 or score[rows[i]] != score[rows[i - 1]]:
            distinct += 1
    return distinct


@kernel
def _lines(
    y: Floats,
    score: Floats,
    log_odds: Floats,
    codes: Codes,
    counts: Floats,
    terms: int,
    results: Floats,
) -> None:
    """Write the intercept beside a slope of 1 (one term), or intercept and slope, of each draw."""
    rows = np.empty(len(y), np.int64)
    for d in range(len(counts)):
        n = _drawn(codes, counts[d], rows)
        distinct = _distinct(score, rows, n)
        merged = distinct <= MOSTLY_TIES * n
        size = distinct if merged else n
        event, weight, x = np.zeros(size), np.zeros(size), np.empty(size)
        at = -1
        for i in range(n):
            row = rows[i]
            if not merged or i == 0 or score[row] != score[rows[i - 1]]:
                at += 1
                x[at] = log_odds[row]
            w = counts[d, codes[row]]
            weight[at] += w
            event[at] += w * y[row] if merged else y[row]
        if merged:
            event /= weight
        columns, offset, beta = np.ones((terms, size)), np.zeros(size), np.zeros(terms)
        if terms == 1:
            offset[:] = x
        else:
            if not (size and x[size - 1] - x[0] > NO_SPREAD):
                continue
            columns[1] = x
            beta[1] = 1.0
        if newton(columns, event, weight, offset, beta):
            results[d] = beta


@kernel
def _curves(
    y: Floats,
    score: Floats,
    log_odds: Floats,
    codes: Codes,
    counts: Floats,
    shares: Floats,
    results: Floats,
) -> None:
    """Write the mean distance of the forecast from its smoothed rate, then its quantiles."""
    rows = np.empty(len(y), np.int64)
    for d in range(len(counts)):
        n = _drawn(codes, counts[d], rows)
        p, event, weight, x = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
        for i in range(n):
            row = rows[i]
            p[i], event[i], x[i] = score[row], y[row], log_odds[row]
            weight[i] = counts[d, codes[row]]
        rate = np.empty(n)
        if _distinct(score, rows, n) <= FEW:
            _group_means(p, event, weight, rate)
        elif not _smoothed(x, event, weight, rate):
            continue
        error, total = np.abs(p - rate), weight.sum()
        results[d, 0] = (weight * error).sum() / total
        for j in range(len(shares)):
            results[d, 1 + j] = _weighted_quantile(error, weight, shares[j] * total)


@kernel
def _group_means(p: Floats, event: Floats, weight: Floats, rate: Floats) -> None:
    """Write the mean outcome of the rows with the same forecast; forecasts rise."""
    first, n = 0, len(p)
    while first < n:
        last, events, total = first, 0.0, 0.0
        while last < n and p[last] == p[first]:
            events += weight[last] * event[last]
            total += weight[last]
            last += 1
        rate[first:last] = events / total
        first = last


@kernel
def _smoothed(x: Floats, event: Floats, weight: Floats, rate: Floats) -> bool:
    """Write the rate on a restricted cubic spline of rising log-odds; False where none fits."""
    n = len(x)
    knots, used, i, reached = np.empty(len(KNOTS)), 0, 0, weight[0]
    total = weight.sum()
    for share in KNOTS:
        while reached < share * total and i < n - 1:
            i += 1
            reached += weight[i]
        if used == 0 or x[i] != knots[used - 1]:
            knots[used] = x[i]
            used += 1
    terms = np.ones((max(used, 2), n))  # two knots make a straight line
    terms[1] = x
    if used > 2:
        first, before, last = knots[0], knots[used - 2], knots[used - 1]
        for j in range(used - 2):
            to_last = (last - knots[j]) / (last - before)
            to_before = (before - knots[j]) / (last - before)
            for i in range(n):
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
    beta = np.zeros(len(terms))
    beta[1] = 1.0
    if not newton(terms, event, weight, np.zeros(n), beta):
        return False
    at = np.zeros(n)
    for j in range(len(terms)):
        at += beta[j] * terms[j]
    chances(at, rate)
    return True


@kernel
def _weighted_quantile(values: Floats, weights: Floats, target: float) -> float:
    """Return the least value up to which the weight is `target`, by parting; the order is changed.

    Sorting would cost more than the fit (quickselect: Hoare 1961, Commun ACM 4:321).
    """
    low, high, before = 0, len(values) - 1, 0.0
    while low < high:
        pivot = values[(low + high) // 2]
        less, equal, i, more = 0.0, 0.0, low, high
        start = low
        while i <= more:
            value, weight = values[i], weights[i]
            if value < pivot:
                values[i], weights[i] = values[start], weights[start]
                values[start], weights[start] = value, weight
                less += weight
                start += 1
                i += 1
            elif value > pivot:
                values[i], weights[i] = values[more], weights[more]
                values[more], weights[more] = value, weight
                more -= 1
            else:
                equal += weight
                i += 1
        if before + less >= target:
            high = start - 1
        elif before + less + equal >= target:
            return float(pivot)
        else:
            before += less + equal
            low = more + 1
    return float(values[min(low, len(values) - 1)])


@kernel
def _rankings(
    y: Floats, score: Floats, codes: Codes, counts: Floats, groups: int, results: Floats
) -> None:
    """Write the errors of the forecast and of the best constant in equal parts of the ranking."""
    rows = np.empty(len(y), np.int64)
    for d in range(len(counts)):
        n, count = _drawn(codes, counts[d], rows), counts[d]
        whole, rate = 0.0, 0.0
        for i in range(n):
            whole += count[codes[rows[i]]]
        total, forecasts, events = np.zeros(groups), np.zeros(groups), np.zeros(groups)
        first, reached = 0, 0.0
        while first < n:
            last, end = first, reached
            while last < n and score[rows[last]] == score[rows[first]]:
                end += count[codes[rows[last]]]
                last += 1
            part = min(int(groups * ((reached + end) / 2) / whole), groups - 1)
            for i in range(first, last):
                weight = count[codes[rows[i]]]
                total[part] += weight
                forecasts[part] += weight * score[rows[i]]
                events[part] += weight * y[rows[i]]
            first, reached = last, end
        for part in range(groups):
            rate += events[part] / whole
        of_forecast, of_constant = 0.0, 0.0
        for part in range(groups):
            if total[part] > 0:
                share, mean = total[part] / whole, events[part] / total[part]
                of_forecast += share * abs(forecasts[part] / total[part] - mean)
                of_constant += share * abs(rate - mean)
        results[d, 0], results[d, 1] = of_forecast, of_constant

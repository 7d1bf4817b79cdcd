"""Calibration on many draws of athletes: what is fitted on each draw, in one compiled loop.

A bootstrap of twenty models fits ten thousand curves; most of its time went into small arrays
around the fits. Each function returns what its namesake of
:mod:`models.metrics.calibration_measures` returns for each draw, to rounding.
"""

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.kernels.jit import kernel
from models.metrics.calibration_measures import FEW, MOSTLY_TIES, NO_SPREAD
from models.numeric.drawn_rows import drawn_rows
from models.numeric.newton_kernel import chances, newton
from models.numeric.node_weights import STEEPEST, node_weights
from models.numeric.quantile_kernel import weighted_quantiles
from models.numeric.restricted_spline import SHARES, place_knots, spline_terms
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
    return _fitted_lines(y, score, codes.astype(np.int64), counts, 1)[:, 0]


def drawn_slopes(y: Floats, score: Floats, codes: Codes, counts: Floats) -> Floats:
    """Return :func:`models.metrics.calibration_measures.calibration_slope` of each draw.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_intercepts`.
    """
    return _fitted_lines(y, score, codes.astype(np.int64), counts, 2)[:, 1]


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


def drawn_curves(y: Floats, score: Floats, codes: Codes, counts: Floats, at: Floats) -> Floats:
    """Return :func:`models.metrics.calibration_measures.smoothed` of each draw at some forecasts.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_intercepts`.
    at : ndarray of shape (points,)
        Probabilities.

    Returns
    -------
    ndarray of shape (draws, points)
    """
    results = np.full((len(counts), len(at)), np.nan)
    _points(y, score, logit(score), codes.astype(np.int64), counts, at, logit(at), results)
    return results


def _fitted_lines(y: Floats, score: Floats, codes: Codes, counts: Floats, terms: int) -> Floats:
    """Return intercept, or intercept and slope, of each draw; nan where none fits."""
    log_odds, athletes = logit(score), counts.shape[1]
    results = np.full((len(counts), terms), np.nan)
    # Without a slope the line is that of the forecast itself: as steep as 1.
    gathered = node_weights(log_odds, codes, athletes)
    if gathered is None:
        _lines(y, score, log_odds, codes, counts, terms, results)
        return results
    nodes, weights = gathered
    events = (np.bincount(codes, part, athletes) for part in (y, y * log_odds))
    drawn_events = counts @ np.column_stack(list(events))
    _lines_at_nodes(nodes, counts @ weights, drawn_events, results)
    # Steeper curves need the rows, and so does what has no maximum in sight.
    left = np.isnan(results[:, 0]) | (np.abs(results[:, -1]) > STEEPEST if terms > 1 else False)
    if left.any():
        again = np.full((int(left.sum()), terms), np.nan)
        _lines(y, score, log_odds, codes, counts[left], terms, again)
        results[left] = again
    return results


@kernel
def _lines_at_nodes(nodes: Floats, weights: Floats, events: Floats, results: Floats) -> None:
    """Write the coefficients of each draw from its weights at nodes, and its sums over events."""
    terms, size = results.shape[1], len(nodes)
    columns, offset, y = np.ones((2, size)), np.zeros(size), np.empty(size)
    columns[1] = nodes
    if terms == 1:
        offset[:] = nodes
    for d in range(len(weights)):
        rows, first, second = 0.0, 0.0, 0.0
        for q in range(size):
            rows += weights[d, q]
            first += weights[d, q] * nodes[q]
            second += weights[d, q] * nodes[q] * nodes[q]
        if not rows > 0:
            continue
        # The fit asks of the outcomes only their sums: a line that has the same stands for them.
        mean, slope = events[d, 0] / rows, 0.0
        spread = second - first * first / rows
        if terms > 1:
            if not spread > NO_SPREAD * rows:
                continue
            slope = (events[d, 1] - first * mean) / spread
        for q in range(size):
            y[q] = mean + slope * (nodes[q] - first / rows)
        beta = np.zeros(terms)
        beta[terms - 1] = terms - 1.0
        if newton(columns[:terms], y, weights[d], offset, beta):
            for j in range(terms):
                results[d, j] = beta[j]


@kernel
def _distinct(score: Floats, rows: Codes, n: int) -> int:
    """Return how many values the sorted scores of some rows have."""
    distinct = 0
    for i in range(n):
        if i == 0 or score[rows[i]] != score[rows[i - 1]]:
            distinct += 1
    return distinct


@kernel
def _of_rows(
    y: Floats, score: Floats, log_odds: Floats, codes: Codes, count: Floats, rows: Codes
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return forecasts, outcomes, weights and log-odds of the rows of a draw.

    Where most forecasts are ties, and where they are so few that they are groups, each forecast is
    one row of their mean.
    """
    n, distinct = len(rows), _distinct(score, rows, len(rows))
    merged = distinct <= max(MOSTLY_TIES * n, FEW)
    size = distinct if merged else n
    p, event, weight, x = np.empty(size), np.zeros(size), np.zeros(size), np.empty(size)
    at = -1
    for i in range(n):
        row = rows[i]
        if not merged or i == 0 or score[row] != score[rows[i - 1]]:
            at += 1
            p[at], x[at] = score[row], log_odds[row]
        w = count[codes[row]]
        weight[at] += w
        event[at] += w * y[row] if merged else y[row]
    if merged:
        event /= weight
    return p, event, weight, x


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
        n = drawn_rows(codes, counts[d], rows)
        _, event, weight, x = _of_rows(y, score, log_odds, codes, counts[d], rows[:n])
        size = len(x)
        columns, offset, beta = np.ones((terms, size)), np.zeros(size), np.zeros(terms)
        if terms == 1:
            offset[:] = x
        else:
            if not (size and x[size - 1] - x[0] > NO_SPREAD):
                continue
            columns[1] = x
            beta[1] = 1.0
        if newton(columns, event, weight, offset, beta):
            for j in range(terms):
                results[d, j] = beta[j]


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
    rows, knots, beta = np.empty(len(y), np.int64), np.empty(len(SHARES)), np.empty(len(SHARES))
    for d in range(len(counts)):
        n = drawn_rows(codes, counts[d], rows)
        p, event, weight, x = _of_rows(y, score, log_odds, codes, counts[d], rows[:n])
        n, rate = len(p), event
        if n == 0:
            continue
        if n > FEW:
            used, rate = place_knots(x, weight, knots), np.empty(n)
            terms = np.empty((max(used, 2), n))
            spline_terms(x, knots, used, terms)
            if not _fitted(event, weight, terms, beta):
                continue
            _rates(terms, beta, rate)
        error, total, far = np.empty(n), 0.0, 0.0
        for i in range(n):
            error[i] = abs(p[i] - rate[i])
            total += weight[i]
            far += weight[i] * error[i]
        results[d, 0] = far / total
        weighted_quantiles(error, weight, shares * total, results[d, 1:])


@kernel
def _points(
    y: Floats,
    score: Floats,
    log_odds: Floats,
    codes: Codes,
    counts: Floats,
    at: Floats,
    log_odds_at: Floats,
    results: Floats,
) -> None:
    """Write the smoothed rate at some forecasts."""
    rows, knots, beta = np.empty(len(y), np.int64), np.empty(len(SHARES)), np.empty(len(SHARES))
    for d in range(len(counts)):
        n = drawn_rows(codes, counts[d], rows)
        p, event, weight, x = _of_rows(y, score, log_odds, codes, counts[d], rows[:n])
        if len(p) <= FEW:
            if len(p):
                _between(p, event, at, results[d])
            continue
        used = place_knots(x, weight, knots)
        terms = np.empty((max(used, 2), len(p)))
        spline_terms(x, knots, used, terms)
        if _fitted(event, weight, terms, beta):
            shown = np.empty((len(terms), len(at)))
            spline_terms(log_odds_at, knots, used, shown)
            _rates(shown, beta, results[d])


@kernel
def _between(p: Floats, rate: Floats, at: Floats, out: Floats) -> None:
    """Write straight lines between rates at rising forecasts, beyond the ends the end's rate."""
    for k in range(len(at)):
        i = 0
        while i < len(p) and p[i] < at[k]:
            i += 1
        if i == 0 or i == len(p):
            out[k] = rate[min(i, len(p) - 1)]
        else:
            share = (at[k] - p[i - 1]) / (p[i] - p[i - 1])
            out[k] = rate[i - 1] + share * (rate[i] - rate[i - 1])


@kernel
def _fitted(event: Floats, weight: Floats, terms: Floats, beta: Floats) -> bool:
    """Write the coefficients of a curve; False where none fits."""
    for j in range(len(beta)):
        beta[j] = 1.0 if j == 1 else 0.0
    return bool(newton(terms, event, weight, np.zeros(len(event)), beta[: len(terms)]))


@kernel
def _rates(terms: Floats, beta: Floats, rate: Floats) -> None:
    """Write the rates on a fitted curve where its terms were taken."""
    n = terms.shape[1]
    at = np.zeros(n)
    for j in range(len(terms)):
        for i in range(n):
            at[i] += beta[j] * terms[j, i]
    chances(at, rate)

"""Calibration: whether a forecast of 3 % comes true three times in a hundred.

Outcomes may be fractions and weights are repetitions, as in :mod:`models.metrics.measures`. With
the true probability as the outcome, the slope and the ICI measure the distance from the truth
itself.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from models.metrics.measures import arrays, ranked, tie_sums
from models.numeric.restricted_spline import SHARES
from models.numeric.weighted_logistic import fit_logistic, logit

SMOOTHER: Final = (
    "logistic regression on a restricted cubic spline of the forecast's log-odds, 4 knots at its "
    "5th, 35th, 65th and 95th percentile; group means where a forecast has at most 4 values"
)
FEW: Final = 4  # values of a forecast that are groups, and no curve
MOSTLY_TIES: Final = 0.5  # below this share of distinct forecasts grouping them pays
NO_SPREAD: Final = 1e-9  # of log-odds: rounding, not spread


def observed_expected(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Return O/E, observed events over expected events; 1 is ideal, above 1 is under-forecast.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    event, probability, weight = arrays(y, p, weights)
    return float(weight @ event / (weight @ probability))


def calibration_intercept(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Return a in logit E(y) = a + logit(p): calibration in the large, 0 is ideal.

    The slope is held at 1 (Cox 1958; Van Calster 2019). Positive: more events than forecast.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    event, probability, weight = _by_forecast(y, p, weights)
    (intercept,) = fit_logistic(np.ones((1, len(event))), event, weight, logit(probability))
    return float(intercept)


def calibration_slope(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Return b in logit E(y) = a + b logit(p): 1 is ideal, below 1 the forecasts are too extreme.

    Cox 1958. nan for a constant forecast.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    event, probability, weight = _by_forecast(y, p, weights)
    log_odds = logit(probability)
    # A constant has no slope; Newton's method would return the rounding's.
    if not np.ptp(log_odds) > NO_SPREAD:
        return np.nan
    line = _line(log_odds)
    return float(fit_logistic(line, event, weight, start=_ideal(line))[1])


def ici(y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the integrated calibration index, the mean of abs(p - smoothed outcome rate at p).

    Austin & Steyerberg 2019, in units of probability; smoother: :data:`SMOOTHER`.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    score, event, weight = ranked(y, p, weights)
    return float(weight @ np.abs(score - smoothed(event, score, weight)) / weight.sum())


def calibration_errors(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> tuple[float, float, float]:
    """Return ICI, E50 and E90 of one fit: mean, median and 90 % quantile of the distance.

    Austin & Steyerberg 2019, Stat Med 38:4051.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    score, event, weight = ranked(y, p, weights)
    error = np.abs(score - smoothed(event, score, weight))
    # E50 and E90 are quantiles of rows, so they too count each row as often as it was drawn.
    order = np.argsort(error)
    median, high = _quantiles(error[order], weight[order], (0.5, 0.9))
    return float(weight @ error / weight.sum()), float(median), float(high)


def smoothed(y: Floats, p: Floats, weights: Floats, at: Floats | None = None) -> Floats:
    """Return the smoothed outcome rate at the forecasts `p`, or at the probabilities `at`.

    Parameters
    ----------
    y, p, weights : ndarray of shape (n,)
        Outcomes, probabilities in rising order, repetitions.
    at : ndarray of shape (m,), optional
        Where to evaluate the curve; the group means of a forecast with few values are
        interpolated.

    Returns
    -------
    ndarray
        All nan where the curve cannot be fitted.
    """
    where = p if at is None else at
    values = p[np.concatenate([[True], p[1:] != p[:-1]])]
    if len(values) <= FEW:
        rate = tie_sums(p, weights * y) / np.maximum(tie_sums(p, weights), 1e-300)
        return np.asarray(np.interp(where, values, rate))
    log_odds = logit(p)
    # Ties can make knots equal, and two equal knots divide by 0 in the spline.
    knots = np.unique(_quantiles(log_odds, weights, SHARES))
    terms = _spline(log_odds, knots)
    coefficients = fit_logistic(terms, y, weights, start=_ideal(terms))
    from scipy.special import expit  # as in models.metrics.intervals

    return expit(coefficients @ (terms if at is None else _spline(logit(at), knots)))


def _by_forecast(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return one row per forecast where many are equal: a rule's two values are two rows to fit."""
    score, event, weight = ranked(y, p, weights)
    first = np.concatenate([[True], score[1:] != score[:-1]])
    if first.mean() > MOSTLY_TIES:
        return event, score, weight
    total = tie_sums(score, weight)
    rate = tie_sums(score, weight * event) / np.maximum(total, 1e-300)
    return rate, score[first], total


def _ideal(terms: Floats) -> Floats:
    """Coefficients of perfect calibration (intercept 0, slope 1): a start close to the end."""
    start = np.zeros(len(terms))
    start[1] = 1
    return start


def _line(x: Floats) -> Floats:
    return np.stack([np.ones(len(x)), x])


def _spline(x: Floats, knots: Floats) -> Floats:
    """Intercept, line and restricted cubic terms (Harrell's truncated power basis)."""
    if len(knots) <= 2:  # two knots make a straight line
        return _line(x)
    first, before, last = knots[0], knots[-2], knots[-1]
    above = np.maximum(x - knots[:, None], 0)
    cubes = above * above * above  # a power would take ten times as long
    to_last = ((last - knots[:-2]) / (last - before))[:, None]
    to_before = ((before - knots[:-2]) / (last - before))[:, None]
    terms = cubes[:-2] - cubes[-2] * to_last + cubes[-1] * to_before
    return np.vstack([_line(x), terms / (last - first) ** 2])


def _quantiles(ordered: Floats, weights: Floats, shares: tuple[float, ...]) -> Floats:
    """Return weighted quantiles of sorted values: the first at or above each share of weight."""
    reached = np.cumsum(weights)
    at = np.searchsorted(reached, np.asarray(shares) * reached[-1], side="left")
    return np.asarray(ordered[np.minimum(at, len(ordered) - 1)])

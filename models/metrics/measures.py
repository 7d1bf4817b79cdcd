"""Discrimination and overall performance, as functions of (outcome, probability, weight).

The outcome may be a fraction. With the true probability q of a simulated row in its place, each
row counts as q events and 1 - q non-events, which takes the luck of the draw out of a measure.
Weights are repetitions: a weight of 2 is the row twice. Every function returns nan where it is
undefined (no events, say).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from models.numeric.ranking_kernels import concordance, precision_sum

_NEAREST: Final = 1e-6


def auroc(y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the area under the ROC curve, the probability that an event outranks a non-event.

    sum_ij a_i b_j ([p_i > p_j] + [p_i = p_j] / 2) / (sum a sum b), with a = w y and b = w (1 - y),
    by ranks in O(n log n). Mann-Whitney's U (Hanley & McNeil 1982); ties count half. For
    fractional outcomes a row's pair with itself counts as a tie, which moves the result towards
    0.5 by less than 1 / n.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes in [0, 1].
    p : array-like of shape (n,)
        Scores; only their order counts.
    weights : array-like of shape (n,), optional
        Repetitions.

    Examples
    --------
    >>> auroc([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8])
    0.875
    """
    score, event, weight = ranked(y, p, weights)
    above, pairs = concordance(score, event, weight)
    return float(above / pairs) if pairs > 0 else np.nan


def average_precision(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Return sum_k (R_k - R_{k-1}) P_k over the distinct scores, highest first.

    Precision P and recall R of flagging every row at or above a score (the definition of
    scikit-learn). Its value for useless scores is the prevalence: report both.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        As in :func:`auroc`.
    """
    score, event, weight = ranked(y, p, weights)
    total, events = precision_sum(score, event, weight)
    return float(total / events) if events > 0 else np.nan


def brier(y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the mean squared difference of outcome and probability (Brier 1950).

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    event, probability, weight = arrays(y, p, weights)
    return float(weight @ (event - probability) ** 2 / weight.sum())


def ipa(y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the index of prediction accuracy, 1 - Brier / Brier of the sample's own event rate.

    Kattan & Gerds 2018. 1 is perfect, 0 is the event rate for everyone, below 0 is worse.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions.
    """
    event, probability, weight = arrays(y, p, weights)
    rate = weight @ event / weight.sum()
    useless = weight @ (event - rate) ** 2
    # A sample of one outcome has no spread to explain.
    if not useless > 0:
        return np.nan
    return float(1 - weight @ (event - probability) ** 2 / useless)


def information(y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the log score gained over the sample's own event rate for everyone, nats a row.

    mean(y log(p / r) + (1 - y) log((1 - p) / (1 - r))) with r the event rate (Good 1952; Roulston
    and Smith 2002, Mon Weather Rev 130:1653). With true probabilities as outcomes it is the share
    of the uncertainty about them that the forecast removes, where an area under a curve asks for
    the order only. 0 is no gain, below 0 the forecast misleads.

    Parameters
    ----------
    y, p, weights : array-like of shape (n,)
        Outcomes, probabilities, repetitions; forecasts are kept a millionth away from 0 and 1.

    Examples
    --------
    >>> round(information([0, 0, 0, 1], [0.25, 0.25, 0.25, 0.25]), 6)
    0.0
    >>> round(information([0, 1], [0.2, 0.8]), 3)
    0.47
    """
    event, probability, weight = arrays(y, p, weights)
    rate = float(weight @ event / weight.sum())
    if not 0 < rate < 1:
        return np.nan
    p_event = nearest(probability)
    gain = event * np.log(p_event / rate) + (1 - event) * np.log((1 - p_event) / (1 - rate))
    return float(weight @ gain / weight.sum())


def nearest(probability: Floats) -> Floats:
    """Return probabilities held a millionth away from 0 and 1, where a log score is endless."""
    return np.clip(probability, _NEAREST, 1 - _NEAREST)


def arrays(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return outcome, probability and weight as float arrays; weights default to one."""
    event = np.asarray(y, dtype=float)
    probability = np.asarray(p, dtype=float)
    weight = np.ones(len(event)) if weights is None else np.asarray(weights, dtype=float)
    return event, probability, weight


def ranked(
    y: npt.ArrayLike, p: npt.ArrayLike, weights: npt.ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return score, outcome and weight by rising score; costs nothing if they are in order."""
    event, score, weight = arrays(y, p, weights)
    if (score[1:] >= score[:-1]).all():
        return score, event, weight
    # Stable: without it rows of equal score would be added in another order on another machine.
    order = np.argsort(score, kind="stable")
    return score[order], event[order], weight[order]


def tie_sums(score: Floats, amount: Floats) -> Floats:
    """Return the sum of `amount` for each distinct value of the sorted `score`."""
    starts = np.flatnonzero(np.concatenate([[True], score[1:] != score[:-1]]))
    return np.add.reduceat(amount, starts)

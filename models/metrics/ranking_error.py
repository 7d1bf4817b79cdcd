"""Calibration error along a forecast's ranking, beside that of the best constant forecast.

The ICI of a constant is near 0 whenever its level is right, because the curve of a constant is a
point; it cannot tell how much of the error of "the same number for everyone" a model removes. Here
the rows are grouped by the model's ranking, and both the model and the constant are compared with
the same groups.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from models.metrics.measures import ranked

GROUPS: Final = 20


def ranking_errors(
    y: npt.ArrayLike,
    p: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    groups: int = GROUPS,
) -> tuple[float, float]:
    r"""Return the error of the forecast and of the best constant along the forecast's ranking.

    With the rows in `groups` equal parts :math:`b` by rising forecast, :math:`n_b` their weight and
    bars for the means of a part,

    .. math:: E(f) = \sum_b \frac{n_b}{n} \left| \bar f_b - \bar y_b \right|,

    once for :math:`f = p` and once for :math:`f = \bar y`, the sample's own rate: of all constants
    the one that is right on average. Equal forecasts stay in one part.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1, or true probabilities; against the truth no luck of the draw is left.
    p, weights : array-like of shape (n,)
        Probabilities, repetitions.
    groups : int
        Parts of the ranking.

    Returns
    -------
    tuple of float
        E(p) and E(mean of y), in units of probability.

    Notes
    -----
    E(p) is the expected calibration error with groups of equal size (Naeini 2015, AAAI 29:2901).

    Examples
    --------
    Two halves, forecast 0.1 and 0.4 on average, with true means 0.2 and 0.4:

    >>> errors = ranking_errors([0.1, 0.3, 0.4, 0.4], [0.05, 0.15, 0.3, 0.5], groups=2)
    >>> [round(e, 3) for e in errors]
    [0.05, 0.1]
    """
    score, event, weight = ranked(y, p, weights)
    part = _parts(score, weight, groups)
    total = np.bincount(part, weight, groups)
    filled = total > 0
    forecast, rate = (
        np.bincount(part, weight * values, groups)[filled] / total[filled]
        for values in (score, event)
    )
    share = total[filled] / total.sum()
    return float(share @ np.abs(forecast - rate)), float(share @ np.abs(share @ rate - rate))


def _parts(score: Floats, weight: Floats, groups: int) -> npt.NDArray[np.int64]:
    """Return the part of each sorted row: where the middle of its tie lies in the ranking."""
    first = np.concatenate([[True], score[1:] != score[:-1]])
    tie = np.cumsum(first) - 1
    end = np.append(np.cumsum(weight)[np.flatnonzero(first)[1:] - 1], weight.sum())
    # By the middle of its tie: a large tie falls into one part whole, wherever its first row lies.
    middle = (np.append(0.0, end[:-1]) + end) / 2
    at = np.minimum((groups * middle / end[-1]).astype(np.int64), groups - 1)
    return np.asarray(at[tie])

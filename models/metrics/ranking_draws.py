r"""The area under the ROC curve on many draws of athletes, from the pairs of athletes.

A draw weighs athletes, so that its concordant pairs are a quadratic form in the weights,

.. math:: U = \sum_{ab} w_a w_b M_{ab}, \qquad
    M_{ab} = \sum_{i \in a,\, j \in b} y_i (1 - y_j) ([p_i > p_j] + [p_i = p_j] / 2),

whose matrix is added up once. With outcomes of 0 and 1 every sum is of halves and exact: the areas
are those of :func:`models.metrics.measures.auroc` to the last bit, and to rounding otherwise.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.kernels.jit import kernel
from models.metrics.measures import auroc
from models.metrics.ranking_error import GROUPS
from models.numeric.drawn_rows import drawn_rows
from models.numeric.ranking_kernels import precision_sum

MOST_ATHLETES: Final = 2000
"""With more the matrix of pairs is larger than the rows, which are then ranked draw by draw."""


def drawn_areas(y: Floats, score: Floats, codes: npt.NDArray[np.int64], counts: Floats) -> Floats:
    """Return the area on each draw, shape (draws,); nan where a draw has one outcome only.

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
    athletes = counts.shape[1]
    if athletes > MOST_ATHLETES:
        return np.array([auroc(y, score, count[codes]) for count in counts])
    pairs = concordant_pairs(score, y, codes.astype(np.int64), athletes)
    # The diagonal of counts @ pairs @ counts.T: the whole product would pair draws with each other.
    above = np.einsum("da,da->d", counts @ pairs, counts)
    events, others = (np.bincount(codes, side, athletes) for side in (y, 1 - y))
    every = (counts @ events) * (counts @ others)
    areas: Floats = np.full(len(counts), np.nan)
    np.divide(above, every, out=areas, where=every > 0)
    return areas


def drawn_precision(
    y: Floats, score: Floats, codes: npt.NDArray[np.int64], counts: Floats
) -> Floats:
    """Return :func:`models.metrics.measures.average_precision` of each draw, to the last bit.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_areas`.
    """
    total, events = np.zeros(len(counts)), np.zeros(len(counts))
    precision_sums(score, y, codes.astype(np.int64), counts, total, events)
    precision: Floats = np.full(len(counts), np.nan)
    np.divide(total, events, out=precision, where=events > 0)
    return precision


def drawn_ranking_errors(
    y: Floats, score: Floats, codes: npt.NDArray[np.int64], counts: Floats
) -> Floats:
    """Return :func:`models.metrics.ranking_error.ranking_errors` of each draw.

    Parameters
    ----------
    y, score, codes, counts
        As for :func:`drawn_areas`.

    Returns
    -------
    ndarray of shape (draws, 2)
    """
    results = np.full((len(counts), 2), np.nan)
    _rankings(y, score, codes.astype(np.int64), counts, GROUPS, results)
    return results


@kernel
def precision_sums(
    score: Floats,
    event: Floats,
    codes: npt.NDArray[np.int64],
    counts: Floats,
    total: Floats,
    events: Floats,
) -> None:
    """Write what :func:`models.numeric.ranking_kernels.precision_sum` returns for each draw."""
    weight = np.empty(len(score))
    for d in range(len(counts)):
        for i in range(len(score)):
            weight[i] = counts[d, codes[i]]
        total[d], events[d] = precision_sum(score, event, weight)


@kernel
def concordant_pairs(
    score: Floats, event: Floats, codes: npt.NDArray[np.int64], athletes: int
) -> Floats:
    """Return the matrix of the module, shape (athletes, athletes).

    Parameters
    ----------
    score, event, codes : ndarray of shape (n,)
        By rising score; outcomes in [0, 1]; numbers of athletes.
    athletes : int
        How many there are.
    """
    pairs = np.zeros((athletes, athletes))
    below, tied = np.zeros(athletes), np.zeros(athletes)
    first, n = 0, len(score)
    while first < n:
        last = first
        while last < n and score[last] == score[first]:
            tied[codes[last]] += 1.0 - event[last]
            last += 1
        for i in range(first, last):
            if event[i] > 0:
                row = pairs[codes[i]]
                for b in range(athletes):
                    # Before the row's own group is added to `below`: rows of equal score are ties
                    # and not losses.
                    row[b] += event[i] * (below[b] + tied[b] / 2)
        for i in range(first, last):
            below[codes[i]] += 1.0 - event[i]
            tied[codes[i]] = 0.0
        first = last
    return pairs


@kernel
def _rankings(
    y: Floats,
    score: Floats,
    codes: npt.NDArray[np.int64],
    counts: Floats,
    groups: int,
    results: Floats,
) -> None:
    """Write the errors of the forecast and of the best constant in equal parts of the ranking."""
    rows = np.empty(len(y), np.int64)
    for d in range(len(counts)):
        n, count = drawn_rows(codes, counts[d], rows), counts[d]
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

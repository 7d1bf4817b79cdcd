"""Measures of a ranking in one compiled pass over sorted scores; equal scores are one group."""

from common.arrays import Floats
from features.kernels.jit import kernel


@kernel
def concordance(score: Floats, event: Floats, weight: Floats) -> tuple[float, float]:
    """Return the weight of pairs in which the event outranks the other, and of all pairs.

    Parameters
    ----------
    score, event, weight : ndarray of shape (n,)
        By rising score; outcomes in [0, 1], repetitions. A tie counts half.
    """
    events, others, above, i, n = 0.0, 0.0, 0.0, 0, len(score)
    while i < n:
        first, tied_events, tied_others = score[i], 0.0, 0.0
        while i < n and score[i] == first:
            tied_events += weight[i] * event[i]
            tied_others += weight[i] * (1 - event[i])
            i += 1
        above += tied_events * (others + tied_others / 2)
        events += tied_events
        others += tied_others
    return above, events * others


@kernel
def precision_sum(score: Floats, event: Floats, weight: Floats) -> tuple[float, float]:
    """Return the sum over events of the precision at their score, and the events.

    Parameters
    ----------
    score, event, weight : ndarray of shape (n,)
        As in :func:`concordance`; every row at or above a score is flagged.
    """
    events, flagged, total, i = 0.0, 0.0, 0.0, len(score) - 1
    while i >= 0:
        first, hits = score[i], 0.0
        while i >= 0 and score[i] == first:
            hits += weight[i] * event[i]
            flagged += weight[i]
            i -= 1
        events += hits
        # Rows of weight 0 may stand at the end: nothing is flagged there, and 0 / 0 would be nan.
        total += hits * events / max(flagged, 1e-300)
    return total, events

"""Weighted quantiles without sorting, in a compiled loop."""

from common.arrays import Floats
from features.kernels.jit import kernel


@kernel
def weighted_quantiles(values: Floats, weights: Floats, targets: Floats, out: Floats) -> None:
    """Write the least values up to which the weight is each target, by parting.

    Sorting would cost more than the fit that made the values (quickselect: Hoare 1961, Commun ACM
    4:321). What lies before one target need not be parted again for the next.

    Parameters
    ----------
    values, weights : ndarray of shape (n,)
        Their order is changed.
    targets : ndarray of shape (k,)
        Sums of weights, rising.
    out : ndarray of shape (k,)
        Written.
    """
    low, before = 0, 0.0
    for k in range(len(targets)):
        high, known = len(values) - 1, False
        while low < high and not known:
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
            if before + less >= targets[k]:
                high = start - 1
            elif before + less + equal >= targets[k]:
                out[k], known = pivot, True
            else:
                before += less + equal
                low = more + 1
        if not known:
            out[k] = values[min(low, len(values) - 1)]

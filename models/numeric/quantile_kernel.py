"""A weighted quantile without sorting, in a compiled loop."""

from common.arrays import Floats
from features.kernels.jit import kernel


@kernel
def weighted_quantile(values: Floats, weights: Floats, target: float) -> float:
    """Return the least value up to which the weight is `target`, by parting.

    Sorting would cost more than the fit that made the values (quickselect: Hoare 1961, Commun ACM
    4:321).

    Parameters
    ----------
    values, weights : ndarray of shape (n,)
        Their order is changed.
    target : float
        Sum of weights.
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

"""The value, or tail of values, that events follow most surely, in one compiled pass."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.kernels.jit import kernel

AnyFloats = npt.NDArray[np.floating]
"""Single precision where features are stored so: it is sorted twice as fast."""

ABOVE: Final = 0
BELOW: Final = 1
AT: Final = 2
NOWHERE: Final = -1
FEW_VALUES: Final = 50
_Z: Final = 1.96
_Z2: Final = 1.96**2


@kernel
def wilson_low(hits: float, total: float) -> float:
    """Return the lower end of the 95 % interval of a share (Wilson 1927).

    Examples
    --------
    >>> round(wilson_low(10.0, 17.0), 2)
    0.36
    """
    # Wilson's and not Wald's interval: with 10 of 10 hits Wald's would have no width at all.
    share = hits / total
    middle = share + _Z2 / (2 * total)
    width = _Z * math.sqrt(share * (1 - share) / total + _Z2 / (4 * (total * total)))
    return (middle - width) / (1 + _Z2 / total)


@kernel
def most_telling(
    values: AnyFloats, event_values: AnyFloats, least_events: int, least_rows: int
) -> tuple[int, int, int, float, int, float, int, int, float]:
    """Return where events follow most surely: at a value, or at all values from it on.

    Parameters
    ----------
    values, event_values : ndarray of shape (n,), (events,)
        The values of all rows, and of those with an event; both rising, nulls last.
    least_events, least_rows : int
        Fewest events and rows there.

    Returns
    -------
    tuple
        Known rows and events, distinct values; the number of pairs in which the event has the
        higher value, ties half; :data:`ABOVE` (at or above the value), :data:`BELOW`, :data:`AT`,
        or :data:`NOWHERE`; the value, the rows and events there, and the lower end of the share's
        interval. Of equal ends that of the lower value counts, and tails come first.
    """
    n, events = _known(values), _known(event_values)
    least = least_events, least_rows
    best = np.zeros((3, 4))
    distinct, pairs, first, before = 0, 0.0, 0, 0
    while first < n:
        value, last, with_event = values[first], first, before
        while last < n and values[last] == value:
            last += 1
        while with_event < events and event_values[with_event] == value:
            with_event += 1
        distinct += 1
        rows, hits = last - first, with_event - before
        pairs += hits * ((first - before) + (rows - hits) / 2)
        _compare(best[ABOVE], value, n - first, events - before, least)
        _compare(best[BELOW], value, last, with_event, least)
        _compare(best[AT], value, rows, hits, least)
        first, before = last, with_event
    # Of a continuous measure single values are too rare, and looking at each would find luck.
    if distinct > FEW_VALUES:
        best[AT, 3] = 0.0
    where = int(best[:, 3].argmax())
    at, total, followed, low = best[where]
    place = where if low > 0 else NOWHERE
    return n, events, distinct, pairs, place, at, int(total), int(followed), low


@kernel
def _known(values: AnyFloats) -> int:
    n = len(values)
    while n > 0 and np.isnan(values[n - 1]):
        n -= 1
    return n


@kernel
def _compare(best: Floats, value: float, rows: int, events: int, least: tuple[int, int]) -> None:
    """Write value, rows, events and the lower end, where enough follow and it is higher."""
    # The end lies below the share itself, which costs less to compare.
    if events >= least[0] and rows >= least[1] and events > best[3] * rows:
        low = wilson_low(float(events), float(rows))
        if low > best[3]:
            best[0], best[1], best[2], best[3] = value, rows, events, low

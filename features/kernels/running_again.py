"""Kernel that finds the day from which an injured athlete runs as before."""

import numpy as np
import numpy.typing as npt

from common.arrays import Floats, Ints
from features.kernels.jit import kernel

WINDOW_DAYS = 28
"""Running of so many days is held against that of as many before the onset."""


@kernel
def running_again(
    days: Ints,
    minutes: Floats,
    starts: Ints,
    whose: Ints,
    onset: Ints,
    earliest: Ints,
    share: float,
    never: int,
) -> npt.NDArray[np.int64]:
    """Return for each injury the first day that ends four weeks of running as before.

    Parameters
    ----------
    days : ndarray of shape (d,)
        Days with a run since 1970, each athlete's together and ascending.
    minutes : ndarray of shape (d,)
        Minutes run on each.
    starts : ndarray of shape (athletes + 1,)
        Where each athlete's days begin.
    whose : ndarray of shape (injuries,)
        Number of the athlete; -1 for who has no day with a run.
    onset, earliest : ndarray of shape (injuries,)
        Day of onset, and the first day that may be the end.
    share : float
        Of the minutes of the four weeks before the onset that count as running as before.
    never : int
        The day that stands for none.
    """
    ends = np.full(onset.size, never, dtype=np.int64)
    sums = np.zeros(days.size + starts.size)
    for athlete in range(starts.size - 1):
        # Minutes before each day and of all: an entry more than days. Of one athlete alone, so that
        # no bit depends on who else is there.
        for at in range(starts[athlete], starts[athlete + 1]):
            sums[at + athlete + 1] = sums[at + athlete] + minutes[at]
    for injury in range(onset.size):
        athlete = whose[injury]
        if athlete < 0:
            continue
        first, last = starts[athlete], starts[athlete + 1]
        own, total = days[first:last], sums[first + athlete : last + athlete + 1]
        low = _place(own, onset[injury] - WINDOW_DAYS)
        high = max(low, _place(own, onset[injury]))
        usual = total[high] - total[low]
        after = _place(own, earliest[injury] + 1)
        for at in range(after - 1, own.size):
            day = earliest[injury] if at < after else own[at]
            # From the day after the onset: the run on which it happened is no running again.
            low = _place(own, max(onset[injury] + 1, day - WINDOW_DAYS + 1))
            high = max(low, _place(own, day + 1))
            recent = total[high] - total[low]
            # Above 0 as well: who had not run before the onset would be back without a single run.
            if recent > 0 and recent >= share * usual:
                ends[injury] = day
                break
    return ends


@kernel
def _place(days: Ints, day: int) -> int:
    """Return how many of some ascending days lie before a day.

    NumPy's own search would do the same, but kept code that names it is loaded only together with
    SciPy's linear algebra, an eighth of a second.
    """
    first, after = 0, days.size
    while first < after:
        middle = (first + after) // 2
        if days[middle] < day:
            first = middle + 1
        else:
            after = middle
    return first

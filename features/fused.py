"""All windows of one channel in one pass over each athlete.

Passes run along time over an athlete's days, in buffers that stay in the processor's cache and
that the compiler turns into vector instructions. Sums and maxima of long windows are put together
from those of 1, 2, 4, 8 ... days: nothing is subtracted, so nothing drifts, a window of zeros is
exactly 0, and no value outside a window can touch it. In front of every buffer lie neutral days
that stand for the time before the run begins.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from features.jit import kernel

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

SUM: Final = 0
MEAN: Final = 1
STD: Final = 2
KNOWN: Final = 3
MAX: Final = 4
EWMA: Final = 5


@kernel
def fill_windows(
    out: npt.NDArray[np.floating],
    run: tuple[Singles, Ints],
    rows: tuple[Ints, Ints],
    asked: Ints,
    weights: Doubles,
    reach: tuple[int, int, int],
    athletes: tuple[int, int],
) -> None:
    """Write the statistics asked for, at the rows asked for.

    Parameters
    ----------
    out : float array, statistics x rows
        Written here and nowhere else; the rows of other athletes are left alone.
    run : pair of arrays
        float32 values, one per athlete-day, null = NaN; int64 offsets, athletes + 1: athlete i
        owns ``values[offsets[i]:offsets[i + 1]]``.
    rows : pair of int64 arrays
        Rising positions in the values, and offsets: athlete i owns ``at[offsets[i]:offsets[i +
        1]]``.
    asked : int64 array, statistics x 4
        Statistic, window, lag, known days needed.
    weights : float64 array, statistics x 2
        Weight and share of the weight that must be known, for exponentially weighted means.
    reach : tuple of int
        Most days a window reaches back (window + lag); powers of two of days to build for sums,
        and for maxima.
    athletes : pair of int
        First athlete and the one after the last.
    """
    (values, offsets), (at, row_offsets), (front, sum_levels, peak_levels) = run, rows, reach
    longest = 0
    for athlete in range(athletes[0], athletes[1]):
        longest = max(longest, offsets[athlete + 1] - offsets[athlete])
    sums = np.zeros((sum_levels, front + longest))
    peaks = np.full((peak_levels, front + longest), -np.inf, dtype=np.float32)
    known, counts = np.zeros(front + longest), np.zeros(front + longest)
    result, mean = np.empty(longest), np.empty(longest)
    for athlete in range(athletes[0], athletes[1]):
        first, last = row_offsets[athlete], row_offsets[athlete + 1]
        if first == last:
            continue
        start = offsets[athlete]
        days = at[last - 1] - start + 1
        past = values[start : start + days]
        _lay_out(past, sums[0, front:], peaks[0, front:], known[front:], counts[front - 1 :])
        for level in range(1, sum_levels):
            _add_shifted(sums[level, front:], sums[level - 1], front, 1 << (level - 1), days)
        for level in range(1, peak_levels):
            _larger_shifted(peaks[level, front:], peaks[level - 1], front, 1 << (level - 1), days)
        for one in range(asked.shape[0]):
            if asked[one, 0] == EWMA:
                _fade(result, past, weights[one, 0], weights[one, 1])
            else:
                _windowed(result, mean, (sums, peaks, known, counts), asked[one], front, days)
            _store(out[one, first:last], result, at[first:last], start, days)


@kernel
def _windowed(
    result: Doubles,
    mean: Doubles,
    buffers: tuple[Doubles, Singles, Doubles, Doubles],
    asked: Ints,
    front: int,
    days: int,
) -> None:
    """Compute one statistic on each of the days."""
    sums, peaks, known, counts = buffers
    statistic, window, needed, at = asked[0], asked[1], asked[3], front - asked[2]
    if statistic == KNOWN:
        _count(result, counts, at, window, days)
        return
    if statistic == MAX:
        _peak(result, peaks, at, window, days)
    elif statistic == STD:
        needed = max(needed, 2)
        _sum(mean, sums, at, window, days)
        _divide(mean, counts, at, window, days)
        _squares(result, mean, sums[0], known, at, window, days)
        _root(result, counts, at, window, days)
    else:
        _sum(result, sums, at, window, days)
        if statistic == MEAN:
            _divide(result, counts, at, window, days)
    _blank(result, counts, at, window, needed, days)


@kernel
def _lay_out(run: Singles, total: Doubles, peak: Singles, known: Doubles, counts: Doubles) -> None:
    for day in range(run.size):
        is_null = np.isnan(run[day])
        total[day] = 0.0 if is_null else run[day]
        peak[day] = np.float32(-np.inf) if is_null else run[day]
        known[day] = 0.0 if is_null else 1.0
    so_far = 0
    for day in range(run.size):
        so_far += run[day] == run[day]
        counts[day + 1] = so_far


@kernel
def _add_shifted(target: Doubles, source: Doubles, at: int, shift: int, days: int) -> None:
    near, far = source[at : at + days], source[at - shift : at - shift + days]
    for day in range(days):
        target[day] = near[day] + far[day]


@kernel
def _larger_shifted(target: Singles, source: Singles, at: int, shift: int, days: int) -> None:
    near, far = source[at : at + days], source[at - shift : at - shift + days]
    for day in range(days):
        target[day] = max(far[day], near[day])


@kernel
def _sum(target: Doubles, sums: Doubles, at: int, window: int, days: int) -> None:
    """Add up the powers of two that make the window, latest days first."""
    target[:days] = 0.0
    for level in range(sums.shape[0] - 1, -1, -1):
        if window >> level & 1:
            part = sums[level, at : at + days]
            for day in range(days):
                target[day] += part[day]
            at -= 1 << level


@kernel
def _peak(target: Doubles, peaks: Singles, at: int, window: int, days: int) -> None:
    """Larger of two overlapping powers of two that cover the window."""
    level = 0
    while 2 << level <= window:
        level += 1
    back = window - (1 << level)
    near, far = peaks[level, at : at + days], peaks[level, at - back : at - back + days]
    for day in range(days):
        target[day] = max(far[day], near[day])


@kernel
def _count(target: Doubles, counts: Doubles, at: int, window: int, days: int) -> None:
    near, far = counts[at : at + days], counts[at - window : at - window + days]
    for day in range(days):
        target[day] = near[day] - far[day]


@kernel
def _divide(target: Doubles, counts: Doubles, at: int, window: int, days: int) -> None:
    near, far = counts[at : at + days], counts[at - window : at - window + days]
    for day in range(days):
        target[day] /= max(near[day] - far[day], 1)


@kernel
def _blank(target: Doubles, counts: Doubles, at: int, window: int, needed: int, days: int) -> None:
    """Null where too few days of the window are known."""
    near, far = counts[at : at + days], counts[at - window : at - window + days]
    for day in range(days):
        target[day] = target[day] if near[day] - far[day] >= needed else np.nan


@kernel
def _squares(
    target: Doubles, mean: Doubles, values: Doubles, known: Doubles, at: int, window: int, days: int
) -> None:
    """Sum of the squared distances of the known days from the window's mean."""
    target[:days] = 0.0
    for back in range(window):
        value, is_known = values[at - back :], known[at - back :]
        for day in range(days):
            apart = value[day] - mean[day]
            target[day] += is_known[day] * apart * apart


@kernel
def _root(target: Doubles, counts: Doubles, at: int, window: int, days: int) -> None:
    near, far = counts[at : at + days], counts[at - window : at - window + days]
    for day in range(days):
        target[day] = np.sqrt(target[day] / max(near[day] - far[day] - 1, 1))


@kernel
def _fade(target: Doubles, run: Singles, weight: float, known_share: float) -> None:
    """Exponentially weighted mean of the days so far."""
    keep = 1.0 - weight
    mean, memory, share = 0.0, 0.0, 0.0
    for day in range(run.size):
        value = run[day]
        share *= keep
        if np.isnan(value):
            memory *= keep
        else:
            share += weight
            if memory == 1.0:
                mean = keep * mean + weight * value
            else:
                memory *= keep
                mean = (memory * mean + weight * value) / (memory + weight)
                memory = 1.0
        target[day] = mean if memory > 0 and share >= known_share else np.nan


@kernel
def _store(
    out: npt.NDArray[np.floating], result: Doubles, rows: Ints, start: int, days: int
) -> None:
    if rows.size == days:
        for day in range(days):
            out[day] = result[day]
    else:
        for row in range(rows.size):
            out[row] = result[rows[row] - start]

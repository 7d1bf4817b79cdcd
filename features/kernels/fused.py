"""All windows of some channels in one pass over blocks of days.

A block is one long athlete, or neighbouring short ones: what a pass costs to set up is shared, so
an athlete of one day costs no more per day than one of fifteen years. Passes run along time in
buffers that stay in the processor's cache and that the compiler turns into vector instructions.
Sums and maxima of long windows are put together from those of 1, 2, 4, 8 ... days: nothing is
subtracted, so nothing drifts, a window of zeros is exactly 0, and no value outside a window can
touch it. In front of every buffer lie neutral days that stand for the time before the block; in a
block of several athletes `place`, the day's number within its athlete, tells which earlier days
are still the athlete's own (None where all of them are).
"""

from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from common.arrays import Ints
from features.kernels.jit import kernel

Floats = npt.NDArray[np.floating]
Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Place = npt.NDArray[np.int32] | None
Block = tuple[Singles, Ints, Place]
"""Values, positions that are wanted, and `place`."""
Buffers = tuple[Doubles, Singles, Doubles, Doubles, Doubles]
"""Sums and maxima by powers of two, known days, their count so far, and scratch."""
Number = TypeVar("Number", float, np.floating)

SUM: Final = 0
MEAN: Final = 1
STD: Final = 2
KNOWN: Final = 3
MAX: Final = 4
EWMA: Final = 5

BLOCK_DAYS: Final = 1024
ALONE_DAYS: Final = 256
"""An athlete of so many days is a block; shorter ones share a block of at most `BLOCK_DAYS`."""


@kernel
def fill_windows(
    out: Floats,
    statistics: int,
    run: tuple[Singles, Ints],
    rows: tuple[Ints, Ints],
    asked: Ints,
    reach: tuple[int, int, int],
    athletes: tuple[int, int],
) -> None:
    """Write the statistics asked for, at the rows asked for.

    Parameters
    ----------
    out : float array, channels * statistics x rows
        The windows' rows are written; other statistics and other athletes are left alone.
    statistics : int
        Rows of `out` per channel.
    run : pair of arrays
        float32 values, channels x athlete-days, null = NaN; int64 offsets, athletes + 1: athlete i
        owns ``values[:, offsets[i]:offsets[i + 1]]``.
    rows : pair of int64 arrays
        Rising positions in the values, and offsets: athlete i owns ``at[offsets[i]:offsets[i +
        1]]``.
    asked : int64 array, windows x 5
        Statistic, window, lag, known days needed, row of `out`; equal windows side by side, so
        that what they share is computed once.
    reach : tuple of int
        Most days a window reaches back (window + lag); powers of two of days to build for sums,
        and for maxima.
    athletes : pair of int
        First athlete and the one after the last.
    """
    (values, offsets), (at, row_offsets) = run, rows
    size = reach[0] + _longest_block(offsets, athletes)
    sums = np.zeros((reach[1], size))
    # Single precision is exact for maxima, which are values themselves; sums need doubles.
    peaks = np.full((reach[2], size), -np.inf, dtype=np.float32)
    known, counts = np.zeros(size), np.zeros(size)
    place = np.empty(size, dtype=np.int32)
    buffers = (sums, peaks, known, counts, np.empty((5, size)))
    first = athletes[0]
    while first < athletes[1]:
        after = _block_end(offsets, first, athletes[1])
        begin, start = row_offsets[first], offsets[first]
        wanted = at[begin : row_offsets[after]] - start
        days = wanted[-1] + 1 if wanted.size and asked.size else 0
        if after > first + 1:
            _number(place, offsets, first, after)
        for channel in range(values.shape[0] if days else 0):
            target = out[channel * statistics : (channel + 1) * statistics]
            past = values[channel, start : start + days]
            if after == first + 1:
                _fill(target, begin, (past, wanted, None), buffers, asked, reach[0])
            else:
                block = (past, wanted, place[:days])
                _fill(target, begin, block, buffers, asked, reach[0])
        first = after


@kernel
def _block_end(offsets: Ints, first: int, last: int) -> int:
    """Athlete after the block that begins with `first`."""
    after = first + 1
    if offsets[after] - offsets[first] < ALONE_DAYS:
        while after < last and offsets[after + 1] - offsets[first] <= BLOCK_DAYS:
            after += 1
    return after


@kernel
def _longest_block(offsets: Ints, athletes: tuple[int, int]) -> int:
    longest, first = 0, athletes[0]
    while first < athletes[1]:
        after = _block_end(offsets, first, athletes[1])
        longest = max(longest, offsets[after] - offsets[first])
        first = after
    return longest


@kernel
def _number(place: npt.NDArray[np.int32], offsets: Ints, first: int, after: int) -> None:
    at = 0
    for athlete in range(first, after):
        for day in range(offsets[athlete + 1] - offsets[athlete]):
            place[at] = day
            at += 1


@kernel
def _fill(
    out: Floats,
    begin: int,
    block: Block,
    buffers: Buffers,
    asked: Ints,
    front: int,
) -> None:
    """Write all statistics of one block, from column `begin` on."""
    (past, wanted, place), work = block, buffers[4]
    days, end = past.size, begin + wanted.size
    _prepare(buffers, past, place, front)
    window, lag, has_sum = -1, -1, False
    for entry in range(asked.shape[0]):
        if asked[entry, 1] != window or asked[entry, 2] != lag:
            window, lag, has_sum = asked[entry, 1], asked[entry, 2], False
            _count(work[0, :days], buffers[3], place, front, window, lag)
        if asked[entry, 0] <= STD and not has_sum:
            _sum(work[1, :days], buffers[0], place, front, window, lag)
            has_sum = True
        row = out[asked[entry, 4], begin:end]
        if wanted.size == days:
            _windowed(row, buffers, place, asked[entry], front)
        else:
            _windowed(work[2, :days], buffers, place, asked[entry], front)
            _pick(row, work[2], wanted)


@kernel
def _prepare(buffers: Buffers, past: Singles, place: Place, front: int) -> None:
    sums, peaks, known, counts, _ = buffers
    days = past.size
    _lay_out(past, sums[0, front:], peaks[0, front:], known[front:])
    _count_up(past, counts[front:], place)
    for level in range(1, sums.shape[0]):
        shift = 1 << (level - 1)
        target, near = sums[level, front : front + days], sums[level - 1, front : front + days]
        far = sums[level - 1, front - shift : front - shift + days]
        for day in range(days):
            target[day] = near[day] + _own(far[day], place, day, shift, 0.0)
    for level in range(1, peaks.shape[0]):
        shift = 1 << (level - 1)
        _larger(peaks[level, front : front + days], peaks[level - 1], place, front, shift)


@kernel
def _larger(target: Singles, source: Singles, place: Place, front: int, shift: int) -> None:
    days, least = target.size, np.float32(-np.inf)
    near, far = source[front : front + days], source[front - shift : front - shift + days]
    for day in range(days):
        target[day] = max(_own(far[day], place, day, shift, least), near[day])


@kernel
def _own(value: Number, place: Place, day: int, back: int, otherwise: Number) -> Number:
    """Value of so many days before, if that day is the same athlete's."""
    if place is None:
        return value
    return value if place[day] >= back else otherwise


@kernel
def _lay_out(past: Singles, total: Doubles, peak: Singles, known: Doubles) -> None:
    for day in range(past.size):
        is_null = np.isnan(past[day])
        total[day] = 0.0 if is_null else past[day]
        peak[day] = np.float32(-np.inf) if is_null else past[day]
        known[day] = 0.0 if is_null else 1.0


@kernel
def _count_up(past: Singles, counts: Doubles, place: Place) -> None:
    so_far = 0
    for day in range(past.size):
        so_far = _own(so_far, place, day, 1, 0) + (past[day] == past[day])
        counts[day] = so_far


@kernel
def _count(
    target: Doubles, counts: Doubles, place: Place, front: int, window: int, lag: int
) -> None:
    """Count the known days of the window."""
    days, back = target.size, window + lag
    near, far = counts[front - lag : front - lag + days], counts[front - back : front - back + days]
    for day in range(days):
        past = _own(near[day], place, day, lag, 0.0)
        target[day] = past - _own(far[day], place, day, back, 0.0)


@kernel
def _sum(target: Doubles, sums: Doubles, place: Place, front: int, window: int, lag: int) -> None:
    """Add up the powers of two that make the window, latest days first."""
    days, back = target.size, lag
    for level in range(sums.shape[0] - 1, -1, -1):
        if window >> level & 1:
            part = sums[level, front - back : front - back + days]
            if back == lag:
                for day in range(days):
                    target[day] = _own(part[day], place, day, back, 0.0)
            else:
                for day in range(days):
                    target[day] += _own(part[day], place, day, back, 0.0)
            back += 1 << level


@kernel
def _windowed(target: Floats, buffers: Buffers, place: Place, asked: Ints, front: int) -> None:
    """Compute one statistic on each of the days from the window's count and sum."""
    statistic, needed = asked[0], asked[3]
    count, total = buffers[4][0, : target.size], buffers[4][1, : target.size]
    if statistic == SUM:
        for day in range(target.size):
            target[day] = total[day] if count[day] >= needed else np.nan
    elif statistic == MEAN:
        for day in range(target.size):
            mean = total[day] / max(count[day], 1.0)
            target[day] = mean if count[day] >= needed else np.nan
    elif statistic == KNOWN:
        for day in range(target.size):
            target[day] = count[day]
    elif statistic == MAX:
        _peak(target, buffers[1], count, place, asked, front)
    else:
        _spread(target, buffers, place, asked, front)


@kernel
def _peak(
    target: Floats, peaks: Singles, count: Doubles, place: Place, asked: Ints, front: int
) -> None:
    """Larger of two overlapping powers of two that cover the window."""
    days, window, lag, needed, level = target.size, asked[1], asked[2], asked[3], 0
    while 2 << level <= window:
        level += 1
    back, least = lag + window - (1 << level), np.float32(-np.inf)
    near = peaks[level, front - lag : front - lag + days]
    far = peaks[level, front - back : front - back + days]
    for day in range(days):
        latest = _own(near[day], place, day, lag, least)
        peak = max(_own(far[day], place, day, back, least), latest)
        target[day] = peak if count[day] >= needed else np.nan


@kernel
def _spread(target: Floats, buffers: Buffers, place: Place, asked: Ints, front: int) -> None:
    """Sample standard deviation: squared distances of the known days from the window's mean."""
    sums, _, known, _, work = buffers
    days, window, lag, needed = target.size, asked[1], asked[2], max(asked[3], 2)
    count, mean, squares = work[0, :days], work[3, :days], work[4, :days]
    for day in range(days):
        mean[day] = work[1, day] / max(count[day], 1.0)
        squares[day] = 0.0
    for back in range(lag, lag + window):
        value = sums[0, front - back : front - back + days]
        is_known = known[front - back : front - back + days]
        for day in range(days):
            # Two passes: sum of squares less square of the sum cancels where values are nearly
            # equal.
            apart = value[day] - mean[day]
            squares[day] += _own(is_known[day], place, day, back, 0.0) * apart * apart
    for day in range(days):
        spread = np.sqrt(squares[day] / max(count[day] - 1, 1.0))
        target[day] = spread if count[day] >= needed else np.nan


@kernel
def _pick(row: Floats, values: Floats, wanted: Ints) -> None:
    for at in range(wanted.size):
        row[at] = values[wanted[at]]

"""Rolling windows over ragged daily series.

Every kernel takes `values` (one run of days per athlete, laid end to end, null = NaN),
`offsets` (int64, athlete i owns ``values[offsets[i]:offsets[i + 1]]``), a `window` in days, a
`lag` and `needed`. The window of day d is the days d - lag - window + 1 ... d - lag; it never
reaches past d nor into another athlete. The result is null where fewer than `needed` days of the
window are known; days before the run begins are unknown. Sums run in float64.
"""

import numpy as np
import numpy.typing as npt

from features.jit import kernel

Daily = npt.NDArray[np.float64]
Values = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int64]


@kernel
def rolling_sum(values: Values, offsets: Offsets, window: int, lag: int, needed: int) -> Daily:
    """Sum of the known days of the window; exactly 0 if all of them are 0."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        total, known, positive = 0.0, 0, 0
        for day in range(start, offsets[athlete + 1]):
            enter, leave = day - lag, day - lag - window
            if enter >= start and not np.isnan(values[enter]):
                total += values[enter]
                known += 1
                positive += values[enter] != 0
            if leave >= start and not np.isnan(values[leave]):
                total -= values[leave]
                known -= 1
                positive -= values[leave] != 0
            if positive == 0:
                total = 0.0  # what rounding left behind must not become a denominator
            if known >= needed:
                out[day] = total
    return out


@kernel
def rolling_known(values: Values, offsets: Offsets, window: int, lag: int) -> Daily:
    """Count of the known days of the window (never null)."""
    out = np.zeros(values.size)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        known = 0
        for day in range(start, offsets[athlete + 1]):
            enter, leave = day - lag, day - lag - window
            if enter >= start and not np.isnan(values[enter]):
                known += 1
            if leave >= start and not np.isnan(values[leave]):
                known -= 1
            out[day] = known
    return out


@kernel
def rolling_max(values: Values, offsets: Offsets, window: int, lag: int, needed: int) -> Daily:
    """Largest known day of the window."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        for day in range(start, offsets[athlete + 1]):
            largest, known = -np.inf, 0
            for other in range(max(start, day - lag - window + 1), day - lag + 1):
                if not np.isnan(values[other]):
                    known += 1
                    largest = max(largest, values[other])
            if known >= needed:
                out[day] = largest
    return out


@kernel
def rolling_std(values: Values, offsets: Offsets, window: int, lag: int, needed: int) -> Daily:
    """Sample standard deviation (n - 1) of the known days of the window, in two passes.

    A window of equal days gives exactly 0; a window with one known day gives null.
    """
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        for day in range(start, offsets[athlete + 1]):
            first, last = max(start, day - lag - window + 1), day - lag
            total, known = 0.0, 0
            for other in range(first, last + 1):
                if not np.isnan(values[other]):
                    total += values[other]
                    known += 1
            if known < max(needed, 2):
                continue
            mean, squares = total / known, 0.0
            for other in range(first, last + 1):
                if not np.isnan(values[other]):
                    squares += (values[other] - mean) ** 2
            out[day] = np.sqrt(squares / (known - 1))
    return out

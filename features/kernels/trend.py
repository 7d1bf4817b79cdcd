"""Kernel of the least-squares slope over a rolling window."""

import numpy as np

from features.kernels.jit import kernel
from features.kernels.windows import Daily, Offsets, Values


@kernel
def rolling_slope(values: Values, offsets: Offsets, window: int, needed: int) -> Daily:
    """Least-squares slope per day of the known days of the window.

    Null below `needed` known days, and below two; exactly 0 if all of them are equal.
    """
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        for day in range(start, offsets[athlete + 1]):
            first = max(start, day - window + 1)
            known, days, total = 0, 0.0, 0.0
            for other in range(first, day + 1):
                if not np.isnan(values[other]):
                    known += 1
                    days += other - first
                    total += values[other]
            if known < max(needed, 2):
                continue
            # Centred first: equal values then give exactly 0.
            middle, mean = days / known, total / known
            above, below = 0.0, 0.0
            for other in range(first, day + 1):
                if not np.isnan(values[other]):
                    above += (other - first - middle) * (values[other] - mean)
                    below += (other - first - middle) ** 2
            out[day] = above / below
    return out

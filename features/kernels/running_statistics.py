"""Kernels that carry something from day to day: averages of the past, streaks, days since.

They take `values` and `offsets` as :mod:`features.kernels.windows` does and start anew with each
athlete. Those that take `rows` and `row_offsets` (see :class:`features.kernels.rows.Rows`) give
one value per row, the others one per athlete-day.
"""

import numpy as np
import numpy.typing as npt

from common.arrays import Ints
from features.kernels.jit import kernel
from features.kernels.windows import Daily, Offsets, Values


@kernel
def past_mean(
    values: Values, offsets: Offsets, rows: Ints, row_offsets: Offsets, lag: int, needed: int
) -> Daily:
    """Mean of all known days up to `lag` days ago."""
    out = np.full(rows.size, np.nan)
    for athlete in range(offsets.size - 1):
        day = offsets[athlete]
        total, known = 0.0, 0
        for row in range(row_offsets[athlete], row_offsets[athlete + 1]):
            while day <= rows[row] - lag:
                if not np.isnan(values[day]):
                    total += values[day]
                    known += 1
                day += 1
            if known >= needed:
                out[row] = total / known
    return out


@kernel
def past_std(
    values: Values, offsets: Offsets, rows: Ints, row_offsets: Offsets, lag: int, needed: int
) -> Daily:
    """Sample standard deviation of all known days up to `lag` days ago (Welford's update)."""
    out = np.full(rows.size, np.nan)
    for athlete in range(offsets.size - 1):
        day = offsets[athlete]
        mean, squares, known = 0.0, 0.0, 0
        for row in range(row_offsets[athlete], row_offsets[athlete + 1]):
            while day <= rows[row] - lag:
                value = values[day]
                if not np.isnan(value):
                    known += 1
                    # Welford: squares less the square of the mean cancels after years of nearly
                    # equal values.
                    step = value - mean
                    mean += step / known
                    squares += step * (value - mean)
                day += 1
            if known >= max(needed, 2):
                out[row] = np.sqrt(squares / (known - 1))
    return out


@kernel
def latest(
    values: Values, offsets: Offsets, rows: Ints, row_offsets: Offsets, within: int
) -> Daily:
    """Last known value of the day and the `within` - 1 days before it."""
    out = np.full(rows.size, np.nan)
    for athlete in range(offsets.size - 1):
        day = offsets[athlete]
        last_known = -1
        for row in range(row_offsets[athlete], row_offsets[athlete + 1]):
            while day <= rows[row]:
                if not np.isnan(values[day]):
                    last_known = day
                day += 1
            # The position of the last known value and not the value: only so its age can be told.
            if last_known >= 0 and rows[row] - last_known < within:
                out[row] = values[last_known]
    return out


@kernel
def streak(values: Values, offsets: Offsets, rows: Ints, row_offsets: Offsets) -> Daily:
    """Consecutive days above 0 that end on the day; null where an unknown day comes before a 0."""
    out = np.full(rows.size, np.nan)
    for athlete in range(offsets.size - 1):
        day = offsets[athlete]
        length = np.nan
        for row in range(row_offsets[athlete], row_offsets[athlete + 1]):
            while day <= rows[row]:
                if np.isnan(values[day]):
                    # An unknown day may have been a rest: how long the streak is nobody knows until
                    # the next 0.
                    length = np.nan
                elif values[day] > 0:
                    length += 1.0
                else:
                    length = 0.0
                day += 1
            out[row] = length
    return out


@kernel
def days_since(
    flags: npt.NDArray[np.bool_], offsets: Offsets, age_before: npt.NDArray[np.float64]
) -> Daily:
    """Days since the last flagged day, 0 on the day itself.

    `age_before` is, per athlete, the age on the day before the run begins; NaN if there was none.
    """
    out = np.full(flags.size, np.nan)
    for athlete in range(offsets.size - 1):
        age = age_before[athlete]
        for day in range(offsets[athlete], offsets[athlete + 1]):
            age = 0.0 if flags[day] else age + 1.0
            out[day] = age
    return out


@kernel
def first_positive(values: Daily, offsets: Offsets) -> Daily:
    """First known value above 0, held from its day on."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        first_above_zero = np.nan
        for day in range(offsets[athlete], offsets[athlete + 1]):
            if np.isnan(first_above_zero) and values[day] > 0:
                first_above_zero = values[day]
            out[day] = first_above_zero
    return out

"""Kernels that carry something from day to day: averages that fade, streaks, days since.

They take `values` and `offsets` as :mod:`features.windows` does and start anew with each athlete.
"""

import numpy as np
import numpy.typing as npt

from features.jit import kernel
from features.windows import Daily, Offsets, Values


@kernel
def ewma(values: Values, offsets: Offsets, weight: float, known_share: float) -> Daily:
    """Exponentially weighted mean, ``E = weight * x + (1 - weight) * E_yesterday``.

    The first known day is the first mean (Williams 2017). An unknown day adds nothing while the
    past keeps fading, as in pandas' ``ewm(adjust=False, ignore_na=False)``. Null unless known
    days hold at least `known_share` of the weight, days before the run included.
    """
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        mean, memory, known = 0.0, 0.0, 0.0
        for day in range(offsets[athlete], offsets[athlete + 1]):
            memory *= 1.0 - weight
            known *= 1.0 - weight
            if not np.isnan(values[day]):
                mean = (memory * mean + weight * values[day]) / (memory + weight)
                memory = 1.0
                known += weight
            if memory > 0 and known >= known_share:
                out[day] = mean
    return out


@kernel
def past_mean(values: Values, offsets: Offsets, lag: int, needed: int) -> Daily:
    """Mean of all known days up to `lag` days ago."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        total, known = 0.0, 0
        for day in range(start + lag, offsets[athlete + 1]):
            if not np.isnan(values[day - lag]):
                total += values[day - lag]
                known += 1
            if known >= needed:
                out[day] = total / known
    return out


@kernel
def past_std(values: Values, offsets: Offsets, lag: int, needed: int) -> Daily:
    """Sample standard deviation of all known days up to `lag` days ago (Welford's update)."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        start = offsets[athlete]
        mean, squares, known = 0.0, 0.0, 0
        for day in range(start + lag, offsets[athlete + 1]):
            value = values[day - lag]
            if not np.isnan(value):
                known += 1
                step = value - mean
                mean += step / known
                squares += step * (value - mean)
            if known >= max(needed, 2):
                out[day] = np.sqrt(squares / (known - 1))
    return out


@kernel
def latest(values: Values, offsets: Offsets, within: int) -> Daily:
    """Last known value of the day and the `within` - 1 days before it."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        held, age = np.nan, within
        for day in range(offsets[athlete], offsets[athlete + 1]):
            age += 1
            if not np.isnan(values[day]):
                held, age = values[day], 0
            if age < within:
                out[day] = held
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
def streak(values: Values, offsets: Offsets) -> Daily:
    """Consecutive days above 0 that end on the day; null where an unknown day comes before a 0."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        length = np.nan
        for day in range(offsets[athlete], offsets[athlete + 1]):
            if np.isnan(values[day]):
                length = np.nan
            elif values[day] > 0:
                length += 1.0
            else:
                length = 0.0
            out[day] = length
    return out


@kernel
def first_positive(values: Daily, offsets: Offsets) -> Daily:
    """First known value above 0, held from its day on."""
    out = np.full(values.size, np.nan)
    for athlete in range(offsets.size - 1):
        held = np.nan
        for day in range(offsets[athlete], offsets[athlete + 1]):
            if np.isnan(held) and values[day] > 0:
                held = values[day]
            out[day] = held
    return out

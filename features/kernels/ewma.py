"""Exponentially weighted means, three at a time: each day waits for the day before.

A state is the mean, its memory (what the unknown days since the last known one left of its weight)
and the share of the whole weight that known days hold.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Ints
from features.kernels.jit import kernel

Floats = npt.NDArray[np.floating]
Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
State = tuple[float, float, float]

NOTHING_YET: Final = (np.nan, 0.0, 0.0)


@kernel
def fill_ewmas(
    out: Floats,
    statistics: int,
    run: tuple[Singles, Ints],
    rows: tuple[Ints, Ints],
    faded: tuple[Doubles, Ints],
    athletes: tuple[int, int],
) -> None:
    """Write the means asked for, at the rows asked for.

    Parameters
    ----------
    out, statistics, run, rows, athletes
        As for :func:`features.kernels.fused.fill_windows`.
    faded : pair of arrays
        Weight and share of the weight that must be known (float64, means x 2), row of `out` within
        the channel's (int64). With fewer left than three the last one is computed again.
    """
    (values, offsets), (at, row_offsets), (weights, places) = run, rows, faded
    last = places.size - 1
    for channel in range(values.shape[0]):
        base = channel * statistics
        # Each step needs the one before it: three means side by side fill the processor's pipeline.
        for first in range(0, places.size, 3):
            second, third = min(first + 1, last), min(first + 2, last)
            chosen = weights[first], weights[second], weights[third]
            targets = (
                out[base + places[first]],
                out[base + places[second]],
                out[base + places[third]],
            )
            _fade(targets, values[channel], offsets, at, row_offsets, chosen, athletes)


@kernel
def _fade(
    out: tuple[Floats, Floats, Floats],
    values: Singles,
    offsets: Ints,
    at: Ints,
    row_offsets: Ints,
    weights: tuple[Doubles, Doubles, Doubles],
    athletes: tuple[int, int],
) -> None:
    """Compute three means, for each athlete from its first day to the last row that is wanted."""
    out1, out2, out3 = out
    w1, w2, w3 = weights[0][0], weights[1][0], weights[2][0]
    s1, s2, s3 = weights[0][1], weights[1][1], weights[2][1]
    for athlete in range(athletes[0], athletes[1]):
        first = second = third = NOTHING_YET
        day, was_known = offsets[athlete], False
        row, last = row_offsets[athlete], row_offsets[athlete + 1]
        while row < last:
            value = np.float64(values[day])
            if np.isnan(value):
                first, second, third = _forget(first, w1), _forget(second, w2), _forget(third, w3)
                was_known = False
            elif was_known:
                first, second = _go_on(first, value, w1), _go_on(second, value, w2)
                third = _go_on(third, value, w3)
            else:
                first, second = _resume(first, value, w1), _resume(second, value, w2)
                third = _resume(third, value, w3)
                was_known = True
            if at[row] == day:
                out1[row] = first[0] if first[2] >= s1 else np.nan
                out2[row] = second[0] if second[2] >= s2 else np.nan
                out3[row] = third[0] if third[2] >= s3 else np.nan
                row += 1
            day += 1


@kernel
def _forget(state: State, weight: float) -> State:
    """Let an unknown day pass: the past keeps fading."""
    keep = 1.0 - weight
    return state[0], state[1] * keep, state[2] * keep


@kernel
def _go_on(state: State, value: float, weight: float) -> State:
    """Take in a known day after a known day."""
    # Without an unknown day before, the weights of past and present sum to 1 and need no division.
    keep = 1.0 - weight
    return keep * state[0] + weight * value, 1.0, keep * state[2] + weight


@kernel
def _resume(state: State, value: float, weight: float) -> State:
    """Take in a known day after unknown ones, or the first, which is the first mean."""
    keep = 1.0 - weight
    memory = keep * state[1]
    # Unknown days left less than the whole weight, so the sum is divided by what is there.
    mean = (memory * state[0] + weight * value) / (memory + weight) if memory > 0 else value
    return mean, 1.0, keep * state[2] + weight

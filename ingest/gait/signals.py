"""Sampled signals: gaps filled where they are short, noise taken out, a finer grid.

SciPy's filters are imported where they are used: most folders hold no motion capture, and every
command would wait for them.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from common.arrays import Floats

Mask = NDArray[np.bool_]

LONGEST_GAP_S: Final = 0.1
"""A marker lost for longer has moved in a way that its neighbours in time do not tell."""
CUT_OFF_HZ: Final = 20.0
FINE_RATE_HZ: Final = 500.0
_SHORTEST_RUN: Final = 16
_NYQUIST_SHARE: Final = 0.9


def sampling_rate(time: Floats) -> float:
    """Return samples per second by the median step, which single gaps do not move."""
    return float(1 / np.median(np.diff(time)))


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Return the stretches of true values as half-open index pairs.

    Examples
    --------
    >>> runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def prepare(time: Floats, values: Floats, grid: Floats) -> Floats:
    """Return one channel on a finer grid: short gaps bridged, low-passed, long gaps NaN.

    Zero-phase Butterworth filter of the fourth order in effect (a second-order one run both ways).

    Parameters
    ----------
    time, values : array of shape (n,)
        Samples; NaN where the channel was lost.
    grid : array of shape (m,)
        Instants wanted.
    """
    from scipy.interpolate import CubicSpline  # see the module's docstring

    filtered = np.full(grid.shape, np.nan)
    known = np.isfinite(values)
    # Long gaps part the channel: nothing is invented across them,
    # and each stretch is filtered alone.
    for start, stop in _bridged(time, known):
        inside = known[start:stop]
        if inside.sum() < _SHORTEST_RUN:
            continue
        # Gaps are bridged first, for the filter would spread one over the whole stretch.
        whole = CubicSpline(time[start:stop][inside], values[start:stop][inside])(time[start:stop])
        smooth = low_pass(whole, sampling_rate(time[start:stop]))
        at = (grid >= time[start]) & (grid <= time[stop - 1])
        filtered[at] = CubicSpline(time[start:stop], smooth)(grid[at])
    return filtered


def low_pass(values: Floats, rate: float, cut_off: float = CUT_OFF_HZ) -> Floats:
    """Return the signal without what is faster than `cut_off`, if it can hold such."""
    if cut_off >= _NYQUIST_SHARE * rate / 2 or len(values) < _SHORTEST_RUN:
        return values
    from scipy.signal import butter, sosfiltfilt  # see the module's docstring

    sections = butter(2, cut_off, fs=rate, output="sos")
    # The padding has to be shorter than the signal, and the shortest is one run.
    return np.asarray(sosfiltfilt(sections, values, padlen=_SHORTEST_RUN - 1), dtype=float)


def fine_grid(time: Floats) -> Floats:
    """Return evenly spaced instants over the trial, 2 ms apart."""
    count = int(np.floor((time[-1] - time[0]) * FINE_RATE_HZ)) + 1
    return np.asarray(time[0] + np.arange(count) / FINE_RATE_HZ, dtype=float)


def rate_of_change(values: Floats, time: Floats) -> Floats:
    """Return the first derivative by central differences."""
    return np.asarray(np.gradient(values, time), dtype=float)


def peaks(values: Floats, time: Floats, *, apart_s: float, rise: float) -> Floats:
    """Return the times of local maxima that stand out by `rise` and lie `apart_s` apart."""
    from scipy.signal import find_peaks  # see the module's docstring

    distance = max(1, round(apart_s * sampling_rate(time)))
    solid = np.where(np.isfinite(values), values, -np.inf)
    # In place of -inf: the difference of two of them, which a prominence needs, is NaN.
    at, _ = find_peaks(np.maximum(solid, -1e9), distance=distance, prominence=rise)
    return np.asarray(time[at], dtype=float)


def _bridged(time: Floats, known: Mask) -> list[tuple[int, int]]:
    """Return the stretches between gaps too long to bridge."""
    joined: list[tuple[int, int]] = []
    for start, stop in runs(known):
        if joined and time[start] - time[joined[-1][1] - 1] <= LONGEST_GAP_S:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined

"""Windows over ragged daily series.

`values` holds one run of days per athlete, laid end to end, null = NaN; athlete i owns
``values[offsets[i]:offsets[i + 1]]``. The window of day d is the days d - lag - window + 1 ...
d - lag; it never reaches past d nor into another athlete. A result is null where fewer than
`needed` days of the window are known; days before the run begins are unknown. Everything runs in
float64.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from features.kernels.ewma import fill_ewmas
from features.kernels.fused import EWMA, KNOWN, MAX, MEAN, STD, SUM, fill_windows
from features.kernels.rows import Rows

Daily = npt.NDArray[np.float64]
Values = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int64]


SPANS_PER_THREAD: Final = 4
"""More spans than threads, so that a thread that was held up leaves its work to the others."""


class Window(NamedTuple):
    """One statistic of one window; made by the functions of this module."""

    statistic: int
    window: int = 1
    lag: int = 0
    needed: int = 1
    weight: float = 0.0
    known_share: float = 0.0


def rolling_sum(window: int, lag: int, needed: int) -> Window:
    """Sum of the known days of the window; exactly 0 if all of them are 0."""
    return Window(SUM, window, lag, needed)


def rolling_mean(window: int, lag: int, needed: int) -> Window:
    """Mean of the known days of the window."""
    return Window(MEAN, window, lag, needed)


def rolling_std(window: int, lag: int, needed: int) -> Window:
    """Sample standard deviation (n - 1) of the known days of the window, in two passes.

    A window of equal days gives exactly 0; a window with one known day gives null.
    """
    return Window(STD, window, lag, needed)


def rolling_known(window: int, lag: int) -> Window:
    """Count of the known days of the window (never null)."""
    return Window(KNOWN, window, lag)


def rolling_max(window: int, lag: int, needed: int) -> Window:
    """Largest known day of the window."""
    return Window(MAX, window, lag, needed)


def ewma(weight: float, known_share: float) -> Window:
    """Exponentially weighted mean, ``E = weight * x + (1 - weight) * E_yesterday``.

    The first known day is the first mean (Williams 2017). An unknown day adds nothing while the
    past keeps fading, as in pandas' ``ewm(adjust=False, ignore_na=False)``. Null unless known
    days hold at least `known_share` of the weight, days before the run included.
    """
    return Window(EWMA, weight=weight, known_share=known_share)


def window_table(
    values: Values,
    offsets: Offsets,
    rows: Rows,
    windows: Sequence[Window],
    out: npt.NDArray[Any] | None = None,
    threads: int = 1,
) -> npt.NDArray[Any]:
    """Compute statistics of channels at the rows that are wanted, in one pass.

    Parameters
    ----------
    values : float32 array of shape (days,) or (channels, days)
        One channel, or several.
    offsets : int64 array
        As above.
    rows : Rows
        The athlete-days that are wanted; nothing is written for others.
    windows : sequence of Window
        The statistics.
    out : float array of shape (channels * windows, rows), optional
        Where to write (float32 or float64), so that a caller can use one buffer again and again;
        a new float64 array without it.
    threads : int
        Threads among which the athletes are shared out. It changes no bit of the result.

    Returns
    -------
    float array of shape (channels * windows, rows)
        All windows of the first channel, then those of the next.

    Examples
    --------
    Two athletes; the second one's first day knows nothing of the first:

    >>> offsets, days = np.array([0, 3, 5]), np.array([1, 2, 3, 10, 20], dtype=np.float32)
    >>> window_table(days, offsets, Rows(np.arange(5), offsets), [rolling_sum(2, 0, 1)])
    array([[ 1.,  3.,  5., 10., 30.]])
    """
    channels = np.atleast_2d(values)
    if out is None:
        out = np.empty((len(channels) * len(windows), rows.size))
    run, wanted = (channels, offsets), (rows.at, rows.offsets)
    asked, faded, reach = _asked(windows), _faded(windows), _reach(windows)

    def fill(span: tuple[int, int]) -> None:
        fill_windows(out, len(windows), run, wanted, asked, reach, span)
        fill_ewmas(out, len(windows), run, wanted, faded, span)

    if threads == 1:
        fill((0, offsets.size - 1))
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fill, athlete_spans(offsets, SPANS_PER_THREAD * threads)))
    return out


def athlete_spans(offsets: Offsets, parts: int) -> list[tuple[int, int]]:
    """Cut the athletes into at most `parts` neighbouring spans of about as many days each."""
    # By days and not by athletes: one of fifteen years takes as long as many of one.
    shares = np.linspace(0, offsets[-1], parts + 1)[1:-1]
    cuts = np.unique([0, *np.searchsorted(offsets, shares), offsets.size - 1]).tolist()
    return list(pairwise(cuts)) or [(0, 0)]


def _asked(windows: Sequence[Window]) -> Offsets:
    """Return statistic, window, lag, days needed and row of the windows, like beside like."""
    plain = [(*w[:4], row) for row, w in enumerate(windows) if w.statistic != EWMA]
    # Equal windows side by side: the kernel computes counts and sums once for neighbours.
    plain.sort(key=lambda entry: (entry[2], entry[1], entry[0]))
    return np.array(plain, dtype=np.int64).reshape(-1, 5)


def _faded(windows: Sequence[Window]) -> tuple[Daily, Offsets]:
    """Return weight and known share, and the rows, of the exponentially weighted means."""
    rows = [row for row, w in enumerate(windows) if w.statistic == EWMA]
    weights = np.array([windows[row][4:] for row in rows], dtype=np.float64).reshape(-1, 2)
    return weights, np.array(rows, dtype=np.int64)


def _reach(windows: Sequence[Window]) -> tuple[int, int, int]:
    """Return days reached back, and powers of two needed for sums and for maxima."""
    back = max((w.window + w.lag for w in windows), default=1)
    longest_sum = max((w.window for w in windows if w.statistic in {SUM, MEAN, STD}), default=1)
    longest_peak = max((w.window for w in windows if w.statistic == MAX), default=1)
    return back, longest_sum.bit_length(), longest_peak.bit_length()

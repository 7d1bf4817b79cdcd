"""The share not back yet, from returns of which some are still open (Kaplan, Meier 1958)."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from common.arrays import Floats

NORMAL_95: Final = 1.959963984540054


class KaplanMeier(NamedTuple):
    """A curve that steps down at each day on which somebody came back.

    Parameters
    ----------
    days : ndarray of shape (k,)
        Days with a return, ascending.
    not_back : ndarray of shape (k,)
        Share not back after the day.
    low, high : ndarray of shape (k,)
        95 % interval of it on the log(-log) scale, with Greenwood's variance; null where it is not
        defined (nobody back, or everybody).
    """

    days: Floats
    not_back: Floats
    low: Floats
    high: Floats

    def back_by(self, share: float) -> float | None:
        """Return the first day by which a share is back; None if the curve does not reach it."""
        # Products of shares miss a round number by the last digits.
        reached = np.flatnonzero(self.not_back <= 1 - share + 1e-12)
        return float(self.days[reached[0]]) if reached.size else None


def kaplan_meier(days: npt.ArrayLike, is_back: npt.ArrayLike) -> KaplanMeier:
    """Estimate the share that is not back yet.

    Parameters
    ----------
    days : array-like of shape (n,)
        Days from onset to return, or to the last day on which the injury was still open.
    is_back : array-like of shape (n,)
        Whether the athlete came back on that day; False where the injury is still open. Who is
        open on a day counts as at risk of returning on it.

    Examples
    --------
    Four injuries, the second still open on day 20:

    >>> found = kaplan_meier([10, 20, 30, 40], [True, False, True, True])
    >>> found.days.tolist(), found.not_back.round(3).tolist()
    ([10.0, 30.0, 40.0], [0.75, 0.375, 0.0])
    >>> found.back_by(0.5)
    30.0
    """
    time = np.asarray(days, dtype=np.float64)
    back = np.asarray(is_back, dtype=bool)
    steps, returned = np.unique(time[back], return_counts=True)
    # Open injuries stay in the denominator up to their last day: to drop them would make returns
    # look faster.
    at_risk = (time[:, None] >= steps).sum(axis=0)
    not_back = np.cumprod(1 - returned / np.maximum(at_risk, 1))
    low, high = _interval(not_back, returned, at_risk)
    return KaplanMeier(steps, not_back, low, high)


def _interval(
    not_back: Floats, returned: npt.NDArray[np.int64], at_risk: npt.NDArray[np.int64]
) -> tuple[Floats, Floats]:
    # At a share of 0 or 1 the log-log scale is infinite; those ends are made null below.
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(returned / (at_risk * (at_risk - returned)))
        log_s = np.log(not_back)
        width = NORMAL_95 * np.sqrt(greenwood) / log_s
        centre = np.log(-log_s)
        bounds = np.exp(-np.exp(centre - width)), np.exp(-np.exp(centre + width))
    defined = (not_back > 0) & (not_back < 1)
    low, high = (np.where(defined, bound, np.nan) for bound in bounds)
    # The width is divided by a negative logarithm, so that the ends come out in either order.
    return np.minimum(low, high), np.maximum(low, high)

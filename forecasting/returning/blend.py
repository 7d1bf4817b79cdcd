"""Published times to return, moved towards a club's own returns as far as these weigh.

A club's times are the published ones times exp(delta), and spread exp(kappa) times as wide on the
log scale: log T = m + delta + exp(kappa) s z, with m and s of the figure that fits each injury.
Both have a prior around 0: how much clubs differ from the cohorts that were published. The
posterior is a sum over a grid, so that open injuries count exactly as what they are: not back yet
(a lognormal accelerated-failure-time model with right censoring).
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from forecasting.returning.figures import PublishedReturn
from forecasting.returning.kaplan_meier import kaplan_meier
from models.numeric.normal_kernel import log_normal_below, normal_below

CLUB_SD: Final = 0.5
"""Prior sd of delta: one club in three lies beyond 1.65 times the published times or below 0.6 of
them (a convention; no figure was found)."""
SPREAD_SD: Final = 0.25
"""Prior sd of kappa (convention)."""
_DELTA: Final = np.linspace(-2.0, 2.0, 81)
_KAPPA: Final = np.linspace(-0.75, 0.75, 13)
_SEARCH: Final = np.linspace(np.log(0.5), np.log(3650.0), 240)
_INJURIES_AT_ONCE: Final = 10_000
"""Likelihoods over the grid that are held at a time: 84 MB."""


@dataclass(frozen=True)
class OwnReturns:
    """A club's own injuries: days, whether they have ended, and the published figure of each.

    Parameters
    ----------
    days : ndarray of shape (n,)
        From onset to return, or to the last day on which it was still open.
    is_back : ndarray of shape (n,)
        Whether the return is known.
    log_median, log_sd : ndarray of shape (n,)
        Of the published figure that fits the injury.
    """

    days: Floats
    is_back: npt.NDArray[np.bool_]
    log_median: Floats
    log_sd: Floats

    @property
    def returns(self) -> int:
        """Number of known returns."""
        return int(self.is_back.sum())

    @property
    def still_open(self) -> int:
        """Number of injuries that have not ended."""
        return len(self.days) - self.returns


def no_returns() -> OwnReturns:
    """Return the record of a club that has had none."""
    nothing = np.zeros(0)
    return OwnReturns(nothing, nothing.astype(bool), nothing, nothing)


@dataclass(frozen=True)
class Blend:
    """Where a club stands against the published times; as small for many injuries as for few.

    Parameters
    ----------
    weights : ndarray of shape (81, 13)
        Posterior weight of each (delta, kappa), sum 1.
    returns, still_open : int
        Own injuries that have ended, and those that have not.
    half_by_days : float or None
        Day since onset by which half of the own injuries had ended (Kaplan and Meier); None where
        the curve does not reach it.
    """

    weights: Floats
    returns: int
    still_open: int
    half_by_days: float | None
    _survivals: dict[tuple[float, float, float], Floats] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, own: OwnReturns) -> "Blend":
        """Return what a club's own injuries make of the published times."""
        half = kaplan_meier(own.days, own.is_back).back_by(0.5)
        return cls(_weights(own), own.returns, own.still_open, half)

    @property
    def own_weight(self) -> float:
        """Weight of the club's own returns in the curve: 1 - posterior / prior variance.

        0 without any, near 1 with very many.
        """
        share = self.weights.sum(axis=1)
        mean = float(share @ _DELTA)
        variance = float(share @ (_DELTA - mean) ** 2)
        return float(np.clip(1 - variance / CLUB_SD**2, 0.0, 1.0))

    @property
    def factor(self) -> float:
        """How many times as long as published the club's returns take, at the middle."""
        share = self.weights.sum(axis=1)
        return float(np.exp(share @ _DELTA))

    def not_back(self, days: npt.ArrayLike, figure: PublishedReturn) -> Floats:
        """Return the probability of not being back after so many days, shape of `days`."""
        time = np.log(np.maximum(np.asarray(days, dtype=np.float64), 1e-9))
        # The published median is itself uncertain: both spreads are added as variances.
        sd = np.hypot(figure.log_sd * np.exp(_KAPPA), figure.log_median_sd)
        z = (time[..., None, None] - figure.log_median - _DELTA[:, None]) / sd
        return np.asarray((normal_below(-z) * self.weights).sum(axis=(-2, -1)))

    def back_by(self, share: float, figure: PublishedReturn, so_far: float = 0.0) -> float:
        """Return the days since onset by which a share of those not back on day `so_far` are back.

        Parameters
        ----------
        share : float
            Between 0 and 1.
        figure : PublishedReturn
            The figure that fits the injury.
        so_far : float
            Days since onset that have passed without a return.
        """
        grid, survival = np.exp(_SEARCH), self._survival(figure)
        now = float(self.not_back(np.array([so_far]), figure)[0]) if so_far > 0 else 1.0
        target = now * (1 - share)
        # The survival falls along the grid; reversed, it rises as np.interp wants it.
        return float(np.interp(target, survival[::-1], grid[::-1]))

    def _survival(self, figure: PublishedReturn) -> Floats:
        """Return the shares not back along the grid, the same for all injuries of a figure."""
        key = (figure.log_median, figure.log_sd, figure.log_median_sd)
        if key not in self._survivals:
            self._survivals[key] = self.not_back(np.exp(_SEARCH), figure)
        return self._survivals[key]


def _weights(own: OwnReturns) -> Floats:
    prior = -0.5 * ((_DELTA[:, None] / CLUB_SD) ** 2 + (_KAPPA / SPREAD_SD) ** 2)
    log_weights = prior + _log_likelihood(own)
    # Less the largest, so that exp neither overflows nor makes all weights 0.
    weights = np.exp(log_weights - log_weights.max())
    return np.asarray(weights / weights.sum())


def _log_likelihood(own: OwnReturns) -> Floats:
    starts = range(0, len(own.days), _INJURIES_AT_ONCE)
    nothing = np.zeros((len(_DELTA), len(_KAPPA)))
    return sum((_of_some(own, slice(at, at + _INJURIES_AT_ONCE)) for at in starts), nothing)


def _of_some(own: OwnReturns, some: slice) -> Floats:
    time = np.log(np.maximum(own.days[some], 0.5))[:, None, None]
    sd = own.log_sd[some, None, None] * np.exp(_KAPPA)
    z = (time - own.log_median[some, None, None] - _DELTA[:, None]) / sd
    density = -0.5 * z**2 - np.log(sd)
    # An open injury counts by the chance of lasting so long; left out, it would shorten the times.
    back = own.is_back[some, None, None]
    return np.asarray(np.where(back, density, log_normal_below(-z)).sum(axis=0))

"""Forecasts that know the week ahead: a weekly forecast, moved by what is planned."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.week_ahead.week import Before, ComingWeek, Measures, measured
from models.week_ahead.effects import PlanEffects, spike_log_ratio
from models.week_ahead.hours import HoursBefore

LEVEL: Final = 0.9
_LEAST: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Ahead:
    """What the forecast of a week needs, of n athletes.

    Parameters
    ----------
    probability : ndarray of shape (n,)
        Weekly probability without knowing the week.
    low, high : ndarray of shape (n,)
        Its 90 % range; NaN where the model has none.
    base_rate : float
        What bands are multiples of.
    hours_before : HoursBefore
        What the hours of the week are compared with.
    before : Before
        What the week is compared with.
    pace : ndarray of shape (n,)
        Minutes per kilometre; NaN unknown.
    effects : PlanEffects
        What weeks do.
    """

    probability: Floats
    low: Floats
    high: Floats
    base_rate: float
    hours_before: HoursBefore
    before: Before
    pace: Floats
    effects: PlanEffects

    def rows(self, index: npt.NDArray[np.int64]) -> "Ahead":
        """Return the same of some athletes, also several times."""
        return Ahead(
            self.probability[index],
            self.low[index],
            self.high[index],
            self.base_rate,
            self.hours_before.rows(index),
            self.before.rows(index),
            self.pace[index],
            self.effects,
        )

    def risk(self, week: ComingWeek) -> Floats:
        """Return the probability of an injury in the week, shape (n,)."""
        return self.risk_of(measured(week, self.before))

    def risk_of(self, week: Measures) -> Floats:
        """Return the probability of an injury in a week of these numbers, shape (n,)."""
        return probability(
            cumulative_hazard(self.probability)
            * np.exp(self.effects.log_ratio(week, self.hours_before))
        )

    def range_(self, week: ComingWeek) -> tuple[Floats, Floats]:
        """Return the 90 % range of :meth:`risk`, shape (n,) each; NaN where the model has none."""
        numbers = measured(week, self.before)
        own = np.log(cumulative_hazard(self.high) / cumulative_hazard(self.low))
        reach = NormalDist().inv_cdf((1 + LEVEL) / 2)
        variance = (own / (2 * reach)) ** 2
        # Two independent uncertainties of the log hazard: their variances add up.
        variance = variance + self.effects.variance(numbers, self.hours_before)
        middle = np.log(cumulative_hazard(self.risk_of(numbers)))
        low, high = (
            probability(np.exp(middle + sign * reach * np.sqrt(variance))) for sign in (-1, 1)
        )
        return low, high

    def by_day(self, week: ComingWeek) -> Floats:
        """Return the probability of an injury on each day that was reached, shape (n, 7).

        The hazard of the week is shared out by running time; from the day of the longest run on,
        if it is a spike, an hour weighs as much more as the run. A week without any running is
        shared out evenly. So 1 - prod(1 - daily) is the risk of the week.
        """
        whole = cumulative_hazard(self.risk(week))
        spike = np.nan_to_num(spike_log_ratio(measured(week, self.before).ratio))
        longest = np.argmax(week.longest_km, axis=1)
        # A spike acts on its own day and for days after it, never before.
        after = np.arange(week.km.shape[1])[None, :] >= longest[:, None]
        weight = week.minutes * np.exp(np.where(after, spike[:, None], 0.0))
        total = weight.sum(axis=1, keepdims=True)
        even = np.full(weight.shape, 1 / weight.shape[1])
        share = np.divide(weight, total, out=even, where=total > 0)
        return probability(whole[:, None] * share)


def cumulative_hazard(risk: Floats) -> Floats:
    """Return H of p = 1 - exp(-H)."""
    # At 0 or 1 the logarithm would be infinite. log1p keeps the digits of small risks.
    return np.asarray(-np.log1p(-np.clip(risk, _LEAST, 1 - _LEAST)), dtype=np.float64)


def probability(hazard: Floats) -> Floats:
    """Return p = 1 - exp(-H)."""
    return np.asarray(-np.expm1(-hazard), dtype=np.float64)

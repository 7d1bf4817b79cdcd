r"""The effect of a week ahead on the hazard, on top of any weekly forecast.

.. math::
    \log H_{week} = \log H + l + a\,(\log h - \log h_e) + b\,(s - \bar s) + c\,(k - \bar k)

H is the hazard that is forecast without knowing the week, h the hours of the week and :math:`h_e`
those that were expected, s the log of the published ratio of the longest run's class, k the hard
days that follow a hard day; :math:`\bar s` and :math:`\bar k` are the means over weeks as run, so
that an average week changes nothing. a, b and c are never below 0: more running, a longer run and
hard days in a row never lower a forecast.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from common.arrays import Floats
from features.week_ahead.week import Measures
from models.evidence.figures import Coefficients, Spikes, packaged
from models.evidence.gaussian import Gaussian

NAMES: Final = ("level", "hours", "longest_run", "hard_days")
_LEVEL: Final = 0
LEVEL_SD: Final = 0.1
LONGEST_RUN: Final = (0.6, 0.25)
"""The published ratio is of the session itself. What is forecast is its week, of which the long run
is a part; what it does to the days after it is not published. Six tenths, with room to be wrong."""
HARD_DAYS: Final = (0.05, 0.08)
"""No usable size is published of hard days in a row; 5 % each is assumed, and 0 is not far."""
MEAN_SPIKE: Final = 0.12
"""One week in four or five with a rise of more than 10 % (as in coefficients.yaml)."""
MEAN_PAIRS: Final = 0.5


@dataclass(frozen=True, eq=False)
class PlanEffects:
    """Coefficients of the week ahead, and the means they are counted from.

    Parameters
    ----------
    coefficients : Gaussian
        level, hours, longest_run, hard_days.
    mean_spike, mean_pairs : float
        Means over weeks as run.
    weeks, events : int
        What they were learnt from; 0 for the prior.
    """

    coefficients: Gaussian
    mean_spike: float = MEAN_SPIKE
    mean_pairs: float = MEAN_PAIRS
    weeks: int = 0
    events: int = 0

    def log_ratio(self, week: Measures, expected_log_hours: Floats) -> Floats:
        """Return what the weeks add to the log hazard, shape (n,).

        Parameters
        ----------
        week : Measures
            Of the weeks.
        expected_log_hours : ndarray of shape (n,)
            Log of the hours expected without knowing the week (with `least_hours` added); NaN
            where nothing is known: hours change nothing then.
        """
        return self.design(week, expected_log_hours) @ held(self.coefficients.mean)

    def variance(self, week: Measures, expected_log_hours: Floats) -> Floats:
        """Return the variance of :meth:`log_ratio` from the coefficients, shape (n,)."""
        return self.coefficients.variance_along(self.design(week, expected_log_hours))

    def design(self, week: Measures, expected_log_hours: Floats) -> Floats:
        """Return the summands without coefficients, shape (n, 4); unknown is 0."""
        logs = np.log(week.hours + packaged().exposure.least_hours)
        return np.column_stack(
            [
                np.ones(len(logs)),
                np.nan_to_num(logs - expected_log_hours),
                np.nan_to_num(spike_log_ratio(week.ratio) - self.mean_spike),
                week.hard_pairs - self.mean_pairs,
            ]
        )


def held(coefficients: Floats) -> Floats:
    """Return coefficients with none below 0 but the level; shape (4,) or (draws, 4)."""
    kept = np.maximum(coefficients, 0.0)
    kept[..., _LEVEL] = coefficients[..., _LEVEL]
    return kept


def prior_effects(figures: Coefficients | None = None) -> PlanEffects:
    """Return the effects before any weeks of a team."""
    exposure = (figures or packaged()).exposure
    means = (0.0, exposure.mean, LONGEST_RUN[0], HARD_DAYS[0])
    spreads = (LEVEL_SD, exposure.sd, LONGEST_RUN[1], HARD_DAYS[1])
    return PlanEffects(Gaussian(NAMES, np.array(means), np.diag(np.square(spreads))))


def spike_log_ratio(ratio: Floats) -> Floats:
    """Return the log of the published ratio of a longest run's class, never falling; NaN unknown.

    Published are 1.64 above 10 %, 1.52 above 30 % and 2.28 above 100 %. A longer run is not less
    of a risk: classes out of order are pooled by inverse variance (pool adjacent violators).

    Examples
    --------
    >>> np.exp(spike_log_ratio(np.array([0.5, 1.1, 1.2, 1.5, 2.5]))).round(2)
    array([1.  , 1.  , 1.59, 1.59, 2.28])
    """
    bounds, steps = _rising_classes(packaged().spike_classes)
    at = np.searchsorted(bounds, np.round(ratio, 6), side="left")
    return np.where(np.isnan(ratio), np.nan, steps[np.minimum(at, len(bounds))])


@cache
def _rising_classes(spikes: Spikes) -> tuple[Floats, Floats]:
    """Return the classes' lower bounds and log ratios, pooled until they rise."""
    logs = [float(np.log(one.ratio)) for one in spikes.classes]
    weights = [float(np.log(one.high / one.low)) ** -2 for one in spikes.classes]
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(logs, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (v, w, n), (u, x, m) = pools.pop(-2), pools.pop()
            pools.append(((v * w + u * x) / (w + x), w + x, n + m))
    rising = [value for value, _, number in pools for _ in range(number)]
    return np.array([one.above for one in spikes.classes]), np.array([0.0, *rising])

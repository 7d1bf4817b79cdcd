r"""The effect of a week ahead on the hazard, on top of any weekly forecast.

.. math::
    \log H_{week} = \log H + l + a \log\frac{h}{h_u} + e \log\frac{h_u}{h_e}
        + g \log\frac{h_u}{h_l} + b\,(s - \bar s) + c\,(k - \bar k)

H is the hazard that is forecast without knowing the week. h are the hours of the week, :math:`h_u`
those of the athlete's usual week, :math:`h_e` those that the forecast without the week counts on,
:math:`h_l` those of runners of the level; s is the log of the published ratio of the longest run's
class, k the hard days that follow a hard day. :math:`\bar s` and :math:`\bar k` are the means over
weeks as run; l makes up for the mean over weeks, so that weeks change nothing on average, and is
0 where hours are unknown. a, e, b and c are never below 0: more
running, a longer run and hard days in a row never lower a forecast.

One exponent for :math:`h / h_e` (a = e, g = 0) says that hours count alike between runners and
between the weeks of one runner. Learnt that way from simulated weeks, the exponent of the week came
out too small, because it stood for both.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from common.arrays import Floats
from features.week_ahead.week import Measures
from models.evidence.figures import Coefficients, Spikes, packaged
from models.evidence.gaussian import Gaussian
from models.numeric.row_sums import row_products
from models.week_ahead.hours import HoursBefore

NAMES: Final = ("level", "hours", "recent_hours", "usual_hours", "longest_run", "hard_days")
_ANY_SIGN: Final = [NAMES.index("level"), NAMES.index("usual_hours")]
LEVEL: Final = (-0.15, 0.2)
"""A forecast without the week is a mean over weeks, which lies above a week of middle hours: with
a spread of 0.5 in log hours by about 0.75^2 x 0.5^2 / 2 = 0.07. And of what is planned less is run:
with nine tenths by 0.75 x log(10 / 9) = 0.08. Both are assumptions."""
HOURS: Final = (0.75, 0.3)
"""Between runners the published exponent of hours is 0.5 (coefficients.yaml). Between the weeks of
one runner hours are time at risk, for which it would be 1. Nothing is published of planned weeks:
midway, with room for both."""
USUAL_HOURS: Final = (0.0, 0.25)
"""What the forecast without the week says of the athlete's usual hours stands; where plans show
that it counts for more or less, it moves."""
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
        Of the names in :data:`NAMES`.
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

    def log_ratio(self, week: Measures, before: HoursBefore) -> Floats:
        """Return what the weeks add to the log hazard, shape (n,).

        Parameters
        ----------
        week : Measures
            Of the weeks.
        before : HoursBefore
            Of the same rows; where the expected hours are unknown, hours change nothing.
        """
        return row_products(self.design(week, before), nonnegative(self.coefficients.mean))

    def variance(self, week: Measures, before: HoursBefore) -> Floats:
        """Return the variance of :meth:`log_ratio` from the coefficients, shape (n,)."""
        return self.coefficients.variance_along(self.design(week, before))

    def design(self, week: Measures, before: HoursBefore) -> Floats:
        """Return the summands without coefficients; unknown is 0.

        Returns
        -------
        ndarray of shape (n, 6), or (n, k, 6)
            In the order of :data:`NAMES`; the second where k weeks are given for each row.
        """
        return np.stack(
            [
                *before.summands(week.hours),
                np.nan_to_num(spike_log_ratio(week.ratio) - self.mean_spike),
                week.hard_pairs - self.mean_pairs,
            ],
            axis=-1,
        )


def nonnegative(coefficients: Floats) -> Floats:
    """Return coefficients with none below 0 but those of the level and the usual hours.

    Parameters
    ----------
    coefficients : ndarray of shape (6,) or (draws, 6)
    """
    bounded = np.maximum(coefficients, 0.0)
    # These two correct the forecast without the week, which may err in either direction.
    bounded[..., _ANY_SIGN] = coefficients[..., _ANY_SIGN]
    return bounded


def prior_effects(figures: Coefficients | None = None) -> PlanEffects:
    """Return the effects before any weeks of a team."""
    exposure = (figures or packaged()).exposure
    recent = (exposure.mean, exposure.sd)
    priors = (LEVEL, HOURS, recent, USUAL_HOURS, LONGEST_RUN, HARD_DAYS)
    means, spreads = np.transpose(priors)
    return PlanEffects(Gaussian(NAMES, means, np.diag(np.square(spreads))))


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
    # A rise of exactly 10 % is reference; float32 stores it a little above.
    at = np.searchsorted(bounds, np.round(ratio, 6), side="left")
    return np.where(np.isnan(ratio), np.nan, steps[np.minimum(at, len(bounds))])


@cache
def _rising_classes(spikes: Spikes) -> tuple[Floats, Floats]:
    """Return the classes' lower bounds and log ratios, pooled until they rise."""
    logs = [float(np.log(spike_class.ratio)) for spike_class in spikes.classes]
    # The width of the interval stands for its error: only the ratio of the weights counts.
    weights = [
        float(np.log(spike_class.high / spike_class.low)) ** -2 for spike_class in spikes.classes
    ]
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(logs, weights, strict=True):
        pools.append((value, weight, 1))
        # Pooling may put a class below the one before it, so this goes back as far as needed.
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (v, w, n), (u, x, m) = pools.pop(-2), pools.pop()
            pools.append(((v * w + u * x) / (w + x), w + x, n + m))
    rising = [value for value, _, number in pools for _ in range(number)]
    return np.array([spike_class.above for spike_class in spikes.classes]), np.array([0.0, *rising])

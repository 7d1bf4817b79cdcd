"""The smooth calibration curve with its band: outcome rate against forecast, without groups."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.metrics.calibration_draws import drawn_curves
from models.metrics.calibration_measures import SMOOTHER
from models.metrics.resampling import Resampling
from models.numeric.weighted_logistic import logit
from models.settings.evaluation import IntervalSettings

POINTS = 40
_SHOWN = (0.01, 0.99)  # beyond these quantiles of the forecast a curve is drawn by a few rows


def smooth_calibration(
    y: npt.ArrayLike,
    probability: Floats,
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    points: int = POINTS,
) -> pd.DataFrame:
    """Return the smoothed outcome rate over the middle 98 % of the forecasts, and its band.

    The smoother is :data:`models.metrics.calibration_measures.SMOOTHER`; the band is pointwise and
    refits the curve on each draw of athletes, knots included.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1; a true probability is taken as well.
    probability : ndarray of shape (n,)
        Forecasts of one model.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed.
    points : int
        Forecasts at which the curve is told, evenly spaced in log-odds.

    Returns
    -------
    pandas.DataFrame
        predicted, observed, low, high (probabilities), smoother (its name).
    """
    order = np.argsort(probability, kind="stable")
    p, event = np.asarray(probability, dtype=float)[order], np.asarray(y, dtype=float)[order]
    draws = Resampling.of(event, np.asarray(athletes)[order], settings)
    first, last = (float(x) for x in logit(np.quantile(p, _SHOWN)))
    # A constant forecast has a point and no curve.
    at = expit(np.linspace(first, last, points if last > first else 1))
    counts = np.vstack([np.ones(draws.counts.shape[1]), draws.counts])
    curves = drawn_curves(event, p, draws.codes, counts, at)
    value, low, high = draws.interval(curves)
    band = {"predicted": at, "observed": value, "low": low, "high": high}
    return pd.DataFrame(band).assign(smoother=SMOOTHER)

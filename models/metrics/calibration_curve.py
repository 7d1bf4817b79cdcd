"""Forecast against outcome in groups of equal size: the points of a calibration plot."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.intervals import athlete_draws, percentiles
from models.settings.evaluation import IntervalSettings

GROUPS = 10


def calibration_curve(
    y: npt.ArrayLike,
    probability: Floats,
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    groups: int = GROUPS,
) -> pd.DataFrame:
    """Return the mean forecast and the observed rate in groups of equal size.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1; a true probability is taken as well.
    probability : ndarray of shape (n,)
        Forecasts. Equal forecasts stay in one group, so there may be fewer groups.
    athletes : array-like of shape (n,)
        The athlete of each row, for the interval.
    settings : IntervalSettings
        Draws of athletes, coverage, seed.
    groups : int
        Groups wanted.

    Returns
    -------
    pandas.DataFrame
        predicted, observed, low, high (shares), rows, events; by rising forecast.
    """
    outcome, p = np.asarray(y, dtype=float), np.asarray(probability, dtype=float)
    member = equal_groups(p, groups)
    codes, names = pd.factorize(np.asarray(athletes), sort=True)
    shape = (len(names), int(member.max()) + 1)
    # Per athlete and group once, so that a draw is one matrix product.
    flat = codes * shape[1] + member
    rows = np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)
    summed = np.bincount(flat, outcome, minlength=shape[0] * shape[1])
    events = summed.astype(float).reshape(shape)
    low, high = _interval(events, rows, settings)
    return pd.DataFrame(
        {
            "predicted": np.bincount(member, p) / rows.sum(axis=0),
            "observed": events.sum(axis=0) / rows.sum(axis=0),
            "low": low,
            "high": high,
            "rows": rows.sum(axis=0),
            "events": events.sum(axis=0),
        }
    )


def equal_groups(p: Floats, groups: int) -> npt.NDArray[np.int64]:
    """Return the group of each forecast, 0 for the lowest; equal forecasts stay together.

    Examples
    --------
    >>> equal_groups(np.array([0.1, 0.3, 0.1, 0.2]), 2).tolist()
    [0, 1, 0, 1]
    """
    # Groups of equal size: with equal steps of risk the upper groups would hold next to nobody.
    bounds = np.unique(np.quantile(p, np.linspace(0, 1, groups + 1)[1:-1]))
    _, member = np.unique(np.searchsorted(bounds, p, side="right"), return_inverse=True)
    return np.asarray(member, dtype=np.int64)


def _interval(
    events: Floats, rows: npt.NDArray[np.int64], settings: IntervalSettings
) -> tuple[Floats, Floats]:
    """Percentile interval of each group's rate over the draws of athletes that hold the group."""
    draws = athlete_draws(len(rows), settings)
    drawn = draws @ rows
    rates = np.divide(draws @ events, drawn, out=np.full(drawn.shape, np.nan), where=drawn > 0)
    return percentiles(rates, settings.level)

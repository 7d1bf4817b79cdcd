"""How the forecasts are spread among rows with and without an injury."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.resampling import Resampling, ratio
from models.settings.evaluation import IntervalSettings

QUANTILES: Final = (0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)
CLASSES: Final = ("no injury", "injury")
_PER_DOUBLING: Final = 2


def risk_quantiles(
    y: npt.ArrayLike,
    predictions: Mapping[str, Floats],
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
) -> pd.DataFrame:
    """Return mean and quantiles of every model's forecasts in each outcome class.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities by model.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed of the mean's interval.

    Returns
    -------
    pandas.DataFrame
        model, outcome, rows, mean, mean_low, mean_high, q01 ... q99.
    """
    members = _members(y)
    draws = Resampling.of(y, athletes, settings)
    rows = draws.totals(members)
    records: list[dict[str, object]] = []
    for name, p in predictions.items():
        mean, low, high = draws.interval(ratio(draws.totals(members * p[:, None]), rows))
        for at, outcome in enumerate(CLASSES):
            cut = _quantiles(p[members[:, at] > 0])
            spread = {f"q{round(100 * q):02d}": v for q, v in zip(QUANTILES, cut, strict=True)}
            known = {"model": name, "outcome": outcome, "rows": int(members[:, at].sum())}
            means = {"mean": mean[at], "mean_low": low[at], "mean_high": high[at]}
            records.append(known | means | spread)
    return pd.DataFrame(records)


def risk_histogram(
    y: npt.ArrayLike,
    probability: Floats,
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    base_rate: float,
) -> pd.DataFrame:
    """Return the share of each outcome class in bins of risk, two per doubling.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    probability : ndarray of shape (n,)
        Forecasts of one model.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed.
    base_rate : float
        An edge of the bins; the outermost hold what lies beyond an eighth and eight times it.

    Returns
    -------
    pandas.DataFrame
        outcome, risk_from, risk_to, risk (geometric middle), share, low, high; the shares of a
        class add up to 1.
    """
    steps = np.arange(-3 * _PER_DOUBLING, 3 * _PER_DOUBLING + 1)
    # In doublings: weekly risks lie close to 0, where bins of equal width hold everybody at once.
    edges = base_rate * 2 ** (steps / _PER_DOUBLING)
    edges = edges[edges < 1]
    bins = np.clip(np.searchsorted(edges, probability, side="right") - 1, 0, len(edges) - 2)
    inside = bins[:, None] == np.arange(len(edges) - 1)
    members = _members(y)
    draws = Resampling.of(y, athletes, settings)
    rows = draws.totals(members)
    tables = []
    for at, outcome in enumerate(CLASSES):
        share = ratio(draws.totals(inside * members[:, [at]]), rows[:, [at]])
        value, low, high = draws.interval(share)
        columns = {"outcome": outcome, "risk_from": edges[:-1], "risk_to": edges[1:]}
        columns |= {"risk": np.sqrt(edges[:-1] * edges[1:])}
        tables.append(pd.DataFrame(columns | {"share": value, "low": low, "high": high}))
    return pd.concat(tables, ignore_index=True)


def _members(y: npt.ArrayLike) -> Floats:
    event = np.asarray(y, dtype=float)
    return np.stack([1 - event, event], axis=1)


def _quantiles(p: Floats) -> Floats:
    return np.quantile(p, QUANTILES) if len(p) else np.full(len(QUANTILES), np.nan)

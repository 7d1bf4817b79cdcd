"""Whether the forecasts are still right: figures of a group, and an alarm for every Monday."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2

from common.arrays import Floats
from forecasting.monitoring.outcomes import LEAST_EVENTS
from models.metrics.calibration_measures import calibration_intercept, calibration_slope
from models.metrics.measures import brier

SHIFTS: Final = tuple(float(np.log(k)) for k in (0.25, 0.5, 2.0, 4.0))
"""Shifts in log-odds that are watched for: odds a quarter, half, twice, four times."""

WEEKS_TO_FALSE_ALARM: Final = 200


def evidence_of_shift(week: NDArray[np.int64], p: Floats, y: Floats) -> float:
    r"""Return the evidence that the forecasts became too low or too high at some week.

    A Shiryaev-Roberts e-detector (Shin, Ramdas & Rinaldo 2023). For a shift :math:`\delta` of the
    log-odds one forecast's likelihood ratio is :math:`e^{\delta y} / (1 - p + p e^\delta)`, of
    mean 1 while the forecast is right; with :math:`L_w` the product over a week,

    .. math:: M_w(\delta) = L_w(\delta) (1 + M_{w-1}(\delta)),

    averaged over :data:`SHIFTS`. With right forecasts it reaches 200 no more often than once in
    200 weeks on average, however often one looks.

    Parameters
    ----------
    week, p, y : ndarray of shape (n,)
        Number of the week (any rising integers), probability, outcome 0 or 1.
    """
    by_shift = []
    for shift in SHIFTS:
        ratios = shift * y - np.log1p(p * np.expm1(shift))
        evidence = 0.0
        for each in np.unique(week):
            # exp overflows beyond about 700; 300 is an alarm many times over.
            evidence = float(np.exp(min(ratios[week == each].sum(), 300.0))) * (1 + evidence)
        by_shift.append(evidence)
    return float(np.mean(by_shift))


def figures(forecasts: pd.DataFrame) -> dict[str, float | int | None]:
    """Return how a group of forecasts fared; null where there is too little to say.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        probability, base_rate, event (0 or 1).

    Returns
    -------
    dict
        forecasts, events, expected; oe with the exact Poisson interval oe_low, oe_high (95 %);
        intercept, slope and slope_se (at perfect calibration); brier and brier_skill against the
        base rate.
    """
    p = forecasts["probability"].to_numpy(dtype=float)
    y = forecasts["event"].to_numpy(dtype=float)
    base = forecasts["base_rate"].to_numpy(dtype=float)
    events, expected = int(y.sum()), float(p.sum())
    # chi2 of 0 degrees of freedom is NaN; without injuries the exact lower end is 0.
    low = float(chi2.ppf(0.025, 2 * events)) / 2 if events else 0.0
    high = float(chi2.ppf(0.975, 2 * events + 2)) / 2
    # If an injury followed every forecast, the intercept would have no finite value.
    enough = LEAST_EVENTS <= events < len(y)
    return {
        "forecasts": len(y),
        "events": events,
        "expected": expected,
        "oe": events / expected if expected else None,
        "oe_low": low / expected if expected else None,
        "oe_high": high / expected if expected else None,
        "intercept": _number(calibration_intercept(y, p)) if enough else None,
        "slope": _number(calibration_slope(y, p)) if enough else None,
        "slope_se": _slope_error(p) if enough else None,
        "brier": _number(brier(y, p)) if len(y) else None,
        "brier_skill": _number(1 - brier(y, p) / brier(y, base)) if events else None,
    }


def _slope_error(p: Floats) -> float | None:
    """Return the slope's standard error if calibration is perfect: the inverse information."""
    x, w = np.log(p / (1 - p)), p * (1 - p)
    spread = float((w * (x - np.average(x, weights=w)) ** 2).sum())
    return spread**-0.5 if spread > 0 else None


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

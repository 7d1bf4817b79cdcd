"""Whether the test part is large enough: expected widths of intervals, and power.

Riley, Debray, Collins et al. 2021, Stat Med 40:4230. Their formulas take rows as independent; the
width found by resampling athletes over the expected one, squared, is the design effect, by which
the needed rows grow.
"""

from typing import Final

import numpy as np
import pandas as pd
from scipy.special import expit, ndtr, ndtri

from common.arrays import Floats
from models.metrics.intervals import Replicates

TARGET_WIDTHS: Final[dict[str, float]] = {
    "observed_expected": 0.4,
    "calibration_slope": 0.4,
    "auroc": 0.1,
}
"""Widths of 95 % intervals to aim at: O/E 0.8-1.2, slope 0.8-1.2, c +/- 0.05."""

MATTERS: Final[dict[str, float]] = {"auroc": 0.02}
"""Smallest difference worth detecting between two models."""

_Z: Final = float(ndtri(0.975))


def observed_expected_width(rows: float, prevalence: float) -> float:
    """Return the expected width of O/E's 95 % interval: SE(ln O/E) = sqrt((1 - f) / (n f)).

    exp(1.96 SE) - exp(-1.96 SE), for O/E = 1.

    Parameters
    ----------
    rows : float
        n.
    prevalence : float
        f, share of rows with the outcome.
    """
    return float(2 * np.sinh(_Z * np.sqrt((1 - prevalence) / (rows * prevalence))))


def slope_width(rows: float, log_odds: Floats, weights: Floats | None = None) -> float:
    """Return the expected width of the calibration slope's 95 % interval.

    SE = sqrt(I_a / (n (I_a I_b - I_ab^2))), with I_a, I_ab, I_b the means of q, q l and q l^2,
    q = p (1 - p) and p = expit(l), for a model that is well calibrated.

    Parameters
    ----------
    rows : float
        n.
    log_odds : ndarray
        Distribution of the model's log-odds l.
    weights : ndarray, optional
        Weights of these values.
    """
    p = expit(log_odds)
    share = np.full(len(p), 1 / len(p)) if weights is None else weights / weights.sum()
    q = share * p * (1 - p)
    level, mixed, spread = q.sum(), q @ log_odds, q @ log_odds**2
    # Relative to the level: for a constant forecast only rounding is left of it.
    determinant = level * spread - mixed**2
    if not determinant > level**2 * 1e-12:
        return np.nan
    return float(2 * _Z * np.sqrt(level / (rows * determinant)))


def auroc_width(rows: float, prevalence: float, c_statistic: float) -> float:
    """Return the expected width of the c-statistic's 95 % interval (Newcombe 2006's variance).

    SE^2 = c (1 - c) (1 + (n/2 - 1) (1 - c)/(2 - c) + (n/2 - 1) c/(1 + c)) / (n^2 f (1 - f)).

    Parameters
    ----------
    rows : float
        n.
    prevalence : float
        f, share of rows with the outcome.
    c_statistic : float
        c.
    """
    c, half = c_statistic, rows / 2 - 1
    inner = 1 + half * (1 - c) / (2 - c) + half * c / (1 + c)
    variance = c * (1 - c) * inner / (rows**2 * prevalence * (1 - prevalence))
    return float(2 * _Z * np.sqrt(variance))


def needed_for_observed_expected(prevalence: float, width: float) -> int:
    """Return the rows for an interval of O/E of this width: (1 - f) / (f SE^2).

    Parameters
    ----------
    prevalence, width : float
        Share of rows with the outcome; width of the 95 % interval.

    Examples
    --------
    Riley 2021, mechanical heart valves (905 there, where the error is rounded to 0.0001):

    >>> needed_for_observed_expected(0.018, 1.0)
    906
    """
    error = np.arcsinh(width / 2) / _Z
    return int(np.ceil((1 - prevalence) / (prevalence * error**2)))


def needed_for_slope(log_odds: Floats, width: float, weights: Floats | None = None) -> float:
    """Return the rows for an interval of the slope of this width; nan for a constant forecast.

    Parameters
    ----------
    log_odds, weights
        As in :func:`slope_width`.
    width : float
        Width of the 95 % interval.
    """
    return float(np.ceil((slope_width(1, log_odds, weights) / width) ** 2))


def needed_for_auroc(prevalence: float, c_statistic: float, width: float) -> int:
    """Return the fewest rows whose expected interval of c is at most this wide, by bisection.

    Parameters
    ----------
    prevalence, c_statistic, width : float
        As in :func:`auroc_width`.
    """
    low, high = 2, 4
    while auroc_width(high, prevalence, c_statistic) > width:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        fits = auroc_width(middle, prevalence, c_statistic) <= width
        low, high = (low, middle) if fits else (middle, high)
    return high


def validation_size(measures: pd.DataFrame, log_odds: Floats, events: float) -> pd.DataFrame:
    """Compare the size of the test part with the rows that precise measures need.

    Parameters
    ----------
    measures : pandas.DataFrame
        metric, value, low, high of one model, by resampling athletes at 95 %.
    log_odds : ndarray of shape (n,)
        Its log-odds on the test rows.
    events : float
        Events among them.

    Returns
    -------
    pandas.DataFrame
        measure, target_width, needed_rows, needed_events (independent rows), rows, events,
        expected_width (independent rows), found_width, design_effect, needed_rows_athletes (needed
        rows times the design effect, at least 1), enough.
    """
    rows, table = len(log_odds), measures.set_index("metric")
    prevalence, c = events / rows, float(table["value"].to_dict()["auroc"])
    target = pd.Series(TARGET_WIDTHS, dtype=float)
    sizes = pd.DataFrame({"target_width": target, "rows": rows, "events": events})
    sizes["needed_rows"] = [
        needed_for_observed_expected(prevalence, target["observed_expected"]),
        needed_for_slope(log_odds, target["calibration_slope"]),
        needed_for_auroc(prevalence, c, target["auroc"]) if 0 < c < 1 else np.nan,
    ]
    sizes["needed_events"] = np.ceil(sizes["needed_rows"] * prevalence)
    sizes["expected_width"] = [
        observed_expected_width(rows, prevalence),
        slope_width(rows, log_odds),
        auroc_width(rows, prevalence, c),
    ]
    sizes["found_width"] = (table["high"] - table["low"]).reindex(sizes.index)
    sizes["design_effect"] = (sizes["found_width"] / sizes["expected_width"]) ** 2
    # At least 1: a narrow interval by luck must not make the test part look larger than it is.
    grown = sizes["design_effect"].clip(lower=1).fillna(1)
    sizes["needed_rows_athletes"] = np.ceil(sizes["needed_rows"] * grown)
    sizes["enough"] = sizes["needed_rows_athletes"] <= rows
    return sizes.rename_axis("measure").reset_index()


def power(difference: float, error: float) -> float:
    """Return the chance that a two-sided test at 5 % tells a difference: Phi(|d|/SE - 1.96).

    The far tail is left out, as usual; at a difference of 0 that is half of the 5 %.

    Parameters
    ----------
    difference, error : float
        d and its standard error.
    """
    return float(ndtr(abs(difference) / error - _Z)) if error > 0 else np.nan


def power_table(replicates: Replicates, leading: str) -> pd.DataFrame:
    """Return what differences between two models this test part could tell.

    The standard error is that of the paired difference over draws of athletes. `detectable` is
    the difference found with 80 % power, (1.96 + 0.84) SE; `power` is that of finding a
    difference declared beforehand (:data:`MATTERS`), never the observed one.

    Parameters
    ----------
    replicates : Replicates
        Measures on each draw.
    leading : str
        The model that the others are compared with.

    Returns
    -------
    pandas.DataFrame
        against, metric, difference, standard_error, detectable, matters, power.
    """
    gaps = replicates.differences(leading).merge(replicates.standard_errors(leading))
    gaps = gaps[gaps["metric"].isin(list(MATTERS))].reset_index(drop=True)
    # Power at the observed difference would only say again whether it was significant.
    matters = gaps["metric"].map(MATTERS)
    return pd.DataFrame(
        {
            "against": gaps["model"],
            "metric": gaps["metric"],
            "difference": gaps["value"],
            "standard_error": gaps["error"],
            "detectable": (_Z + ndtri(0.8)) * gaps["error"],
            "matters": matters,
            "power": [power(d, e) for d, e in zip(matters, gaps["error"], strict=True)],
        }
    )

"""Drift of feature rows between two spans of weeks: values, and what is missing.

Each athlete counts once on either side, with the mean of two weeks, so that neither many weeks of
one athlete nor spans of unequal length look like drift.
"""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import chi2, false_discovery_control, fisher_exact, ks_2samp

from common.arrays import Floats

SPAN_WEEKS: Final = 2
LOOK_BACK_WEEKS: Final = 8
BINS: Final = 5
CLOCKS: Final = ("history_days", "age_years", "years_running", "weeks_at_risk_on_record")
"""Features that rise with every week for everybody, or nearly; their drift is the calendar's."""

LEAST_ATHLETES: Final = 10
NOTABLE_PSI: Final = 0.25
"""From here on a shift counts as large (industry convention, Siddiqi 2006)."""

FALSE_DISCOVERY: Final = 0.01
NOTABLE_MISSING: Final = 0.2
DRIFT_COLUMNS: Final = ("feature", "athletes", "psi", "psi_limit", "ks", "q_value", "drifted")


def psi(reference: Floats, recent: Floats, bins: int = BINS) -> float:
    r"""Return the population stability index.

    .. math:: \sum_b (a_b - r_b) \ln (a_b / r_b)

    over quantile bins of the reference, with half a count added to each bin so that an empty one
    stays finite. 0 is no shift.

    Parameters
    ----------
    reference, recent : ndarray of shape (n,), (m,)
        Known values.
    bins : int
        Number of quantile bins.
    """
    # Features with many zeros have equal quantiles: some bins could never hold anything.
    edges = np.unique(np.quantile(reference, np.linspace(0, 1, bins + 1)[1:-1]))
    shares = []
    for values in (reference, recent):
        counts = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
        shares.append((counts + 0.5) / (len(values) + 0.5 * len(counts)))
    expected, actual = shares
    return float(((actual - expected) * np.log(actual / expected)).sum())


def psi_limit(n: int, m: int, bins: int = BINS) -> float:
    """Return the PSI above which a shift is more than the noise of samples of size n and m.

    Without drift PSI / (1/n + 1/m) follows a chi-squared distribution with bins - 1 degrees of
    freedom (Yurdakul & Naranjo 2020); its 99.9 % point, and at least 0.25.
    """
    return max(NOTABLE_PSI, float(chi2.ppf(0.999, bins - 1)) * (1 / n + 1 / m))


def spans(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return each athlete's mean features of the first and of the last two weeks of the past eight.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date and features of scored athletes, weekly.

    Returns
    -------
    tuple of pandas.DataFrame or None
        Index athlete, the same athletes in both; None while there are fewer than four weeks or
        ten athletes.
    """
    days = sorted(rows["date"].unique())[-LOOK_BACK_WEEKS:]
    if len(days) < 2 * SPAN_WEEKS:
        return None
    # Everybody ages by a week each week: that would be drift on every Monday.
    values = rows.drop(columns=[name for name in CLOCKS if name in rows])
    wide = values.groupby(["date", "athlete"]).mean(numeric_only=True)
    before, now = (
        wide.loc[part].groupby("athlete").mean() for part in (days[:SPAN_WEEKS], days[-SPAN_WEEKS:])
    )
    # The same athletes on both sides: newcomers would look like drift.
    shared = before.index.intersection(now.index)
    if len(shared) < LEAST_ATHLETES:
        return None
    return before.loc[shared], now.loc[shared]


def value_drift(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return PSI and Kolmogorov-Smirnov test of every feature, the largest PSI first.

    A feature has drifted if its PSI is above :func:`psi_limit` and its q value (Benjamini &
    Hochberg over all features) below 0.01. The two samples are the same athletes, which makes the
    test of independent samples err towards silence.

    Parameters
    ----------
    before, now : pandas.DataFrame
        From :func:`spans`.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`DRIFT_COLUMNS`; features with fewer than ten known values are left out.
    """
    rows = [
        _compared(str(name), before[name].dropna().to_numpy(), now[name].dropna().to_numpy())
        for name in before.columns
    ]
    table = pd.DataFrame([row for row in rows if row], columns=list(DRIFT_COLUMNS))
    if table.empty:
        return table
    table["q_value"] = false_discovery_control(table["q_value"].to_numpy(dtype=float))
    table["drifted"] = (table["psi"] > table["psi_limit"]) & (table["q_value"] < FALSE_DISCOVERY)
    return table.sort_values(["psi", "feature"], ascending=[False, True], ignore_index=True)


def _compared(name: str, before: Floats, now: Floats) -> dict[str, object] | None:
    # A distribution of fewer values has no quantiles worth comparing.
    if min(len(before), len(now)) < LEAST_ATHLETES:
        return None
    test = ks_2samp(before, now, method="asymp")
    return {
        "feature": name,
        "athletes": min(len(before), len(now)),
        "psi": psi(before, now),
        "psi_limit": psi_limit(len(before), len(now)),
        "ks": float(test.statistic),
        "q_value": float(test.pvalue),
    }


def missing_drift(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return each feature's share of athletes without a value, then and now, with Fisher's test.

    A feature has drifted if its missing share rose by at least 0.2 with a q value below 0.01.

    Parameters
    ----------
    before, now : pandas.DataFrame
        From :func:`spans`.

    Returns
    -------
    pandas.DataFrame
        feature, missing_before, missing_now, q_value, drifted; the largest rise first.
    """
    n, was, now_missing = len(before), before.isna().sum(), now.isna().sum()
    pairs = zip(was, now_missing, strict=True)
    p_values = [float(fisher_exact(np.array([[w, n - w], [m, n - m]]))[1]) for w, m in pairs]
    table = pd.DataFrame(
        {
            "feature": [str(name) for name in before.columns],
            "missing_before": was.to_numpy() / n,
            "missing_now": now_missing.to_numpy() / n,
            # Rounding can put a p value a little above 1, which the correction refuses.
            "q_value": false_discovery_control(np.minimum(p_values, 1)),
        }
    )
    rise = table["missing_now"] - table["missing_before"]
    table["drifted"] = (rise >= NOTABLE_MISSING) & (table["q_value"] < FALSE_DISCOVERY)
    order = rise.sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)

"""The oracle's windows in plain pandas: sums, means and shares over past days."""

import numpy as np
import pandas as pd

# 80 % of the days, rounded up: 5.6, 11.2, 16.8, 22.4 and 24.
NEED = {7: 6, 14: 12, 21: 17, 28: 23, 30: 24}


def per_day(rows, values, days, known, how="sum"):
    """Day's sum or maximum, null if a session lacks it; 0 on known days without a session."""
    grouped = values.groupby(rows["local_date"])
    daily = grouped.agg(lambda v: np.nan if v.isna().any() else getattr(v, how)())
    return daily.reindex(days).where(days.isin(daily.index), 0.0).where(known)


def over(a, b):
    return (a / b.where(b > 0)).where(b > 0)


def rolled(x, window, lag=0, need=None):
    return x.shift(lag).rolling(window, min_periods=need or NEED[window])


def enough(x, active, window, lag=0, share=0.8):
    """Enough of the window's active days carry the measure; without any, of all active days."""
    carried = rolled((active > 0) & x.notna(), window, lag, 1).sum()
    expected = rolled(active > 0, window, lag, 1).sum()
    # A share of a count may come out a hair above the whole number that it is.
    ever = ((active > 0) & x.notna()).cumsum() >= share * (active > 0).cumsum() - 1e-9
    return (
        (carried >= share * expected - 1e-9)
        & ((expected > 0) | ever)
        & (active.notna().cumsum() > 0)
    )


def measured(x, active, window, lag=0):
    return rolled(x, window, lag).sum().where(enough(x, active, window, lag))


def measured_mean(x, active, window, lag=0):
    return rolled(x, window, lag).mean().where(enough(x, active, window, lag))


def measured_ratio(a, b, active, window, lag=0):
    both = a.notna() & b.notna()
    total = rolled(a.where(both), window, lag, 1).sum()
    value = over(total, rolled(b.where(both), window, lag, 1).sum())
    return value.where(enough(a.where(both), active, window, lag, 0.4))


def faded(x, weight):
    """pandas' own recursion; null where known days hold less than 80 % of the weight."""
    weights = weight * (1 - weight) ** np.arange(len(x))
    share = np.convolve(x.notna().to_numpy(dtype=float), weights)[: len(x)]
    mean = x.ewm(alpha=weight, adjust=False, ignore_na=False).mean()
    return mean.where(pd.Series(share, index=x.index) >= 0.8)


def measured_faded(x, active, known, weight):
    expected = (active > 0).astype(float).where(known)
    carried = ((active > 0) & x.notna()).astype(float).where(known)
    ever = carried.cumsum().ffill() >= 0.8 * expected.cumsum().ffill() - 1e-9
    enough_now = faded(carried, weight) >= 0.8 * faded(expected, weight) - 1e-9
    return faded(x, weight).where(enough_now & ever)


def since(flags):
    position = pd.Series(np.arange(len(flags)), index=flags.index)
    return position - position.where(flags).ffill()


def streak(x):
    out = []
    for i in range(len(x)):
        length = np.nan
        for back in range(i + 1):
            value = x.iloc[i - back]
            if np.isnan(value):
                break
            if value == 0:
                length = float(back)
                break
        out.append(length)
    return pd.Series(out, index=x.index)

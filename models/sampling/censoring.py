"""Rows whose outcome window runs past the end of observation: dropped, and what that may cost.

Dropping them is right if who leaves, and when, has nothing to do with the risk. The sensitivity
analysis weights the remaining rows by the inverse of the probability of having been observed to
the end of the window: rows like those that were lost then count for them as well.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.settings.outcomes import OutcomeSettings

# So few rows remain where the chance is below 1 in 20 that one of them would decide the rate.
LARGEST_WEIGHT: Final = 20.0


def observed_probability(days_left: npt.ArrayLike, censored: npt.ArrayLike, reach: int) -> Floats:
    """Return P(still observed `reach` days on) by the day of the athlete's observation.

    Kaplan and Meier's estimator of the time from an athlete's first row to leaving, turned round
    so that leaving is the event and the end of the data censors it (Robins & Finkelstein 2000):
    G(u) is the share still observed u days in, and a row at u is weighted by G(u) / G(u + reach).

    Parameters
    ----------
    days_left : array-like of shape (athletes,)
        Days from the first row to the end of observation.
    censored : array-like of shape (athletes,)
        Whether the end is that of the data, not the athlete's own leaving.
    reach : int
        Length of the outcome window, lead included, days.

    Returns
    -------
    ndarray of shape (longest + 1,)
        For a row u days after the athlete's first, u = 0 ... longest stay.

    Examples
    --------
    Four athletes, one of whom is last observed on day 10; a row of day 3 still sees its 7 days:

    >>> found = observed_probability([10, 30, 30, 30], [False, True, True, True], 7)
    >>> found[[0, 3, 4, 10, 11]].tolist()
    [1.0, 1.0, 0.75, 0.75, 1.0]
    """
    stay = np.asarray(days_left, dtype=np.int64)
    left = ~np.asarray(censored, dtype=bool)
    longest = int(stay.max())
    here = np.bincount(stay, minlength=longest + 1)[::-1].cumsum()[::-1]  # in view on day u
    gone = np.bincount(stay[left], minlength=longest + 1)
    survival = np.cumprod(1 - gone / np.maximum(here, 1))
    before = np.append(1.0, survival[:-1])  # who leaves on day u was still seen on it
    # Past the longest stay nobody was there to leave: the curve is held at its last value.
    ahead = np.append(survival, np.full(reach, survival[-1]))
    ends = ahead[np.arange(longest + 1) + reach - 1 + (reach == 0)]
    return np.asarray(np.divide(ends, before, out=np.zeros_like(ends), where=before > 0))


def censoring_weights(
    rows: pd.DataFrame, athletes: pd.DataFrame, settings: OutcomeSettings
) -> Floats:
    """Return the inverse-probability-of-censoring weight of each labelled row.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date, event (null where not at risk or not complete).
    athletes : pandas.DataFrame
        athlete, observed_to.
    settings : OutcomeSettings
        Outcome window.

    Returns
    -------
    ndarray of shape (n,)
        0 where the event is unknown, else 1 / P(observed to the end of the window), at most 20.
    """
    ends = athletes.set_index("athlete")["observed_to"]
    first = rows.groupby("athlete")["date"].min()
    stay = (ends.loc[first.index] - first).dt.days.clip(lower=0)
    # Who is there on the last day of the data was cut off by it and has not left.
    censored = ends.loc[first.index] >= ends.max()
    chance = observed_probability(stay, censored, settings.reach_days)
    since = (rows["date"] - first.loc[rows["athlete"]].to_numpy()).dt.days.to_numpy()
    own = chance[np.minimum(since, len(chance) - 1)]
    weights = 1 / np.maximum(own, 1 / LARGEST_WEIGHT)
    return np.where(rows["event"].notna(), weights, 0.0)


def censoring_table(
    rows: pd.DataFrame, athletes: pd.DataFrame, settings: OutcomeSettings
) -> pd.DataFrame:
    """Compare the event rate as it is counted with the rate that dropped rows would suggest.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date, at_risk, complete, event and, for a table by part, part.
    athletes, settings
        As in :func:`censoring_weights`.

    Returns
    -------
    pandas.DataFrame
        part, at_risk (rows), dropped (rows at risk whose window was not observed to its end),
        events, rate, rate_weighted, largest_weight.
    """
    weights = pd.Series(censoring_weights(rows, athletes, settings), index=rows.index)
    parts = rows["part"] if "part" in rows else pd.Series("all", index=rows.index)
    records = []
    for name, group in rows.groupby(parts, sort=True):
        counted = group["event"].notna()
        event, weight = group.loc[counted, "event"], weights[group.index][counted]
        total = float(weight.sum())
        records.append(
            {
                "part": str(name),
                "at_risk": int(group["at_risk"].sum()),
                "dropped": int((group["at_risk"] & ~group["complete"]).sum()),
                "events": int(event.sum()),
                "rate": float(event.mean()) if len(event) else None,
                "rate_weighted": float((event * weight).sum() / total) if total else None,
                "largest_weight": float(weight.max()) if len(weight) else None,
            }
        )
    return pd.DataFrame(records)

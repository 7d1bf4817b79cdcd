"""What the longest run was before it jumped: a spike is no base for advice on the next run."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from features.catalogue.window_settings import SPIKE_DAYS

Run = Mapping[Any, Any]

RECENT_DAYS: Final = 7
"""So long a spike speaks for a higher forecast, and advice answers to it."""

CHAIN_DAYS: Final = 14
"""A spike of last week is no base for this week's either."""


def latest_runs(history: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the days with a run that :func:`longest_before_spikes` looks at.

    Parameters
    ----------
    history : pandas.DataFrame
        From :func:`forecasting.status.load_history.load_history`.
    as_of : pandas.Timestamp
        Day of the forecast.
    """
    since = as_of - pd.Timedelta(days=CHAIN_DAYS + SPIKE_DAYS)
    return history[(history["longest_run_km"] > 0) & (history["date"] > since)]


def longest_before_spikes(days: Sequence[Run], as_of: pd.Timestamp) -> tuple[float, object] | None:
    """Return the longest run before the past week's spikes, and the day of the first of them.

    Where the run that a spike is measured against was itself a spike of the past two weeks, the
    longest run before that one counts: otherwise each jump would permit the next.

    Parameters
    ----------
    days : sequence of mappings
        One athlete's days of :func:`forecasting.status.load_history.load_history`, by date.
    as_of : pandas.Timestamp
        Day of the forecast.

    Returns
    -------
    tuple of (float, day) or None
        Kilometres and the day of the first spike of the chain; None without a spike in the past
        7 days.

    Examples
    --------
    >>> day = lambda n: pd.Timestamp("2025-11-01") + pd.Timedelta(days=n)
    >>> runs = [(0, 20.0, 19.0), (10, 26.0, 20.0), (17, 42.0, 26.0)]
    >>> days = [{"date": day(n), "longest_run_km": km, "reference_30d_km": before,
    ...          "is_spike": km > 1.1 * before} for n, km, before in runs]
    >>> longest_before_spikes(days, day(20))
    (20.0, Timestamp('2025-11-11 00:00:00'))
    """
    spikes = [day for day in days if day["is_spike"] and _ago(day, as_of) < CHAIN_DAYS]
    recent = [spike for spike in spikes if _ago(spike, as_of) < RECENT_DAYS]
    if not recent:
        return None
    first = min((_first(spike, days, spikes) for spike in recent), key=lambda run: run["date"])
    # The smallest is the careful one where two chains of spikes met in one week.
    base = min(float(spike["reference_30d_km"]) for spike in (first, *recent))
    return base, first["date"]


def _ago(run: Run, as_of: pd.Timestamp) -> int:
    return int((as_of - run["date"]).days)


def _first(spike: Run, days: Sequence[Run], spikes: Sequence[Run]) -> Run:
    """Follow a spike back over the spikes that it was measured against."""
    start = spike["date"] - pd.Timedelta(days=SPIKE_DAYS)
    reached = [
        day
        for day in days
        if start <= day["date"] < spike["date"]
        and day["longest_run_km"] >= spike["reference_30d_km"]
    ]
    # One run as long that was no spike is a sound base: the chain ends here.
    if not reached or any(run not in spikes for run in reached):
        return spike
    return _first(reached[0], days, spikes)

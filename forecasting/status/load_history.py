"""Daily running of the past weeks with its spikes: the table behind the load chart."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from forecasting.settings import HistorySettings

Floats = NDArray[np.float64]


DEFAULT_HISTORY: Final = HistorySettings()


def load_history(
    sessions: pd.DataFrame,
    logged: pd.DataFrame,
    as_of: pd.Timestamp,
    settings: HistorySettings = DEFAULT_HISTORY,
) -> pd.DataFrame:
    """Return each athlete's daily running up to the as-of day.

    Parameters
    ----------
    sessions : pandas.DataFrame
        The `sessions` table; only runs count.
    logged : pandas.DataFrame
        Days with a record, from :func:`forecasting.status.record_days.logged_days`.
    as_of : pandas.Timestamp
        Last day of the history; later records are not seen.
    settings : HistorySettings
        Length, reference and spike.

    Returns
    -------
    pandas.DataFrame
        athlete, date, distance_km (0 on rest days, null where unlogged), longest_run_km,
        reference_30d_km (null unless enough of its days are known, and where nothing was run),
        is_spike; `weeks` x 7 rows per athlete, sorted.
    """
    shown = settings.weeks * 7
    days = pd.date_range(end=as_of, periods=shown + settings.reference_days, freq="D")
    athletes = sorted(set(logged["athlete"]))
    known = _known(logged, athletes, days, settings.silence_days)
    runs = sessions[sessions["sport"] == "run"]
    distance, longest = (np.where(known, grid, np.nan) for grid in _grid(runs, athletes, days))
    reference = _longest_before(longest, settings)
    longest = longest[:, -shown:]
    return pd.DataFrame(
        {
            "athlete": np.repeat(np.array(athletes, dtype=object), shown),
            "date": np.tile(days[-shown:], len(athletes)),
            "distance_km": distance[:, -shown:].ravel(),
            "longest_run_km": longest.ravel(),
            "reference_30d_km": reference.ravel(),
            "is_spike": (longest > settings.spike_ratio * reference).ravel(),
        }
    ).astype({"athlete": "str"})


def latest_spikes(history: pd.DataFrame, as_of: pd.Timestamp, days: int = 7) -> pd.DataFrame:
    """Return each athlete's run with the largest ratio to its reference in the past `days`.

    Parameters
    ----------
    history : pandas.DataFrame
        From :func:`load_history`.
    as_of : pandas.Timestamp
        Last day that counts.
    days : int
        How far back.

    Returns
    -------
    pandas.DataFrame
        Index athlete; date, longest_run_km, reference_30d_km, ratio.
    """
    recent = history[history["date"].between(as_of - pd.Timedelta(days=days - 1), as_of)]
    ratio = recent["longest_run_km"] / recent["reference_30d_km"]
    known = recent.assign(ratio=ratio).dropna(subset=["ratio"])
    # The later of two equal runs is the one a coach remembers.
    largest = known.sort_values(["athlete", "ratio", "date"]).groupby("athlete").tail(1)
    columns = ["date", "longest_run_km", "reference_30d_km", "ratio"]
    return largest.set_index("athlete")[columns]


def _known(
    logged: pd.DataFrame, athletes: list[str], days: pd.DatetimeIndex, silence_days: int
) -> NDArray[np.bool_]:
    """Mark days with a record on them or within the silent days before."""
    wide = days.union(pd.date_range(end=days[0], periods=silence_days + 1, freq="D"))
    inside = logged[logged["date"].isin(wide)]
    marks = np.zeros((len(athletes), len(wide)), dtype=bool)
    rows = pd.Index(athletes).get_indexer(pd.Index(inside["athlete"]))
    marks[rows, wide.get_indexer(pd.DatetimeIndex(inside["date"]))] = True
    return np.asarray(sliding_window_view(marks, silence_days + 1, axis=1).any(axis=2))


def _grid(runs: pd.DataFrame, athletes: list[str], days: pd.DatetimeIndex) -> tuple[Floats, Floats]:
    """Athletes x days of a day's total and longest distance; 0 without a run.

    A run without a distance makes its day unknown, as in the panel.
    """
    rows = pd.Index(athletes).get_indexer(pd.Index(runs["athlete"]))
    columns = days.get_indexer(pd.DatetimeIndex(runs["local_date"]))
    inside = (rows >= 0) & (columns >= 0)
    at = (rows[inside], columns[inside])
    km = runs["distance_km"].to_numpy(dtype=np.float64, na_value=np.nan)[inside]
    total, longest = np.zeros((2, len(athletes), len(days)))
    np.add.at(total, at, km)
    with np.errstate(invalid="ignore"):
        np.maximum.at(longest, at, km)
    return total, longest


def _longest_before(longest: Floats, settings: HistorySettings) -> Floats:
    """Longest run of the reference days before each shown day, the day itself left out."""
    windows = sliding_window_view(longest[:, :-1], settings.reference_days, axis=1)
    enough = np.isfinite(windows).sum(axis=2) >= settings.known_share * settings.reference_days
    highest = np.nan_to_num(windows, nan=0.0).max(axis=2)
    return np.where(enough & (highest > 0), highest, np.nan)

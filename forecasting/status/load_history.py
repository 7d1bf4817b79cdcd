"""Daily running of the past weeks with its spikes: the table behind the load chart."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Bools, Floats, Ints
from features.catalogue.settings import FeatureSettings
from features.panel.mileage_channels import days_after_sheets
from forecasting.settings import HistorySettings

DEFAULT_HISTORY: Final = HistorySettings()


def load_history(
    sessions: pd.DataFrame,
    logged: pd.DataFrame,
    as_of: pd.Timestamp,
    features: FeatureSettings,
    settings: HistorySettings = DEFAULT_HISTORY,
    mileage: pd.DataFrame | None = None,
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
    features : FeatureSettings
        Which days are known: `silence_days` and, of the reference, `known_share`.
    settings : HistorySettings
        Length, reference and spike.
    mileage : pandas.DataFrame, optional
        The `mileage` table: weeks of which only the distance is known, spread over their days.

    Returns
    -------
    pandas.DataFrame
        athlete, date, distance_km (of the runs that have one: at least; 0 on rest days, null where
        unlogged), runs_without_km (runs of the day whose distance nobody knows), longest_run_km
        (of known length; null where all runs of the day lack it), reference_30d_km (null unless
        enough of its days are known, where nothing was run, and where one of them holds a run of
        unknown length: no spike is claimed then), is_spike; `weeks` x 7 rows per athlete, sorted.
    """
    shown = settings.weeks * 7
    # The first shown day needs its 30 days before it as well.
    days = pd.date_range(end=as_of, periods=shown + settings.reference_days, freq="D")
    athletes = sorted(logged["athlete"].unique())
    known = _known(logged, athletes, days, features.silence_days)
    runs = sessions[sessions["sport"] == "run"]
    distance, longest, without = (
        np.where(known, grid, np.nan) for grid in _grid(runs, athletes, days)
    )
    if mileage is not None and len(mileage):
        in_sheet = _sheet_km(mileage, athletes, days)
        # A sheet's week holds the runs of its days already: added up they would count twice.
        distance = np.where(np.isnan(in_sheet), distance, in_sheet)
        # How a sheet's kilometres were divided into runs is not known.
        longest = np.where(in_sheet > 0, np.nan, longest)
        untold = days_after_sheets(mileage, sessions, features.silence_days)
        after, _ = _places(untold["athlete"], untold["date"], athletes, days)
        distance[after], longest[after] = np.nan, np.nan
    enough = features.known_share * settings.reference_days
    reference = _longest_before(longest, without, settings.reference_days, enough)
    longest = longest[:, -shown:]
    return pd.DataFrame(
        {
            "athlete": np.repeat(np.array(athletes, dtype=object), shown),
            "date": np.tile(days[-shown:], len(athletes)),
            "distance_km": distance[:, -shown:].ravel(),
            "runs_without_km": without[:, -shown:].ravel(),
            "longest_run_km": longest.ravel(),
            "reference_30d_km": reference.ravel(),
            "is_spike": (longest > settings.spike_ratio * reference).ravel(),
        }
    ).astype({"athlete": "str"})


def latest_spikes(history: pd.DataFrame, as_of: pd.Timestamp, days: int = 7) -> pd.DataFrame:
    """Return each athlete's run with the largest ratio to its reference in the past `days`.

    Athletes with a run without distance in these days are left out: it may have been the longest.

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
    if "runs_without_km" in recent:
        hidden = recent.loc[recent["runs_without_km"] > 0, "athlete"]
        recent = recent[~recent["athlete"].isin(hidden)]
    ratio = recent["longest_run_km"] / recent["reference_30d_km"]
    known = recent.assign(ratio=ratio).dropna(subset=["ratio"])
    # Of two equal runs the later one: it is nearer to the coming week.
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
    return np.asarray(_counts(marks, silence_days + 1) > 0)


def _grid(
    runs: pd.DataFrame, athletes: list[str], days: pd.DatetimeIndex
) -> tuple[Floats, Floats, Floats]:
    """Athletes x days: total and longest of the known distances, and runs without; 0 without a run.

    The longest run of a day is null if none of its runs has a distance, as in the panel.
    """
    at, inside = _places(runs["athlete"], runs["local_date"], athletes, days)
    km = runs["distance_km"].to_numpy(dtype=np.float64, na_value=np.nan)[inside]
    total, longest, without, number = np.zeros((4, len(athletes), len(days)))
    np.add.at(number, at, 1)
    np.add.at(without, at, np.isnan(km))
    np.add.at(total, at, np.nan_to_num(km))
    np.maximum.at(longest, at, np.nan_to_num(km))
    hidden = (without > 0) & (without == number)
    return total, np.where(hidden, np.nan, longest), without


def _places(
    of: pd.Series, dates: pd.Series, athletes: list[str], days: pd.DatetimeIndex
) -> tuple[tuple[Ints, Ints], Bools]:
    """Return the cells of a grid of athletes x days, and which of the rows lie in it."""
    rows = pd.Index(athletes).get_indexer(pd.Index(of))
    columns = days.get_indexer(pd.DatetimeIndex(dates))
    inside = (rows >= 0) & (columns >= 0)
    return (rows[inside], columns[inside]), inside


def _sheet_km(mileage: pd.DataFrame, athletes: list[str], days: pd.DatetimeIndex) -> Floats:
    """Athletes x days: an even share of a sheet's week, NaN elsewhere."""
    whole = mileage.loc[mileage.index.repeat(mileage["days"].astype(int))]
    dates = whole["date"] + pd.to_timedelta(whole.groupby(level=0).cumcount(), unit="D")
    at, inside = _places(whole["athlete"], dates, athletes, days)
    grid = np.full((len(athletes), len(days)), np.nan)
    share = (whole["distance_km"] / whole["days"]).to_numpy(dtype=np.float64)
    grid[at] = share[inside]
    return grid


def _longest_before(longest: Floats, without: Floats, days: int, enough: float) -> Floats:
    """Longest run of the reference days before each shown day, the day itself left out."""
    is_hidden = _counts(without[:, :-1] > 0, days) > 0
    known = _counts(np.isfinite(longest[:, :-1]), days) >= enough
    highest = _highest(np.nan_to_num(longest[:, :-1], nan=0.0), days)
    return np.where(known & (highest > 0) & ~is_hidden, highest, np.nan)


def _counts(marks: Bools, days: int) -> Ints:
    """Return how many of each `days` consecutive columns are marked."""
    so_far = np.pad(np.cumsum(marks, axis=1, dtype=np.int64), ((0, 0), (1, 0)))
    return so_far[:, days:] - so_far[:, :-days]


def _highest(values: Floats, days: int) -> Floats:
    """Return the highest of each `days` consecutive columns, without a copy of every window."""
    width, highest = 1, values
    # Two windows that overlap make a longer one, at the most twice as long.
    while width < days:
        step = min(width, days - width)
        highest = np.maximum(highest[:, :-step], highest[:, step:])
        width += step
    return highest

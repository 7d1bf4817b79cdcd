"""The figures of one athlete that page, scores.json and tests name alike, as of a day.

Unknown is null, and a sum of which a part is unknown is told with the number of missing parts:
hours and kilometres stand beside the runs whose length nobody knows.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats
from common.counted_sessions import counted
from forecasting.status.load_history import DEFAULT_HISTORY

FIGURES: Final = (
    "hours_7d", "runs_without_hours_7d", "km_7d", "runs_without_km_7d", "hours_28d",
    "runs_without_hours_28d", "km_28d", "runs_without_km_28d",
    "sessions_28d", "longest_run_km_30d", "longest_run_minutes_30d", "last_run", "days_since_run",
    "injuries_12m", "injuries_known_from", "spike_run_km", "spike_reference_km", "spike_day",
)  # fmt: skip
"""Windows are the days up to and including the as-of day; hours are time in motion of runs.

`spike_*` are of a run of the past 7 days more than 10 % above the longest of the 30 days before.
`injuries_known_from` is the first day on which the athlete's injuries were written down, where that
is less than the 12 months of `injuries_12m` ago: 0 of so short a time is no year without an injury.
"""

COUNTS: Final = (
    "runs_without_hours_7d", "runs_without_hours_28d", "runs_without_km_7d", "runs_without_km_28d",
    "sessions_28d", "days_since_run", "injuries_12m",
)  # fmt: skip
DAYS: Final = ("last_run", "injuries_known_from", "spike_day")
SIZES: Final = tuple(name for name in FIGURES if name not in COUNTS + DAYS)

TO_CHECK_COLUMNS: Final = (
    "athlete", "date", "sport", "minutes", "km", "reason", "file", "row",
)  # fmt: skip

_LONGEST_DAYS: Final = 30
_YEAR_DAYS: Final = 365
_CHECK_DAYS: Final = 30

Figures = dict[str, Any]


class _Runs(NamedTuple):
    """An athlete's runs that count: day, minutes in motion and kilometres, null where unknown."""

    day: NDArray[np.datetime64]
    minutes: Floats
    km: Floats


_NO_RUNS: Final = _Runs(np.array([], dtype="M8[ns]"), np.zeros(0), np.zeros(0))


def figure_table(
    tables: Mapping[str, pd.DataFrame],
    logged: pd.DataFrame,
    spikes: pd.DataFrame,
    as_of: pd.Timestamp,
    silence_days: int,
) -> pd.DataFrame:
    """Return the figures of every athlete.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `athletes`, `sessions`, `injuries` and, where there are, `mileage` and `injury_spans` of
        the contract.
    logged : pandas.DataFrame
        athlete, date: days with any record.
    spikes : pandas.DataFrame
        From :func:`forecasting.status.load_history.latest_spikes`.
    as_of : pandas.Timestamp
        Last day that counts.
    silence_days : int
        Days without a record after which an athlete is silent (the setting
        `features.silence_days`).

    Returns
    -------
    pandas.DataFrame
        athlete and :data:`FIGURES`, one row each. A window is null where nothing at all was
        recorded in the `silence_days` before its end: a silent athlete has not run 0 km.
    """
    by_athlete = _by_athlete(known_runs(tables["sessions"], as_of))
    weeks = dict(iter(_weeks(tables, as_of).groupby("athlete")))
    injuries, known_from = _injuries(tables["injuries"], as_of), _known_from(tables, as_of)
    last = logged[logged["date"] <= as_of].groupby("athlete")["date"].max()
    silent = (as_of - last).dt.days > silence_days
    heard = set(silent.index[~silent])
    jumps = {str(row["athlete"]): row for row in spikes.reset_index().to_dict("records")}
    rows: list[Figures] = []
    for athlete in tables["athletes"]["athlete"].astype(str):
        mine = by_athlete.get(athlete, _NO_RUNS)
        # Of who is silent the kilometres are unknown, and not 0.
        is_told = athlete in heard or athlete in weeks
        known = _windows(mine, weeks.get(athlete), as_of) if is_told else {}
        known |= _last_run(mine, weeks.get(athlete), as_of)
        known |= _hurt(int(injuries.get(athlete, 0)), known_from(athlete), as_of)
        rows.append({"athlete": athlete} | known | _spike(athlete, jumps))
    table = pd.DataFrame(rows, columns=["athlete", *FIGURES])
    # Types are fixed also where nobody has a value, so that parts of a week can be joined.
    kinds = {**dict.fromkeys(COUNTS, "Int64"), **dict.fromkeys(SIZES, "float64")}
    return table.astype({**kinds, **dict.fromkeys(DAYS, "str")})


def plain_figures(table: pd.DataFrame) -> dict[str, Figures]:
    """Return each athlete's figures as plain values, unknown as None."""
    return {
        str(row["athlete"]): {name: plain_value(row[name]) for name in FIGURES}
        for row in table.to_dict("records")
    }


def plain_value(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return a cell as JSON holds it: unknown as None, a day as ``YYYY-MM-DD``."""
    # Python would write NaN, which is no JSON: other programs could not read the file.
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    # NumPy's numbers are unknown to the JSON writer.
    return value.item() if hasattr(value, "item") else value


def known_runs(sessions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the runs that count: athlete, date, minutes (in motion), km (null where unknown).

    Sessions to check are left out, but for those whose distance alone was lost.
    """
    past = (sessions["sport"] == "run") & (sessions["local_date"] <= as_of)
    runs = counted(sessions[past])
    moving = runs["moving_min"].astype("float64")
    return pd.DataFrame(
        {
            "athlete": runs["athlete"].astype(str),
            "date": runs["local_date"],
            "minutes": moving.where(moving > 0, runs["duration_min"].astype("float64")),
            "km": runs["distance_km"].astype("float64"),
        }
    )


def sessions_to_check(sessions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the sessions of the past 30 days that call for a question.

    Returns
    -------
    pandas.DataFrame
        :data:`TO_CHECK_COLUMNS`; minutes and km null where unknown, by athlete and day.
    """
    # Tables of an earlier version have no such column.
    if "check" not in sessions:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in TO_CHECK_COLUMNS})
    recent = sessions["local_date"].between(as_of - pd.Timedelta(days=_CHECK_DAYS - 1), as_of)
    rows = sessions[recent & sessions["check"].notna()].sort_values(["athlete", "start"])
    return pd.DataFrame(
        {
            "athlete": rows["athlete"].astype(str),
            "date": rows["local_date"].dt.strftime("%Y-%m-%d"),
            "sport": rows["sport"].astype(str),
            "minutes": rows["duration_min"].astype("float64").round(1),
            "km": rows["distance_km"].astype("float64").round(2),
            "reason": rows["check"].astype(str),
            "file": rows["source"].astype(str),
            "row": rows["record"].astype("object") if "record" in rows else None,
        }
    ).reset_index(drop=True)


def plain_rows(frame: pd.DataFrame) -> dict[str, list[Figures]]:
    """Return the rows of each athlete as plain values, without the athlete's own column."""
    by_athlete: dict[str, list[Figures]] = {}
    for row in frame.to_dict("records"):
        values = {str(name): plain_value(value) for name, value in row.items() if name != "athlete"}
        by_athlete.setdefault(str(row["athlete"]), []).append(values)
    return by_athlete


def _by_athlete(runs: pd.DataFrame) -> dict[str, "_Runs"]:
    """Return each athlete's runs in their order, as arrays: a frame of a few rows is slow."""
    places = runs.groupby("athlete", sort=False).indices
    day = runs["date"].to_numpy()
    minutes, km = (runs[name].to_numpy(dtype=np.float64) for name in ("minutes", "km"))
    return {str(who): _Runs(day[at], minutes[at], km[at]) for who, at in places.items()}


def _windows(runs: "_Runs", weeks: pd.DataFrame | None, as_of: pd.Timestamp) -> Figures:
    """Return hours, kilometres and counts of the windows, sheet weeks where nothing finer is."""
    if not len(runs.day):
        return {} if weeks is None else _of_sheet(weeks, as_of)
    figures: Figures = {}
    for days in (7, 28):
        inside = runs.day > _before(as_of, days)
        minutes, km = runs.minutes[inside], runs.km[inside]
        timed = minutes[~np.isnan(minutes)]
        # Runs without any time took unknown hours, and not 0.
        hours = round(float(timed.sum()) / 60, 3) if len(timed) or not len(minutes) else None
        figures[f"hours_{days}d"] = hours
        figures[f"runs_without_hours_{days}d"] = len(minutes) - len(timed)
        figures[f"km_{days}d"] = round(float(np.nansum(km)), 3)
        figures[f"runs_without_km_{days}d"] = int(np.isnan(km).sum())
    figures["sessions_28d"] = int((runs.day > _before(as_of, 28)).sum())
    inside = runs.day > _before(as_of, _LONGEST_DAYS)
    figures["longest_run_km_30d"] = _largest(runs.km[inside], 3)
    figures["longest_run_minutes_30d"] = _largest(runs.minutes[inside], 2)
    return figures | (_with_sheet(figures, _of_sheet(weeks, as_of)) if weeks is not None else {})


def _of_sheet(weeks: pd.DataFrame, as_of: pd.Timestamp) -> Figures:
    """Return the kilometres of the weeks that lie in each window; hours are not in a sheet."""
    figures: Figures = {}
    for days in (7, 28):
        window = weeks[weeks["date"] > as_of - pd.Timedelta(days=days)]
        known = window["distance_km"].dropna()
        figures[f"km_{days}d"] = round(float(known.sum()), 3) if len(known) else None
    return figures


def _with_sheet(runs: Figures, sheet: Figures) -> Figures:
    """Return the kilometres of runs and of a sheet's weeks, whose hours and runs nobody knows.

    "0 hours" beside "40 km" cannot both be true.
    """
    figures: Figures = {}
    for days in (7, 28):
        km = sheet[f"km_{days}d"]
        if km:
            figures[f"km_{days}d"] = round(runs[f"km_{days}d"] + km, 3)
            figures |= dict.fromkeys((f"hours_{days}d", f"runs_without_hours_{days}d"))
            figures |= dict.fromkeys(("sessions_28d",) if days == 28 else ())  # days
    return figures


def _spike(athlete: str, spikes: Mapping[str, Mapping[Any, Any]]) -> Figures:
    run = spikes.get(athlete)
    if run is None or run["ratio"] <= DEFAULT_HISTORY.spike_ratio:
        return {}
    return {
        "spike_run_km": round(float(run["longest_run_km"]), 3),
        "spike_reference_km": round(float(run["reference_30d_km"]), 3),
        "spike_day": run["date"].date().isoformat(),
    }


@lru_cache(maxsize=8)
def _before(as_of: pd.Timestamp, days: int) -> np.datetime64:
    """Return the last day before the past `days`."""
    return np.datetime64((as_of - pd.Timedelta(days=days)).to_datetime64())


def _last_run(runs: "_Runs", weeks: pd.DataFrame | None, as_of: pd.Timestamp) -> Figures:
    """Return the day of the last run; unknown where a week of a sheet tells later kilometres."""
    if not len(runs.day):
        return {}
    last = pd.Timestamp(runs.day.max())
    # A sheet tells the kilometres of a week, and not on which of its days they were run.
    if weeks is not None and (weeks.loc[weeks["distance_km"] > 0, "date"] > last).any():
        return {}
    return {"last_run": last.date().isoformat(), "days_since_run": int((as_of - last).days)}


def _weeks(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the sheet's weeks that have ended by the day."""
    if "mileage" not in tables:
        return pd.DataFrame({"athlete": [], "date": [], "distance_km": []})
    weeks = tables["mileage"]
    return weeks[weeks["date"] + pd.to_timedelta(weeks["days"] - 1, unit="D") <= as_of]


def _injuries(injuries: pd.DataFrame, as_of: pd.Timestamp) -> "pd.Series[int]":
    """Count the running injuries with an onset in the 12 months up to the day."""
    year = injuries["onset_date"].between(as_of - pd.Timedelta(days=_YEAR_DAYS - 1), as_of)
    of_year = injuries[year]
    if "class" in of_year:
        was_classed = of_year["class"].notna() | of_year["class_reason"].notna()
        of_year = of_year[of_year["class"].eq("injury") | ~was_classed]
    return of_year["athlete"].astype(str).value_counts()


def _known_from(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp
) -> Callable[[str], pd.Timestamp | None]:
    """Return since when an athlete's injuries are written down; None where nobody does so now."""
    if "injury_spans" not in tables:
        return lambda _: pd.Timestamp.min
    spans = tables["injury_spans"]
    begun, ended = spans["known_from"] <= as_of, spans["known_to"] < as_of
    current = spans[begun & ~ended].astype({"athlete": "str"})
    first = current.groupby("athlete")["known_from"].min()
    return {str(athlete): pd.Timestamp(day) for athlete, day in first.items()}.get


def _hurt(count: int, known_from: pd.Timestamp | None, as_of: pd.Timestamp) -> Figures:
    """Return the count of the 12 months, and since when it would be known if that is less.

    Where nobody wrote injuries down, none on record is unknown, not healthy.
    """
    if known_from is None:
        # An entry is known to be one; without any list 0 entries are unknown, and not 0 injuries.
        return {"injuries_12m": count or None}
    is_short = known_from.to_datetime64() > _before(as_of, _YEAR_DAYS - 1)
    since = known_from.date().isoformat() if is_short else None
    return {"injuries_12m": count, "injuries_known_from": since}


def _largest(values: Floats, digits: int) -> float | None:
    known = values[~np.isnan(values)]
    return round(float(known.max()), digits) if len(known) else None

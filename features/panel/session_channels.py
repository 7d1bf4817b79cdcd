"""Sessions as daily channels: how far, how long, how hard, how far at the most in one go.

A day's value is null if a session that feeds it lacks the measure: a run without a distance makes
the day's distance unknown, not 0. What of a distance is known stays known: `run_km_known` sums the
runs that have one, `runs_without_km` counts the others, and the longest run is the longest known.
Days without a session are 0 where the day is known. Load is kept in parts (all minutes, rated
minutes, rated load): see :mod:`features.blocks.load.session_load`.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
from features.kernels.grid import Grid
from features.kernels.windows import Values

Doubles = npt.NDArray[np.float64]
Measure = Callable[[pd.DataFrame], pd.Series]

FOOT_SPORTS = ("walk", "hike")
CROSS_SPORTS = ("ride", "swim", "other")
MEASURES = (
    "duration_min", "moving_min", "distance_km", "ascent_m", "descent_m", "hard_min", "hard_km",
    "rpe",
)  # fmt: skip
ANY_SPORT = ("run", *FOOT_SPORTS, *CROSS_SPORTS, "strength")


def moving_minutes(sessions: pd.DataFrame) -> pd.Series:
    """Minutes in motion, elapsed minutes where motion was not measured."""
    moving = sessions["moving_min"]
    # 0 minutes in motion mean that motion was not measured.
    return moving.where(moving > 0, sessions["duration_min"])


def session_minutes(sessions: pd.DataFrame) -> pd.Series:
    """Minutes from start to end, minutes in motion where the end is unknown."""
    return sessions["duration_min"].fillna(sessions["moving_min"])


def srpe_load(sessions: pd.DataFrame) -> pd.Series:
    """Session minutes x RPE (Foster 2001), in arbitrary units."""
    return session_minutes(sessions) * sessions["rpe"]


def rated_load(sessions: pd.DataFrame) -> pd.Series:
    """Session minutes x RPE, 0 where a session was not rated or has no minutes."""
    return srpe_load(sessions).fillna(0)


def rated_effort(sessions: pd.DataFrame) -> pd.Series:
    """RPE of rated sessions, 0 for the others."""
    return sessions["rpe"].fillna(0)


def rated_minutes(sessions: pd.DataFrame) -> pd.Series:
    """Minutes of rated sessions, 0 for the others."""
    return session_minutes(sessions).where(sessions["rpe"].notna(), 0).fillna(0)


def _column(name: str) -> Measure:
    return lambda sessions: sessions[name]


def _known_distance(sessions: pd.DataFrame) -> pd.Series:
    # 0 only here: beside it stands how many runs were left out.
    return sessions["distance_km"].fillna(0)


def _without_distance(sessions: pd.DataFrame) -> pd.Series:
    return sessions["distance_km"].isna().astype(float)


def _ones(sessions: pd.DataFrame) -> pd.Series:
    return pd.Series(1.0, index=sessions.index)


_SUMS: dict[str, tuple[tuple[str, ...], Measure]] = {
    "run_km": (("run",), _column("distance_km")),
    "run_km_known": (("run",), _known_distance),
    "runs_without_km": (("run",), _without_distance),
    "run_min": (("run",), moving_minutes),
    "run_sessions": (("run",), _ones),
    "run_srpe": (("run",), srpe_load),
    "ascent_m": (("run",), _column("ascent_m")),
    "descent_m": (("run",), _column("descent_m")),
    "hard_min": (("run",), _column("hard_min")),
    "hard_km": (("run",), _column("hard_km")),
    "walk_km": (FOOT_SPORTS, _column("distance_km")),
    "cross_min": (CROSS_SPORTS, session_minutes),
    "strength_min": (("strength",), session_minutes),
    "sessions": (ANY_SPORT, _ones),
    "session_min": (ANY_SPORT, session_minutes),
    "rated_min": (ANY_SPORT, rated_minutes),
    "rated_load": (ANY_SPORT, rated_load),
}
_LARGEST: dict[str, tuple[tuple[str, ...], Measure]] = {
    "longest_run_km": (("run",), _known_distance),
    "longest_run_min": (("run",), moving_minutes),
    "hardest_rpe": (ANY_SPORT, rated_effort),
}


def session_channels(sessions: pd.DataFrame, grid: Grid, known: Bools) -> dict[str, Values]:
    """Return the session channels on the grid; `known` marks the days that are not unlogged."""
    at, inside = grid.locate(sessions["athlete"], sessions["local_date"])
    # In a fixed order, so that float sums do not depend on the order of rows in a file.
    sport = pd.Index(ANY_SPORT).get_indexer(pd.Index(sessions["sport"])).astype(np.int64)
    order = np.lexsort((sport, sessions["start"].dt.tz_localize(None).to_numpy(), at))
    order = order[inside[order]]
    ordered = (sessions[list(MEASURES)].iloc[order], sport[order], at[order])
    summed = {name: _daily(_total, ordered, known, *rule) for name, rule in _SUMS.items()}
    largest = {name: _daily(_peak, ordered, known, *rule) for name, rule in _LARGEST.items()}
    # Of a day whose runs all lack a distance nobody knows the longest.
    unknown = (summed["runs_without_km"] > 0) & (
        summed["runs_without_km"] == summed["run_sessions"]
    )
    largest["longest_run_km"] = np.where(unknown, np.float32(np.nan), largest["longest_run_km"])
    return summed | largest


def _daily(
    collect: Callable[[Ints, Doubles, int], Doubles],
    ordered: tuple[pd.DataFrame, Ints, Ints],
    known: Bools,
    sports: tuple[str, ...],
    measure: Measure,
) -> Values:
    sessions, sport, at = ordered
    chosen = np.isin(sport, [ANY_SPORT.index(sport) for sport in sports])
    values = measure(sessions).to_numpy(dtype=np.float64)[chosen]
    daily = collect(at[chosen], values, known.size)
    return np.where(known, daily, np.nan).astype(np.float32)


def _total(at: Ints, values: Doubles, size: int) -> Doubles:
    return np.bincount(at, weights=values, minlength=size).astype(np.float64, copy=False)


def _peak(at: Ints, values: Doubles, size: int) -> Doubles:
    daily = np.zeros(size)
    with np.errstate(invalid="ignore"):  # a missing measure is meant to make the day missing
        np.maximum.at(daily, at, values)
    return daily

"""Other sports as exposure to fatigue: their minutes, weighed by how hard they were.

An hour on the bike tires less than an hour of the athlete's running, or more: minutes alone do not
tell. So each minute counts by effort over the effort of the athlete's usual run. Effort is RPE
(Foster 2001) where the session was rated, else mean heart rate (heartbeats are the cardiovascular
load of runs here too). Both are compared with the athlete's own runs alone, so that no maximal
heart rate is guessed and no scale is converted into another. A session with neither is unknown; it
does not count as easy.
"""

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from features.blocks.load.sparse_measures import measured_sum
from features.blocks.load.volume import DESCRIPTIVE, FOSTER, MEASURED, USUAL_DAYS
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition
from features.panel.run_channels import other_sessions_in_order, runs_in_order
from features.panel.session_channels import session_minutes

FEWEST_RUNS: Final = 3
"""Runs that must carry a measure before it says what this athlete's usual run is."""
EFFORTS: Final = ("rpe", "hr_mean")
"""Measures of effort, the first that a session carries counts."""


def usual_of_runs(days: Days, measure: str) -> Daily:
    """Mean of a measure over the minutes of the runs of the past half year that carry it.

    Null below :data:`FEWEST_RUNS` such runs. The window is half a year, so that the mean is still
    known for an athlete who cannot run and rides instead.
    """
    carried = {
        part: _daily(days, f"{measure} of runs, {part}", measure, part)
        for part in ("weighted", "minutes", "count")
    }
    sums = {part: days.sum_of_known_days(channel, USUAL_DAYS) for part, channel in carried.items()}
    usual = ratio(sums["weighted"], sums["minutes"])
    # One rated race would else make every ride look easy.
    return np.where(sums["count"] >= FEWEST_RUNS, usual, np.nan)


def _daily(days: Days, name: str, measure: str, part: str) -> str:
    def compute(d: Days) -> Daily:
        runs, at = runs_in_order(d)
        # Weighed by minutes: a short interval run would else count as much as a long easy one.
        minutes = session_minutes(runs).where(runs[measure].notna()).fillna(0.0)
        parts = {
            "weighted": (minutes * runs[measure]).fillna(0.0),
            "minutes": minutes,
            "count": (minutes > 0).astype("float64"),
        }
        return _total(d, at, parts[part])

    return days.derived(name, compute)


def effort_minutes(days: Days) -> str:
    """Return the channel of the minutes of other sports x effort / effort of the usual run.

    Null on unknown days and on days with a session whose length or effort nobody knows.
    """
    return days.derived("other sports by effort", _effort_minutes)


def _effort_minutes(days: Days) -> Daily:
    sessions, at = other_sessions_in_order(days)
    weight = pd.Series(np.nan, index=sessions.index)
    for measure in EFFORTS:
        usual = usual_of_runs(days, measure)[at]
        share = ratio(sessions[measure].to_numpy(dtype=np.float64), usual)
        weight = weight.fillna(pd.Series(share, index=sessions.index))
    return _total(days, at, session_minutes(sessions) * weight)


def other_sessions(days: Days) -> str:
    """Return the channel of the number of sessions that are no run."""

    def compute(d: Days) -> Daily:
        sessions, at = other_sessions_in_order(d)
        return _total(d, at, pd.Series(1.0, index=sessions.index))

    return days.derived("other sessions", compute)


def _total(days: Days, at: np.ndarray, values: pd.Series) -> Daily:
    weights = values.to_numpy(dtype=np.float64)
    total = np.bincount(at, weights=weights, minlength=days.panel.grid.size)
    return np.where(days.panel.known, total, np.nan)


def effort_of_window(days: Days, window: int) -> Daily:
    """Sum of :func:`effort_minutes` over a window."""
    return measured_sum(days, effort_minutes(days), other_sessions(days), window)


def _definition(window: int) -> Definition:
    feature = Feature(
        name=f"other_sports_effort_{window}d_min",
        block="load",
        label=f"other sports in the past {window} days, as minutes of the usual running effort",
        unit="min",
        formula="minutes of every session that is no run x its RPE / the mean RPE of the rated "
        f"minutes of runs of the past {USUAL_DAYS} days; where it was not rated, its mean heart "
        f"rate / that of those runs ({FEWEST_RUNS} runs must carry the measure); sum over the "
        f"{window} days that end on the day" + MEASURED.replace("a run", "such a session"),
        source=f"{FOSTER}; heartbeats where nobody rated; {DESCRIPTIVE}",
        changeable=True,
        high=1800.0 * window,
        decimals=0,
    )
    return Definition(feature, partial(effort_of_window, window=window))


OTHER_SPORTS: Final = tuple(_definition(window) for window in (7, 28))

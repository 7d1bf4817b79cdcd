"""Questionnaires, pain, exercises and body measures as daily channels."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
from features.kernels.grid import Grid, day_numbers
from features.kernels.running_statistics import days_since
from features.kernels.windows import Values

WELLNESS: Final = (
    "sleep_h",
    "sleep_quality",
    "fatigue",
    "soreness",
    "stress",
    "mood",
    "readiness",
    "resting_hr_bpm",
    "hrv_rmssd_ms",
)

FOR_DAYS: Final = "answered_for_days"
"""Column and channel: the days up to this one that an answer is about."""


def _largest(at: Ints, values: npt.NDArray[np.float64], size: int) -> Values:
    """Largest value of each day, null on days without one."""
    daily = np.full(size, -np.inf)
    np.maximum.at(daily, at, values)
    return np.where(np.isinf(daily), np.nan, daily).astype(np.float32)


def wellness_channels(wellness: pd.DataFrame, grid: Grid) -> dict[str, Values]:
    """Return the answers, null where there is none; `answered` is 1 on days with any.

    Where a form asks about weeks, :data:`FOR_DAYS` says how many days each answer is about.
    """
    at, inside = grid.locate(wellness["athlete"], wellness["date"])
    rows, at = wellness[inside], at[inside]
    channels = {}
    for item in WELLNESS:
        daily = np.full(grid.size, np.nan, dtype=np.float32)
        daily[at] = rows[item].to_numpy(dtype=np.float32)
        channels[item] = daily
    answered = np.full(grid.size, np.nan, dtype=np.float32)
    answered[at[rows[list(WELLNESS)].notna().any(axis=1).to_numpy()]] = 1
    channels["answered"] = answered
    if FOR_DAYS in rows and rows[FOR_DAYS].gt(1).any():
        channels[FOR_DAYS] = np.ones(grid.size, dtype=np.float32)
        channels[FOR_DAYS][at] = rows[FOR_DAYS].fillna(1).to_numpy(dtype=np.float32)
    return channels


def pain_channels(pain: pd.DataFrame, grid: Grid) -> dict[str, Values]:
    """Worst pain of the day, anywhere and at the knee; null on days without an answer.

    A day with answers of which none names the knee counts as 0 at the knee.
    """
    at, inside = grid.locate(pain["athlete"], pain["date"])
    rows, at = pain[inside], at[inside]
    rating = rows["pain_0_10"].to_numpy(dtype=np.float64)
    at_knee = (rows["region"] == "knee").to_numpy(dtype=bool)
    return {
        "pain": _largest(at, rating, grid.size),
        # Who answers about another region was asked, and named no knee.
        "knee_pain": _largest(at, np.where(at_knee, rating, 0.0), grid.size),
    }


def exercise_channels(exercise: pd.DataFrame, grid: Grid, known: Bools) -> dict[str, Values]:
    """Return the sets done, and those done and prescribed where a prescription was written down.

    Mobility is left out: it is no dose of strength. An athlete who has not logged an exercise yet
    is unknown, not idle; from the first logged exercise on, known days without one are 0.
    """
    # An exercise without a target counts: nobody said that it was mobility.
    strengthening = exercise[exercise["target"].fillna("") != "mobility"]
    at, inside = grid.locate(strengthening["athlete"], strengthening["date"])
    order = np.lexsort((*_contents(strengthening), at))
    order = order[inside[order]]
    rows, at = strengthening.iloc[order], at[order]
    begun = np.zeros(grid.size, dtype=bool)
    begun[at] = True
    never = np.full(len(grid.athletes), np.nan)
    # Before the first logged exercise nobody knows whether exercises are logged at all.
    counted = known & ~np.isnan(days_since(begun, grid.offsets, never))
    done, prescribed = rows["sets"], rows["prescribed_sets"]
    sums = {
        "exercise_sets": done,
        "prescribed_sets": prescribed.fillna(0),
        "done_of_prescribed_sets": done.where(prescribed.notna(), 0),
    }
    return {name: _sum(at, values, counted) for name, values in sums.items()}


def _contents(rows: pd.DataFrame) -> tuple[npt.NDArray[np.float64], ...]:
    return tuple(rows[c].to_numpy(dtype=np.float64) for c in ("sets", "prescribed_sets"))


def _sum(at: Ints, values: pd.Series, counted: Bools) -> Values:
    daily = np.bincount(at, weights=values.to_numpy(dtype=np.float64), minlength=counted.size)
    return np.where(counted, daily, np.nan).astype(np.float32)


def body_channels(body: pd.DataFrame, grid: Grid) -> dict[str, Values]:
    """Body mass on the day it was measured.

    The last measure from before the observation stands on its first day, where it is known.
    """
    weighed = body[body["mass_kg"].notna()].sort_values(["athlete", "date"])
    codes = grid.codes(weighed["athlete"])
    since = np.maximum(day_numbers(weighed["date"]) - grid.first_day[codes], 0)
    inside = (codes >= 0) & (since < grid.lengths[codes])
    daily = np.full(grid.size, np.nan, dtype=np.float32)
    mass = weighed["mass_kg"].to_numpy(dtype=np.float32)
    daily[grid.offsets[codes[inside]] + since[inside]] = mass[inside]
    return {"mass_kg": daily}

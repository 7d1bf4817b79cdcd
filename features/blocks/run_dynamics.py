"""Running dynamics of devices, run by run: never more than one source in a number.

Devices differ by more than athletes do (vertical oscillation 87-98 mm on a watch, 74-76 mm on a
foot pod, same run), and dynamics change with speed. So a run is compared with the athlete's earlier
runs on the same source at a matched speed, and a month is that of the source worn last.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Ints
from features.blocks.gait_trials import SPEED_APART
from features.kernels.grid import Grid
from features.kernels.jit import kernel
from features.kernels.windows import Daily, Offsets
from features.panel.session_channels import moving_minutes

MONTH: Final = 28
OWN_PAST_DAYS: Final = 182
LEAST_RUNS: Final = 3
LEAST_PAST_RUNS: Final = 5
METRES_PER_MINUTE: Final = 1000 / 60


@dataclass(frozen=True)
class Runs:
    """Runs with a named source of dynamics, by athlete and start.

    Parameters
    ----------
    offsets : int64 array, athletes + 1
        Athlete i owns the runs ``offsets[i] ... offsets[i + 1] - 1``.
    at : int64 array
        Flat day of each run.
    source : int64 array
        Code of the source; only equality counts.
    speed : float64 array
        m/s, null if unknown.
    table : pandas.DataFrame
        The rows themselves.
    """

    offsets: Ints
    at: Ints
    source: Ints
    speed: Daily
    table: pd.DataFrame


def dynamic_runs(sessions: pd.DataFrame, grid: Grid) -> Runs:
    """Return the runs under observation whose source of dynamics is named."""
    named = sessions[(sessions["sport"] == "run") & sessions["dynamics_source"].notna()]
    at, inside = grid.locate(named["athlete"], named["local_date"])
    order = np.lexsort((named["start"].dt.tz_localize(None).to_numpy(), at))
    order = order[inside[order]]
    table = named.iloc[order]
    minutes = moving_minutes(table)
    speed = table["distance_km"] / minutes.where(minutes > 0) * METRES_PER_MINUTE
    codes = grid.codes(table["athlete"])
    offsets = np.searchsorted(codes, np.arange(len(grid.athletes) + 1)).astype(np.int64)
    source = pd.factorize(table["dynamics_source"])[0].astype(np.int64)
    return Runs(offsets, at[order], source, speed.to_numpy(dtype=np.float64), table)


def month_mean(runs: Runs, values: npt.NDArray[np.float64], days: Offsets) -> Daily:
    """Mean over the runs of the past 28 days on the source of the latest of them.

    Parameters
    ----------
    runs : Runs
        The runs.
    values : float64 array, one per run
        Null values do not count; below 3 others the mean is null.
    days : int64 array
        Offsets of the daily grid.
    """
    return _month_mean(values, runs.source, runs.at, runs.offsets, days, MONTH, LEAST_RUNS)


def against_own_past(runs: Runs, values: npt.NDArray[np.float64]) -> Daily:
    """Each run's value minus the mean of the athlete's earlier runs.

    Those are runs 28 to 182 days earlier on the same source at a speed at most 0.25 m/s away;
    null with fewer than 5 of them, and for runs without a speed.
    """
    return _against_own_past(
        values, runs.source, runs.speed, runs.at, runs.offsets,
        MONTH, OWN_PAST_DAYS, SPEED_APART + 1e-9, LEAST_PAST_RUNS,
    )  # fmt: skip


@kernel
def _month_mean(
    values: Daily, source: Ints, at: Ints, runs: Ints, days: Ints, window: int, least: int
) -> Daily:
    out = np.full(days[-1], np.nan)
    for athlete in range(days.size - 1):
        first = after = runs[athlete]
        for day in range(days[athlete], days[athlete + 1]):
            while after < runs[athlete + 1] and at[after] <= day:
                after += 1
            # Two pointers that only move forward: each run is looked at in its window alone.
            while first < after and at[first] <= day - window:
                first += 1
            total, known = 0.0, 0
            for run in range(first, after):
                if source[run] == source[after - 1] and not np.isnan(values[run]):
                    total += values[run]
                    known += 1
            if known >= least:
                out[day] = total / known
    return out


@kernel
def _against_own_past(  # noqa: PLR0913, PLR0917 - a kernel takes flat arrays, not objects
    values: Daily,
    source: Ints,
    speed: Daily,
    at: Ints,
    runs: Ints,
    near: int,
    far: int,
    apart: float,
    least: int,
) -> Daily:
    out = np.full(values.size, np.nan)
    for athlete in range(runs.size - 1):
        first = runs[athlete]
        for run in range(runs[athlete], runs[athlete + 1]):
            while at[first] < at[run] - far:
                first += 1
            total, known = 0.0, 0
            for past in range(first, run):
                # Not the last four weeks: a change that has lasted for weeks would be compared with
                # itself.
                if at[past] > at[run] - near:
                    break
                is_alike = source[past] == source[run] and abs(speed[past] - speed[run]) <= apart
                if is_alike and not np.isnan(values[past]):
                    total += values[past]
                    known += 1
            if known >= least:
                out[run] = values[run] - total / known
    return out

"""Daily channels of sessions that only some blocks need, made when they are asked for."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from common.arrays import Ints
from features.panel.days import Days
from features.panel.session_channels import moving_minutes

Measure = Callable[[Days, pd.DataFrame, Ints], pd.Series]


def runs_in_order(days: Days) -> tuple[pd.DataFrame, Ints]:
    """Return the runs under observation in a fixed order, and their flat days."""
    return days.shared("runs in order", lambda d: _ordered(d, are_runs=True))


def other_sessions_in_order(days: Days) -> tuple[pd.DataFrame, Ints]:
    """Return the sessions under observation that are no run in a fixed order, and their days."""
    return days.shared("other sessions in order", lambda d: _ordered(d, are_runs=False))


def run_sum(days: Days, name: str, measure: Measure) -> str:
    """Return the name of the channel that sums a measure over the runs of a day.

    Null on unknown days, on days of which only the week's distance is known and on days with a run
    that lacks the measure; 0 on known days without a run.
    """
    return days.derived(name, lambda d: _summed(d, measure))


def run_beats(days: Days) -> str:
    """Heartbeats in motion: mean heart rate x minutes in motion."""
    return run_sum(days, "run_beats", lambda _, runs, __: runs["hr_mean"] * moving_minutes(runs))


def _ordered(days: Days, *, are_runs: bool) -> tuple[pd.DataFrame, Ints]:
    sessions = days.panel.tables["sessions"]
    chosen = sessions[(sessions["sport"] == "run") == are_runs]
    at, inside = days.panel.grid.locate(chosen["athlete"], chosen["local_date"])
    # In a fixed order, so that float sums do not depend on the order of rows in a file.
    order = np.lexsort((chosen["start"].dt.tz_localize(None).to_numpy(), at))
    order = order[inside[order]]
    return chosen.iloc[order], at[order]


def _summed(days: Days, measure: Measure) -> np.ndarray:
    runs, at = runs_in_order(days)
    values = measure(days, runs, at).to_numpy(dtype=np.float64)
    # A nan among the weights makes the whole day nan, which is what is wanted.
    total = np.bincount(at, weights=values, minlength=days.panel.grid.size)
    is_known = days.panel.known & ~np.isnan(days.values("run_sessions"))
    return np.where(is_known, total, np.nan)

"""Which of several values of a strength test speaks for it: one metric in one unit, the best trial.

A peak force and a mean force, or newtons and kilograms, must never stand beside each other as the
two sides of one test.
"""

from typing import Final

import pandas as pd

LEADING: Final = (
    "jump_height", "jump_height_impulse", "jump_height_flight", "peak_force", "peak_torque",
    "torque", "hold_time", "repetitions", "net_peak_force", "peak_propulsive_force", "peak_power",
    "peak_propulsive_power", "rsi_modified",
)  # fmt: skip
"""Of several things that a test measured, the one that is stated is the first of these."""
TIMES: Final = frozenset({"contraction_time", "time_to_takeoff", "time_to_peak_force"})
"""Of which the highest is not the best."""
MEANS: Final = ("mean", "unstated")
"""Beginnings of metrics of which the best trial is not known: they come last."""

PER_KG: Final = "N/kg"


def leading_trials(strength: pd.DataFrame) -> pd.DataFrame:
    """Return the best trial of each side, of one metric in one unit of each test and day.

    Parameters
    ----------
    strength : pandas.DataFrame
        Rows of the `strength` table.

    Returns
    -------
    pandas.DataFrame
        athlete, test, date, side, unit, metric, value; times of a jump (:data:`TIMES`) are left
        out.
    """
    # Below, the highest trial is taken as the best; of a time the lowest would be.
    rows = strength[~strength["metric"].isin(TIMES)]
    rows = rows.astype({"athlete": "str", "test": "str", "metric": "str", "unit": "str"})
    rank = rows["metric"].map(_rank).astype("int64")
    rows = rows.assign(rank=rank, per_kg=rows["unit"] != PER_KG)
    of_day = ["athlete", "test", "date"]
    rows = rows.sort_values([*of_day, "rank", "per_kg", "metric", "unit"], kind="stable")
    first = rows.groupby(of_day)[["metric", "unit"]].transform("first")
    rows = rows[(rows[["metric", "unit"]] == first).all(axis=1)]
    keys = [*of_day, "side", "unit", "metric"]
    return rows.groupby(keys, observed=True)["value"].max().reset_index()


def _rank(metric: str) -> int:
    if metric.startswith(MEANS):
        return len(LEADING) + 1
    return LEADING.index(metric) if metric in LEADING else len(LEADING)

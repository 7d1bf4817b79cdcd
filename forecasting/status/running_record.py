"""What is on record of each athlete's running: enough to score, to ask about, or nothing."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.contracts import empty
from common.counted_sessions import counted

WINDOW_DAYS: Final = 28
WEEK_DAYS: Final = 7
RECORD_COLUMNS: Final = (
    "athlete", "first_run", "last_run", "runs_28d", "minutes_28d", "check_minutes_28d",
    "check_share_28d", "check_share_7d", "other_minutes_28d", "other_share_28d", "mileage_28d_km",
)  # fmt: skip


def running_record(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DataFrame:
    """Count what is known of each athlete's running up to a day.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `athletes`, `sessions` and, where there is one, `mileage` of the contract.
    as_of : pandas.Timestamp
        Last day that counts.

    Returns
    -------
    pandas.DataFrame
        :data:`RECORD_COLUMNS`, one row per athlete. Of the past 28 days: runs, their minutes,
        minutes of runs that are left out until somebody checked them and their share of all
        running minutes, minutes of other sports and their share of all minutes (null without any
        session), kilometres of weeks that only a mileage sheet knows (null without any). Of the
        past 7 days: the share of the runs that is left out. Days of the first and the last run of
        any kind, sheet weeks with running included (their last day).
    """
    past = tables["sessions"][tables["sessions"]["local_date"] <= as_of]
    recent = past[past["local_date"] > as_of - pd.Timedelta(days=WINDOW_DAYS)]
    is_run = recent["sport"] == "run"
    minutes = _minutes(recent)
    believed = recent.index.isin(counted(recent).index)
    weeks = _weeks(tables.get("mileage", empty("mileage")), as_of)
    days = pd.concat([_days(past[past["sport"] == "run"], "local_date"), _days(weeks, "last_day")])
    # A sheet's week counts by its last day: before it nobody knew its kilometres.
    in_window = weeks["last_day"] > as_of - pd.Timedelta(days=WINDOW_DAYS)
    by_athlete = days.groupby("athlete")["day"]
    table = pd.DataFrame(
        {
            "first_run": by_athlete.min(),
            "last_run": by_athlete.max(),
            "runs_28d": recent[is_run].groupby("athlete").size(),
            "minutes_28d": minutes[is_run].groupby(recent["athlete"]).sum(),
            "check_minutes_28d": minutes[is_run & ~believed].groupby(recent["athlete"]).sum(),
            "other_minutes_28d": minutes[~is_run].groupby(recent["athlete"]).sum(),
            "mileage_28d_km": weeks[in_window].groupby("athlete")["distance_km"].sum(),
        }
    ).reindex(tables["athletes"]["athlete"])
    # No session is a count of 0; without a sheet its kilometres are unknown and stay null.
    counts = ["runs_28d", "minutes_28d", "check_minutes_28d", "other_minutes_28d"]
    table[counts] = table[counts].astype("float64").fillna(0.0)
    table["check_share_28d"] = _share(table["check_minutes_28d"], table["minutes_28d"])
    table["check_share_7d"] = _doubted(recent[is_run], ~believed[is_run], as_of)
    every = table["minutes_28d"] + table["other_minutes_28d"]
    table["other_share_28d"] = _share(table["other_minutes_28d"], every)
    return table.rename_axis("athlete").reset_index()[list(RECORD_COLUMNS)]


def _doubted(runs: pd.DataFrame, doubted: NDArray[np.bool_], as_of: pd.Timestamp) -> pd.Series:
    """Return the share of the past week's runs that is left out, by athlete.

    Of runs, because the minutes of one that is left out, or of one that is not, may be unknown.
    """
    of_week = runs["local_date"] > as_of - pd.Timedelta(days=WEEK_DAYS)
    left_out = pd.Series(doubted, index=runs.index, dtype="float64")
    return left_out[of_week].groupby(runs["athlete"]).mean()


def _minutes(sessions: pd.DataFrame) -> pd.Series:
    # A time in motion of 0 comes from a watch that writes none: the duration stands in for it.
    moving = sessions["moving_min"]
    return moving.where(moving > 0, sessions["duration_min"]).fillna(0.0)


def _weeks(mileage: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return sheet weeks that are over by the day, with their last day."""
    last = mileage["date"] + pd.to_timedelta(mileage["days"] - 1, unit="D")
    return mileage.assign(last_day=last)[last <= as_of]


def _days(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    # A sheet's week of 0 km is a week of rest: it must not count as the last run.
    ran = rows[rows["distance_km"] > 0] if column == "last_day" else rows
    return ran[["athlete", column]].set_axis(["athlete", "day"], axis=1)


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    # Without any minutes a share of 0 would claim that nothing is in doubt.
    return (part / whole).where(whole > 0)

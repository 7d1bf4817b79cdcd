"""Weeks of which only the kilometres are known, as daily channels."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from features.kernels.grid import Grid
from features.kernels.windows import Values

KILOMETRES = ("run_km", "run_km_known")
NOTHING_RUN = ("run_min", "run_sessions", "runs_without_km", "longest_run_km", "longest_run_min")
"""Channels that are 0 in a week of 0 km; how long or how often more was run, a sum cannot tell."""


def days_after_sheets(
    mileage: pd.DataFrame, sessions: pd.DataFrame, silence_days: int
) -> pd.DataFrame:
    """Return the days after a sheet's week of which nobody has told anything yet.

    A sheet is filled in at the end of a week: that the days since then are not in it does not make
    them days of rest. They are known again from the next session, or the next week of the sheet.

    Parameters
    ----------
    mileage : pandas.DataFrame
        The `mileage` table: weeks without any session.
    sessions : pandas.DataFrame
        The `sessions` table, of every sport.
    silence_days : int
        How many days are told at the most; later ones are unknown by their silence.

    Returns
    -------
    pandas.DataFrame
        athlete, date.
    """
    ends = mileage["date"] + pd.to_timedelta(mileage["days"], unit="D")
    # A merge by the nearest day takes days of one unit only.
    after = pd.DataFrame({"athlete": mileage["athlete"].astype(str), "date": ends.dt.as_unit("ns")})
    begins = pd.concat(
        [
            sessions[["athlete", "local_date"]].set_axis(["athlete", "date"], axis=1),
            mileage[["athlete", "date"]],
        ]
    )
    begins = begins.assign(
        athlete=begins["athlete"].astype(str), date=begins["date"].dt.as_unit("ns")
    )
    begins = begins.assign(next=begins["date"])
    followed = pd.merge_asof(
        after.sort_values("date"),
        begins.sort_values("date"),
        on="date",
        by="athlete",
        direction="forward",
    )
    gap = (
        (followed["next"] - followed["date"]).dt.days.fillna(silence_days).clip(upper=silence_days)
    )
    days = followed.loc[followed.index.repeat(gap.astype(int)), ["athlete", "date"]]
    step = days.groupby(level=0).cumcount()
    return days.assign(date=days["date"] + pd.to_timedelta(step, unit="D")).reset_index(drop=True)


def with_mileage(
    channels: Mapping[str, Values], mileage: pd.DataFrame, grid: Grid, untold: pd.DataFrame
) -> dict[str, Values]:
    """Return the session channels with the weeks that only a mileage sheet knows.

    The kilometres of a week are spread evenly over its days; everything else about them is null.

    Parameters
    ----------
    channels : mapping of str to array
        From :func:`features.panel.session_channels.session_channels`.
    mileage : pandas.DataFrame
        The `mileage` table: weeks without any session.
    grid : Grid
        Athletes and their days.
    untold : pandas.DataFrame
        From :func:`days_after_sheets`.
    """
    filled = dict(channels)
    if mileage.empty:
        return filled
    days = mileage.loc[mileage.index.repeat(mileage["days"].astype(int))]
    step = days.groupby(level=0).cumcount()
    dates = days["date"] + pd.to_timedelta(step, unit="D")
    at, inside = grid.locate(days["athlete"], dates)
    at = at[inside]
    after, is_observed = grid.locate(untold["athlete"], untold["date"])
    # Evenly: sums of whole weeks are right, and every other split would be made up.
    daily = (days["distance_km"] / days["days"]).to_numpy(dtype=np.float32)[inside]
    for name, values in channels.items():
        # The session channels are the caller's, and may be used without mileage as well.
        changed = values.copy()
        changed[after[is_observed]] = np.nan
        unknown = np.where(daily == 0, np.float32(0), np.float32(np.nan))
        changed[at] = daily if name in KILOMETRES else unknown if name in NOTHING_RUN else np.nan
        filled[name] = changed
    return filled

"""Weeks of which only the kilometres are known, as daily channels."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from features.kernels.grid import Grid
from features.kernels.windows import Values

KILOMETRES = ("run_km", "run_km_known")
NOTHING_RUN = ("run_min", "run_sessions", "runs_without_km", "longest_run_km", "longest_run_min")
"""Channels that are 0 in a week of 0 km; how long or how often more was run, a sum cannot tell."""


def with_mileage(
    channels: Mapping[str, Values], mileage: pd.DataFrame, grid: Grid
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
    """
    filled = dict(channels)
    if mileage.empty:
        return filled
    days = mileage.loc[mileage.index.repeat(mileage["days"].astype(int))]
    step = days.groupby(level=0).cumcount()
    dates = days["date"] + pd.to_timedelta(step, unit="D")
    at, inside = grid.locate(days["athlete"], dates)
    at = at[inside]
    # Evenly: sums of whole weeks are right, and every other split would be made up.
    daily = (days["distance_km"] / days["days"]).to_numpy(dtype=np.float32)[inside]
    for name, values in channels.items():
        # The session channels are the caller's, and may be used without mileage as well.
        changed = values.copy()
        unknown = np.where(daily == 0, np.float32(0), np.float32(np.nan))
        changed[at] = daily if name in KILOMETRES else unknown if name in NOTHING_RUN else np.nan
        filled[name] = changed
    return filled

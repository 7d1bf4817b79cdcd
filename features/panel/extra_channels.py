"""Channels of the team's own as daily series."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Bools, Ints
from features.catalogue.channel_settings import ChannelSettings
from features.kernels.grid import Grid
from features.kernels.running_statistics import days_since
from features.kernels.windows import Values

_PREFIX: Final = "extra "


def channel_key(name: str) -> str:
    """Return the name of a channel of the team's own in a panel, apart from the built-in ones."""
    return f"{_PREFIX}{name}"


def extra_channels(
    extra: pd.DataFrame, grid: Grid, channels: Mapping[str, ChannelSettings], silence_days: int
) -> dict[str, Values]:
    """Return the daily series of the channels that the settings name.

    Parameters
    ----------
    extra : pandas.DataFrame
        Table `extra`; a null value is one that nobody told.
    grid : Grid
        Athletes and days.
    channels : mapping of str to ChannelSettings
        Channels wanted; one without rows is null on every day.
    silence_days : int
        A dose without a row is 0 if the channel had a row within so many days before.

    Returns
    -------
    dict of str to float32 array, one per athlete-day
        A day that has rows but no value is null.
    """
    at, inside = grid.locate(extra["athlete"], extra["date"])
    names = extra["channel"].to_numpy(dtype=object)
    values = extra["value"].to_numpy(dtype=np.float64)
    daily_series = {}
    for name, own in channels.items():
        rows = inside & (names == name)
        daily_series[channel_key(name)] = _daily(at[rows], values[rows], grid, own, silence_days)
    return daily_series


def _daily(
    at: Ints, values: np.ndarray, grid: Grid, own: ChannelSettings, silence_days: int
) -> Values:
    known = ~np.isnan(values)
    count = np.bincount(at[known], minlength=grid.size)
    if own.day == "max":
        daily = np.full(grid.size, -np.inf)
        np.maximum.at(daily, at[known], values[known])
    else:
        # Sorted, so that the order of the files changes no bit of a sum.
        order = np.lexsort((values[known], at[known]))
        places = at[known][order]
        daily = np.bincount(places, weights=values[known][order], minlength=grid.size)
        if own.day == "mean":
            daily = daily / np.maximum(count, 1)
    daily = np.where(count > 0, daily, np.nan)
    if own.day == "sum":
        # Only a dose can be 0 by silence: a day without a jump test has no height of 0.
        daily = np.where(_rest(at, count, grid, silence_days), 0.0, daily)
    return daily.astype(np.float32)


def _rest(at: Ints, count: Ints, grid: Grid, silence_days: int) -> Bools:
    """Tell which days without any row are days without a dose: the channel was logged lately."""
    row = np.zeros(grid.size, dtype=bool)
    row[at] = True
    never = np.full(len(grid.athletes), np.inf)
    # A row without a value was meant to hold one: it is unknown and no rest.
    return ~row & (days_since(count > 0, grid.offsets, never) <= silence_days)

"""Gait trials of a laboratory as a sparse table: one row per athlete, metric, device and day."""

from typing import Final

import numpy as np
import pandas as pd

from features.kernels.last_observation import by_side, earlier_mean

SPEED_APART: Final = 0.25
"""Speeds up to this far apart, in m/s, are matched."""

SERIES: Final = ["athlete", "metric", "device"]


def gait_trials(gait: pd.DataFrame) -> pd.DataFrame:
    """Return the trials with what is made of them on their day.

    Parameters
    ----------
    gait : pandas.DataFrame
        The table of the contract.

    Returns
    -------
    pandas.DataFrame
        athlete, metric, device, date, speed_m_s, left, right, level (mean of the sides),
        side_difference (in the unit of the metric) and change (against the mean of the trials of
        earlier days with the same device at a matched speed; without a speed, of those without).
    """
    trials = by_side(gait, [*SERIES, "date", "speed_m_s"])
    # At a matched speed, since gait changes with speed by more than it does with time.
    usual = earlier_mean(trials, SERIES, "speed_m_s", SPEED_APART)
    made = trials.assign(
        side_difference=(trials["left"] - trials["right"]).abs(),
        change=trials["level"] - np.asarray(usual),
    )
    return made.sort_values(["athlete", "date", "metric", "device", "speed_m_s"], ignore_index=True)

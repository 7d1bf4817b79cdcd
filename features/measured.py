"""Windows over what sessions may lack: effort, climbing, intensity.

Rest days are known zeros. Left alone they would outvote sessions that were not measured: a runner
who never wore a heart-rate strap would have run 0 hard minutes. So beside the share of known days,
the same share of the days with a session must carry the measure.
"""

import numpy as np
import numpy.typing as npt

from features.days import Days, ratio
from features.windows import Daily

ROUNDING = 1e-9


def measured_sum(days: Days, channel: str, active: str, window: int, lag: int = 0) -> Daily:
    """Sum of a measure over a window.

    Parameters
    ----------
    days : Days
        The daily series.
    channel : str
        The measure.
    active : str
        Channel that is above 0 on the days on which the measure should be there.
    window, lag : int
        Days, as in :mod:`features.windows`.
    """
    expected = days.any_sum(_expected(days, active), window, lag)
    carried = days.any_sum(_carried(days, channel, active), window, lag)
    return np.where(_enough(days, carried, expected), days.sum(channel, window, lag), np.nan)


def measured_mean(days: Days, channel: str, active: str, window: int, lag: int = 0) -> Daily:
    """Mean of the known days of a measure over a window; see :func:`measured_sum`."""
    return measured_sum(days, channel, active, window, lag) / days.known(channel, window, lag)


def measured_ewma(days: Days, channel: str, active: str, weight: float) -> Daily:
    """EWMA of a measure; shares of the days with a session are weighted as the mean is."""
    expected = days.ewma(_expected(days, active), weight)
    carried = days.ewma(_carried(days, channel, active), weight)
    return np.where(_enough(days, carried, expected), days.ewma(channel, weight), np.nan)


def measured_ratio(
    days: Days, above: str, below: str, active: str, window: int, lag: int = 0
) -> Daily:
    """Ratio of two sums over the same days: those on which both are known."""
    numerator = days.derived(
        f"{above} with {below}",
        lambda d: np.where(np.isnan(d.values(below)), np.nan, d.values(above)),
    )
    denominator = days.derived(
        f"{below} with {above}",
        lambda d: np.where(np.isnan(d.values(above)), np.nan, d.values(below)),
    )
    return ratio(
        measured_sum(days, numerator, active, window, lag), days.sum(denominator, window, lag)
    )


def _expected(days: Days, active: str) -> str:
    """Channel: 1 on days with activity, 0 on known days without."""
    return days.derived(f"expected on {active}", lambda d: _flag(d, d.values(active) > 0))


def _carried(days: Days, channel: str, active: str) -> str:
    """Channel: 1 on days with activity that carry the measure, 0 on other known days."""
    return days.derived(
        f"{channel} carried on {active}",
        lambda d: _flag(d, (d.values(active) > 0) & ~np.isnan(d.values(channel))),
    )


def _flag(days: Days, is_so: npt.NDArray[np.bool_]) -> Daily:
    return np.where(days.panel.known, is_so, np.nan)


def _enough(days: Days, carried: Daily, expected: Daily) -> npt.NDArray[np.bool_]:
    return carried >= days.settings.known_share * expected - ROUNDING

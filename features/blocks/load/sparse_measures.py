"""Windows over what sessions may lack: climbing, intensity, and load where RPE is scarce.

Rest days are known zeros. Left alone they would outvote sessions that were not measured: a runner
who never wore a heart-rate strap would have run 0 hard minutes, and null would mean "ran". So
beside the share of known days, the same share of the days with a session must carry the measure;
in a window without a session the athlete's whole past answers for it.
"""

import numpy as np
import numpy.typing as npt

from features.kernels.windows import Daily
from features.panel.days import Days, ratio

# Shares of float sums are rounded: four of five days must be enough for a share of 0.8.
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
        Days, as in :mod:`features.kernels.windows`.
    """
    enough = _enough(days, channel, active, window, lag, days.settings.known_share)
    return np.where(enough, days.sum(channel, window, lag), np.nan)


def measured_mean(days: Days, channel: str, active: str, window: int, lag: int = 0) -> Daily:
    """Mean of the known days of a measure over a window; see :func:`measured_sum`."""
    return measured_sum(days, channel, active, window, lag) / days.known(channel, window, lag)


def measured_ewma(days: Days, channel: str, active: str, weight: float) -> Daily:
    """EWMA of a measure; shares of the days with a session are weighted as the mean is."""
    expected = days.ewma(expected_days(days, active), weight)
    carried = days.ewma(_carried_days(days, channel, active), weight)
    share = days.settings.known_share
    enough = (carried >= share * expected - ROUNDING) & _usually(days, channel, active, share)
    return np.where(enough, days.ewma(channel, weight), np.nan)


def measured_ratio(
    days: Days, above: str, below: str, active: str, window: int, lag: int = 0
) -> Daily:
    """Ratio of two sums over the same days: those on which both are known.

    A ratio needs fewer known days than a sum: the least share is `answered_share`, and not
    `known_share`.
    """
    # Both sums over the same days: a distance without its heartbeats would make running look cheap.
    numerator = days.derived(
        f"{above} with {below}",
        lambda d: np.where(np.isnan(d.values(below)), np.nan, d.values(above)),
    )
    denominator = days.derived(
        f"{below} with {above}",
        lambda d: np.where(np.isnan(d.values(above)), np.nan, d.values(below)),
    )
    enough = _enough(days, numerator, active, window, lag, days.settings.answered_share)
    total = days.sum_of_known_days(numerator, window, lag)
    return np.where(enough, ratio(total, days.sum_of_known_days(denominator, window, lag)), np.nan)


def expected_days(days: Days, active: str) -> str:
    """Return the channel that is 1 on days with activity and 0 on known days without."""
    return days.derived(f"expected on {active}", lambda d: flag_known(d, d.values(active) > 0))


def flag_known(days: Days, is_so: npt.NDArray[np.bool_]) -> Daily:
    """Turn a flag into 1 and 0, null on unknown days."""
    return np.where(days.panel.known, is_so, np.nan)


def _carried_days(days: Days, channel: str, active: str) -> str:
    """Channel: 1 on days with activity that carry the measure, 0 on other known days."""
    return days.derived(
        f"{channel} carried on {active}",
        lambda d: flag_known(d, (d.values(active) > 0) & ~np.isnan(d.values(channel))),
    )


def _enough(
    days: Days, channel: str, active: str, window: int, lag: int, share: float
) -> npt.NDArray[np.bool_]:
    expected = days.sum_of_known_days(expected_days(days, active), window, lag)
    carried = days.sum_of_known_days(_carried_days(days, channel, active), window, lag)
    in_window = carried >= share * expected - ROUNDING
    # Without a session in the window 0 is true only for somebody whose sessions carry the measure.
    return in_window & ((expected > 0) | _usually(days, channel, active, share))


def _usually(days: Days, channel: str, active: str, share: float) -> npt.NDArray[np.bool_]:
    """Whether the athlete's sessions so far carried the measure often enough."""
    expected = days.past_mean(expected_days(days, active), 0, 1)
    carried = days.past_mean(_carried_days(days, channel, active), 0, 1)
    return carried >= share * expected - ROUNDING

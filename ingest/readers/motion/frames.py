"""Whether a recording is fast enough for gait."""

from typing import Final

from common.arrays import Floats
from ingest.gait.signals import sampling_rate
from ingest.readers.base import FileRefused

SLOWEST_HZ: Final = 50.0
"""A frame of a slower recording is longer than the uncertainty of an event may be (20 ms)."""
_MOST_GAPS: Final = 10
"""Frames that may be missing for each that is there."""


def demand_rate(time: Floats) -> None:
    """Refuse a recording that is too slow for gait events.

    Raises
    ------
    FileRefused
        With the reason ``sampled_too_slowly`` or ``time_jumps``.
    """
    rate = sampling_rate(time)
    if rate < SLOWEST_HZ:
        raise FileRefused(
            "sampled_too_slowly",
            f"{rate:.0f} frames per second by the time column; gait events need {SLOWEST_HZ:.0f};"
            " export at the recording's full rate",
        )
    # A grid of 2 ms over such a span would fill the memory.
    if time[-1] - time[0] > _MOST_GAPS * len(time) / rate:
        raise FileRefused(
            "time_jumps",
            f"{len(time)} rows at {rate:.0f} per second do not span {time[-1] - time[0]:.0f} s: the"
            " time column jumps; export again",
        )

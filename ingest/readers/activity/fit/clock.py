"""The local clock of a FIT file: only one message knows it, and one maker gets it wrong."""

from math import isnan
from typing import Final

from ingest.readers.activity.fit.content import Message, number
from ingest.readers.activity.fit.profile import COROS

QUARTER_HOUR_S: Final = 900
FARTHEST_ZONE_S: Final = 14 * 3600
CLOCK_SLACK_S: Final = 60
"""The two times of the message may be written a few seconds apart."""


def utc_offset_s(activity: Message, manufacturer: int | None) -> float | None:
    """Return what the device's local clock was ahead of UTC, in seconds.

    Time zones are whole quarters of an hour up to 14 h; any other difference is no time zone.
    COROS writes the local time equal to UTC wherever the athlete is, so its 0 says nothing.

    Parameters
    ----------
    activity : mapping
        The `activity` message; may be empty.
    manufacturer : int or None
        Number of the maker.

    Returns
    -------
    float or None
        None where the file does not say; the dataset's time zone then decides.

    Examples
    --------
    >>> utc_offset_s({"timestamp": 1_000_000.0, "local_timestamp": 1_007_201.0}, 1)
    7200.0
    >>> utc_offset_s({"timestamp": 1_000_000.0, "local_timestamp": 1_000_000.0}, COROS) is None
    True
    """
    ahead = number(activity, "local_timestamp") - number(activity, "timestamp")
    if isnan(ahead):
        return None
    whole = float(round(ahead / QUARTER_HOUR_S) * QUARTER_HOUR_S)
    if abs(ahead - whole) > CLOCK_SLACK_S or abs(whole) > FARTHEST_ZONE_S:
        return None
    # Other offsets of COROS are as good as anybody's.
    if manufacturer == COROS and whole == 0:
        return None
    return whole

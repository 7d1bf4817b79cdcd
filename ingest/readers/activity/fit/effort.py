"""Hard work of a FIT session, by the heart-rate zones that the file itself states."""

from typing import Final

import numpy as np

from common.untyped import Cell
from ingest.readers.activity.fit.content import Content, Message, code
from ingest.readers.activity.track import Track
from ingest.readers.activity.track.effort import Hard, hard_work

SESSION: Final = 18
_ZONE_4_FROM: Final = 3
_FIRST_HARD: Final = {7: 4, 5: 3}
"""Length of the list of times -> place of zone 4: seven start below zone 1, five with zone 1."""


def hard_of(track: Track, session: Message, content: Content) -> Hard:
    """Return minutes and kilometres in zone 4 and above; NaN unless the file states its zones.

    The device's own times in zones count; the distance needs the borders of the zones.

    Parameters
    ----------
    track : Track
        Records of the session.
    session : mapping
        The session message.
    content : Content
        The file; its `time_in_zone` messages belong to sessions by their index.
    """
    zones = _zones_of(session, content)
    borders = _numbers(zones.get("hr_zone_high_boundary"))
    computed = hard_work(track, borders[_ZONE_4_FROM] if len(borders) > _ZONE_4_FROM else np.nan)
    times = _numbers(zones.get("time_in_hr_zone")) or _numbers(session.get("time_in_hr_zone"))
    first = _FIRST_HARD.get(len(times))
    # Zeros in all zones are a device without heart rate, not a run without hard work.
    if first is None or sum(times) == 0:
        return computed
    return Hard(sum(times[first:]) / 60, computed.km)


def _zones_of(session: Message, content: Content) -> Message:
    index = code(session, "message_index") or 0
    for message in content.all("time_in_zone"):
        own = code(message, "reference_mesg") == SESSION
        if own and (code(message, "reference_index") or 0) == index:
            return message
    return {}


def _numbers(values: Cell) -> list[float]:
    """Return an array field as numbers; a list with gaps is no list of zones."""
    if not isinstance(values, list | tuple) or not all(isinstance(v, int | float) for v in values):
        return []
    return [float(value) for value in values]

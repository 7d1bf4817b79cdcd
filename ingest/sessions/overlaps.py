"""Which sessions of one athlete share time: all pairs, found in one sweep."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats, Ints

LEAST_OVERLAP: Final = 0.5
"""Share of the shorter of two intervals that both must cover."""


FORGOTTEN_TIMES: Final = 3.0
FORGOTTEN_MIN: Final = 120.0
"""Of a recording this many times as long as its motion, and this many minutes longer, the watch
was forgotten: it counts from its start for as long as there was motion, or the runs of the hours
that it slept through would be taken for parts of it."""


class Overlaps(NamedTuple):
    """Pairs of sessions by position; `first` starts no later than `second`.

    Parameters
    ----------
    first, second : array of shape (n,)
        Positions in the frame.
    shared_s : array of shape (n,)
        Seconds that both cover; 0 where one of them has no length, negative across a gap.
    shorter_s, longer_s : array of shape (n,)
        Lengths of the shorter and of the longer of the two.
    """

    first: Ints
    second: Ints
    shared_s: Floats
    shorter_s: Floats
    longer_s: Floats

    def where(self, chosen: NDArray[np.bool_]) -> "Overlaps":
        """Return the chosen pairs."""
        pairs = self.first[chosen], self.second[chosen]
        return Overlaps(
            *pairs, self.shared_s[chosen], self.shorter_s[chosen], self.longer_s[chosen]
        )


def overlaps(sessions: pd.DataFrame, slack_s: float = 0.0) -> Overlaps:
    """Return every pair of sessions of an athlete that meet, or nearly do.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Columns athlete, start (UTC), duration_min (an unknown one is a moment) and, where known,
        moving_min; see :func:`span_s`.
    slack_s : float
        Seconds that may lie between the end of one and the start of the next.

    Examples
    --------
    >>> start = pd.to_datetime(["2025-05-01 06:00", "2025-05-01 06:20"], utc=True)
    >>> frame = pd.DataFrame({"athlete": "a", "start": start, "duration_min": [30.0, 40.0]})
    >>> overlaps(frame).shared_s
    array([600.])
    """
    codes = np.asarray(pd.factorize(sessions["athlete"])[0], dtype=np.int64)
    start = seconds(sessions["start"])
    end = start + span_s(sessions)
    order = np.lexsort((end, start, codes))
    pairs: list[tuple[Ints, Ints]] = []
    left, step = order[:-1], 1
    place = np.arange(len(order) - 1, dtype=np.int64)
    # Starts are sorted: a session that does not meet the next one meets none after it.
    while len(place):
        left, right = order[place], order[place + step]
        near = (codes[left] == codes[right]) & (start[right] <= end[left] + slack_s)
        place = place[near]
        pairs.append((left[near], right[near]))
        step += 1
        place = place[place + step < len(order)]
    first, second = (
        (np.concatenate(sides) for sides in zip(*pairs, strict=True))
        if pairs
        else (
            np.empty(0, dtype=np.int64),
            np.empty(0, dtype=np.int64),
        )
    )
    return _measured(first, second, start, end)


def seconds(instants: pd.Series) -> Floats:
    """Return UTC instants as seconds since 1970."""
    # Fixed to nanoseconds: the integers of an instant depend on the unit of its column.
    return np.asarray(instants.astype("datetime64[ns, UTC]").astype("int64")) / 1e9


def length_s(frame: pd.DataFrame) -> Floats:
    """Return the length of sessions in seconds, 0 where it is unknown."""
    return np.asarray(frame["duration_min"].fillna(0), dtype=float) * 60


def span_s(frame: pd.DataFrame) -> Floats:
    """Return the seconds from the start that a session can have taken, 0 where unknown.

    Examples
    --------
    >>> span_s(pd.DataFrame({"duration_min": [720.0, 110.0], "moving_min": [50.0, 50.0]})) / 60
    array([ 50., 110.])
    """
    length = length_s(frame)
    if "moving_min" not in frame:
        return length
    moving = np.asarray(frame["moving_min"], dtype=float) * 60
    forgotten = (moving > 0) & (length > FORGOTTEN_TIMES * moving)
    return np.where(forgotten & (length - moving > FORGOTTEN_MIN * 60), moving, length)


def _measured(first: Ints, second: Ints, start: Floats, end: Floats) -> Overlaps:
    length = end - start
    # `first` starts no later, so that the common time begins with `second`.
    shared = np.minimum(end[first], end[second]) - start[second]
    return Overlaps(
        first,
        second,
        shared,
        np.minimum(length[first], length[second]),
        np.maximum(length[first], length[second]),
    )

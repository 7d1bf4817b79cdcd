"""The record stream of one activity: columns over a strictly rising clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from common.arrays import Floats

Mask = NDArray[np.bool_]

CHANNELS: Final = (
    "distance_m", "speed_m_s", "altitude_m", "heart_rate", "cadence", "power_w",
    "latitude", "longitude", "vertical_oscillation_mm", "ground_contact_ms",
    "balance_left_pct", "step_length_m", "vertical_ratio_pct",
)  # fmt: skip
"""What a stream may hold; `cadence` is as the device wrote it (see :mod:`cadence`)."""


class Pause(NamedTuple):
    """A stretch in which the timer stood, in Unix seconds."""

    start: float
    end: float


@dataclass(frozen=True)
class Track:
    """Records of one activity.

    Parameters
    ----------
    time : array of shape (n,)
        Unix seconds, strictly rising.
    channels : mapping of str to array of shape (n,)
        Keys from :data:`CHANNELS`; unknown is NaN. A channel that says nothing is absent.
    pauses : sequence of Pause
        Stretches in which the timer stood.
    repairs : tuple of str
        Names of what had to be put right to get a rising clock.
    """

    time: Floats
    channels: Mapping[str, Floats]
    pauses: Sequence[Pause] = ()
    repairs: tuple[str, ...] = ()
    _none: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The class is frozen; one array serves every channel that is absent.
        object.__setattr__(self, "_none", np.full(len(self.time), np.nan))

    def __len__(self) -> int:
        return len(self.time)

    def get(self, channel: str) -> Floats:
        """Return a channel, all NaN if the device did not write it."""
        return self.channels.get(channel, self._none)

    def knows(self, channel: str) -> bool:
        """Say whether the device wrote this channel at all."""
        return channel in self.channels

    def between(self, start: float, end: float) -> "Track":
        """Return the records from `start` to `end` (Unix seconds, both included)."""
        # `end` itself belongs to it: hence the next number above it.
        first, last = np.searchsorted(self.time, [start, np.nextafter(end, np.inf)])
        cut = {name: values[first:last] for name, values in self.channels.items()}
        known = {name: values for name, values in cut.items() if not np.isnan(values).all()}
        pauses = [p for p in self.pauses if p.start < end and p.end > start]
        return Track(self.time[first:last], known, pauses, self.repairs)


def make_track(time: Floats, channels: Mapping[str, Floats], pauses: Sequence[Pause] = ()) -> Track:
    """Put records in order of time and join those of the same moment.

    Records without a time are dropped. Of several records of one moment every channel keeps its
    first known value: some watches write position and heart rate into separate records.

    Parameters
    ----------
    time : array of shape (n,)
        Unix seconds, in the order of the file.
    channels : mapping of str to array of shape (n,)
        Columns; NaN is unknown.
    pauses : sequence of Pause
        Stretches in which the timer stood.

    Examples
    --------
    >>> nan = np.nan
    >>> track = make_track(
    ...     np.array([5.0, 5.0, 4.0]),
    ...     {"heart_rate": np.array([nan, 140.0, 139.0]), "distance_m": np.array([9.0, nan, 6.0])},
    ... )
    >>> track.get("heart_rate"), track.get("distance_m")
    (array([139., 140.]), array([6., 9.]))
    >>> track.repairs
    ('records_sorted_by_time', 'records_of_one_moment_joined')
    """
    repairs: list[str] = []
    # Damaged records come without a time; a guess between neighbours would invent speed.
    known = ~np.isnan(time)
    columns = {name: values for name, values in channels.items() if not np.isnan(values).all()}
    if not known.all():
        repairs.append("records_without_time_dropped")
        time, columns = time[known], {name: values[known] for name, values in columns.items()}
    step = np.diff(time)
    if (step < 0).any():
        repairs.append("records_sorted_by_time")
        # Stable, so that of records of one moment the one written first stays first.
        order = np.argsort(time, kind="stable")
        time, columns = time[order], {name: values[order] for name, values in columns.items()}
        step = np.diff(time)
    if (step == 0).any():
        repairs.append("records_of_one_moment_joined")
        starts = np.flatnonzero(np.concatenate([[True], step > 0]))
        columns = {name: _first_known(values, starts) for name, values in columns.items()}
        time = time[starts]
    return Track(time, columns, tuple(pauses), tuple(repairs))


def _first_known(values: Floats, starts: NDArray[np.intp]) -> Floats:
    """Return per group the first value that is not NaN."""
    size = len(values)
    index = np.where(np.isnan(values), size, np.arange(size))
    first = np.minimum.reduceat(index, starts)
    return np.concatenate([values, [np.nan]])[first]

"""Points of an XML log, gathered one by one, and their clock in its spellings."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from common.arrays import Floats, Ints
from ingest.readers.activity.sport_names import activity
from ingest.readers.activity.track import Pause, Track, make_track
from ingest.readers.activity.track.motion import steps_metres, total_distance_m
from ingest.readers.activity.track.series import Mask

PAUSE_S: Final = 10.0
"""A new segment this long after the last one is a pause; laps follow each other at once."""
NO_SPORT: Final = "sport_missing_is_other"
UNKNOWN_SPORT: Final = "unknown_activity_type_is_other"
SPORT_FROM_NAME: Final = "sport_taken_from_name"
LOCAL_CLOCK: Final = "clock_without_zone_read_as_local"
OUT_OF_ORDER: Final = "distance_in_the_order_of_the_file"
STEP_S: Final = 10.0
"""Points of which only the order is known are taken to be this far apart."""
OUT_OF_TIME: Final = "points_out_of_time_dropped"
FARTHEST_S: Final = 180 * 86400.0
FEW: Final = 30
"""So few points half a year away from the others were written before a clock was set."""
ZIGZAG: Final = 1.5
"""Points in order of time cover this many times the way along the file: their times are wrong."""
NAN: Final = float("nan")


class Moment(NamedTuple):
    """A time in Unix seconds; of a local clock without a zone, as if it were UTC."""

    seconds: float
    is_local: bool = False


class SportFound(NamedTuple):
    """A sport, its surface (empty if unknown) and how it was found, as a repair."""

    sport: str
    surface: str
    repairs: tuple[str, ...] = ()


class PointLog:
    """Points in the order of the file, in segments.

    Parameters
    ----------
    channels : sequence of str
        Channels of :class:`~ingest.readers.activity.track.Track` that a point may have.

    Attributes
    ----------
    breaks : list of int
        Places of the points that begin a segment.
    repairs : tuple of str
        What was left out of the points.
    has_local_clock : bool
        Whether a moment had no zone.
    """

    def __init__(self, *channels: str) -> None:
        self._channels = channels
        self._width = len(channels) + 1
        self._cells = array("d")
        self.breaks: list[int] = []
        self.repairs: tuple[str, ...] = ()
        self.has_local_clock = False

    def __len__(self) -> int:
        return len(self._cells) // self._width

    def add(self, moment: Moment, values: Mapping[str, float]) -> None:
        """Add a point; an empty one (some programs write one first) is left out."""
        if values or not np.isnan(moment.seconds):
            self.has_local_clock |= moment.is_local
            self._cells.append(moment.seconds)
            self._cells.extend(values.get(channel, NAN) for channel in self._channels)

    def new_segment(self) -> None:
        """Note that the next point begins a new segment."""
        self.breaks.append(len(self))

    def drop_last(self) -> None:
        """Forget the last point: where a file breaks off, half a number looks like a whole one."""
        del self._cells[-self._width :]

    def parts(self, apart_s: float) -> list["PointLog"]:
        """Return the log cut where a new segment begins longer than `apart_s` after the last one.

        Some programs write the two runs of a day, or those of a month, as segments of one track.
        """
        whole = self._on_a_set_clock()
        time = whole.table()[:, 0]
        inner = [place for place in whole.breaks if 0 < place < len(time)]
        cuts = [place for place in inner if time[place] - time[place - 1] > apart_s]
        ends = pairwise([0, *dict.fromkeys(cuts), len(time)])
        return [whole.part(np.arange(first, end)) for first, end in ends] if cuts else [whole]

    def part(self, places: Ints) -> "PointLog":
        """Return the points at these places, in segments as they were."""
        rest = PointLog(*self._channels)
        rest.has_local_clock, rest.repairs = self.has_local_clock, self.repairs
        rest.extend(self.table()[places])
        for place in self.breaks:
            # Where a segment's first point is gone, the next one that is left begins it.
            rest.breaks.append(int(np.searchsorted(places, place)))
        return rest

    def extend(self, rows: Floats) -> None:
        """Add points, one row each: the moment, then every channel."""
        self._cells.extend(rows.ravel())

    def table(self) -> Floats:
        """Return moments and channels, shape (points, 1 + channels)."""
        return np.array(self._cells, dtype=np.float64).reshape(-1, self._width)

    def _on_a_set_clock(self) -> "PointLog":
        """Leave out the few points that were written before the clock was set, years away."""
        far = _of_an_unset_clock(self.table()[:, 0])
        if not far.any():
            return self
        near = self.part(np.flatnonzero(~far))
        near.repairs = (*self.repairs, OUT_OF_TIME)
        return near

    def track(self) -> Track:
        """Return the points as a track; a segment that begins late ends a pause."""
        log = self._on_a_set_clock()
        time, *values = log.table().T
        channels = dict(zip(self._channels, values, strict=True))
        track = make_track(time, channels, log.pauses(time))
        ordered = _in_file_order(time, log.breaks, channels, track)
        return replace(ordered, repairs=(*log.repairs, *ordered.repairs))

    def pauses(self, time: Floats) -> list[Pause]:
        """Return the gaps between segments that are longer than the step between two points."""
        inner = [place for place in self.breaks if 0 < place < len(time)]
        gaps = [Pause(float(time[place - 1]), float(time[place])) for place in inner]
        return [gap for gap in gaps if gap.end - gap.start > PAUSE_S]


def _in_file_order(
    time: Floats, breaks: Sequence[int], channels: Mapping[str, Floats], track: Track
) -> Track:
    """Take the distance along the points as they stand where their times zigzag.

    Where times step back, points in order of time may jump to and fro between two stretches;
    the way along the file is then the shorter one, and the one that was covered.
    """
    known = ~np.isnan(time)
    # A distance of the device itself needs no rescue.
    if "distance_m" in track.channels or not (np.diff(time[known]) < 0).any():
        return track
    if not {"latitude", "longitude"} <= set(track.channels):
        return track
    steps = np.arange(len(time), dtype=np.float64) * STEP_S
    gaps = [Pause((at - 1) * STEP_S, at * STEP_S) for at in breaks if at > 0]
    along = total_distance_m(make_track(steps, channels, gaps))
    # A little longer is noise of the satellites; only to and fro makes half as much again.
    if not along * ZIGZAG < _way_m(track):
        return track
    whole = {**track.channels, "distance_m": np.linspace(0.0, along, len(track))}
    return replace(track, channels=whole, repairs=(*track.repairs, OUT_OF_ORDER))


def _of_an_unset_clock(time: Floats) -> Mask:
    """Tell the few points that are half a year away from the middle of all."""
    known = time[~np.isnan(time)]
    middle = float(np.median(known)) if len(known) else NAN
    far = np.asarray(np.abs(time - middle) > FARTHEST_S)
    # Where many are far away, nobody can say which of the two clocks was wrong.
    is_little = far.sum() <= min(FEW, len(known) / 4)
    return far if is_little else np.zeros_like(far)


def _way_m(track: Track) -> float:
    """Return the metres along the positions in order of time, jumps that nobody makes included."""
    places = np.column_stack([track.get("latitude"), track.get("longitude")])
    placed = places[~np.isnan(places).any(axis=1)]
    return float(steps_metres(placed[:, 0], placed[:, 1]).sum())


def moment_of(text: str) -> Moment:
    """Return an ISO time; what is no time is NaN.

    Examples
    --------
    >>> moment_of("1970-01-01T01:00:00.500Z"), moment_of("1970-01-01T02:00:00+01:00")
    (Moment(seconds=3600.5, is_local=False), Moment(seconds=3600.0, is_local=False))
    >>> moment_of("1970-01-01T01:00:00"), moment_of("yesterday")
    (Moment(seconds=3600.0, is_local=True), Moment(seconds=nan, is_local=False))
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return Moment(NAN)
    if time.tzinfo is None:
        # Without this zone `timestamp` would take that of the computer.
        return Moment(time.replace(tzinfo=UTC).timestamp(), is_local=True)
    return Moment(time.timestamp())


def sport_named(word: str, name: str = "") -> SportFound:
    """Return the sport that a log names; only where it names none, its title is asked.

    Examples
    --------
    >>> sport_named("Biking").sport, sport_named("", "Morning Run")
    ('ride', SportFound(sport='run', surface='', repairs=('sport_taken_from_name',)))
    """
    if word:
        named = activity(word)
        repairs = () if named.known else (UNKNOWN_SPORT,)
        return SportFound(named.sport, named.surface or "", repairs)
    titled = activity(name) if name else None
    if titled is not None and titled.known:
        return SportFound(titled.sport, titled.surface or "", (SPORT_FROM_NAME,))
    return SportFound("other", "", (NO_SPORT,))

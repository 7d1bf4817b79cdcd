"""GPX: tracks with times, as nearly every program exports them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from common.untyped import Untyped
from ingest.readers.activity.point_log import (
    NAN,
    Moment,
    PointLog,
    moment_of,
    sport_named,
)
from ingest.readers.activity.session_row import SessionRow
from ingest.readers.activity.track import summarise
from ingest.readers.activity.xml_events import (
    Events,
    forget,
    local_name,
    number_of,
    text_of,
)
from ingest.readers.activity.xml_log import XmlLogReader

STRAVA_SPORTS: Final = {
    "1": "ride", "2": "ski", "3": "ski", "4": "hike", "7": "ski", "8": "ski", "9": "run",
    "10": "walk", "11": "workout", "12": "snowboard", "13": "snowshoe", "16": "swim",
    "17": "ride", "18": "ride", "19": "ride", "21": "paddling", "22": "kayak", "23": "rowing",
    "24": "paddling", "25": "surf", "26": "workout", "27": "elliptical", "28": "climb",
    "29": "stair", "30": "strength", "31": "yoga", "52": "wheelchair", "53": "virtual run",
}  # fmt: skip
"""Strava wrote its own number of the sport into <type> for years; what public programs that read
its exports agree on."""
APART_S: Final = 4 * 3600.0
"""Segments this far apart are sessions of their own: nobody pauses a run for half a day."""
_POINT: Final = {
    "ele": "altitude_m",
    "hr": "heart_rate",
    "heartrate": "heart_rate",
    "cad": "cadence",
    "cadence": "cadence",
    "power": "power_w",
    "watts": "power_w",
    "PowerInWatts": "power_w",
}


@dataclass
class _Track:
    sport: str = ""
    name: str = ""
    points: PointLog = field(
        default_factory=lambda: PointLog("latitude", "longitude", *dict.fromkeys(_POINT.values()))
    )


class GpxReader(XmlLogReader[_Track]):
    """Every track of the file is one session, and so is what hours part from the rest of it."""

    kind = "gpx"
    version = 3
    description = (
        "GPX track with times (.gpx): distance and climb from the positions, heart rate, cadence"
        " and power of the extensions; no running dynamics exist in the format"
    )
    root = "gpx"
    word = "track"
    nothing = (
        "no_track",
        "the GPX file holds no track but at most a route or places; export the activity itself",
    )

    def entries(self, events: Events) -> Iterator[_Track]:
        """Return the tracks of the file."""
        return _tracks(events)

    def has_sessions(self, entries: list[_Track]) -> bool:
        """Say whether any track has a point."""
        return any(len(entry.points) for entry in entries)

    def row(self, record: str, entry: _Track, repairs: tuple[str, ...]) -> SessionRow:
        """Return one track as a session."""
        sport = sport_named(STRAVA_SPORTS.get(entry.sport, entry.sport), entry.name)
        track = entry.points.track()
        seconds = float(track.time[0]) if len(track) else NAN
        # Whether the clock is local was told by the points; of the track only seconds are left.
        start = Moment(seconds, entry.points.has_local_clock)
        return self.session(record, sport, start, track, summarise(track, sport.sport), repairs)


def _tracks(events: Events) -> Iterator[_Track]:
    track: _Track | None = None
    for event, name, element in events:
        if event == "start":
            if name == "trk":
                track = _Track()
            elif name == "trkseg" and track is not None:
                track.points.new_segment()
        elif track is not None:
            if name == "trkpt":
                _add_point(track.points, element)
                forget(element)
            elif name == "trk":
                yield from _sessions_of(track)
                track = None
            else:
                _describe(track, name, element)
    if track is not None:
        yield from _sessions_of(track)


def _sessions_of(track: _Track) -> Iterator[_Track]:
    """Yield a track, in parts where hours lie between its segments."""
    for points in track.points.parts(APART_S):
        yield replace(track, points=points)


def _describe(track: _Track, name: str, element: Untyped) -> None:
    """Take the type and the title of a track; a link inside it has a type of its own."""
    parent = element.getparent()
    if parent is None or local_name(parent) != "trk":
        return
    if name == "type":
        track.sport = text_of(element)
    elif name == "name":
        track.name = text_of(element)


def _add_point(points: PointLog, point: Untyped) -> None:
    moment = Moment(NAN)
    values: dict[str, float] = {}
    for attribute, channel in (("lat", "latitude"), ("lon", "longitude")):
        if point.get(attribute):
            values[channel] = number_of(point.get(attribute))
    for element in point.iter():
        name = local_name(element)
        if name == "time":
            moment = moment_of(text_of(element))
        # Some programs write a value twice, under two prefixes: the first one counts.
        elif name in _POINT and _POINT[name] not in values:
            values[_POINT[name]] = number_of(text_of(element))
    points.add(moment, values)

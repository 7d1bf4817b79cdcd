"""TCX: activities as Garmin's older programs, Polar, Suunto and many phone programs export them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from common.untyped import Untyped
from ingest.readers.activity.point_log import (
    FARTHEST_S,
    NAN,
    Moment,
    PointLog,
    moment_of,
    sport_named,
)
from ingest.readers.activity.session_row import SessionRow
from ingest.readers.activity.tcx_laps import LAPS_WRONG, are_wrong, column
from ingest.readers.activity.track import Track, summarise
from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.activity.track.summary import min_known
from ingest.readers.activity.xml_events import (
    Events,
    forget,
    local_name,
    number_of,
    text_of,
)
from ingest.readers.activity.xml_log import XmlLogReader

_POINT: Final = {
    "LatitudeDegrees": "latitude",
    "LongitudeDegrees": "longitude",
    "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m",
    "Value": "heart_rate",
    "Cadence": "cadence",
    "RunCadence": "cadence",
    "Speed": "speed_m_s",
    "Watts": "power_w",
}
_LAP: Final = {
    "TotalTimeSeconds": "seconds",
    "DistanceMeters": "metres",
    "AvgRunCadence": "cadence",
    "AverageHeartRateBpm": "hr_mean",
    "MaximumHeartRateBpm": "hr_max",
}


@dataclass
class _Activity:
    sport: str
    start: Moment = Moment(NAN)  # noqa: RUF009 - a tuple that never changes
    named: Moment = Moment(NAN)  # noqa: RUF009 - a tuple that never changes
    laps: list[dict[str, float]] = field(default_factory=list)
    points: PointLog = field(default_factory=lambda: PointLog(*dict.fromkeys(_POINT.values())))


class TcxReader(XmlLogReader[_Activity]):
    """Activities with laps and points."""

    kind = "tcx"
    version = 4
    description = (
        "TCX activity (.tcx): totals of the laps, distance, climb, heart rate, cadence and power"
        " of the points; no running dynamics exist in the format"
    )
    root = "TrainingCenterDatabase"
    word = "activity"
    nothing = (
        "no_activity",
        "the TCX file holds no activity but at most a course or a workout plan; export the"
        " activity itself",
    )

    def entries(self, events: Events) -> Iterator[_Activity]:
        """Return the activities of the file."""
        return _activities(events)

    def row(self, record: str, entry: _Activity, repairs: tuple[str, ...]) -> SessionRow:
        """Return one activity as a session; laps tell the distance unless it cannot be."""
        sport, track = sport_named(entry.sport), entry.points.track()
        values = summarise(track, sport.sport)
        totals = _lap_totals(entry.laps, values, sport.sport)
        if are_wrong(entry.laps, values.get("distance_km", NAN), sport.sport):
            totals["distance_km"] = values["distance_km"]
            repairs = (*repairs, LAPS_WRONG)
        values |= totals
        return self.session(record, sport, _start(entry, track), track, values, repairs)


def _activities(events: Events) -> Iterator[_Activity]:
    activity: _Activity | None = None
    for event, name, element in events:
        if event == "start":
            if name == "Activity":
                activity = _Activity(element.get("Sport") or "")
            elif activity is not None:
                _open(activity, name, element)
        elif activity is not None:
            if name == "Activity":
                yield activity
                activity = None
                forget(element)
            else:
                _close(activity, name, element)
    if activity is not None:
        yield activity


def _open(activity: _Activity, name: str, element: Untyped) -> None:
    if name == "Lap":
        activity.laps.append({})
        _begin(activity, element.get("StartTime") or "")
    elif name == "Track":
        activity.points.new_segment()


def _close(activity: _Activity, name: str, element: Untyped) -> None:
    if name == "Trackpoint":
        _add_point(activity.points, element)
        forget(element)
    elif name == "Id" and np.isnan(activity.named.seconds):
        activity.named = moment_of(text_of(element))
    elif name in _LAP and activity.laps and _is_of_lap(element):
        # Heart rates wrap their number in a <Value>.
        text = text_of(element) or next((text_of(child) for child in element), "")
        activity.laps[-1][_LAP[name]] = number_of(text)


def _begin(activity: _Activity, text: str) -> None:
    """Take the first time that a lap names as the start."""
    if np.isnan(activity.start.seconds):
        activity.start = moment_of(text)


def _is_of_lap(element: Untyped) -> bool:
    """Say whether an element describes the lap, not one of its points."""
    return all(local_name(ancestor) != "Trackpoint" for ancestor in element.iterancestors())


def _add_point(points: PointLog, point: Untyped) -> None:
    moment = Moment(NAN)
    values: dict[str, float] = {}
    for element in point.iter():
        name = local_name(element)
        if name == "Time":
            moment = moment_of(text_of(element))
        # Cadence is that of a bike by the schema; where both stand, RunCadence is the runner's.
        elif name in _POINT and (name == "RunCadence" or _POINT[name] not in values):
            values[_POINT[name]] = number_of(text_of(element))
    points.add(moment, values)


def _start(activity: _Activity, track: Track) -> Moment:
    """Return when the first lap began, else the first point; the `Id` may be the end.

    A lap that began half a year from all points was timed by a clock that was not set yet.
    """
    begun = activity.start.seconds
    if len(track) and not abs(begun - track.time[0]) <= FARTHEST_S:  # unknown is not near
        return Moment(float(track.time[0]), activity.points.has_local_clock)
    return activity.named if np.isnan(activity.start.seconds) else activity.start


def _lap_totals(
    laps: list[dict[str, float]], points: dict[str, float], sport: str
) -> dict[str, float]:
    """Return what the laps tell: the distance, and anything else where the points do not."""
    seconds = column(laps, "seconds")
    timer = float(np.nansum(seconds)) / 60
    totals: dict[str, float] = {}
    metres = float(np.nansum(column(laps, "metres")))
    if metres > 0:
        totals["distance_km"] = metres / 1000
    if timer > 0:
        elapsed = points.get("duration_min", NAN)
        totals["duration_min"] = float(np.fmax(elapsed, timer))
        # A timer that ran on at a traffic light is no time in motion.
        totals["moving_min"] = min_known(points.get("moving_min", NAN), timer)
    if np.isnan(points.get("hr_mean", NAN)):
        totals["hr_mean"] = _weighted(column(laps, "hr_mean"), seconds)
        highest = column(laps, "hr_max")
        totals["hr_max"] = float(np.nanmax(highest)) if (highest > 0).any() else NAN
    if np.isnan(points.get("cadence_spm", NAN)):
        totals["cadence_spm"] = steps_per_minute(_weighted(column(laps, "cadence"), seconds), sport)
    return totals


def _weighted(values: np.ndarray, seconds: np.ndarray) -> float:
    known = (values > 0) & (seconds > 0)
    if not known.any():
        return NAN
    return float(np.average(values[known], weights=seconds[known]))

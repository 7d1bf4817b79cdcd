"""TCX: activities as Garmin's older programs, Polar, Suunto and many phone programs export them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from ingest.readers.activity.limits import read_limited
from ingest.readers.activity.point_log import (
    LOCAL_CLOCK,
    NAN,
    NO_SPORT,
    Moment,
    PointLog,
    moment_of,
    sport_named,
)
from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.activity.track import Track, summarise
from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.activity.track.likely_sport import likely_sport
from ingest.readers.activity.track.summary import min_known
from ingest.readers.activity.xml_events import (
    TRUNCATED,
    Events,
    forget,
    local_name,
    number_of,
    root_name,
    text_of,
)
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest

ROOT: Final = "TrainingCenterDatabase"

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


class TcxReader(Reader):
    """Activities with laps and points."""

    kind = "tcx"
    version = 2
    description = (
        "TCX activity (.tcx): totals of the laps, distance, climb, heart rate, cadence and power"
        " of the points; no running dynamics exist in the format"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the first element, whatever its prefix."""
        return root_name(head) == ROOT

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read every activity of the file.

        Raises
        ------
        FileRefused
            If the file holds a course or a workout plan, or declares entities.
        """
        raw = read_limited(path)
        events = Events(raw)
        activities = list(_activities(events))
        if TRUNCATED in events.repairs and activities:
            activities[-1].points.drop_last()
        if not activities:
            raise FileRefused(
                "no_activity",
                "the TCX file holds no activity but at most a course or a workout plan; export the"
                " activity itself",
            )
        rows = [
            _row(f"activity {place}", one, tuple(events.repairs))
            for place, one in enumerate(activities, start=1)
        ]
        return parsed_sessions(rows, path, context, self.kind, digest(raw))


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


def _open(activity: _Activity, name: str, element: Any) -> None:  # noqa: ANN401 - lxml has no types
    if name == "Lap":
        activity.laps.append({})
        _begin(activity, element.get("StartTime") or "")
    elif name == "Track":
        activity.points.new_segment()


def _close(activity: _Activity, name: str, element: Any) -> None:  # noqa: ANN401 - lxml has no types
    if name == "Trackpoint":
        _add_point(activity.points, element)
        forget(element)
    elif name == "Id" and np.isnan(activity.named.seconds):
        activity.named = moment_of(text_of(element))
    elif name in _LAP and activity.laps and _is_of_lap(element):
        text = text_of(element) or next((text_of(child) for child in element), "")
        activity.laps[-1][_LAP[name]] = number_of(text)


def _begin(activity: _Activity, text: str) -> None:
    """Take the first time that a lap names as the start."""
    if np.isnan(activity.start.seconds):
        activity.start = moment_of(text)


def _is_of_lap(element: Any) -> bool:  # noqa: ANN401 - lxml has no types
    """Say whether an element describes the lap, not one of its points."""
    return all(local_name(one) != "Trackpoint" for one in element.iterancestors())


def _add_point(points: PointLog, point: Any) -> None:  # noqa: ANN401 - lxml has no types
    moment = Moment(NAN)
    values: dict[str, float] = {}
    for element in point.iter():
        name = local_name(element)
        if name == "Time":
            moment = moment_of(text_of(element))
        elif name in _POINT and (name == "RunCadence" or _POINT[name] not in values):
            values[_POINT[name]] = number_of(text_of(element))
    points.add(moment, values)


def _row(record: str, activity: _Activity, repairs: tuple[str, ...]) -> SessionRow:
    sport = sport_named(activity.sport)
    track = activity.points.track()
    values = summarise(track, sport.sport)
    values |= _lap_totals(activity.laps, values, sport.sport)
    start, is_local = _start(activity, track)
    has_power = sport.sport == "run" and not np.isnan(values.get("power_w", NAN))
    return SessionRow(
        record=record,
        start=start,
        sport=sport.sport,
        numbers=values,
        surface=sport.surface,
        local_clock=is_local,
        dynamics_source="tcx" if has_power else "",
        repairs=(*repairs, *track.repairs, *sport.repairs, *[LOCAL_CLOCK] * is_local),
        likely_sport=likely_sport(track) if NO_SPORT in sport.repairs else "",
    )


def _start(activity: _Activity, track: Track) -> Moment:
    """Return when the first lap began, else the first point; the `Id` may be the end."""
    if np.isnan(activity.start.seconds) and len(track):
        return Moment(float(track.time[0]), activity.points.has_local_clock)
    return activity.named if np.isnan(activity.start.seconds) else activity.start


def _lap_totals(
    laps: list[dict[str, float]], points: dict[str, float], sport: str
) -> dict[str, float]:
    """Return what the laps tell: the distance always, anything else where the points do not."""
    seconds = _column(laps, "seconds")
    timer = float(np.nansum(seconds)) / 60
    totals: dict[str, float] = {}
    metres = float(np.nansum(_column(laps, "metres")))
    if metres > 0:
        totals["distance_km"] = metres / 1000
    if timer > 0:
        elapsed = points.get("duration_min", NAN)
        totals["duration_min"] = float(np.fmax(elapsed, timer))
        totals["moving_min"] = min_known(points.get("moving_min", NAN), timer)
    if np.isnan(points.get("hr_mean", NAN)):
        totals["hr_mean"] = _weighted(_column(laps, "hr_mean"), seconds)
        highest = _column(laps, "hr_max")
        totals["hr_max"] = float(np.nanmax(highest)) if (highest > 0).any() else NAN
    if np.isnan(points.get("cadence_spm", NAN)):
        totals["cadence_spm"] = steps_per_minute(
            _weighted(_column(laps, "cadence"), seconds), sport
        )
    return totals


def _column(laps: list[dict[str, float]], name: str) -> np.ndarray:
    return np.array([lap.get(name, NAN) for lap in laps], dtype=np.float64)


def _weighted(values: np.ndarray, seconds: np.ndarray) -> float:
    known = (values > 0) & (seconds > 0)
    if not known.any():
        return NAN
    return float(np.average(values[known], weights=seconds[known]))

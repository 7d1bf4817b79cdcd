"""One workout of Apple Health as cells in common units."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.readers.activity.apple.collect import DYNAMICS, QUANTITY, Workout
from ingest.readers.activity.apple.minutes import Means
from ingest.readers.activity.apple.time import seconds

FIELDS: Final = (
    "start", "written", "activity", "indoor", "elapsed", "duration", "distance", "ascent",
    "heart rate", "highest heart rate", "power", "cadence", "step length",
    "vertical oscillation", "ground contact", "source",
)  # fmt: skip
_DISTANCES: Final = ("DistanceWalkingRunning", "DistanceCycling", "DistanceSwimming")
_KM_IN: Final = {"km": 1.0, "m": 0.001, "mi": 1.609344, "yd": 0.0009144, "ft": 0.0003048}
_MINUTES_IN: Final = {"min": 1.0, "s": 1 / 60, "hr": 60.0}
_METRES_IN: Final = {"cm": 0.01, "m": 1.0, "ft": 0.3048, "in": 0.0254}
_CELLS: Final = {
    "power": "RunningPower",
    "step length": "RunningStrideLength",
    "vertical oscillation": "RunningVerticalOscillation",
    "ground contact": "RunningGroundContactTime",
}
_PREFIX: Final = "HKWorkoutActivityType"
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

Span = tuple[float | None, float | None]
Cells = dict[str, str | None]
Dynamics = Mapping[tuple[str, str], Means]


def cells_of(workout: Workout, dynamics: Dynamics) -> Cells:
    """Return what a workout says: minutes, kilometres, metres, beats, watts; None if unknown."""
    attributes = workout.attributes
    start, end = _time(attributes.get("startDate")), _time(attributes.get("endDate"))
    elapsed = None if start is None or end is None or end <= start else (end - start) / 60
    duration = _scaled(
        attributes.get("duration"), attributes.get("durationUnit", "min"), _MINUTES_IN
    )
    cells: Cells = {
        "start": None if start is None else repr(start),
        "written": attributes.get("startDate"),
        "activity": _CAMEL.sub(
            " ", attributes.get("workoutActivityType", "").removeprefix(_PREFIX)
        ),
        "indoor": workout.metadata.get("HKIndoorWorkout"),
        # Without a readable end the duration is the least that it lasted.
        "elapsed": _text(elapsed if elapsed is not None else duration),
        "duration": _text(duration),
        "distance": _text(_distance(workout)),
        "ascent": _text(_ascent(workout.metadata.get("HKElevationAscended", ""))),
        "heart rate": _statistic(workout, "HeartRate", "average"),
        "highest heart rate": _statistic(workout, "HeartRate", "maximum"),
        "cadence": _text(_cadence(workout, duration)),
    }
    source = _source_of(workout, dynamics, (start, end))
    for name, quantity in _CELLS.items():
        cells[name] = _text(
            _mean(workout, quantity, dynamics.get((QUANTITY + quantity, source)), (start, end))
        )
    cells["source"] = "stryd" if "stryd" in source.lower() else "apple"
    return cells


def _distance(workout: Workout) -> float | None:
    for name in _DISTANCES:
        row = workout.statistics.get(QUANTITY + name)
        if row is not None:
            return _scaled(row.get("sum"), row.get("unit", ""), _KM_IN)
    attributes = workout.attributes
    return _scaled(attributes.get("totalDistance"), attributes.get("totalDistanceUnit", ""), _KM_IN)


def _ascent(text: str) -> float | None:
    """Parse "1234 cm"."""
    value, _, unit = text.partition(" ")
    return _scaled(value, unit, _METRES_IN)


def _cadence(workout: Workout, minutes: float | None) -> float | None:
    steps = _number(workout.statistics.get(f"{QUANTITY}StepCount", {}).get("sum"))
    return steps / minutes if steps and minutes else None


def _source_of(workout: Workout, dynamics: Dynamics, span: Span) -> str:
    """Return whose running dynamics count: one source, the workout's own if it has any.

    Otherwise it is the source with the most samples; the sources differ more than runners do, so
    theirs are never mixed.
    """
    own = workout.attributes.get("sourceName", "")
    start, end = span
    if start is None or end is None or _has_dynamics(workout):
        return own
    counts: dict[str, int] = {}
    for (_, source), means in dynamics.items():
        counts[source] = counts.get(source, 0) + means.over(start, end)[1]
    # Ties go by name: the order of the samples in the file must not decide.
    best = max(counts, key=lambda source: (counts[source], source), default=own)
    return own if counts.get(own) or not counts.get(best) else best


def _has_dynamics(workout: Workout) -> bool:
    return any(QUANTITY + quantity in workout.statistics for quantity in DYNAMICS)


def _mean(workout: Workout, quantity: str, samples: Means | None, span: Span) -> float | None:
    """Return the mean of a quantity: the workout's own statistic, else that of its samples."""
    row = workout.statistics.get(QUANTITY + quantity)
    if row is not None:
        return _scaled(row.get("average"), row.get("unit", ""), DYNAMICS[quantity])
    start, end = span
    if samples is None or start is None or end is None:
        return None
    value, count = samples.over(start, end)
    return value if count else None


def _statistic(workout: Workout, quantity: str, measure: str) -> str | None:
    return workout.statistics.get(QUANTITY + quantity, {}).get(measure)


def _scaled(text: str | None, unit: str, units: Mapping[str, float]) -> float | None:
    value = _number(text)
    return None if value is None or unit not in units else value * units[unit]


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _time(text: str | None) -> float | None:
    try:
        return None if text is None else seconds(text)
    except ValueError:
        return None


def _text(value: float | None) -> str | None:
    return None if value is None else repr(value)

"""What is kept of an Apple Health export while its elements stream by.

Memory grows with workouts, nights, days and minutes of running, not with the size of the file:
samples of running dynamics are added up by minute.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ingest.readers.activity.apple.beats import Beats
from ingest.readers.activity.apple.minutes import Minutes
from ingest.readers.activity.apple.time import hour_of_day, seconds

QUANTITY: Final = "HKQuantityTypeIdentifier"
DYNAMICS: Final = {
    "RunningPower": {"W": 1.0},
    "RunningStrideLength": {"m": 1.0, "cm": 0.01, "ft": 0.3048, "in": 0.0254},
    "RunningVerticalOscillation": {"cm": 1.0, "m": 100.0, "in": 2.54},
    "RunningGroundContactTime": {"ms": 1.0, "s": 1000.0},
}
"""Quantity -> what one of each unit is in W, m, cm, ms."""
_UNITS: Final = {QUANTITY + name: units for name, units in DYNAMICS.items()}
RESTING: Final = f"{QUANTITY}RestingHeartRate"
VARIABILITY: Final = f"{QUANTITY}HeartRateVariabilitySDNN"
SLEEP: Final = "HKCategoryTypeIdentifierSleepAnalysis"
_ASLEEP: Final = "HKCategoryValueSleepAnalysisAsleep"
_NOON, _EVENING = 12, 18
_DAY_S: Final = 86_400


@dataclass
class Night:
    """Sleep of one night by one source; parts that overlap count once."""

    stretches: list[tuple[float, float]] = field(default_factory=list)

    def add(self, start: float, end: float) -> None:
        """Add a stretch of sleep; they may come in any order."""
        self.stretches.append((start, end))

    @property
    def asleep_s(self) -> float:
        """Seconds asleep."""
        asleep, until = 0.0, float("-inf")
        for start, end in sorted(self.stretches):
            asleep += max(0.0, end - max(start, until))
            until = max(until, end)
        return asleep


@dataclass
class Workout:
    """A workout's attributes, statistics by type, and metadata."""

    attributes: dict[str, str]
    statistics: dict[str, dict[str, str]] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)


class Collector:
    """Handlers of elements, and what they found.

    Attributes
    ----------
    workouts : list of Workout
    dynamics : dict of (type, source) to Minutes
    resting, variability : dict of day to (sum, number)
        Resting heart rate, and rMSSD in milliseconds from the beats beside each measurement.
    nights : dict of (day, source) to Night
    unreadable : int
        Samples whose time, value or unit cannot be read.
    """

    def __init__(self) -> None:
        self.workouts: list[Workout] = []
        self.dynamics: dict[tuple[str, str], Minutes] = defaultdict(Minutes)
        self.resting: dict[str, tuple[float, int]] = {}
        self.variability: dict[str, tuple[float, int]] = {}
        self.nights: dict[tuple[str, str], Night] = defaultdict(Night)
        self.unreadable = 0
        self._workout: Workout | None = None
        self._inside = 0
        self._beats: Beats | None = None
        self._beats_at = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the opening of an element."""
        if name == "Record":
            self._record(attributes)
        elif name == "InstantaneousBeatsPerMinute":
            if self._beats is not None:
                self._beats.add(attributes.get("bpm", ""), attributes.get("time", ""))
        elif name == "Workout":
            self._workout = Workout(dict(attributes))
            self._inside = 0
        elif self._workout is not None:
            self._inside += 1
            self._part(name, attributes)

    def end(self, name: str) -> None:
        """Take note of the closing of an element."""
        if name == "Record":
            self._finish_beats()
        elif name == "Workout" and self._workout is not None:
            self.workouts.append(self._workout)
            self._workout = None
        elif self._workout is not None:
            self._inside -= 1

    def _part(self, name: str, attributes: dict[str, str]) -> None:
        """Take a direct part of the workout; those of a multisport workout's legs lie deeper."""
        # Deeper parts belong to single legs, and would take the place of the whole's.
        if self._workout is None or self._inside != 1:
            return
        if name == "WorkoutStatistics":
            self._workout.statistics.setdefault(attributes.get("type", ""), dict(attributes))
        elif name == "MetadataEntry":
            self._workout.metadata[attributes.get("key", "")] = attributes.get("value", "")

    def _record(self, attributes: dict[str, str]) -> None:
        """Take a sample; a value of 0 stands for no measurement."""
        kind = attributes.get("type", "")
        try:
            if kind in _UNITS:
                value = float(attributes["value"]) * _UNITS[kind][attributes["unit"]]
                if value > 0:
                    key = kind, attributes.get("sourceName", "")
                    self.dynamics[key].add(seconds(attributes["startDate"]), value)
            elif kind == RESTING:
                _add(self.resting, attributes["startDate"], float(attributes["value"]))
            elif kind == VARIABILITY:
                self._beats, self._beats_at = Beats(), attributes["startDate"]
            elif kind == SLEEP and attributes["value"].startswith(_ASLEEP):
                self._sleep(attributes)
        except (KeyError, ValueError):
            self.unreadable += 1

    def _sleep(self, attributes: dict[str, str]) -> None:
        """Add sleep that began from evening to noon to the night before that noon's day."""
        start = attributes["startDate"]
        hour = hour_of_day(start)
        # Sleep that begins in the afternoon is a nap and no part of a night.
        if _NOON <= hour < _EVENING:
            return
        day = np.datetime64(start[:10], "D") + (1 if hour >= _EVENING else 0)
        begin, end = seconds(start), seconds(attributes["endDate"])
        if 0 < end - begin < _DAY_S:
            self.nights[str(day), attributes.get("sourceName", "")].add(begin, end)

    def _finish_beats(self) -> None:
        if self._beats is not None:
            _add(self.variability, self._beats_at, self._beats.rmssd_ms() or 0.0)
            self._beats = None


def _add(days: dict[str, tuple[float, int]], written: str, value: float) -> None:
    """Add a measurement to the day on the wall clock; 0 stands for no measurement."""
    seconds(written)  # raises where it is no time
    day = written[:10]
    if value > 0:
        total, count = days.get(day, (0.0, 0))
        days[day] = total + value, count + 1

"""Fitbit's account export, and PMData's copy of it: activities, sleep, resting heart rate.

The account's own files (`exercise-0.json`, `sleep-2024-01-01.json`, ...) write times as
"11/01/19 14:56:32", month first; PMData rewrote them. Times are local. An activity without
`distance` has an unknown distance, not 0 km. A resting heart rate of 0 means that there was none.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.activity.session_list import kinds, on_clock, refuse_early
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.delimited import demand_columns, header_of, read_delimited
from ingest.readers.text.json_records import columns_of, read_records
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import parse_local
from ingest.records.rules import rule_of

SPORT_OF: Final = {
    "Run": "run",
    "Treadmill": "run",
    "Walk": "walk",
    "Hike": "hike",
    "Outdoor Bike": "ride",
    "Bike": "ride",
    "Mountain Bike": "ride",
    "Spinning": "ride",
    "Swim": "swim",
    "Weights": "strength",
    "Circuit Training": "strength",
    "Bootcamp": "strength",
    **dict.fromkeys(
        (
            "Sport", "Workout", "Aerobic Workout", "Interval Workout", "Elliptical", "Yoga",
            "Pilates", "Cross Country Skiing", "Skiing", "Hockey", "Tennis", "Dancing", "Golf",
            "Kickboxing", "Martial Arts", "Stairclimber", "Rowing machine",
        ),
        "other",
    ),
}  # fmt: skip
"""Fitbit's activity names -> sport."""

_KM_IN: Final = {"Kilometer": 1.0, "Mile": 1.609344}
_ACTIVITY: Final = (
    "activityName", "startTime", "duration", "activeDuration", "distance", "distanceUnit",
    "averageHeartRate", "elevationGain",
)  # fmt: skip
_MS_PER_MIN: Final = 60_000.0
_LAST_ZONE: Final = "Peak"
_OWN_FORM: Final = "%m/%d/%y %H:%M:%S"
"""How the account export writes times; the order never changes with the language."""


class FitbitExerciseReader(Reader):
    """Activities, tracked or detected; minutes in Fitbit's zone "Peak" are the hard minutes.

    Steps per minute are not read as cadence: Fitbit counts the walking breaks too.
    """

    kind = "pmdata_exercise"
    version = 2
    description = (
        "Fitbit `exercise.json`, `exercise-*.json`: activities, local time, distance where known"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its fields."""
        return b'"activityName"' in head and b'"logId"' in head

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        records = read_records(path)
        cells = columns_of(records, _ACTIVITY)
        cells["hard"] = pd.array([_hard_minutes(record) for record in records], dtype="str")
        sheet = Sheet(context.source(path), self.kind, cells, word="record")
        times = _time(sheet, "startTime", context)
        columns: Columns = {
            "athlete": athlete,
            **on_clock(sheet, times, context, clock="local"),
            **_sport(sheet),
            "duration_min": sheet.number(
                "duration", rule_of("sessions", "duration_min", strict=True), factor=1 / _MS_PER_MIN
            ),
            "moving_min": sheet.number(
                "activeDuration", rule_of("sessions", "moving_min"), factor=1 / _MS_PER_MIN
            ),
            "distance_km": _distance(sheet),
            "ascent_m": sheet.number("elevationGain", rule_of("sessions", "ascent_m")),
            "hr_mean": sheet.number("averageHeartRate", rule_of("sessions", "hr_mean")),
            "hard_min": sheet.number("hard", rule_of("sessions", "hard_min")),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"sessions": frame})


class FitbitSleepReader(Reader):
    """Main sleep of each day, dated by waking up; naps say nothing about the night."""

    kind = "pmdata_sleep"
    version = 1
    description = "Fitbit `sleep.json`, `sleep-*.json`: hours asleep in the main sleep"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its fields."""
        return b'"dateOfSleep"' in head

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the nights; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        cells = columns_of(read_records(path), ("dateOfSleep", "minutesAsleep", "mainSleep"))
        sheet = Sheet(context.source(path), self.kind, cells, word="record")
        # JSON's truth values have become text on the way into the sheet.
        nap = (sheet.text("mainSleep") != "True").to_numpy(dtype=bool)
        sheet.reject(nap, "not_main_sleep", lambda _: "a nap, not the main sleep of the day")
        hours = sheet.number(
            "minutesAsleep", rule_of("wellness", "sleep_h", needed=True), factor=1 / 60
        )
        days = sheet.day("dateOfSleep", NEEDED_DAY, context.last_day)
        return _wellness(sheet, athlete, days, {"sleep_h": hours}, rank=1)


class FitbitRestingHeartRateReader(Reader):
    """Resting heart rate by day."""

    kind = "pmdata_resting_heart_rate"
    version = 2
    description = "Fitbit `resting_heart_rate.json`, `resting_heart_rate-*.json`: by day, 0 = none"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its fields."""
        return b'"dateTime"' in head and b'"error"' in head

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the days; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        records = read_records(path)
        cells = columns_of(records, ("dateTime",))
        inner = [
            record["value"] if isinstance(record.get("value"), dict) else {} for record in records
        ]
        cells["value"] = columns_of(inner, ("value",))["value"]
        sheet = Sheet(context.source(path), self.kind, cells, word="record")
        silent = to_number(sheet.text("value")) == 0
        sheet.reject(silent, "not_measured", lambda _: "resting heart rate 0: there was none")
        beats = sheet.number("value", rule_of("wellness", "resting_hr_bpm", needed=True))
        days = _time(sheet, "dateTime", context).dt.normalize()
        return _wellness(sheet, athlete, days, {"resting_hr_bpm": beats}, rank=1)


class FitbitSleepScoreReader(Reader):
    """Resting heart rate beside Fitbit's sleep score; the score itself is a device's opinion.

    Its times are local in spite of their Z: they equal the end times of `sleep.json`.
    """

    kind = "pmdata_sleep_score"
    version = 1
    description = "Fitbit `sleep_score.csv`: resting heart rate where the daily file has none"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return {"sleep_log_entry_id", "resting_heart_rate"} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the nights; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        parsed = read_delimited(path.read_bytes())
        demand_columns(parsed.header, ("timestamp", "resting_heart_rate"))
        sheet = parsed.sheet(context.source(path), self.kind)
        text = sheet.text("timestamp").str.replace("T", " ").str.removesuffix("Z")
        days = sheet.check_time(
            "timestamp",
            NEEDED_DAY,
            parse_local(text),
            context.last_day,
            "a time such as 2019-11-01T06:29:30Z",
        ).dt.normalize()
        rule = rule_of("wellness", "resting_hr_bpm", needed=True)
        beats = sheet.number("resting_heart_rate", rule)
        # Behind the daily file, which has rank 1: this value only fills its gaps.
        return _wellness(sheet, athlete, days, {"resting_hr_bpm": beats}, rank=2)


def _time(sheet: Sheet, column: str, context: ReadContext) -> pd.Series:
    expected = "a local time such as 2019-11-01 14:56:32"
    text = sheet.text(column)
    parsed = parse_local(text).fillna(pd.to_datetime(text, format=_OWN_FORM, errors="coerce"))
    refuse_early(sheet, column, parsed)
    return sheet.check_time(column, NEEDED_DAY, parsed, context.last_day, expected)


def _sport(sheet: Sheet) -> Columns:
    name = sheet.text("activityName")
    known = name.isin(SPORT_OF)
    by_words = kinds(sheet, "activityName", known.to_numpy())
    sport = name.map(SPORT_OF).astype("str").fillna(by_words["sport"])
    treadmill = pd.Series("treadmill", index=name.index, dtype="str").where(name == "Treadmill")
    return {"sport": sport, "surface": treadmill.fillna(by_words["surface"])}


def _distance(sheet: Sheet) -> Floats:
    unit = sheet.text("distanceUnit").map(_KM_IN).to_numpy(dtype=float)
    values = to_number(sheet.text("distance"))
    unitless = ~np.isnan(values) & np.isnan(unit)
    sheet.repair(unitless, "distance_without_unit_set_null")
    # A 0 that passes the strict check: a missing unit must not refuse the whole activity.
    values = np.where(unitless, 0.0, values * unit)
    checked = sheet.check_number(
        "distance", rule_of("sessions", "distance_km", strict=True), values
    )
    return np.where(unitless, np.nan, checked)


def _hard_minutes(record: dict[str, Any]) -> str | None:
    zones = record.get("heartRateZones")
    named = [zone for zone in zones if isinstance(zone, dict)] if isinstance(zones, list) else []
    return next((repr(z.get("minutes")) for z in named if z.get("name") == _LAST_ZONE), None)


def _wellness(
    sheet: Sheet, athlete: str, days: pd.Series, values: dict[str, Floats], *, rank: int
) -> Parsed:
    columns: Columns = {"athlete": athlete, "date": days, **values, "rank": rank, "at": 0}
    frame, account = sheet.finish(columns)
    return Parsed(account, {"wellness": frame})

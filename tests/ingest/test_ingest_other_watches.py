"""Exports of watches that are read with their own clock: Google's Fitbit, Samsung, Polar, WHOOP."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.fitbit_google import GoogleExercisesReader
from ingest.readers.activity.polar_flow import PolarFlowReader
from ingest.readers.activity.samsung import SamsungExerciseReader
from ingest.readers.activity.whoop_workouts import WhoopWorkoutsReader
from ingest.readers.base import FileRefused, Reader
from ingest.readers.health.intervals_wellness import IntervalsWellnessReader
from ingest.readers.health.whoop import WhoopDaysReader
from ingest.readers.registry import find_reader
from tests.ingest.export_files import context, put, read, reasons

# 2:00 of the next day nine hours ahead: only the file's own offset tells the day.
START = pd.Timestamp("2024-05-06 17:00", tz="UTC")

GOOGLE = """exercise_id,exercise_start,exercise_end,utc_offset,activity_name,\
tracker_total_distance_mm,tracker_total_altitude_mm,tracker_avg_heart_rate,\
tracker_peak_heart_rate,manually_logged_total_distance_mm,events
1,2024-05-06T17:00:00Z,2024-05-06T18:00:00Z,+09:00,Run,10000000,50000,150,171,,
2,2024-05-08T17:00:00Z,2024-05-08T17:30:00Z,+09:00,Treadmill,0,,140,150,5000000,
3,yesterday,2024-05-08T17:30:00Z,+09:00,Run,0,,140,150,5000000,
"""
SAMSUNG = """com.samsung.shealth.exercise,6312003,5
total_calorie,com.samsung.health.exercise.start_time,com.samsung.health.exercise.exercise_type,\
com.samsung.health.exercise.duration,com.samsung.health.exercise.distance,\
com.samsung.health.exercise.mean_heart_rate,com.samsung.health.exercise.mean_cadence,\
com.samsung.health.exercise.time_offset
500,2024-05-06 17:00:00.000,1002,3600000,10000,150,170,UTC+0900
90,2024-05-07 17:00:00.000,9002,1800000,,100,,UTC+0900
"""
POLAR = {
    "exportVersion": "1.6",
    "startTime": "2024-05-07T02:00:00.000",
    "exercises": [
        {
            "startTime": "2024-05-07T02:00:00.000",
            # Minutes: nine hours.
            "timezoneOffset": 540,
            "duration": "PT1H",
            "distance": 10000.0,
            "sport": "TRAIL_RUNNING",
            "ascent": 50.0,
            "heartRate": {"min": 90, "avg": 150, "max": 171},
            "cadence": {"avg": 85},
        }
    ],
}
WORKOUTS = """Cycle start time,Cycle end time,Cycle timezone,Workout start time,Workout end time,\
Duration (min),Activity name,Average HR (bpm),Max HR (bpm),Distance (meters),Altitude gain (meters)
2024-05-06 23:00:00,,UTC+09:00,2024-05-07 02:00:00,2024-05-07 03:00:00,60,Running,150,171,10000,50
2024-05-06 23:00:00,,,2024-05-08 19:00:00,2024-05-08 20:00:00,60,Running,150,171,,
"""
CYCLES = """Cycle start time,Cycle end time,Cycle timezone,Recovery score %,\
Resting heart rate (bpm),Heart rate variability (ms),Wake onset,Asleep duration (min)
2024-05-05 23:10:00,2024-05-06 23:00:00,UTC+02:00,70,48,65.5,2024-05-06 06:50:00,450
2024-05-06 23:00:00,,UTC+02:00,,,,,
"""
WELLNESS = """date,restingHR,hrv,sleepSecs,soreness,ctl
2024-05-06,48,65.5,27000,2,40
2024-05-07,,,,3,41
"""


@pytest.mark.parametrize(
    ("reader", "name", "text"),
    [
        (GoogleExercisesReader(), "UserExercises_2024-05-01.csv", GOOGLE),
        (SamsungExerciseReader(), "com.samsung.shealth.exercise.2024.csv", SAMSUNG),
        (PolarFlowReader(), "training-session-2024-05-07.json", json.dumps(POLAR)),
        (WhoopWorkoutsReader(), "workouts.csv", WORKOUTS),
    ],
)
def test_a_run_abroad_has_the_day_of_its_own_clock(
    tmp_path: Path, reader: Reader, name: str, text: str
) -> None:
    path = put(tmp_path, name, text)
    assert getattr(find_reader(path), "kind", None) == reader.kind
    run = read(reader, path, context(tmp_path)).records["sessions"].iloc[0]
    assert (run["sport"], run["start"]) == ("run", START)
    assert run["local_date"] == pd.Timestamp("2024-05-07")
    assert run["duration_min"] == pytest.approx(60)
    assert run["distance_km"] == pytest.approx(10)
    assert run["hr_mean"] == 150


def test_what_was_typed_stands_where_the_tracker_has_nothing(tmp_path: Path) -> None:
    parsed = read(GoogleExercisesReader(), put(tmp_path, "u.csv", GOOGLE), context(tmp_path))
    # The tracker says 0 mm of the second run, and 5,000,000 mm were typed.
    assert parsed.records["sessions"]["distance_km"].tolist() == [10, 5]
    assert list(reasons(parsed)) == ["4"]


def test_an_unknown_number_of_samsung_is_other(tmp_path: Path) -> None:
    parsed = read(SamsungExerciseReader(), put(tmp_path, "s.csv", SAMSUNG), context(tmp_path))
    assert parsed.records["sessions"]["sport"].tolist() == ["run", "other"]
    assert parsed.account.repairs == {"unknown_activity_type_is_other": 1}


def test_a_torn_polar_file_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "p.json", json.dumps(POLAR)[:-40])
    with pytest.raises(FileRefused):
        read(PolarFlowReader(), path, context(tmp_path))


def test_a_workout_without_an_offset_is_on_the_teams_clock(tmp_path: Path) -> None:
    parsed = read(WhoopWorkoutsReader(), put(tmp_path, "w.csv", WORKOUTS), context(tmp_path))
    second = parsed.records["sessions"].iloc[1]
    # 19:00 in Berlin in summer.
    assert second["start"] == pd.Timestamp("2024-05-08 17:00", tz="UTC")
    assert second["zoneless"]


def test_whoop_days_are_those_of_waking_up(tmp_path: Path) -> None:
    path = put(tmp_path, "physiological_cycles.csv", CYCLES)
    assert getattr(find_reader(path), "kind", None) == "whoop_cycles"
    parsed = read(WhoopDaysReader(), path, context(tmp_path))
    (day,) = parsed.records["wellness"].to_dict("records")
    assert day["date"] == pd.Timestamp("2024-05-06")
    # 450 minutes; the cycle that still runs has no values yet.
    assert (day["resting_hr_bpm"], day["hrv_rmssd_ms"], day["sleep_h"]) == (48, 65.5, 7.5)
    assert list(reasons(parsed)) == ["3"]


def test_wellness_days_of_intervals_icu(tmp_path: Path) -> None:
    path = put(tmp_path, "wellness.csv", WELLNESS)
    assert getattr(find_reader(path), "kind", None) == "intervals_icu_wellness"
    parsed = read(IntervalsWellnessReader(), path, context(tmp_path))
    (day,) = parsed.records["wellness"].to_dict("records")
    # 27,000 seconds.
    assert (day["resting_hr_bpm"], day["hrv_rmssd_ms"], day["sleep_h"]) == (48, 65.5, 7.5)
    assert list(reasons(parsed)) == ["3"]

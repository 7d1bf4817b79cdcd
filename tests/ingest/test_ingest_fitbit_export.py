"""Fitbit's own account export: its form of times, its files beside those of PMData."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from ingest.readers.datasets.pmdata_fitbit import (
    FitbitExerciseReader,
    FitbitRestingHeartRateReader,
    FitbitSleepReader,
)
from tests.ingest.export_files import context, put, read, reasons

RUN: dict[str, Any] = {
    "logId": 1,
    "activityName": "Run",
    "startTime": "05/06/24 18:00:00",
    "duration": 3_300_000,
    "activeDuration": 3_180_000,
    "distance": 6.25,
    "distanceUnit": "Mile",
    "averageHeartRate": 152,
    "heartRateZones": [{"name": "Cardio", "minutes": 9}, {"name": "Peak", "minutes": 4}],
}


def test_a_run_of_the_account_export(tmp_path: Path) -> None:
    path = put(tmp_path, "exercise-0.json", json.dumps([RUN]))
    run = read(FitbitExerciseReader(), path, context(tmp_path)).records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-05-06 16:00", tz="UTC")
    # 3,300,000 and 3,180,000 ms; of the zones only Peak is hard.
    assert (run["duration_min"], run["moving_min"], run["hard_min"]) == (55, 53, 4)
    # 6.25 mi x 1.609344.
    assert abs(run["distance_km"] - 10.0584) < 1e-9
    utc = context(tmp_path, clocks={"pmdata_exercise": "utc"})
    run = read(FitbitExerciseReader(), path, utc).records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-05-06 18:00", tz="UTC")


def test_names_and_damage(tmp_path: Path) -> None:
    records = [
        RUN | {"activityName": "Laufband"},
        RUN | {"activityName": "Curling"},
        RUN | {"startTime": "07/09/90 18:00:00"},
        RUN | {"startTime": "07/09/2090 18:00:00"},
        RUN | {"startTime": "13/09/24 18:00:00"},
        RUN | {"heartRateZones": ["Peak", {"name": "Peak"}], "startTime": "05/07/24 18:00:00"},
    ]
    path = put(tmp_path, "exercise-100.json", json.dumps(records))
    parsed = read(FitbitExerciseReader(), path, context(tmp_path))
    sessions = parsed.records["sessions"]
    assert sessions["sport"].tolist() == ["run", "other", "run"]
    assert sessions["surface"][0] == "treadmill"
    assert reasons(parsed) == {
        "3": "impossible_startTime",
        "4": "unreadable_startTime",
        "5": "unreadable_startTime",
    }
    assert parsed.account.repairs["unknown_activity_type_is_other"] == 1


def test_nights_and_resting_heart_rate(tmp_path: Path) -> None:
    night = {"logId": 2, "dateOfSleep": "2024-05-06", "minutesAsleep": 420, "mainSleep": True}
    nap = night | {"mainSleep": False, "minutesAsleep": 30}
    path = put(tmp_path, "sleep-2024-05-01.json", json.dumps([night, nap]))
    parsed = read(FitbitSleepReader(), path, context(tmp_path))
    assert parsed.records["wellness"]["sleep_h"].tolist() == [7]
    day = {
        "dateTime": "05/06/24 00:00:00",
        "value": {"date": "05/06/24", "value": 52.5, "error": 6.8},
    }
    # A day that was not measured has a null date and a 0.
    none = {"dateTime": "05/07/24 00:00:00", "value": {"date": None, "value": 0.0, "error": 0.0}}
    path = put(tmp_path, "resting_heart_rate-2024-05-01.json", json.dumps([day, none]))
    parsed = read(FitbitRestingHeartRateReader(), path, context(tmp_path))
    assert parsed.records["wellness"]["resting_hr_bpm"].tolist() == [52.5]
    assert reasons(parsed) == {"2": "not_measured"}

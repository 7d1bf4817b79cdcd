"""Exports that people asked for: WHOOP and Samsung nights, Strava before 2019, Suunto's JSON."""

# ruff: noqa: E501 - rows of files read best as lines

import json
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.strava_old import StravaOldListReader
from ingest.readers.activity.suunto_json import SuuntoJsonReader
from ingest.readers.base import FileRefused
from ingest.readers.health.exported_nights import SamsungSleepReader, WhoopSleepsReader
from ingest.readers.registry import find_reader
from tests.ingest.export_files import context, put, read, reasons

WHOOP = """Cycle start time,Cycle end time,Cycle timezone,Sleep onset,Wake onset,\
Sleep performance %,Asleep duration (min),In bed duration (min),Nap
2024-05-05 23:10:00,2024-05-06 23:00:00,UTC+02:00,2024-05-05 23:10:00,2024-05-06 06:50:00,90,450,460,false
2024-05-06 23:10:00,,UTC+02:00,2024-05-07 13:10:00,2024-05-07 13:50:00,90,35,40,true
"""
SAMSUNG = """com.samsung.shealth.sleep,6312003,5
com.samsung.health.sleep.start_time,com.samsung.health.sleep.end_time,\
com.samsung.health.sleep.time_offset,efficiency
2024-05-05 21:30:00.000,2024-05-06 05:00:00.000,UTC+0200,90
2024-05-06 22:30:00.000,2024-05-06 23:00:00.000,UTC+0200,90
2024-05-07 22:30:00.000,2024-05-08 04:30:00.000,UTC+0200,90
"""
STRAVA = """id,date,name,type,description,elapsed_time,distance,gear,filename
1,2018-05-06 16:00:00,Evening Run,Run,,3600,10240.5,,activities/1.gpx
2,2018-05-07 16:00:00,Ride,Ride,,5400,40000.0,,
"""
SUUNTO = {
    "DeviceLog": {
        "Header": {
            "ActivityType": 3,
            "DateTime": "2024-05-06T18:00:00.000+02:00",
            "Distance": 10000,
            "Duration": 3600.0,
            "Ascent": 50,
            "StepCount": 10200,
            "HR": [{"Avg": 2.5, "Max": 2.9}],
        },
        "Samples": [],
    }
}


def test_nights_of_whoop_without_naps(tmp_path: Path) -> None:
    path = put(tmp_path, "sleeps.csv", WHOOP)
    assert getattr(find_reader(path), "kind", None) == "whoop_sleeps"
    parsed = read(WhoopSleepsReader(), path, context(tmp_path))
    (night,) = parsed.records["wellness"].to_dict("records")
    # 450 minutes asleep, dated by the day of waking up.
    assert (night["date"], night["sleep_h"]) == (pd.Timestamp("2024-05-06"), 7.5)
    assert reasons(parsed) == {"3": "not_main_sleep"}


def test_nights_of_samsung_by_the_clock_of_the_phone(tmp_path: Path) -> None:
    path = put(tmp_path, "com.samsung.shealth.sleep.2024.csv", SAMSUNG)
    assert getattr(find_reader(path), "kind", None) == "samsung_sleep"
    nights = read(SamsungSleepReader(), path, context(tmp_path)).records["wellness"]
    # The half hour after midnight is a nap and no night.
    assert nights["date"].dt.strftime("%m-%d").tolist() == ["05-06", "05-08"]
    assert nights["sleep_h"].tolist() == [7.5, 6.0]


def test_a_strava_list_of_before_2019(tmp_path: Path) -> None:
    path = put(tmp_path, "activities.csv", STRAVA)
    assert getattr(find_reader(path), "kind", None) == "strava_activities_old_csv"
    sessions = read(StravaOldListReader(), path, context(tmp_path)).records["sessions"]
    assert sessions["sport"].tolist() == ["run", "ride"]
    assert sessions["duration_min"].tolist() == [60, 90]
    assert sessions["distance_km"].tolist() == [10.2405, 40]
    assert sessions["start"][0] == pd.Timestamp("2018-05-06 16:00", tz="UTC")


@pytest.mark.parametrize(
    ("steps", "activity", "sport", "likely"),
    # 10,200 steps an hour are 170 a minute; 3,000 are 50.
    [(10200, None, "other", "run"), (3000, None, "other", None), (0, "Running", "run", None)],
)
def test_a_workout_of_suunto(tmp_path: Path, steps, activity, sport, likely) -> None:
    header = SUUNTO["DeviceLog"]["Header"] | {"StepCount": steps, "Activity": activity}
    content = json.dumps({"DeviceLog": {"Header": header}})
    path = put(tmp_path, "entry_1.json", content)
    assert getattr(find_reader(path), "kind", None) == "suunto_json"
    run = read(SuuntoJsonReader(), path, context(tmp_path)).records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-05-06 16:00", tz="UTC")
    assert (run["duration_min"], run["distance_km"], run["ascent_m"]) == (60, 10, 50)
    # Suunto writes 2.5 beats a second.
    assert run["hr_mean"] == pytest.approx(150)
    assert run["sport"] == sport
    assert (run["likely_sport"] if pd.notna(run["likely_sport"]) else None) == likely


@pytest.mark.parametrize("content", ['{"DeviceLog": {"Header"', '{"DeviceLog": {"Header": {}}}'])
def test_a_suunto_file_without_a_workout_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileRefused):
        read(SuuntoJsonReader(), put(tmp_path, "s.json", content), context(tmp_path))

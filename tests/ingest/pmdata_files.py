"""PMData's layout in small, generated: one person's Fitbit and PMSys files."""

import json
from pathlib import Path

import openpyxl

from tests.ingest.club_files import table_csv, write

SETTINGS = """\
name: tiny
kind: pmdata
pseudonyms: public
simulated: true
time_zone: Europe/Oslo
observed_from: 2019-11-01
observed_to: 2020-03-31
wellness_scales:
  sleep_quality: {worst: 1, best: 5}
  fatigue: {worst: 1, best: 5}
  soreness: {worst: 1, best: 5}
  stress: {worst: 1, best: 5}
  mood: {worst: 1, best: 5}
  readiness: {worst: 0, best: 10}
clocks: {pmdata_srpe: local}
"""


def exercise(start: str, minutes: float, name: str = "Run", **fields: object) -> dict[str, object]:
    zones = [("Out of Range", 1), ("Fat Burn", 10), ("Cardio", 15), ("Peak", 7)]
    return {
        "logId": 1,
        "activityName": name,
        "averageHeartRate": 150,
        "duration": int(minutes * 60_000),
        "activeDuration": int(minutes * 60_000),
        "heartRateZones": [{"name": zone, "minutes": count} for zone, count in zones],
        "startTime": start,
        "elevationGain": 24.4,
    } | fields


def sleep(day: str, minutes: int, *, main: bool = True) -> dict[str, object]:
    return {"logId": 2, "dateOfSleep": day, "minutesAsleep": minutes, "mainSleep": main}


def resting(day: str, beats: float) -> dict[str, object]:
    # So Fitbit writes a day that was not measured.
    value = {"date": None if beats == 0 else day, "value": beats, "error": 6.8}
    return {"dateTime": f"{day} 00:00:00", "value": value}


def as_json(path: Path, records: list[dict[str, object]]) -> Path:
    return write(path, json.dumps(records))


def participants(path: Path, rows: list[tuple[object, ...]]) -> Path:
    book = openpyxl.Workbook()
    book.active.append([None, None, None, None, "1st 5km run"])
    book.active.append(["Participant ID", "Age", "Height", "Gender", None])
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def srpe(person: Path, rows: list[str]) -> Path:
    header = "end_date_time,activity_names,perceived_exertion,duration_min"
    return table_csv(person / "pmsys/srpe.csv", header, rows)


def wellness(person: Path, rows: list[str]) -> Path:
    header = (
        "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,"
        "soreness_area,stress"
    )
    return table_csv(person / "pmsys/wellness.csv", header, rows)


def injury(person: Path, rows: list[str]) -> Path:
    return table_csv(person / "pmsys/injury.csv", "effective_time_frame,injuries", rows)


def tiny(folder: Path) -> Path:
    """One person, one run that both Fitbit and PMSys saw."""
    write(folder / "dataset.yaml", SETTINGS)
    participants(folder / "participant-overview.xlsx", [("p01", 48, 195, "male\xa0", None)])
    as_json(
        folder / "p01/fitbit/exercise.json",
        [exercise("2019-11-05 22:20:00", 31, distance=5.1, distanceUnit="Kilometer")],
    )
    # PMSys writes Z behind a local clock: 22:20 and 31 minutes are 22:51.
    srpe(folder / "p01", ["2019-11-05T22:51:54.710Z,\"['individual', 'running']\",7,30"])
    return folder

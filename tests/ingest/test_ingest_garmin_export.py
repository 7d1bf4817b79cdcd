"""The activity file of a Garmin account export: centimetres, milliseconds, one foot, damage."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ingest.readers.activity.garmin.account_export import GarminExportReader
from ingest.readers.registry import FileRefused
from tests.ingest.export_files import context, put, read, reasons

START = 1_714_982_400_000  # 2024-05-06 08:00 UTC
RUN: dict[str, Any] = {
    "activityId": 15_000_000_001,
    "name": "Läufe",
    "activityType": "trail_running",
    "startTimeGmt": float(START),
    "startTimeLocal": float(START + 9 * 3_600_000),
    "duration": 3_240_000.5,
    "elapsedDuration": 3_300_000.0,
    "movingDuration": 3_180_000.0,
    "distance": 1_024_000.0,
    "elevationGain": 12_000.0,
    "elevationLoss": 11_800.0,
    "avgHr": 152.0,
    "maxHr": 171.0,
    "hrTimeInZone_3": 600_000.0,
    "hrTimeInZone_4": 300_000.0,
    "hrTimeInZone_5": 60_000.0,
    "workoutRpe": 60,
    "avgPower": 301.0,
    "avgDoubleCadence": 172.5,
    "avgRunCadence": 86.25,
    "avgStrideLength": 110.4,
    "avgVerticalOscillation": 8.7,
    "avgGroundContactTime": 248.2,
    "avgVerticalRatio": 7.9,
    "avgGroundContactBalance": 49.8,
    "splits": [{"measurements": [{"fieldEnum": "SUM_DISTANCE", "value": 1.0}]}],
}
EXPECTED = {
    # 3,300,000 ms; 3,180,000 ms; 1,024,000 cm; 12,000 cm.
    "duration_min": 55, "moving_min": 53, "distance_km": 10.24, "ascent_m": 120,
    # 300 + 60 s in zones 4 and 5; an RPE of 60 is 6.
    "descent_m": 118, "hr_mean": 152, "hr_max": 171, "hard_min": 6, "rpe": 6, "power_w": 301,
    "cadence_spm": 172.5, "step_length_m": 1.104, "vertical_oscillation_mm": 87,
    "ground_contact_ms": 248.2, "vertical_ratio_pct": 7.9, "balance_left_pct": 49.8,
}  # fmt: skip


def export(*activities: Any, indent: int | None = None) -> str:
    return json.dumps([{"summarizedActivitiesExport": list(activities)}], indent=indent)


@pytest.fixture
def reader() -> GarminExportReader:
    return GarminExportReader()


def test_a_run_in_contract_units(tmp_path: Path, reader: GarminExportReader) -> None:
    parsed = read(reader, put(tmp_path, "a.json", export(RUN)), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run[list(EXPECTED)].astype(float).to_dict() == pytest.approx(EXPECTED)
    assert run["start"] == pd.Timestamp("2024-05-06 08:00", tz="UTC")
    assert run["local_date"] == pd.Timestamp("2024-05-06")
    assert (run["sport"], run["surface"], run["dynamics_source"]) == ("run", "trail", "garmin")


def test_the_watch_tells_the_day(tmp_path: Path, reader: GarminExportReader) -> None:
    # No place on earth is 17 hours ahead: the team's zone decides.
    far = RUN | {"startTimeLocal": START + 17 * 3_600_000}
    east = RUN | {"startTimeGmt": START + 10 * 3_600_000, "startTimeLocal": START + 19 * 3_600_000}
    parsed = read(reader, put(tmp_path, "a.json", export(far, east)), context(tmp_path))
    days = parsed.records["sessions"]["local_date"].dt.strftime("%m-%d").tolist()
    assert days == ["05-06", "05-07"]


def test_older_fields_and_rides(tmp_path: Path, reader: GarminExportReader) -> None:
    old = {
        "activityType": "running", "beginTimestamp": START, "duration": 1_800_000,
        "distance": 500_000, "avgRunCadence": 86.25, "avgHr": 0, "avgVerticalOscillation": 0.0,
        # Null and 0 both stand for what the watch did not measure.
        "avgGroundContactTime": None,
    }  # fmt: skip
    ride = old | {"activityType": "cycling", "beginTimestamp": START + 86_400_000}
    parsed = read(reader, put(tmp_path, "a.json", export(old, ride)), context(tmp_path))
    sessions = parsed.records["sessions"]
    assert sessions["duration_min"].tolist() == sessions["moving_min"].tolist() == [30, 30]
    assert sessions["cadence_spm"][0] == 172.5
    assert pd.isna(sessions["cadence_spm"][1])
    nothing = ["hr_mean", "vertical_oscillation_mm", "ground_contact_ms", "dynamics_source"]
    assert sessions[nothing].isna().all().all()
    assert parsed.account.accepted == 2


def test_bad_activities_are_refused_one_by_one(tmp_path: Path, reader: GarminExportReader) -> None:
    activities = [
        RUN | {"startTimeGmt": 647_000_000_000},
        RUN | {"startTimeGmt": 3_800_000_000_000},
        RUN | {"startTimeGmt": None},
        RUN | {"startTimeGmt": 1e30},
        # The whole of a triathlon: its parts stand in the list too.
        RUN | {"parent": True, "activityType": "multi_sport"},
        RUN | {"distance": 900_000_000.0},
        RUN | {"elapsedDuration": 60_000, "activityType": "walking"},
        {"activityType": "running", "startTimeGmt": START},
        RUN | {"avgHr": 900},
        "rubbish",
    ]
    parsed = read(reader, put(tmp_path, "a.json", export(*activities)), context(tmp_path))
    assert reasons(parsed) == {
        "1": "impossible_startTimeGmt",
        "2": "impossible_startTimeGmt",
        "3": "missing_startTimeGmt",
        "4": "unreadable_startTimeGmt",
        "5": "multisport_whole",
        "6": "bad_distance",
        "7": "impossible_speed",
        "8": "no_duration_no_distance",
        "element 10": "unexpected_json",
    }
    assert parsed.account.repairs == {"bad_avgHr_set_null": 1}
    assert parsed.account.read == 10


def test_a_truncated_file_gives_what_precedes(tmp_path: Path, reader: GarminExportReader) -> None:
    whole = export(RUN, RUN | {"startTimeGmt": START + 86_400_000}, indent=1)
    cut = whole[: whole.rindex("avgGroundContactTime")]
    parsed = read(reader, put(tmp_path, "a.json", cut), context(tmp_path))
    assert len(parsed.records["sessions"]) == 1
    assert reasons(parsed) == {"end": "unreadable_json"}
    opens = cut[: cut.rindex('"activityId"')].count("\n")
    assert f"line {opens};" in parsed.account.rejects["sentence"][0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, reader: GarminExportReader, encoding: str) -> None:
    text = export(RUN).replace("L\\u00e4ufe", "Läufe")
    path = put(tmp_path, "a.json", text.encode(encoding))
    assert len(read(reader, path, context(tmp_path)).records["sessions"]) == 1


def test_other_json_is_left_alone(tmp_path: Path, reader: GarminExportReader) -> None:
    path = put(tmp_path, "a.json", '{"summarizedActivitiesExport": 3}')
    with pytest.raises(FileRefused, match="no list"):
        reader.read(path, context(tmp_path))
    assert not reader.sniff(b'[{"activityName": "Run"}]')

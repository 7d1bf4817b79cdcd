"""Nights and days of a Garmin account export, alone and in the archive as it is downloaded."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ingest.readers.health.garmin_nights import GarminDaysReader, GarminNightsReader
from ingest.readers.registry import find_reader
from ingest.run import ingest
from tests.ingest.club_files import small_club
from tests.ingest.export_files import context, put, read, reasons
from tests.ingest.fit_writer import FitFile, file_id, whole_file
from tests.ingest.test_ingest_containers import zipped
from tests.ingest.test_ingest_garmin_export import RUN, export

NIGHT: dict[str, Any] = {
    "sleepStartTimestampGMT": "2024-05-05T21:30:00.0",
    "sleepEndTimestampGMT": "2024-05-06T05:00:00.0",
    "calendarDate": "2024-05-06",
    "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
    "deepSleepSeconds": 5400, "lightSleepSeconds": 14400, "remSleepSeconds": 5400,
    "awakeSleepSeconds": 900,
}  # fmt: skip
DAY: dict[str, Any] = {
    "userProfilePK": 7, "calendarDate": "2024-05-06", "totalSteps": 12000,
    "restingHeartRate": 48, "currentDayRestingHeartRate": 47,
}  # fmt: skip


def test_a_night_is_its_stages_dated_by_waking_up(tmp_path: Path) -> None:
    silent = {name: text for name, text in NIGHT.items() if "Seconds" not in name}
    older = silent | {"calendarDate": "2024-05-07", "deepSleepSeconds": 3600,
                      "lightSleepSeconds": 18000}  # fmt: skip
    records = [NIGHT, silent, older, NIGHT | {"calendarDate": "soon"}]
    path = put(tmp_path, "2024_1_sleepData.json", json.dumps(records))
    assert isinstance(find_reader(path), GarminNightsReader)
    parsed = read(GarminNightsReader(), path, context(tmp_path))
    nights = parsed.records["wellness"]
    # 5400 + 14400 + 5400 s; older watches know no REM sleep: 3600 + 18000 s.
    assert nights["sleep_h"].tolist() == [7, 6]
    assert nights["date"].tolist() == list(pd.to_datetime(["2024-05-06", "2024-05-07"]))
    assert reasons(parsed) == {"2": "not_measured", "4": "unreadable_calendarDate"}


def test_a_day_without_a_heart_rate_is_told(tmp_path: Path) -> None:
    only = {"calendarDate": "2024-05-07", "currentDayRestingHeartRate": 51}
    records = [DAY, DAY | {"restingHeartRate": 0, "currentDayRestingHeartRate": 0}, only]
    path = put(tmp_path, "UDSFile_a.json", json.dumps(records))
    assert isinstance(find_reader(path), GarminDaysReader)
    parsed = read(GarminDaysReader(), path, context(tmp_path))
    assert parsed.records["wellness"]["resting_hr_bpm"].tolist() == [48, 51]
    assert reasons(parsed) == {"2": "not_measured"}


def members() -> dict[str, bytes]:
    monitoring = FitFile().extend([file_id(kind=32)]).done()
    uploaded = {"jane_1.fit": whole_file(), "jane_2.fit": monitoring, "jane_3.txt": b"a note"}
    return {
        "DI_CONNECT/DI-Connect-Fitness/jane_0_summarizedActivities.json": export(RUN).encode(),
        "DI_CONNECT/DI-Connect-Fitness/jane_gear.json": b"[{}]",
        "DI_CONNECT/DI-Connect-Wellness/2024_1_sleepData.json": json.dumps([NIGHT]).encode(),
        "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2024.json": json.dumps([DAY]).encode(),
        # An archive within the archive, as the account export has it.
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": zipped(uploaded),
        "IT_SALES/orders.csv": b"a,b\n1,2\n",
        "customer_data/customer.json": b"{}",
    }


@pytest.mark.parametrize("packed", [True, False])
def test_a_whole_account_export(tmp_path: Path, packed: bool) -> None:
    club = small_club(tmp_path / "club")
    before = ingest(club)
    if packed:
        (club / "r2.zip").write_bytes(zipped(members()))
    else:
        for name, content in members().items():
            if name.startswith("DI_CONNECT"):
                path = club / "activities/r2" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    after = ingest(club)
    assert after.report["sessions"] == before.report["sessions"] + 2
    nights = after.tables["wellness"]
    assert nights.loc[nights["sleep_h"] == 7, "resting_hr_bpm"].tolist() == [48]
    assert after.tables["rejects"]["reason"].tolist() == ["not_an_activity"]
    ignored = [one["file"] for one in after.report["files"] if "Garmin" in one["ignored"]]
    names = {Path(name.replace("!", "/")).name for name in ignored}
    assert names == {"jane_gear.json", "jane_3.txt"} | (
        {"orders.csv", "customer.json"} if packed else set()
    )

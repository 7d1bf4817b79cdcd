"""TrainingPeaks, intervals.icu and Stryd: plans, days without times, the seconds of a run."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ingest.readers.activity.intervals_icu import IntervalsIcuReader
from ingest.readers.activity.stryd import StrydReader
from ingest.readers.activity.training_peaks import TrainingPeaksReader
from ingest.readers.registry import FileRefused, Reader
from tests.ingest.export_files import context, lines, put, read, reasons

PEAKS = (
    "Title", "WorkoutType", "WorkoutDescription", "PlannedDuration", "PlannedDistanceInMeters",
    "WorkoutDay", "CoachComments", "DistanceInMeters", "PowerAverage", "HeartRateAverage",
    "HeartRateMax", "TimeTotalInHours", "TSS", "IF", "HRZone1Minutes", "HRZone3Minutes",
    "HRZone4Minutes", "HRZone5Minutes", "AthleteComments", "Feeling", "Rpe",
)  # fmt: skip
PEAKS_RUN = {
    "Title": "Tempo", "WorkoutType": "Run", "WorkoutDescription": "3 x 10 min,\nthen easy",
    "WorkoutDay": "2024-05-06", "DistanceInMeters": "10240", "HeartRateAverage": "152",
    "HeartRateMax": "171", "TimeTotalInHours": "0.9", "HRZone1Minutes": "20",
    "HRZone4Minutes": "12", "HRZone5Minutes": "3", "Rpe": "6",
}  # fmt: skip


def peaks(**changes: str) -> list[str]:
    return [(PEAKS_RUN | changes).get(name, "") for name in PEAKS]


def test_training_peaks(tmp_path: Path) -> None:
    rows = [
        peaks(),
        peaks(WorkoutType="Bike", DistanceInMeters="30000", TimeTotalInHours="1.25"),
        peaks(WorkoutDay="2024-05-07", TimeTotalInHours="", DistanceInMeters=""),
        peaks(WorkoutType="Day Off", TimeTotalInHours="", DistanceInMeters=""),
    ]
    path = put(tmp_path, "workouts.csv", lines([PEAKS, *rows], end="\r\n"))
    parsed = read(TrainingPeaksReader(), path, context(tmp_path))
    run, ride = (parsed.records["sessions"].iloc[at] for at in (0, 1))
    # 0.9 h; zones 4 and 5 are 12 + 3 min.
    assert (run["duration_min"], run["distance_km"], run["hard_min"]) == (54, 10.24, 15)
    assert (run["rpe"], run["hr_mean"], run["hr_max"]) == (6, 152, 171)
    assert run["start"] == pd.Timestamp("2024-05-06 10:00", tz="UTC")
    # Behind the run of the same day: two sessions at noon would be taken for one.
    assert ride["start"] == pd.Timestamp("2024-05-06 10:55", tz="UTC")
    assert run["local_date"] == ride["local_date"] == pd.Timestamp("2024-05-06")
    assert reasons(parsed) == {"6": "not_done", "8": "not_done"}
    assert parsed.account.repairs == {"time_of_day_unknown_noon_taken": 2}


def test_training_peaks_damage(tmp_path: Path) -> None:
    rows = [
        peaks(WorkoutDay="1990-05-06"),
        peaks(WorkoutDay="2090-05-06"),
        peaks(WorkoutDay="5/6/2024"),
        peaks(WorkoutDay=""),
        peaks()[:-1],
        peaks(TimeTotalInHours="0.1", WorkoutType="Walk"),
        peaks(TimeTotalInHours="soon"),
        peaks(HeartRateAverage="NaN", HeartRateMax="0", HRZone4Minutes="", HRZone5Minutes=""),
    ]
    for encoding in ("utf-16", "latin-1"):
        path = put(tmp_path, "w.csv", lines([PEAKS, *rows], end="\r").encode(encoding))
        parsed = read(TrainingPeaksReader(), path, context(tmp_path))
        found = list(reasons(parsed).values())
        assert sorted(found) == [
            "bad_TimeTotalInHours", "impossible_WorkoutDay", "impossible_WorkoutDay",
            "impossible_speed", "missing_WorkoutDay", "shifted_row", "unreadable_WorkoutDay",
        ]  # fmt: skip
        run = parsed.records["sessions"].iloc[0]
        assert run[["hr_mean", "hr_max", "hard_min"]].isna().all()


ICU = (
    "id", "name", "type", "start_date_local", "distance", "moving_time", "elapsed_time",
    "total_elevation_gain", "icu_training_load", "icu_rpe", "average_heartrate",
    "max_heartrate", "average_cadence", "gear",
)  # fmt: skip
ICU_RUN = {
    "id": "i1", "type": "TrailRun", "start_date_local": "2024-05-06T18:00:00",
    "distance": "10240.0", "moving_time": "3180", "elapsed_time": "3300", "icu_rpe": "6",
    "total_elevation_gain": "120", "average_heartrate": "152", "max_heartrate": "171",
    "average_cadence": "86.25", "gear": "blue",
}  # fmt: skip


def icu(**changes: str) -> list[str]:
    return [(ICU_RUN | changes).get(name, "") for name in ICU]


def test_intervals_icu(tmp_path: Path) -> None:
    rows = [
        icu(),
        icu(type="VirtualRide", elapsed_time="", start_date_local="2024-05-07 06:00:00"),
        icu(start_date_local="1990-05-06T18:00:00"),
        icu(start_date_local="2090-05-06T18:00:00"),
        icu(start_date_local="soon"),
        icu()[1:],
        icu(distance="", moving_time="0", elapsed_time="0"),
    ]
    path = put(tmp_path, "activities.csv", "\ufeff" + lines([ICU, *rows]))
    parsed = read(IntervalsIcuReader(), path, context(tmp_path))
    run, ride = (parsed.records["sessions"].iloc[at] for at in (0, 1))
    assert run["start"] == pd.Timestamp("2024-05-06 16:00", tz="UTC")
    assert (run["duration_min"], run["moving_min"], run["distance_km"]) == (55, 53, 10.24)
    # 86.25 of one foot, twice.
    assert (run["cadence_spm"], run["surface"], run["shoe_id"]) == (172.5, "trail", "blue")
    # 3180 s in motion, for the time elapsed is empty.
    assert (ride["sport"], ride["duration_min"]) == ("ride", 53)
    assert ride[["cadence_spm", "shoe_id"]].isna().all()
    assert reasons(parsed) == {
        "4": "impossible_start_date_local",
        "5": "impossible_start_date_local",
        "6": "unreadable_start_date_local",
        "7": "shifted_row",
        "8": "no_duration_no_distance",
    }


STRYD = (
    "Timestamp", "Power (w/kg)", "Form Power (w/kg)", "Air Power (w/kg)", "Watch Speed (m/s)",
    "Stryd Speed (m/s)", "Watch Distance (meters)", "Stryd Distance (meters)", "Stiffness",
    "Stiffness/kg", "Ground Time (ms)", "Cadence (spm)", "Vertical Oscillation (cm)",
    "Watch Elevation (m)", "Stryd Elevation (m)", "Heart Rate (bpm)", "Vertical Ratio",
)  # fmt: skip
BEGIN = 1_714_982_400  # 2024-05-06 08:00 UTC


def stryd(seconds: int = 1800, begin: int = BEGIN) -> list[list[str]]:
    rows = []
    for at in range(seconds + 1):
        contact = 240 if at < seconds / 2 else 252
        told = {
            "Timestamp": str(begin + at), "Power (w/kg)": "4.1", "Stryd Speed (m/s)": "3.0",
            "Stryd Distance (meters)": str(3 * at), "Ground Time (ms)": str(contact),
            "Cadence (spm)": "172", "Vertical Oscillation (cm)": "7.5", "Heart Rate (bpm)": "150",
            "Stryd Elevation (m)": "20", "Vertical Ratio": "7.2",
        }  # fmt: skip
        rows.append([told.get(name, "0") for name in STRYD])
    return rows


def test_stryd(tmp_path: Path) -> None:
    rows = stryd()
    # The pod writes 0 everywhere while the runner stands at a traffic light.
    rows[100] = [name if at < 1 else "0" for at, name in enumerate(rows[100])]
    rows[100][7] = "300"
    path = put(tmp_path, "run.csv", lines([STRYD, *rows]))
    parsed = read(StrydReader(), path, context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-05-06 08:00", tz="UTC")
    assert (run["duration_min"], run["distance_km"]) == (30, pytest.approx(5.4))
    assert run["cadence_spm"] == pytest.approx(172)
    assert run["vertical_oscillation_mm"] == pytest.approx(75)
    assert run["ground_contact_ms"] == pytest.approx(246, abs=0.1)
    # Contact of 252 ms in the last third against 240 ms in the first.
    assert run["form_decay_pct"] == pytest.approx(5)
    assert run["hr_mean"] == pytest.approx(150)
    assert pd.isna(run.get("power_w", np.nan))
    assert (run["sport"], run["dynamics_source"]) == ("run", "stryd")
    assert parsed.account.accepted == 1


# Instants of 1990 and of 2090: a clock that was never set.
@pytest.mark.parametrize(("begin", "reason"), [(647_000_000, "clock"), (3_800_000_000, "clock")])
def test_stryd_damage(tmp_path: Path, begin: int, reason: str) -> None:
    path = put(tmp_path, "run.csv", lines([STRYD, *stryd(60, begin)]))
    assert reason in next(iter(reasons(read(StrydReader(), path, context(tmp_path))).values()))
    short = [*stryd(60), ["1", "2"]]
    path = put(tmp_path, "run.csv", lines([STRYD, *short], end="\r\n"))
    parsed = read(StrydReader(), path, context(tmp_path))
    assert parsed.account.repairs == {"rows_of_wrong_length_dropped": 1}
    path = put(tmp_path, "run.csv", lines([STRYD]))
    with pytest.raises(FileRefused, match="no row has a time"):
        StrydReader().read(path, context(tmp_path))


@pytest.mark.parametrize("reader", [TrainingPeaksReader(), IntervalsIcuReader(), StrydReader()])
def test_other_files_are_left_alone(tmp_path: Path, reader: Reader) -> None:
    for head in (b"", b"\0\1\2\3", b"athlete,date\nr1,2024-05-06\n", b'{"type": 1}'):
        assert not reader.sniff(head)

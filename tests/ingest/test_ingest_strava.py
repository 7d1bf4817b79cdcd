"""Strava's activities.csv: doubled columns, any language, UTC, hand-entered rows, damage."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.strava import StravaActivitiesReader
from ingest.readers.registry import FileRefused
from tests.ingest.export_files import context, lines, put, read, reasons

FIRST = (
    "Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description",
    "Elapsed Time", "Distance", "Max Heart Rate", "Relative Effort", "Commute",
    "Activity Private Note", "Activity Gear", "Filename", "Athlete Weight", "Bike Weight",
    "Elapsed Time", "Moving Time", "Distance", "Max Speed", "Average Speed", "Elevation Gain",
    "Elevation Loss", "Elevation Low", "Elevation High", "Max Grade", "Average Grade",
    "Average Positive Grade", "Average Negative Grade", "Max Cadence", "Average Cadence",
    "Max Heart Rate", "Average Heart Rate", "Max Watts", "Average Watts", "Calories",
    "Max Temperature", "Average Temperature", "Relative Effort", "Total Work", "Number of Runs",
    "Uphill Time", "Downhill Time", "Other Time", "Perceived Exertion", "Type", "Start Time",
)  # fmt: skip
HEADER = (*FIRST, *(f"Later {n}" for n in range(39)), "Media")
RUN = {
    0: "4170", 1: "Oct 7, 2024, 2:43:11 PM", 3: "Run", 5: "3600", 6: "6.25", 7: "175",
    11: "Blue shoe", 12: "activities/4170.fit.gz", 15: "3600.0", 16: "3480.0",
    17: "10058.2001953125", 20: "120.5", 21: "118.0", 29: "86.5", 30: "178.0", 31: "151.2",
    # The second column of each name holds metres and seconds, the first what the account shows.
    33: "240.0", 43: "6.0",
}  # fmt: skip


def row(changes: dict[int, str] | None = None, width: int = len(HEADER)) -> list[str]:
    cells = RUN | (changes or {})
    return [cells.get(at, "") for at in range(width)]


def export(rows: list[list[str]], header: tuple[str, ...] = HEADER) -> str:
    return lines([header, *rows])


@pytest.fixture
def reader() -> StravaActivitiesReader:
    return StravaActivitiesReader()


def test_a_run_in_contract_units(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    parsed = read(reader, put(tmp_path, "activities.csv", export([row()])), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-10-07 14:43:11", tz="UTC")
    assert run["local_date"] == pd.Timestamp("2024-10-07")
    assert (run["athlete"], run["sport"], run["shoe_id"]) == ("r1", "run", "Blue shoe")
    assert run["distance_km"] == pytest.approx(10.0582001953125)
    assert (run["duration_min"], run["moving_min"]) == (60, 58)
    # 86.5 of one foot, twice; 178 and not the 175 of the first column of that name.
    assert (run["cadence_spm"], run["rpe"], run["hr_max"], run["hr_mean"]) == (173, 6, 178, 151.2)
    assert (run["ascent_m"], run["descent_m"], run["power_w"]) == (120.5, 118, 240)
    assert (parsed.account.accepted, run["record"]) == (1, 2)


def test_the_day_is_the_athletes_day(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    late = export([row({1: "Oct 7, 2024, 11:30:00 PM"})])
    parsed = read(reader, put(tmp_path, "activities.csv", late), context(tmp_path))
    # Strava's times are UTC: 23:30 is half past one of the next day in Berlin.
    assert parsed.records["sessions"]["local_date"][0] == pd.Timestamp("2024-10-08")
    local = context(tmp_path, clocks={"strava_activities_csv": "local"})
    parsed = read(reader, tmp_path / "r1/activities.csv", local)
    assert parsed.records["sessions"]["local_date"][0] == pd.Timestamp("2024-10-07")


def test_any_language_and_broken_headers(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    words = {
        "Elapsed Time": "Verstrichene Zeit", "Distance": "Distanz",
        "Max Heart Rate": "Max. Herzfrequenz",
    }  # fmt: skip
    # Strava has shipped headers with this text in place of a name.
    header = tuple(words.get(name, f"translation missing: de.x.{name}") for name in HEADER)
    german = row({1: "07.10.2024, 14:43:11", 3: "Lauf", 6: "10,06"})
    ride = row({1: "08.10.2024, 06:00:00", 3: "Radfahrt", 11: "Rad", 29: "88.0"})
    parsed = read(
        reader, put(tmp_path, "Aktivitäten.csv", export([german, ride], header)), context(tmp_path)
    )
    sessions = parsed.records["sessions"]
    assert sessions["sport"].tolist() == ["run", "ride"]
    assert sessions["distance_km"].tolist() == pytest.approx([10.0582001953125] * 2)
    # The gear of a ride is a bicycle.
    assert sessions["shoe_id"].isna().tolist() == [False, True]
    assert sessions["cadence_spm"].isna().tolist() == [False, True]


def test_a_row_entered_by_hand(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    typed = row({12: "", 15: "", 16: "", 29: "", 30: "", 31: "", 33: "", 43: ""})
    parsed = read(reader, put(tmp_path, "activities.csv", export([typed])), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run["duration_min"] == 60
    assert run[["hr_mean", "cadence_spm", "power_w", "rpe"]].isna().all()


@pytest.mark.parametrize("missing", ["", "0", "0.0", "NaN", "nan", "--"])
def test_zero_and_nan_stand_for_missing(
    tmp_path: Path, reader: StravaActivitiesReader, missing: str
) -> None:
    silent = row(dict.fromkeys((29, 30, 31, 33, 43), missing))
    parsed = read(reader, put(tmp_path, "activities.csv", export([silent])), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run[["cadence_spm", "hr_mean", "hr_max", "power_w", "rpe"]].isna().all()
    assert parsed.account.accepted == 1


def test_bad_rows_are_refused_one_by_one(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    rows = [
        row({1: "Oct 7, 1990, 2:43:11 PM"}),
        row({1: "Oct 7, 2090, 2:43:11 PM"}),
        row({1: "Run"}),
        row({1: ""}),
        row({15: "ten", 5: ""}),
        row({15: "60.0", 3: "Walk"}),
        row({15: "", 5: "", 17: ""}),
        row(width=len(HEADER) - 1),
        row({31: "900"}),
    ]
    parsed = read(reader, put(tmp_path, "activities.csv", export(rows)), context(tmp_path))
    assert reasons(parsed) == {
        "2": "impossible_Activity Date",
        "3": "impossible_Activity Date",
        "4": "unreadable_Activity Date",
        "5": "missing_Activity Date",
        "6": "bad_Elapsed Time",
        "7": "impossible_speed",
        "8": "no_duration_no_distance",
        "9": "shifted_row",
    }
    assert parsed.account.repairs == {"bad_Average Heart Rate_set_null": 1}
    assert parsed.records["sessions"]["hr_mean"].isna().all()


def test_slashed_dates_that_cannot_be_told(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    text = export([row({1: "07/04/2024, 14:43:11"})])
    parsed = read(reader, put(tmp_path, "activities.csv", text), context(tmp_path))
    assert reasons(parsed) == {"2": "ambiguous_Activity Date"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(
    tmp_path: Path, reader: StravaActivitiesReader, encoding: str, end: str
) -> None:
    text = export([row({2: "Läufe\nabends"}), row({1: "Oct 8, 2024, 2:43:11 PM"})])
    path = put(tmp_path, "activities.csv", text.replace("\n", end).encode(encoding))
    assert len(read(reader, path, context(tmp_path)).records["sessions"]) == 2


def test_files_that_are_not_strava(reader: StravaActivitiesReader) -> None:
    for content in (b"", b"\0\1\2", b"a,b\n1,2\n", ",".join(f"c{n}" for n in range(80)).encode()):
        assert not reader.sniff(content)


def test_a_stranger_is_refused(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    path = put(tmp_path, "activities.csv", export([row()]), athlete="r9")
    with pytest.raises(FileRefused, match="named by an athlete id"):
        reader.read(path, context(tmp_path))


def test_a_watch_that_ran_on_for_days(tmp_path: Path, reader: StravaActivitiesReader) -> None:
    text = export([row({15: "432000.0"}), row({1: "Oct 9, 2024, 2:43:11 PM", 15: "99999.0"})])
    parsed = read(reader, put(tmp_path, "activities.csv", text), context(tmp_path))
    # Five days are a forgotten watch; 27.8 hours may be an ultramarathon.
    assert parsed.records["sessions"]["duration_min"].tolist() == pytest.approx([58, 1666.65])
    assert parsed.account.repairs == {"elapsed_time_of_days_time_in_motion_taken": 1}


def test_an_entry_typed_at_a_whole_minute_knows_its_day_only(
    tmp_path: Path, reader: StravaActivitiesReader
) -> None:
    typed = {0: "4171", 1: "Oct 8, 2024, 12:00:00 PM", 12: ""}
    recorded = {0: "4172", 1: "Oct 9, 2024, 12:00:00 PM"}
    # Nobody types seconds.
    by_watch = {0: "4173", 1: "Oct 10, 2024, 12:00:07 PM", 12: ""}
    rows = export([row(), row(typed), row(recorded), row(by_watch)])
    parsed = read(reader, put(tmp_path, "activities.csv", rows), context(tmp_path))
    assert parsed.records["sessions"]["day_only"].tolist() == [False, True, False, False]

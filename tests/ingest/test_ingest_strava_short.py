"""Strava's activity list with its first columns alone, whose unit of distance nothing names."""

from pathlib import Path

import pytest

from ingest.readers.activity.strava_short import StravaShortListReader
from ingest.readers.registry import find_reader
from tests.ingest.export_files import context, put, read

ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Max Heart Rate,Relative Effort,Commute,Activity Gear,Filename\n"
)
GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,"
    "Verstrichene Zeit,Distanz,Relative Leistung,Pendeln,Aktivitätsausrüstung,Dateiname\n"
)


def sessions_of(tmp_path: Path, text: str):
    path = put(tmp_path, "activities.csv", text)
    assert getattr(find_reader(path), "kind", None) == "strava_activities_short_csv"
    parsed = read(StravaShortListReader(), path, context(tmp_path))
    return parsed, parsed.records["sessions"]


@pytest.mark.parametrize(
    ("seconds", "distance", "km"),
    [
        ("3000", "10.0", 10.0),  # 5:00 a km; in miles it would be 3:06 a km
        ("3600", "3.5", 5.632704),  # 17:09 a km is no run; 10:39 a km in miles is one
        ("3000", "10024.5", 10.0245),  # no run is of ten thousand kilometres
        ("3600", "8.0", None),  # 7:30 a km, or 4:40 a km in miles
    ],
)
def test_the_pace_of_the_runs_tells_the_unit(tmp_path, seconds, distance, km):
    row = f'1,"Mar 1, 2024, 7:01:11 AM",Run,Run,,{seconds},{distance},180,50,false,,\n'
    parsed, sessions = sessions_of(tmp_path, ENGLISH + row)
    assert sessions["duration_min"].tolist() == [int(seconds) / 60]
    if km is None:
        assert sessions["distance_km"].isna().all()
        assert [part.what for part in parsed.account.unread] == ["column Distance"]
    else:
        assert sessions["distance_km"].tolist() == [pytest.approx(km)]
        assert not parsed.account.unread


def test_an_account_of_another_language_is_in_kilometres(tmp_path):
    row = '2,"03.03.2024, 07:01:11",Lauf,Lauf,,3600,"8,00",30,false,,activities/2.fit.gz\n'
    _, sessions = sessions_of(tmp_path, GERMAN + row)
    assert sessions[["sport", "distance_km"]].to_numpy().tolist() == [["run", 8.0]]


def test_a_column_of_time_in_motion_is_read_by_its_name(tmp_path):
    """A list cut down by hand keeps columns in places of its own."""
    header = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Moving Time,Distance,"
        "Max Heart Rate,Commute,Filename\n"
    )
    row = '1,"Mar 1, 2024, 7:01:11 AM",Run,Run,4500,3000,10.0,180,false,\n'
    _, sessions = sessions_of(tmp_path, header + row)
    told = sessions[["duration_min", "moving_min", "distance_km"]].to_numpy().tolist()
    assert told == [[75.0, 50.0, pytest.approx(10.0)]]


@pytest.mark.parametrize(
    ("header", "row", "minutes", "km"),
    [
        ("Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
         "Max Heart Rate,Relative Effort,Commute,Activity Gear,Filename",
         '1,"Mar 1, 2024, 7:01:11 AM",Run,Run,,3000,180,50,false,,', 50.0, float("nan")),
        ("Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,"
         "Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,Aktivitätsausrüstung,Dateiname",
         '1,"01.03.2024, 07:01:11",Lauf,Lauf,3000,"10,0",180,50,false,,', 50.0, 10.0),
    ],
)  # fmt: skip
def test_a_column_that_was_left_out_is_not_read_from_the_next_one(
    tmp_path, header, row, minutes, km
):
    """The heart rate stood in the place of the distance, and was read as 180 m."""
    _, sessions = sessions_of(tmp_path, f"{header}\n{row}\n")
    told = sessions[["duration_min", "distance_km"]].astype(float).to_numpy().tolist()
    assert told == [[minutes, pytest.approx(km, nan_ok=True)]]

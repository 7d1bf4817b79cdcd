"""A team that is still followed: no last day, data that grow, files named by their athlete."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from ingest.dataset.file_names import begins_with, renamed
from ingest.run import ingest
from tests.ingest.club_files import table_csv

SETTINGS = (
    "name: club\npseudonyms: public\nsimulated: true\ntime_zone: UTC\nobserved_from: 2024-01-01\n"
)
HEADER = "athlete,date,sport,duration_min,distance_km"


def club(folder, *days, roster=("r1", "r2")):
    (folder / "dataset.yaml").write_text(SETTINGS, encoding="utf-8")
    table_csv(folder / "roster.csv", "athlete", list(roster))
    table_csv(folder / "sessions.csv", HEADER, [f"r1,{day},run,30,5" for day in days])
    return folder


def test_the_data_end_with_the_last_session(tmp_path):
    club(tmp_path, "2024-03-01", "2024-03-08")
    assert set(ingest(tmp_path).tables["athletes"]["observed_to"]) == {pd.Timestamp("2024-03-08")}
    club(tmp_path, "2024-03-01", "2024-03-08", "2024-03-15")
    tables = ingest(tmp_path).tables
    assert set(tables["athletes"]["observed_to"]) == {pd.Timestamp("2024-03-15")}
    assert len(tables["sessions"]) == 3
    assert tables["rejects"].empty


def test_tomorrow_but_one_is_still_refused(tmp_path):
    ahead = (datetime.now(tz=UTC) + timedelta(days=3)).date()
    tables = ingest(club(tmp_path, "2024-03-01", ahead)).tables
    assert len(tables["rejects"]) == 1
    assert set(tables["athletes"]["observed_to"]) == {pd.Timestamp("2024-03-01")}


def test_whoever_joins_after_the_last_session_is_kept(tmp_path):
    club(tmp_path, "2024-03-01")
    table_csv(tmp_path / "roster.csv", "athlete,joined", ["r1,", "r2,2024-04-01"])
    athletes = ingest(tmp_path).tables["athletes"]
    assert sorted(athletes["observed_to"]) == [
        pd.Timestamp("2024-03-01"), pd.Timestamp("2024-04-01"),
    ]  # fmt: skip


GARMIN = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Pace,"
    "Moving Time,Elapsed Time"
)
ROW = "Running,2024-03-0{} 08:00:00,false,x,5.00,300,00:30:00,140,160,6:00,00:30:00,00:31:00"


@pytest.mark.parametrize(
    "file", ["garmin/Ann Lee.csv", "ANN LEE (1).csv", "ann  lee/Activities.csv", "Ann Lee_2024.csv"]
)
def test_a_file_or_folder_named_by_a_person(tmp_path, file):
    club(tmp_path, "2024-03-05", roster=("r1", "Ann Lee"))
    table_csv(tmp_path / file, GARMIN, [ROW.format(2)])
    tables = ingest(tmp_path).tables
    assert tables["rejects"].empty
    assert tables["sessions"]["athlete"].nunique() == 2
    # The source would give the name away beside the pseudonym.
    assert not tables["sessions"]["source"].str.contains("(?i)ann").any()


def test_a_number_in_front_is_no_name():
    assert begins_with("2024-05-06-run", {"2024"}) == ""
    assert begins_with("2024", {"2024"}) == "2024"
    assert renamed("2024-05-06-run.fit", {"2024": "x"}) == "2024-05-06-run.fit"

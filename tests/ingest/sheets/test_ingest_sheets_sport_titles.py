"""Titles and names of files that name a sport, and those that only look like it."""

import pytest

from ingest.readers.base import FileRefused
from tests.ingest.sheets import sheet_files as files


def test_a_title_that_names_another_sport_makes_no_runs(tmp_path):
    rows = [["Date", "Ann Lee", "Bo Ek"], ["2025-03-01", 60, 45], ["2025-03-02", 90, ""]]
    parsed = files.read(files.table(tmp_path / "Bike minutes.csv", rows))
    assert {sport for (sport,) in files.told(parsed, "sessions", "sport")} == {"ride"}
    assert parsed.account.repairs["sport_by_its_title_taken"] == 3
    swims = [["Date", "Name", "Minutes"], ["2025-03-01", "Ann Lee", 60]]
    book = files.workbook(tmp_path / "log.xlsx", {"Swim": swims, "Run": swims})
    found = files.told(files.read(book), "sessions", "sport", "athlete")
    assert sorted(found) == [("run", "Ann Lee"), ("swim", "Ann Lee")]


@pytest.mark.parametrize(
    "name", ["Anna Walker", "Brad", "Konrad Meyer", "Claudia Nagel", "Macrocycle 2025", "Ciclo 1"]
)
def test_a_name_that_holds_a_word_of_a_sport_is_no_sport(tmp_path, name):
    """Each made rides, swims or walks of somebody's runs."""
    rows = [["Date", "Minutes", "Km"], ["2025-03-01", 50, 9], ["2025-03-02", 60, 11]]
    parsed = files.read(files.table(tmp_path / f"{name}.csv", rows))
    assert {sport for (sport,) in files.told(parsed, "sessions", "sport")} == {"run"}


def test_kilometres_a_week_of_another_sport_are_told_not_run(tmp_path):
    rows = [["Week", "Ann Lee", "Bo Ek"], ["2025-03-03", 160, 145], ["2025-03-10", 90, 80]]
    with pytest.raises(FileRefused, match="no reader knows"):
        files.read(files.table(tmp_path / "Bike km.csv", rows))
    long = [["Week", "Name", "Bike km"], ["2025-03-03", "Ann Lee", 160], ["2025-03-10", "Bo Ek", 9]]
    parsed = files.read(files.table(tmp_path / "load.csv", long))
    assert not parsed.records
    assert [question.kind for question in parsed.account.questions] == ["sheet"]

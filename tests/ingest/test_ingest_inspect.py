"""What `inspect` says about a file, a folder, an archive, with and without settings."""

import json
from datetime import date
from pathlib import Path

import pytest

from common.errors import StridecastError
from ingest.quality.inspection import NO_ROSTER, NO_SETTINGS, inspect
from ingest.run import ingest
from tests.ingest.club_files import activity, garmin_csv, small_club, table_csv, write
from tests.ingest.fit_writer import whole_file
from tests.ingest.test_ingest_containers import strava_export, zipped

TODAY = date(2026, 1, 1)


def files(found: dict) -> dict[str, dict]:
    json.dumps(found, allow_nan=False)
    return {one["file"]: one for one in found["files"]}


def test_a_dataset_folder_is_looked_at_as_it_would_be_read(tmp_path):
    club = small_club(tmp_path / "club")
    garmin_csv(club / "activities/r1/more.csv", [activity(Distance="-3"), activity()])
    seen = inspect(club, today=TODAY)
    read = ingest(club).report
    assert seen["assumed"] == []
    assert seen["totals"] == read["totals"]
    for one, other in zip(seen["files"], read["files"], strict=True):
        same = ("file", "kind", "read", "accepted", "repaired", "rejected", "repairs", "ignored")
        assert {name: one[name] for name in same} == {name: other[name] for name in same}
        assert len(one["rejects"]) == one["rejected"]


def test_every_file_tells_what_it_holds_and_why_rows_are_refused(tmp_path):
    club = small_club(tmp_path / "club")
    rows = [activity(Distance="-3"), activity(), activity(Date="2024-05-02 07:00:00")]
    garmin_csv(club / "activities/r1/Activities.csv", rows)
    found = files(inspect(club, today=TODAY))["activities/r1/Activities.csv"]
    assert found["holds"] == {"sessions": {"rows": 2, "from": "2024-05-02", "to": "2024-05-06"}}
    (reject,) = found["rejects"]
    assert (reject["record"], reject["reason"]) == ("2", "bad_Distance")
    assert "'-3'" in reject["sentence"]


def test_a_single_file_needs_nothing_around_it(tmp_path):
    path = tmp_path / "run.fit"
    path.write_bytes(whole_file())
    found = inspect(path, today=TODAY)
    assert found["assumed"] == [NO_SETTINGS, NO_ROSTER]
    assert files(found)["run.fit"]["holds"]["sessions"]["rows"] == 1


def test_a_file_of_a_dataset_is_read_by_the_settings_and_the_roster_around_it(tmp_path):
    club = small_club(tmp_path / "club")
    table_csv(club / "sub/pain.csv", "athlete,date,region,side,pain_0_10,when",
              ["r9,2024-05-06,knee,left,3,after", "r1,2024-05-06,knee,left,3,after"])  # fmt: skip
    found = inspect(club / "sub/pain.csv", today=TODAY)
    assert list(files(found)) == ["sub/pain.csv"]
    assert files(found)["sub/pain.csv"]["rejects"][0]["reason"] == "unknown_athlete"
    assert found["assumed"] == []


def test_without_a_roster_everyone_belongs(tmp_path):
    club = small_club(tmp_path / "club")
    (club / "roster.csv").unlink()
    (club / "dataset.yaml").unlink()
    found = inspect(club, today=TODAY)
    assert found["totals"]["rejected"] == 0
    assert files(found)["pain.csv"]["holds"]["pain"]["rows"] == 1


def test_an_archive_is_listed_with_what_is_in_it(tmp_path):
    (tmp_path / "export.zip").write_bytes(strava_export())
    found = files(inspect(tmp_path / "export.zip", today=TODAY))
    assert found["export.zip"]["kind"] == "archive"
    assert found["export.zip!activities/4170.fit.gz"]["holds"]["sessions"]["rows"] == 1
    assert found["export.zip!activities.csv"]["accepted"] == 2
    assert found["export.zip!shoes.csv"]["ignored"]


def test_nothing_is_stored(tmp_path):
    club = small_club(tmp_path / "club")
    (club / "r1.zip").write_bytes(zipped({"a.fit": whole_file()}))
    # By time as well: the same bytes written again would be a change.
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    inspect(club, today=TODAY)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"Dear diary, today I ran.\n", b"PK\3\4 no"])
def test_a_file_no_one_can_read_is_looked_at_all_the_same(tmp_path, content):
    (tmp_path / "a.fit").write_bytes(content)
    found = files(inspect(tmp_path / "a.fit", today=TODAY))["a.fit"]
    assert (found["read"], found["rejected"], len(found["rejects"])) == (1, 1, 1)
    assert found["rejects"][0]["record"] is None


def test_where_there_is_nothing_to_look_at_it_is_said(tmp_path):
    with pytest.raises(StridecastError, match="no such file or folder"):
        inspect(tmp_path / "gone", today=TODAY)
    write(tmp_path / "notes/README.md", "text")
    with pytest.raises(StridecastError, match="no data files"):
        inspect(tmp_path / "notes", today=TODAY)


def test_a_path_of_another_folder_may_be_relative(tmp_path, monkeypatch):
    (tmp_path / "run.fit").write_bytes(whole_file())
    monkeypatch.chdir(tmp_path)
    assert inspect(Path("run.fit"), today=TODAY)["totals"]["read"] == 1

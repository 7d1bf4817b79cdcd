"""Raw data only grow: what an earlier export brought, no later one takes away."""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from common.errors import StridecastError
from ingest.run import ingest
from ingest.setup.append import add_exports, undo_last
from pipelines.cli import app
from tests.ingest.club_files import activity, garmin_csv, small_club


def listed(path: Path, days: list[int]) -> Path:
    return garmin_csv(path, [activity(Date=f"2024-08-{day:02d} 07:00:00") for day in days])


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def starts(club: Path) -> set[pd.Timestamp]:
    return set(ingest(club).tables["sessions"]["start"])


@pytest.fixture(scope="module")
def starts_before(tmp_path_factory) -> set[pd.Timestamp]:
    return starts(small_club(tmp_path_factory.mktemp("before") / "club"))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(weeks=st.lists(st.lists(st.integers(1, 28), min_size=1, max_size=4), max_size=4))
def test_no_export_takes_anything_away_and_no_week_makes_a_folder(tmp_path, starts_before, weeks):
    shutil.rmtree(tmp_path / "club", ignore_errors=True)
    club = small_club(tmp_path / "club")
    (club / "activities/r1").mkdir(exist_ok=True)
    days = set()
    places = {path for path in club.rglob("*") if path.is_dir()}
    for week in weeks:
        export = listed(tmp_path / "new/Activities.csv", week)
        add_exports([export], club, "r1", today=date(2024, 9, 2))
        days |= set(week)
    shown = {path for path in club.rglob("*") if path.is_dir() and ".added" not in path.parts}
    assert shown == places
    after = starts(club)
    assert len(after) == len(starts_before) + len(days)
    assert after >= starts_before


def test_a_longer_export_replaces_a_shorter_one_lies_beside_and_both_can_be_undone(tmp_path):
    club = small_club(tmp_path / "club")
    new = tmp_path / "Activities.csv"
    (first,) = add_exports([listed(new, [3])], club, "r9")
    short = first.place.read_bytes()
    (longer,) = add_exports([listed(new, [3, 5])], club, "r9")
    assert (longer.place, longer.replaces) == (first.place, True)
    # It lacks the runs of the 3rd and the 5th: in their place it would take them away.
    (other,) = add_exports([listed(new, [7])], club, "r9", today=date(2024, 9, 2))
    assert other.place.name == "Activities (2024-09-02).csv"
    assert undo_last(club) == 1
    assert not other.place.exists()
    assert undo_last(club) == 1
    assert first.place.read_bytes() == short
    assert undo_last(club) == 1
    assert not (club / "activities/r9").exists()
    with pytest.raises(StridecastError, match="nothing was added"):
        undo_last(club)


def test_what_was_changed_since_is_not_undone(tmp_path):
    club = small_club(tmp_path / "club")
    (first,) = add_exports([listed(tmp_path / "Activities.csv", [3])], club, "r9")
    first.place.write_text("edited", encoding="utf-8")
    with pytest.raises(StridecastError, match="was changed since"):
        undo_last(club)
    assert first.place.read_text(encoding="utf-8") == "edited"


def test_an_addition_that_was_killed_is_taken_back_by_the_next(tmp_path, monkeypatch):
    club = small_club(tmp_path / "club")
    exports = [listed(tmp_path / f"{name}/Activities.csv", [3, at]) for at, name in
               ((4, "one"), (5, "two"))]  # fmt: skip
    before = contents(club)
    moved = []

    def killed(self, target):
        if moved:
            raise KeyboardInterrupt
        moved.append(self.rename(target))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        patch.setattr("ingest.setup.journal.write_json", plain_json)
        with pytest.raises(KeyboardInterrupt):
            add_exports(exports, club, "r9")
    assert len(moved) == 1
    add_exports([], club)
    assert contents(club) == before


def plain_json(path, content):
    path.write_text(json.dumps(content), encoding="utf-8")


def test_what_is_there_is_not_copied_again(tmp_path):
    club = small_club(tmp_path / "club")
    export = listed(tmp_path / "Activities.csv", [3])
    (first,) = add_exports([export], club, "r2")
    assert first.is_new
    assert first.place.parent == club / "activities/r2"
    (again,) = add_exports([export], club, "r1")
    assert (again.is_new, again.place) == (False, first.place)
    one, two = add_exports([export, shutil.copy(export, tmp_path / "copy.csv")], club)
    assert not one.is_new
    assert not two.is_new


def test_a_folder_is_added_as_it_stands(tmp_path):
    club = small_club(tmp_path / "club")
    listed(tmp_path / "r2/sub/Activities.csv", [5])
    # Every folder of a Mac has one.
    (tmp_path / "r2/.DS_Store").write_bytes(b"x")
    (done,) = add_exports([tmp_path / "r2"], club)
    assert done.place == club / "r2/sub/Activities.csv"


def test_a_roster_is_corrected_not_added(tmp_path):
    club, other = small_club(tmp_path / "club"), small_club(tmp_path / "other")
    before = contents(club)
    export = listed(tmp_path / "Activities.csv", [3])
    with pytest.raises(StridecastError, match="correct the roster"):
        add_exports([export, other / "roster.csv"], club)
    assert contents(club) == before


def test_a_copy_that_fails_leaves_nothing(tmp_path, monkeypatch):
    club = small_club(tmp_path / "club")
    before = contents(club)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StridecastError, match="No space left on device; make room"):
        add_exports([listed(tmp_path / "Activities.csv", [3])], club, "r1")
    assert contents(club) == before


def test_the_command_says_where_a_file_went(tmp_path):
    club = small_club(tmp_path / "club")
    export = listed(tmp_path / "Activities.csv", [3])
    arguments = ["data", "add", str(export), "--to", str(club), "--athlete", "r1"]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, told.output
    assert "1 of 1 files are new" in told.output
    assert "0 of 1 files are new; 1 is there already" in CliRunner().invoke(app, arguments).output
    missing = CliRunner().invoke(app, ["data", "add", "nothing.csv", "--to", str(club)])
    assert "no such file or folder" in str(missing.exception)
    # A slash in the id would lead out of the folder.
    strange = CliRunner().invoke(app, [*arguments[:-1], "../r1"])
    assert "is no id" in str(strange.exception)

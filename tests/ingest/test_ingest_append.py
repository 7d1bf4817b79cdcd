"""Raw data only grow: what an earlier export brought, no later one takes away."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from common.errors import StridecastError
from ingest.run import ingest
from ingest.setup.append import add_exports
from pipelines.cli import app
from tests.ingest.club_files import activity, garmin_csv, small_club


def listed(path: Path, days: list[int]) -> Path:
    return garmin_csv(path, [activity(Date=f"2024-08-{day:02d} 07:00:00") for day in days])


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def starts(club: Path) -> set[pd.Timestamp]:
    return set(ingest(club).tables["sessions"]["start"])


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(weeks=st.lists(st.lists(st.integers(1, 28), min_size=1, max_size=4), max_size=4))
def test_no_export_takes_anything_away(tmp_path, weeks):
    shutil.rmtree(tmp_path / "club", ignore_errors=True)
    club = small_club(tmp_path / "club")
    sessions, files, days = starts(club), contents(club), set()
    for week in weeks:
        export = listed(tmp_path / "new/Activities.csv", week)
        add_exports([export], club, "r1")
        assert contents(club).items() >= files.items()
        files = contents(club)
        days |= set(week)
    assert len(starts(club)) == len(sessions) + len(days)
    assert starts(club) >= sessions


def test_what_is_there_is_not_copied_again(tmp_path):
    club = small_club(tmp_path / "club")
    export = listed(tmp_path / "Activities.csv", [3])
    (first,) = add_exports([export], club, "r2")
    assert first.is_new
    assert first.place.parent.parent == club / "activities/r2"
    assert first.place.name == "Activities.csv"
    (again,) = add_exports([export], club, "r1")
    assert (again.is_new, again.place) == (False, first.place)
    one, two = add_exports([export, shutil.copy(export, tmp_path / "copy.csv")], club)
    assert not one.is_new
    assert not two.is_new


def test_a_folder_is_added_as_it_stands(tmp_path):
    club = small_club(tmp_path / "club")
    listed(tmp_path / "r2/sub/Activities.csv", [5])
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

    monkeypatch.setattr(shutil, "copyfileobj", full)
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
    strange = CliRunner().invoke(app, [*arguments[:-1], "../r1"])
    assert "is no id" in str(strange.exception)

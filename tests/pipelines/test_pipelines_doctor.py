"""`stridecast doctor` names what is wrong, and how to mend it."""

import os
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from ingest.dataset.settings import load_config
from ingest.people.key_fingerprint import write_fingerprint
from ingest.people.pseudonym import key_for
from pipelines.upkeep.club import club
from pipelines.upkeep.installation import installation
from pipelines.weekly.forecast_archive import Archive

SETTINGS = "name: club\ntime_zone: UTC\nobserved_from: 2024-01-01\n"


@pytest.fixture
def team(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(SETTINGS)
    (folder / "roster.csv").write_text("athlete\nAnn Lee\n")
    config = load_config(folder)
    key_for(config)
    archive = Archive(tmp_path / "out", "club")
    store(archive, "2025-07-27")
    archive.remember_folder(folder)
    write_fingerprint(archive.folder, config)
    (tmp_path / "out").chmod(0o700)
    return tmp_path


def store(archive, day):
    scores = pd.DataFrame({"athlete": ["a"], "as_of": [pd.Timestamp(day)], "outcome": "any"})
    rows = pd.DataFrame({"athlete": ["a"], "date": [pd.Timestamp(day)]})
    archive.store(scores.assign(probability=0.1), rows, hindcast=False)


def faults(team):
    found = club(team / "club", team / "out", team / "project")
    return {one.check: one.what for one in found if one.level != "ok"}


def test_a_sound_team_has_no_fault(team):
    assert faults(team) == {}


def test_a_sound_installation_has_no_fault(tmp_path):
    assert [one for one in installation(tmp_path) if one.level == "fault"] == []


def test_what_is_wrong_is_named(team):
    (team / "key").unlink()
    (team / "club" / "out.csv").symlink_to("/etc/hostname")
    (team / "out/history/club/actions.jsonl").write_text('{"athlete": "a')
    (team / "out/history/club/features/2025-07-27.parquet").write_bytes(b"PAR1")
    (team / "project").mkdir()
    with closing(sqlite3.connect(team / "project/mlflow.db")) as old:
        old.execute("create table experiments (artifact_location text)")
        old.execute("insert into experiments values ('file:///elsewhere/mlartifacts/1')")
        old.commit()
    found = faults(team)
    assert "missing" in found["key"]
    assert "1 are links" in found["exports"]
    assert "actions.jsonl, line 1" in found["history"]
    assert "/elsewhere/mlartifacts/1" in found["MLflow"]
    assert (team / "out/history/club/features/2025-07-27.parquet").exists()


def test_settings_that_cannot_be_read_end_the_checks(team):
    # A list that holds itself.
    (team / "club/dataset.yaml").write_text("a: &a [*a]")
    assert "alias" in faults(team)["settings"]


def test_a_clock_that_was_set_back_is_told(team):
    tomorrow = datetime.now(tz=UTC) + timedelta(days=40)
    store(Archive(team / "out", "club"), tomorrow.strftime("%Y-%m-%d"))
    assert "after today" in faults(team)["clock"]
    future = team / "project"
    future.mkdir()
    (future / "params.yaml").touch()
    os.utime(future / "params.yaml", (tomorrow.timestamp(), tomorrow.timestamp()))
    assert "clock" in {one.check for one in installation(future) if one.level == "fault"}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as Unix knows them")
def test_what_others_can_read_is_told(team):
    (team / "out").chmod(0o755)
    (team / "key").chmod(0o644)
    found = faults(team)
    assert "can be entered by others" in found["forecasts"]
    assert "can be read by others" in found["key"]

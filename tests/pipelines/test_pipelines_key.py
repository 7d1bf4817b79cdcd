"""Another key, or none, never renames a club without a word."""

import shutil

import pandas as pd
import pytest

from common.errors import StridecastError
from ingest.dataset.settings import load_config
from ingest.people.key_fingerprint import check_key, fingerprint, write_fingerprint
from ingest.people.pseudonym import key_for, pseudonym
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.score_folder import check_archive_key

SETTINGS = "name: club\ntime_zone: UTC\nobserved_from: 2024-01-01\n"


@pytest.fixture
def club(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "home/key"))
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(SETTINGS)
    (folder / "roster.csv").write_text("athlete\nAnn Lee\nBo Ek\n")
    return folder


@pytest.fixture
def archive(tmp_path, club):
    """The history of a club, made with this machine's key."""
    config = load_config(club)
    archive = Archive(tmp_path / "out", config.name)
    code = pseudonym(key_for(config), "club", "Ann Lee")
    day = pd.Timestamp("2025-07-27")
    scores = pd.DataFrame({"athlete": [code], "as_of": [day], "outcome": "any", "probability": 0.1})
    rows = pd.DataFrame({"athlete": [code], "date": [day]})
    archive.store(scores, rows, hindcast=False)
    return archive


def test_the_same_key_passes_also_after_a_move(tmp_path, club, archive, monkeypatch):
    config = load_config(club)
    write_fingerprint(archive.folder, config)
    check_archive_key(archive, club, config)
    shutil.copy(tmp_path / "home/key", tmp_path / "new_machine_key")
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "new_machine_key"))
    moved = Archive(shutil.copytree(tmp_path / "out", tmp_path / "moved"), "club")
    check_archive_key(moved, club, config)


@pytest.mark.parametrize("has_fingerprint", [True, False])
def test_another_key_is_refused_with_what_to_do(tmp_path, club, archive, has_fingerprint):
    config = load_config(club)
    if has_fingerprint:
        write_fingerprint(archive.folder, config)
    (tmp_path / "home/key").write_bytes(b"another key, 32 bytes in length.")
    with pytest.raises(StridecastError, match=r"not the pseudonym key.*restore that key"):
        check_archive_key(archive, club, config)


@pytest.mark.parametrize("has_fingerprint", [True, False])
def test_a_missing_key_is_refused_and_none_is_made(tmp_path, club, archive, has_fingerprint):
    config = load_config(club)
    if has_fingerprint:
        write_fingerprint(archive.folder, config)
    (tmp_path / "home/key").unlink()
    with pytest.raises(StridecastError, match=r"key is missing.*restore the key"):
        check_archive_key(archive, club, config)
    assert not (tmp_path / "home/key").exists()


def test_the_first_run_of_a_club_needs_no_key(tmp_path, club):
    check_key(tmp_path / "out/history/club", load_config(club))
    check_archive_key(Archive(tmp_path / "out", "club"), club, load_config(club))


def test_a_new_roster_under_the_same_key_is_no_other_key(club, archive):
    """With the fingerprint a club whose people all changed still passes."""
    config = load_config(club)
    write_fingerprint(archive.folder, config)
    (club / "roster.csv").write_text("athlete\nSomebody New\n")
    check_archive_key(archive, club, config)


def test_a_fingerprint_tells_keys_and_datasets_apart():
    told = {fingerprint(key, name) for key in (b"a" * 32, b"b" * 32) for name in ("north", "south")}
    assert len(told) == 4
    assert all(len(one) == 16 for one in told)

"""Links, foreign code and names: nothing leads out of the folder, runs, or lies about in clear."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from common.errors import StridecastError
from common.machine.scratch import scratch_folder
from ingest.reading import read_one
from ingest.reading.containers import items_of
from ingest.reading.files import data_files
from ingest.reading.parse_cache import ParseCache
from ingest.reading.recognise import Recognised
from ingest.reading.sealed import Sealer
from ingest.run import ingest
from ingest.setup.append import add_exports
from tests.ingest.club_files import small_club

ROOT = Path(__file__).parents[2]


@pytest.fixture
def club(tmp_path):
    return small_club(tmp_path / "club")


def reasons(folder, tmp_path):
    found = {}
    (tmp_path / "scratch").mkdir(exist_ok=True)
    for item in items_of(data_files(folder), folder, tmp_path / "scratch"):
        if item.account is not None and len(item.account.rejects):
            found[item.source] = item.account.rejects["reason"].iloc[0]
    return found


def test_links_that_leave_the_folder_are_refused_and_told(tmp_path):
    folder, outside = tmp_path / "data", tmp_path / "secret"
    folder.mkdir()
    outside.mkdir()
    (outside / "diary.csv").write_text("athlete\nr9\n")
    (folder / "roster.csv").write_text("athlete\nr1\n")
    (folder / "inside.csv").symlink_to(folder / "roster.csv")
    (folder / "out.csv").symlink_to(outside / "diary.csv")
    (folder / "up.csv").symlink_to("../secret/diary.csv")
    (folder / "whole").symlink_to(outside)
    # Followed, it would never end.
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere.csv").symlink_to(folder / "gone.csv")
    assert reasons(folder, tmp_path) == {
        "out.csv": "link_outside",
        "up.csv": "link_outside",
        "whole": "link_to_folder",
        "loop": "link_to_folder",
        "nowhere.csv": "not_a_file",
    }


def test_a_dataset_that_dvc_keeps_as_links_is_read(tmp_path):
    cached = tmp_path / ".dvc/cache/files/md5/ab"
    cached.parent.mkdir(parents=True)
    cached.write_text("athlete\nr1\n")
    folder = tmp_path / "data/raw/club"
    folder.mkdir(parents=True)
    # With `cache.type symlink` DVC keeps every file of a dataset so.
    (folder / "roster.csv").symlink_to(cached)
    assert reasons(folder, tmp_path) == {}


def test_links_are_not_added_to_a_dataset(tmp_path, club):
    given = tmp_path / "download"
    given.mkdir()
    (given / "passwd").symlink_to("/etc/hostname")
    before = {path.name for path in club.rglob("*")}
    with pytest.raises(StridecastError, match="leads out of the folder"):
        add_exports([given], club)
    assert {path.name for path in club.rglob("*")} == before


def test_a_copy_has_a_hidden_name_until_it_is_whole(tmp_path, club, monkeypatch):
    source = tmp_path / "Activities.csv"
    source.write_text("x" * 1000)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = {path.name for path in club.rglob("*")}
    with pytest.raises(StridecastError, match="No space left on device; make room"):
        add_exports([source], club)
    assert {path.name for path in club.rglob("*")} == before


def test_a_file_too_large_for_any_format_is_not_even_hashed(tmp_path, monkeypatch):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        # A sparse file: it takes no room, and 10 TB to read.
        file.truncate(10**13)
    monkeypatch.setattr(read_one, "file_digest", lambda _path: pytest.fail("was hashed"))
    item = next(iter(items_of([path], tmp_path, tmp_path)))
    ((refused, _),) = Recognised([item], ParseCache(tmp_path / "cache", b"k" * 32)).known
    assert refused.account.rejects["reason"].tolist() == ["too_large"]


def test_no_code_is_run_from_the_folder_in_which_a_command_runs(tmp_path):
    (tmp_path / "extensions/readers").mkdir(parents=True)
    (tmp_path / "extensions/readers/x.py").write_text("raise SystemExit('ran')")
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import ingest.readers.registry"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_cache_holds_no_name_and_no_row_in_clear(tmp_path, club):
    cache = tmp_path / "cache"
    first = ingest(club, cache=cache, workers=1)
    kept = [path for path in cache.rglob("*") if path.is_file()]
    content = b"".join(one.read_bytes() for one in kept)
    names = {one.name for one in kept}
    assert {".gitignore", "CACHEDIR.TAG"} <= names
    # The mark of a Parquet file: a cache in clear would hold names.
    assert b"PAR1" not in content
    assert b"session_rpe" not in content
    assert b"athlete" not in content
    again = ingest(club, cache=cache, workers=1)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])


def test_what_was_sealed_opens_with_the_same_key_and_name_only():
    sealer = Sealer(b"k" * 32)
    for content in (b"", b"x", os.urandom(70_000)):
        sealed = sealer.seal(content, "a")
        assert sealer.open(sealed, "a") == content
        for wrong in (Sealer(b"q" * 32).open, sealer.open):
            with pytest.raises(ValueError, match="damaged, or sealed"):
                wrong(sealed, "b")
        for damaged in (sealed[:-1], sealed[:-1] + b"\0\0", sealed[1:], sealed[:12]):
            with pytest.raises(ValueError, match="a: "):
                sealer.open(damaged, "a")


def test_the_unpackings_of_killed_runs_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    left = tmp_path / "stridecast-dead"
    left.mkdir()
    (left / "names.csv").write_text("Ann Lee")
    lock = tmp_path / "stridecast-dead.lock"
    lock.touch()
    # Untouched for decades: its run is gone.
    os.utime(lock, (0, 0))
    with scratch_folder() as running:
        assert not left.exists()
        os.utime(tmp_path / f"{running.name}.lock", (0, 0))
        with scratch_folder():
            assert running.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_every_file_is_walked_to_once_and_what_can_be_taken_back_is_not(tmp_path):
    for name in ("a/b/run.csv", "a/z", "a-1", ".added/1/kept.csv", "a/.added/own.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder").symlink_to(tmp_path / "a")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    found = [path.relative_to(tmp_path).as_posix() for path in data_files(tmp_path)]
    assert found == ["a/.added/own.csv", "a/b/run.csv", "a/z", "a-1", "folder", "gone"]

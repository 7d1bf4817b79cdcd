"""A large club: its rows lie on disk while it is read and joined, and the tables are the same."""

import errno
import gc
import json
import os
import shutil

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from common.table_files import write_table_parts, write_tables
from ingest import club_rows, joined_club
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for
from ingest.reading import batches, parse_cache, put_away
from ingest.reading.forgotten import add_forgotten
from ingest.reading.parse_cache import ParseCache
from ingest.reading.put_away import Box, PutAway
from ingest.run import ingest, ingested
from tests.ingest.club_files import SETTINGS, activity, garmin_csv, small_club, table_csv

DAYS = 40
MORNING = "athlete,date,sleep_h,sleep_quality,fatigue"


def club_of(folder, athletes):
    """Write a club with a list of runs of each athlete and a sheet of mornings of all."""
    names = [f"r{number:02d}" for number in range(athletes)]
    days = pd.date_range("2024-03-01", periods=DAYS).strftime("%Y-%m-%d")
    folder.mkdir()
    (folder / "dataset.yaml").write_text(SETTINGS)
    table_csv(folder / "roster.csv", "athlete", names)
    mornings = [f"{name},{day},7.5,4,2" for name in names for day in days]
    # One line is of somebody whom nobody knows.
    table_csv(folder / "wellness.csv", MORNING, [*mornings, f"Nobody,{days[0]},8,4,2"])
    for number, name in enumerate(names):
        runs = [activity(Date=f"{day} 08:00:00", Distance=f"{5 + number}.5") for day in days]
        garmin_csv(folder / f"activities/{name}/Activities.csv", runs)
    return folder


@pytest.fixture
def small_batches(monkeypatch):
    """Let 100 rows be as many as 250,000 are."""
    monkeypatch.setattr(batches.Batches.__init__, "__defaults__", (100,))
    monkeypatch.setattr(club_rows, "ROWS_AT_ONCE", 100)
    monkeypatch.setattr(parse_cache, "_FULL", 100)
    monkeypatch.setattr(parse_cache, "_LOADED_BYTES", 0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a club of six, with copies of files, and what it is when all is in memory."""
    folder = club_of(tmp_path_factory.mktemp("whole") / "club", 6)
    shutil.copy(folder / "activities/r01/Activities.csv", folder / "activities/r01/copy.csv")
    return folder, ingest(folder)


def same(result, other):
    assert json.dumps(result.report) == json.dumps(other.report)
    assert result.questions == other.questions
    assert result.not_read == other.not_read
    for name, frame in other.tables.items():
        pd.testing.assert_frame_equal(result.tables[name], frame)


def test_on_disk_a_club_is_what_it_is_in_memory(whole, small_batches, tmp_path):
    folder, expected = whole
    same(ingest(folder, cache=tmp_path / "cache"), expected)
    repairs = {code for file in expected.report["files"] for code in file["repairs"]}
    assert "copy_of_another_record_dropped" in repairs
    assert expected.questions
    # Again, from a cache of several volumes.
    assert len(list((tmp_path / "cache/testclub").glob("pack-*/sessions-*"))) > 1
    same(ingest(folder, cache=tmp_path / "cache"), expected)


def test_volumes_in_which_nothing_changed_are_taken_over(whole, small_batches, tmp_path):
    folder = shutil.copytree(whole[0], tmp_path / "club")
    ingest(folder, cache=tmp_path / "cache")
    before = {path.name for path in (tmp_path / "cache/testclub").glob("pack-*/*-*.sealed")}
    path = folder / "activities/r05/Activities.csv"
    garmin_csv(path, [activity(Date="2024-05-01 08:00:00")])
    changed = ingest(folder, cache=tmp_path / "cache")
    after = {path.name for path in (tmp_path / "cache/testclub").glob("pack-*/*-*.sealed")}
    assert before & after
    assert before - after
    same(changed, ingest(folder))


def test_a_volume_without_a_file_is_read_anew(whole, small_batches, tmp_path):
    folder, expected = whole
    ingest(folder, cache=tmp_path / "cache")
    next((tmp_path / "cache/testclub").glob("pack-*/sessions-*")).unlink()
    same(ingest(folder, cache=tmp_path / "cache"), expected)


def test_a_pack_that_another_run_replaces_meanwhile_is_read_anew(
    whole, small_batches, tmp_path, monkeypatch
):
    folder, expected = whole
    ingest(folder, cache=tmp_path / "cache")
    find = ParseCache.find

    def replaced(self, *args):
        for pack in (tmp_path / "cache/testclub").glob("pack-*"):
            shutil.rmtree(pack)
        return find(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(ParseCache, "find", replaced)
        same(ingest(folder, cache=tmp_path / "cache"), expected)
    same(ingest(folder, cache=tmp_path / "cache"), expected)


def test_a_pack_replaced_before_it_is_taken_over_loses_no_rows(
    whole, small_batches, tmp_path, monkeypatch
):
    folder = shutil.copytree(whole[0], tmp_path / "club")
    ingest(folder, cache=tmp_path / "cache")
    garmin_csv(folder / "activities/r05/Activities.csv", [activity(Date="2024-05-01 08:00:00")])
    expected = ingest(folder)
    renew = ParseCache.renew

    def replaced(self, *args):
        shutil.rmtree(self._pack)
        renew(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(ParseCache, "renew", replaced)
        same(ingest(folder, cache=tmp_path / "cache"), expected)
    same(ingest(folder, cache=tmp_path / "cache"), expected)


def test_a_box_that_was_shortened_is_told(tmp_path):
    with PutAway(tmp_path) as away:
        box = away.box()
        slip = box.put(pd.DataFrame({"km": [1.0, 2.0]}))
        (file,) = left_in(tmp_path)[0].iterdir()
        os.truncate(file, 5)
        with pytest.raises(StridecastError, match="put away there are gone"):
            box.take(slip)


def packs(cache):
    return [path.name for path in cache.glob("testclub/pack-*")]


def test_a_pack_that_the_disk_has_no_room_for_is_removed(
    whole, small_batches, tmp_path, monkeypatch
):
    ingest(whole[0], cache=tmp_path / "cache")
    before = packs(tmp_path / "cache")
    garmin_csv(
        shutil.copytree(whole[0], tmp_path / "club") / "activities/r05/Activities.csv",
        [activity(Date="2024-05-01 08:00:00")],
    )
    write, written = ParseCache._write, []

    def until_full(self, path, content):
        if len(written) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)
        write(self, path, content)

    monkeypatch.setattr(ParseCache, "_write", until_full)
    ingest(tmp_path / "club", cache=tmp_path / "cache")
    assert written
    assert packs(tmp_path / "cache") == before


def test_a_run_that_is_ended_leaves_no_pack(whole, small_batches, tmp_path):
    begun = []

    def end(done, total, _):
        begun.extend(packs(tmp_path / "cache"))
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(whole[0], cache=tmp_path / "cache", progress=end, workers=1)
    assert begun
    assert packs(tmp_path / "cache") == []


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path, monkeypatch):
    scratch = put_away.scratch_folder

    def refused(home=None):
        if home is not None:
            raise PermissionError(errno.EROFS, "Read-only file system")
        return scratch()

    monkeypatch.setattr(put_away, "scratch_folder", refused)
    with PutAway(tmp_path) as away:
        box = away.box()
        rows = pd.DataFrame({"km": [1.0, 2.0]})
        pd.testing.assert_frame_equal(box.take(box.put(rows)), rows)
    assert list(tmp_path.iterdir()) == []


def test_a_batch_of_people_who_are_forgotten_is_none(tmp_path, request):
    folder = club_of(tmp_path / "club", 6)
    gone = [f"r{number:02d}" for number in range(4)]
    add_forgotten(folder, key_for(load_config(folder)), gone, {})
    expected = ingest(folder)
    request.getfixturevalue("small_batches")
    same(ingest(folder), expected)


def test_tables_are_written_by_parts_to_the_same_bytes(whole, small_batches, tmp_path):
    folder, expected = whole
    write_tables(tmp_path / "whole", expected.tables)
    with ingested(folder) as result:
        write_table_parts(tmp_path / "parts", result.club.tables.rows)
        assert len(list(result.club.tables.rows("wellness"))) > 1
    for path in (tmp_path / "whole").iterdir():
        assert path.read_bytes() == (tmp_path / "parts" / path.name).read_bytes(), path.name


def most_rows(folder, monkeypatch):
    """Return the most rows of all frames that lived when something was put away or taken back."""
    seen = []

    def counted(method):
        def wrapped(self, value):
            seen.append(sum(len(f) for f in gc.get_objects() if isinstance(f, pd.DataFrame)))
            return method(self, value)

        return wrapped

    with monkeypatch.context() as patch:
        for name in ("put", "take"):
            patch.setattr(Box, name, counted(getattr(Box, name)))
        with ingested(folder, workers=1) as result:
            sessions = result.report["sessions"]
    return max(seen), sessions


def test_four_times_the_athletes_are_no_more_rows_in_memory(tmp_path, monkeypatch, small_batches):
    few, _ = most_rows(club_of(tmp_path / "few", 8), monkeypatch)
    gc.collect()
    many, sessions = most_rows(club_of(tmp_path / "many", 32), monkeypatch)
    assert sessions == 32 * DAYS
    # The sheet of mornings is one file, which its reader holds whole: 24 more people in it.
    assert many - few < 3 * 24 * DAYS


def left_in(folder):
    return [path for path in folder.glob("stridecast-*") if path.is_dir()]


def test_after_a_fault_nothing_is_left(whole, small_batches, tmp_path, monkeypatch):
    seen = []

    def fail(_):
        seen.extend(left_in(tmp_path / "cache"))
        raise ZeroDivisionError

    monkeypatch.setattr(joined_club, "part_quality", fail)
    with pytest.raises(ZeroDivisionError):
        ingest(whole[0], cache=tmp_path / "cache")
    assert len(seen) == 1
    assert left_in(tmp_path / "cache") == []


def test_what_a_killed_run_left_goes_with_the_next(tmp_path):
    (tmp_path / "stridecast-dead").mkdir()
    lock = tmp_path / "stridecast-dead.lock"
    lock.touch()
    os.utime(lock, (0, 0))
    with PutAway(tmp_path) as away:
        away.box()
        assert [path.name for path in left_in(tmp_path)] != ["stridecast-dead"]
        assert len(left_in(tmp_path)) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_changes_nothing(whole, small_batches, tmp_path, monkeypatch):
    same(ingest(whole[0], cache=tmp_path / "cache"), whole[1])
    before = sorted((tmp_path / "cache/testclub").rglob("*"))

    class Full:
        def __init__(self, file):
            self.file = file

        def write(self, content):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            self.file.close()

    original = Box.__init__

    def on_a_full_disk(self, path):
        original(self, path)
        self._file = Full(self._file)

    monkeypatch.setattr(Box, "__init__", on_a_full_disk)
    with pytest.raises(StridecastError, match=r"No space left on device.*make room"):
        ingest(whole[0], cache=tmp_path / "cache")
    assert sorted((tmp_path / "cache/testclub").rglob("*")) == before
    assert left_in(tmp_path / "cache") == []


def test_what_was_put_away_comes_back_and_is_no_plain_text(tmp_path):
    rows = pd.DataFrame(
        {
            "athlete": ["Ann Lee"] * 3,
            "record": [1, "two", 3],
            "km": [1.5, None, 2],
            "start": pd.to_datetime(["2024-05-01T07:00:00Z", None, "1965-05-01T07:00:00Z"]),
            "day": pd.to_datetime(["2024-05-01", None, "2024-05-03"]).as_unit("ns"),
            "fits": pd.array([True, None, False], dtype="boolean"),
            "note": pd.array(["x", None, ""], dtype=pd.StringDtype("python", na_value=np.nan)),
            "empty": pd.array([None] * 3, dtype="str"),
        }
    )
    numbered = rows.assign(record=[3, 4, 5])[1:]
    with_gaps = rows.assign(record=[1.0, None, 2.0])
    nothing = rows[:0]
    with PutAway(tmp_path) as away:
        box = away.box()
        slips = [box.put(table) for table in (rows, numbered, nothing, with_gaps)]
        (file,) = left_in(tmp_path)[0].iterdir()
        assert b"Ann Lee" not in file.read_bytes()
        for slip, table in (
            (slips[1], numbered),
            (slips[0], rows),
            (slips[2], nothing),
            (slips[3], with_gaps),
        ):
            back = box.take(slip)
            pd.testing.assert_frame_equal(back, table)
            assert back["note"].dtype.storage == "python"
            assert back["athlete"].dtype.storage == table["athlete"].dtype.storage
        box.put(numbered)
        pd.testing.assert_frame_equal(box.take(slips[1]), numbered)


def test_a_small_club_puts_nothing_away(tmp_path, monkeypatch):
    monkeypatch.setattr(PutAway, "box", None)
    ingest(small_club(tmp_path / "club"))

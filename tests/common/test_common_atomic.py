"""Single files written whole, with the user's own permissions."""

import os
import stat
import sys
import time

import pytest

from common.atomic import atomic, clear_parts, private_folder
from common.store import write_text

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions as Unix knows them")


@pytest.fixture
def umask():
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@UNIX
# A temporary file is made for its owner alone, and a plain move would keep that.
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077, 0o002])
def test_a_file_has_the_permissions_the_umask_gives(tmp_path, umask, mask):
    umask(mask)
    write_text(tmp_path / "page.html", "x")
    assert mode(tmp_path / "page.html") == 0o666 & ~mask


@UNIX
def test_a_folder_made_for_health_data_is_its_owners_alone(tmp_path, umask):
    # Even where the user's mask takes nothing away.
    umask(0)
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    private_folder(shared / "forecast" / "history")
    assert mode(shared) == 0o755
    assert mode(shared / "forecast") == mode(shared / "forecast" / "history") == 0o700


def test_what_a_killed_writer_left_is_removed_but_no_file_of_a_running_one(tmp_path):
    old, young = tmp_path / ".page.html.aa.part", tmp_path / ".page.html.bb.part"
    other = tmp_path / ".scores.csv.cc.part"
    for path in (old, young, other):
        path.write_text("half")
    # More than a day: no writer takes that long.
    long_ago = time.time() - 100_000
    os.utime(old, (long_ago, long_ago))
    with atomic(tmp_path / "page.html") as part:
        part.write_text("x")
    assert {path.name for path in tmp_path.iterdir()} == {"page.html", young.name, other.name}
    clear_parts(tmp_path, 0)
    assert {path.name for path in tmp_path.iterdir()} == {"page.html"}

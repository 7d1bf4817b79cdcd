"""Files and folders that may not be read: refused by name, and the rest is read."""

import os

import pytest

from common.errors import StridecastError
from ingest.reading.files import data_files
from tests.ingest.club_files import small_club, write
from tests.ingest.read_club import look

PAIN = "athlete,date,region,side,pain_0_10,when"


@pytest.fixture
def club(tmp_path):
    return small_club(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_rejected_as_one(club):
    write(club / "pain.csv", PAIN + "\n").chmod(0)
    assert look(club).files["pain.csv"]["rejects"] == {"unreadable_file": 1}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_folder_without_permission_is_told(club):
    closed = write(club / "Bo Ek" / "pain.csv", PAIN + "\n").parent
    closed.chmod(0)
    try:
        assert look(club).files["Bo Ek"]["rejects"] == {"unreadable_folder": 1}
    finally:
        closed.chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_told(club, monkeypatch):
    write(club / "Bo Ek" / "pain.csv", PAIN + "\n")
    listed = os.scandir

    # Root may list every folder, so the refusal is played.
    def refusing(path):
        if os.fspath(path).endswith("Bo Ek"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    result = look(club)
    assert result.files["Bo Ek"]["rejects"] == {"unreadable_folder": 1}
    assert set(result.files) >= {"roster.csv"}


def test_a_folder_that_is_closed_itself_is_an_error(club, monkeypatch):
    def refusing(path):
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(StridecastError, match="may not be opened"):
        data_files(club)

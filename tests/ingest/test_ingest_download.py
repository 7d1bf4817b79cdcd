import hashlib
import json
from dataclasses import replace

import pytest

from common.errors import StridecastError
from ingest.readers.datasets.lovdal_layout import DAY, WEEK
from ingest.setup import download

DAY_BYTES, WEEK_BYTES = b"generated day file", b"generated week file"


@pytest.fixture
def server(monkeypatch):
    """A server with generated files under the published names; what is asked of it is noted."""
    digests = {one: hashlib.sha256(one).hexdigest() for one in (DAY_BYTES, WEEK_BYTES)}
    layouts = (
        replace(DAY, sha256=(digests[DAY_BYTES],)),
        replace(WEEK, sha256=(digests[WEEK_BYTES],)),
    )
    monkeypatch.setattr(download, "LAYOUTS", layouts)
    stem = DAY.file_name.removesuffix(".csv")
    files = [
        {"dataFile": {"id": 7, "filename": f"{stem}.tab", "originalFileName": DAY.file_name}},
        {"dataFile": {"id": 8, "filename": WEEK.file_name}},
    ]
    answers = {
        download.LIST_URL: json.dumps({"data": files}).encode(),
        download.FILE_URL.format(id=7): DAY_BYTES,
        download.BARE_FILE_URL.format(id=8): WEEK_BYTES,
    }
    asked = []

    def get(url):
        asked.append(url)
        return answers[url]

    return get, answers, asked


def test_both_files_are_checked_and_stored_and_not_fetched_twice(tmp_path, server):
    get, _, asked = server
    paths = download.get_lovdal(tmp_path / "lovdal2021", get)
    assert [path.read_bytes() for path in paths] == [DAY_BYTES, WEEK_BYTES]
    # The list and two files.
    assert len(asked) == 3
    download.get_lovdal(tmp_path / "lovdal2021", get)
    assert len(asked) == 3
    assert sorted(path.name for path in (tmp_path / "lovdal2021").iterdir()) == [
        DAY.file_name, WEEK.file_name,
    ]  # fmt: skip


def test_other_bytes_are_refused_and_nothing_is_kept(tmp_path, server):
    get, answers, _ = server
    answers[download.FILE_URL.format(id=7)] = b"<html>sorry</html>"
    with pytest.raises(StridecastError, match="not those of the published file"):
        download.get_lovdal(tmp_path, get)
    assert not list(tmp_path.iterdir())


def test_without_a_network_it_is_one_clear_line(tmp_path):
    def get(url):
        raise OSError("no route")

    with pytest.raises(StridecastError, match=r"cannot be reached .*doi\.org/10\.34894/UWU9PV"):
        download.get_lovdal(tmp_path, get)


@pytest.mark.parametrize("content", [b"<html>", b"{}", b'{"data": [{}]}', b"[]"])
def test_a_strange_list_is_told(tmp_path, server, content):
    get, answers, _ = server
    answers[download.LIST_URL] = content
    with pytest.raises(StridecastError, match="not what was expected"):
        download.get_lovdal(tmp_path, get)


def test_a_file_that_is_not_listed_is_named(tmp_path, server):
    get, answers, _ = server
    answers[download.LIST_URL] = b'{"data": []}'
    with pytest.raises(StridecastError, match=DAY.file_name):
        download.get_lovdal(tmp_path, get)

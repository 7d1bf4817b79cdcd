"""Asking the readers: one that fails on a file hides it from no other."""

import pytest

from common.errors import StridecastError
from ingest.readers import registry
from ingest.readers.base import Reader

GPX = b'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"></gpx>'


class Failing(Reader):
    kind = "failing"
    version = 1
    description = "for the tests"

    def sniff(self, head):
        raise IndexError(head[:1])


class Older(Failing):
    kind = "older"

    def sniff(self, path, head):
        return bool(path and head)


def test_a_reader_that_fails_on_a_file_hides_it_from_no_other(tmp_path, monkeypatch):
    path = tmp_path / "run.gpx"
    path.write_bytes(GPX)
    monkeypatch.setattr(registry, "READERS", (Failing(), *registry.READERS))
    assert registry.find_reader(path).kind == "gpx"


def test_an_own_reader_with_another_sniff_is_one_line(monkeypatch):
    monkeypatch.setattr(registry, "offered", lambda _: (Older(),))
    with pytest.raises(StridecastError, match="the reader of 'older' has another sniff"):
        registry._own()

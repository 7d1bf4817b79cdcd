"""Whatever a file does to its reader, the run goes on and says what happened."""

import itertools
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.readers.base import file_digest
from ingest.readers.registry import Parsed, ReadContext, Reader
from ingest.reading import read_one
from ingest.reading.containers import Item
from ingest.reading.read_one import read_item, recognise
from ingest.records import time_limit
from tests.ingest.club_files import activity, garmin_csv
from tests.ingest.export_files import context
from tests.ingest.fit_writer import whole_file


class Failing(Reader):
    kind = "failing"
    version = 1
    description = "a reader that fails"

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error

    def read(self, path: Path, context: ReadContext) -> Parsed:
        if self.error is not None:
            raise self.error
        while True:
            time.sleep(0.001)


def item(tmp_path: Path, content: bytes = b"x", name: str = "a.bin") -> Item:
    path = tmp_path / "r1" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return Item(f"r1/{name}", path)


def reject(parsed: Parsed) -> tuple[str, str]:
    account = parsed.account
    assert (account.read, account.rejected) == (1, 1)
    return account.rejects["reason"][0], account.rejects["sentence"][0]


# Messages of errors quote the file: a name must not reach the log.
@pytest.mark.parametrize("error", [KeyError("Jane Doe"), RecursionError(), AssertionError()])
def test_a_failing_reader_is_a_reject_without_what_the_file_said(tmp_path, error):
    reason, sentence = reject(read_item(item(tmp_path), Failing(error), context(tmp_path)))
    assert reason == "reader_failed"
    assert type(error).__name__ in sentence
    assert "Jane" not in sentence


def test_the_user_may_still_stop_a_run(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        read_item(item(tmp_path), Failing(KeyboardInterrupt()), context(tmp_path))


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(time_limit, "BASE_SECONDS", 0.05)
    assert reject(read_item(item(tmp_path), Failing(), context(tmp_path)))[0] == "too_slow"


def test_a_file_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(Failing, "max_bytes", 3)
    refused = reject(
        read_item(item(tmp_path, b"1234"), Failing(AssertionError()), context(tmp_path))
    )
    assert refused[0] == "too_large"


def test_an_empty_file_says_so_whatever_its_name(tmp_path):
    # Accounts export such JSON for days on which there was nothing.
    blank = {"a.fit": b"", "Activities.csv": b"", "rest.json": b"[]\n", "day.json": b"{}"}
    for name, content in blank.items():
        empty = item(tmp_path, content, name)
        assert reject(read_item(*recognise(empty), context(tmp_path)))[0] == "empty_file"


def test_a_wrong_extension_changes_nothing(tmp_path):
    named = item(tmp_path, whole_file(), "run.csv")
    parsed = read_item(*recognise(named), context(tmp_path))
    assert parsed.account.kind == "fit"
    assert len(parsed.records["sessions"]) == 1


def test_a_file_that_cannot_be_opened_is_no_recognition(tmp_path, monkeypatch):
    def fail(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(read_one, "find_reader", fail)
    _, reader = recognise(item(tmp_path))
    assert reader is None


def test_sniffing_has_a_limit_too(tmp_path, monkeypatch):
    def ponder(_path: Path) -> None:
        while True:
            time.sleep(0.001)

    monkeypatch.setattr(read_one, "find_reader", ponder)
    monkeypatch.setattr(read_one, "SNIFF_SECONDS", 0.05)
    assert reject(read_item(*recognise(item(tmp_path)), context(tmp_path)))[0] == "too_slow"


def test_the_digest_is_the_start_of_the_sha256(tmp_path):
    path = item(tmp_path, b"abc").path
    # The published test vector of SHA-256 for "abc".
    assert file_digest(path) == "ba7816bf8f01cfea"


def sound_files(tmp_path: Path) -> list[bytes]:
    listed = garmin_csv(tmp_path / "list.csv", [activity(), activity(Date="2024-05-09 07:00:00")])
    return [whole_file(), listed.read_bytes()]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_damage_stops_a_run(tmp_path, data):
    """Cut, overwritten or mixed with junk: an account that adds up, and no exception."""
    content = data.draw(st.sampled_from(sound_files(tmp_path)))
    at = data.draw(st.integers(0, len(content)))
    junk = data.draw(st.binary(max_size=40))
    keeps = data.draw(st.booleans())
    damaged = item(tmp_path, content[:at] + junk + (content[at + len(junk) :] if keeps else b""))
    parsed = read_item(*recognise(damaged), context(tmp_path))
    account = parsed.account
    assert account.read == account.accepted + account.repaired + account.rejected
    rows = sum(len(frame) for frame in parsed.records.values())
    assert rows == account.accepted + account.repaired
    assert all(isinstance(frame, pd.DataFrame) for frame in parsed.records.values())


def test_a_busy_machine_takes_no_file_away():
    """Who waits for longer than it may work is sound; who works on, or waits for ever, is not."""
    with time_limit.time_limit(0.1):
        time.sleep(0.3)
    with pytest.raises(time_limit.TookTooLong), time_limit.time_limit(0.05):
        max(number for number in itertools.count())
    with pytest.raises(time_limit.TookTooLong), time_limit.time_limit(0.02):
        time.sleep(60)

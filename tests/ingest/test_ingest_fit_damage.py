"""Damaged FIT files: read up to the break, by a named repair, and never a crash."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.activity.fit import FitReader
from ingest.readers.activity.fit.checksum import crc16
from ingest.readers.registry import FileRefused, Parsed
from tests.ingest.export_files import context, put, read
from tests.ingest.fit_writer import (
    START,
    FitFile,
    crc,
    file_id,
    record,
    session,
    steady_run,
    whole_file,
)

WHOLE = whole_file()
SHORT = whole_file(records=steady_run(20))


def parse(root: Path, content: bytes) -> Parsed:
    return read(FitReader(), put(root, "a.fit", content), context(root))


def row_of(parsed: Parsed) -> pd.Series:
    (row,) = [one for _, one in parsed.records["sessions"].iterrows()]
    return row


def numbers(parsed: Parsed) -> pd.DataFrame:
    frame = parsed.records["sessions"]
    return frame.drop(columns=["repaired", "source_hash"])


def test_a_file_that_breaks_off_is_kept_up_to_the_break(tmp_path: Path) -> None:
    full = FitFile().extend([file_id(), *steady_run(600)])
    parsed = parse(tmp_path, full.done()[: -2 - 5 * 12 - 3])
    assert parsed.account.repairs == {"truncated": 1, "totals_computed": 1}
    row = row_of(parsed)
    # Every record is 12 bytes long; five and a part of the sixth are gone.
    assert row["duration_min"] == pytest.approx(594 / 60)
    assert row["distance_km"] == pytest.approx(594 * 3 / 1000)


@pytest.mark.parametrize("size", [0, 10**6])
def test_a_recording_that_was_never_closed(tmp_path: Path, size: int) -> None:
    body = FitFile().extend([file_id(), *steady_run(600)])
    row = row_of(parsed := parse(tmp_path, body.done(size=size)[:-2]))
    assert row["distance_km"] == pytest.approx(1.8)
    assert "truncated" in parsed.account.repairs


def test_a_break_after_the_summary_costs_no_session(tmp_path: Path) -> None:
    parsed = parse(tmp_path, WHOLE[:-9])
    assert parsed.account.repairs == {"truncated": 1}
    assert row_of(parsed)["distance_km"] == pytest.approx(1.8)


@pytest.mark.parametrize("stored", [1, 0])
def test_a_wrong_checksum(tmp_path: Path, stored: int) -> None:
    sound = parse(tmp_path, WHOLE)
    body = WHOLE[:-2] + stored.to_bytes(2, "little")
    parsed = parse(tmp_path, body)
    assert parsed.account.repairs == ({"checksum_ignored": 1} if stored else {})
    pd.testing.assert_frame_equal(numbers(parsed), numbers(sound))


@pytest.mark.parametrize("junk", [b"\0" * 30, b"no fit", WHOLE[:16], b"\x0e\x10"])
def test_junk_after_a_good_file(tmp_path: Path, junk: bytes) -> None:
    parsed = parse(tmp_path, WHOLE + junk)
    assert parsed.account.repairs == {"junk_after_file_dropped": 1}
    pd.testing.assert_frame_equal(numbers(parsed), numbers(parse(tmp_path, WHOLE)))


def test_a_break_in_the_middle(tmp_path: Path) -> None:
    file = FitFile().extend([file_id(), *steady_run(300)])
    file.body += b"\x0f" * 40  # a message that nobody defined
    file.extend([record(START + 500, distance=1500.0)])
    parsed = parse(tmp_path, file.done())
    assert parsed.account.repairs == {"damaged_after_break_dropped": 1, "totals_computed": 1}
    assert row_of(parsed)["distance_km"] == pytest.approx(0.9)


def test_a_type_that_does_not_exist_is_kept_from_native_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = FitFile().extend([file_id(), *steady_run(300)])
    at = file.body.index(bytes([3, 1, 2]))  # heart rate: field 3, one byte, of type 2
    file.body[at + 2] = 0x55
    parsed = parse(tmp_path, file.done())
    assert row_of(parsed)["distance_km"] == pytest.approx(0.9)
    assert "panicked" not in capfd.readouterr().err


def test_records_of_other_years_are_dropped(tmp_path: Path) -> None:
    far = [record(START + 10**9, distance=5.0), record(77, distance=9.0)]
    parsed = parse(tmp_path, FitFile().extend([file_id(), *steady_run(300), *far]).done())
    assert "records_out_of_time_dropped" in parsed.account.repairs
    assert row_of(parsed)["duration_min"] == pytest.approx(5)


def test_records_that_step_back_in_time_are_sorted(tmp_path: Path) -> None:
    records = steady_run(300)
    parsed = parse(tmp_path, whole_file(records=[*records[150:], *records[:150]]))
    assert parsed.account.repairs == {"records_sorted_by_time": 1}
    assert row_of(parsed)["hr_mean"] == 150


def accounted(root: Path, content: bytes) -> None:
    try:
        parsed = parse(root, content)
    except FileRefused as refusal:
        sentence = refusal.sentence
    else:
        frame = parsed.records.get("sessions", pd.DataFrame())
        assert parsed.account.accepted + parsed.account.repaired == len(frame)
        assert parsed.account.read > 0
        return
    assert len(sentence) > 20


@pytest.mark.parametrize("length", range(14, len(SHORT), 7))
def test_cut_anywhere(tmp_path: Path, length: int) -> None:
    accounted(tmp_path, SHORT[:length])


@settings(max_examples=150, deadline=None)
@given(places=st.lists(st.tuples(st.integers(12, len(SHORT) - 1), st.integers(0, 255)),
                       min_size=1, max_size=12))  # fmt: skip
def test_any_bytes_may_be_wrong(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]]
) -> None:
    content = bytearray(SHORT)
    for place, byte in places:
        content[place] = byte
    accounted(tmp_path_factory.getbasetemp(), bytes(content))


@settings(max_examples=100, deadline=None)
@given(tail=st.binary(max_size=300))
def test_any_bytes_may_follow_a_header(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes
) -> None:
    accounted(tmp_path_factory.getbasetemp(), WHOLE[:14] + tail)


@given(content=st.binary(max_size=200))
def test_the_checksum_against_the_textbook(content: bytes) -> None:
    assert crc16(content) == crc(content)


@pytest.mark.parametrize(
    ("speed", "named", "likely"),
    [(3.0, False, "run"), (1.4, False, "walk"), (7.5, False, None), (3.0, True, None)],
)
def test_a_file_cut_off_before_its_sport_is_what_the_motion_says(
    tmp_path: Path, speed: float, named: bool, likely: str | None
) -> None:
    """Its sport stands in the session at the end; the watch's own "other" is no run."""
    motion = [record(START + s, distance=speed * s, speed=speed) for s in range(601)]
    other = [session(sport=0, total_distance=speed * 600)] if named else []
    row = row_of(parse(tmp_path, FitFile().extend([file_id(), *motion, *other]).done()))
    assert row["sport"] == "other"
    assert (row["likely_sport"] if isinstance(row["likely_sport"], str) else None) == likely

"""The fast and the patient way to read FIT files give the same sessions; so do real files."""

import os
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ingest.readers.activity.fit.decode as decoding
from ingest.readers.activity.fit import FitReader
from ingest.readers.activity.fit.content import Content
from ingest.readers.activity.fit.decode import decode
from ingest.readers.activity.fit.fast import decode_fast
from ingest.readers.activity.fit.framing import Part, parts, walk, wrap
from ingest.readers.activity.fit.reader import activity_rows
from ingest.readers.activity.fit.slow import decode_slow
from ingest.readers.activity.session_row import SessionRow
from ingest.readers.registry import FileRefused, find_reader
from ingest.records.time_limit import TookTooLong
from tests.ingest.export_files import context, put, read
from tests.ingest.fit_writer import (
    START,
    FitFile,
    activity,
    file_id,
    record,
    session,
    steady_run,
    time_in_zone,
    timer,
    whole_file,
)
from tests.ingest.test_ingest_fit_dynamics import NATIVE, STRYD, run, stryd

SHARED = Path(os.environ.get("STRIDECAST_SHARED", "../shared")) / "samples"
SAMPLES = sorted(SHARED.glob("fit/*.fit"))
needs_samples = pytest.mark.skipif(not SAMPLES, reason=f"no sample files in {SHARED}")
NO_ACTIVITY = ("Monitoring", "Settings", "sram_Settings", "Weight", "Workout")
# Newer watches write speed and altitude in these wider fields alone.
ENHANCED = [
    record(START + s, distance=3.0 * s, enhanced_speed=3.0, enhanced_altitude=100 + s % 60)
    for s in range(601)
]
ZONES = time_in_zone([0, 0, 0, 300, 250, 50, 0], [95, 114, 133, 149, 171, 190])
GENERATED = {
    "plain": whole_file(),
    "native dynamics": run(native=NATIVE, avg_stance_time=250.4),
    "stryd": run(fields=STRYD, values=stryd),
    "both": run(native=NATIVE, fields=STRYD, values=stryd, seconds=1200),
    "enhanced": whole_file(records=ENHANCED, workout_rpe=60),
    "zones": FitFile().extend([file_id(), ZONES, *steady_run(), session(message_index=0)]).done(),
    "no session": FitFile().extend([file_id(), *steady_run()]).done(),
    "pauses": FitFile()
    .extend([file_id(), *steady_run(), timer(START + 99, 1), timer(START + 199, 0)])
    .extend([session(total_elapsed_time=600), activity(-3600)])
    .done(),
}


def both(part: Part) -> tuple[list[SessionRow], list[SessionRow]]:
    sound, summary = wrap(part.body), walk(part.body).summary
    return activity_rows(decode_fast(sound, summary)), activity_rows(decode_slow(sound))


def assert_same(fast: list[SessionRow], slow: list[SessionRow]) -> None:
    assert len(fast) == len(slow)
    for one, other in zip(fast, slow, strict=True):
        assert one.start == other.start
        for name in ("record", "sport", "surface", "utc_offset_s", "dynamics_source", "repairs"):
            assert getattr(one, name) == getattr(other, name), name
        assert one.numbers.keys() == other.numbers.keys()
        for name, value in one.numbers.items():
            np.testing.assert_allclose(value, other.numbers[name], rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("name", GENERATED)
def test_both_ways_agree(name: str) -> None:
    (part,) = parts(GENERATED[name])
    assert isinstance(part, Part)
    fast, slow = both(part)
    assert fast
    assert_same(fast, slow)


def healthy(path: Path) -> list[Part]:
    found = []
    for part in parts(path.read_bytes()):
        if isinstance(part, Part) and part.complete and part.checksum_holds:
            found += [part] * (not walk(part.body).broken)
    return found


@pytest.mark.slow
@needs_samples
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_both_ways_agree_on_real_files(path: Path) -> None:
    for part in healthy(path):
        if decode(part).all("session"):
            assert_same(*both(part))


@needs_samples
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_real_file_is_accounted_for(tmp_path: Path, path: Path) -> None:
    copy = put(tmp_path, path.name, path.read_bytes())
    where = context(tmp_path, observed_to=date(2026, 12, 31))
    reader = find_reader(copy)
    assert isinstance(reader, FitReader)
    if path.stem.startswith(NO_ACTIVITY):
        with pytest.raises(FileRefused) as refusal:
            reader.read(copy, where)
        assert refusal.value.reason in ("not_an_activity", "several_people")
        return
    parsed = read(reader, copy, where)
    frame = parsed.records.get("sessions", pd.DataFrame())
    assert len(frame) == parsed.account.accepted + parsed.account.repaired
    assert parsed.account.read > 0


# A panic of native code arrives as a BaseException.
@pytest.mark.parametrize("fault", [ValueError, RuntimeError, BaseException, MemoryError])
def test_any_fault_of_the_fast_way_is_answered_by_the_other(
    monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    (part,) = parts(GENERATED["both"])
    expected = activity_rows(decode(part))

    def fail(*_: object) -> Content:
        raise fault("no")

    monkeypatch.setattr(decoding, "decode_fast", fail)
    assert_same(activity_rows(decode(part)), expected)


def test_the_patient_way_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Content:
        raise ValueError

    monkeypatch.setattr(decoding, "decode_fast", fail)
    monkeypatch.setattr(decoding, "MAX_SLOW_BYTES", 1000)
    (part,) = parts(GENERATED["plain"])
    with pytest.raises(FileRefused, match="export it again"):
        decode(part)


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, TookTooLong])
def test_an_interrupt_and_the_end_of_patience_are_no_fault(
    monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    def stop(*_: object) -> Content:
        raise end

    monkeypatch.setattr(decoding, "decode_fast", stop)
    (part,) = parts(GENERATED["plain"])
    with pytest.raises(end):
        decode(part)


def test_the_fast_way_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: bytes) -> Content:
        raise AssertionError("the patient way was taken for a sound file")

    monkeypatch.setattr(decoding, "decode_slow", fail)
    for content in GENERATED.values():
        for part in parts(content):
            assert activity_rows(decode(part))

"""Every crash that the fuzzer counts has its input, however the process ended."""

import os
import signal

import pytest

from benchmarks import fuzz
from benchmarks.fault_parts.fuzz_ledger import Ledger, Tally


def _killed(at_hand):
    os.kill(os.getpid(), signal.SIGKILL)


def _raising(at_hand):
    raise MemoryError


def _written_by_the_fuzzer(at_hand):
    os._exit(77)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the fuzzer runs where processes fork")
@pytest.mark.filterwarnings("ignore:This process")  # of the forks of Python 3.12
@pytest.mark.parametrize(
    ("end", "status", "name"),
    [
        (_killed, -9, "ended-16367aacb67a4a01"),
        (_raising, 1, "ended-16367aacb67a4a01"),
        (_written_by_the_fuzzer, 77, "crash-1"),
    ],
)
def test_the_input_of_a_crash_is_written_down_once(tmp_path, monkeypatch, end, status, name):
    def fuzz_here(kind, seconds, grown, place, read, at_hand):
        at_hand.begin(b"a longer input that went well")
        at_hand.begin(b"second")
        if end is _written_by_the_fuzzer:
            (tmp_path / "crashes" / kind / "crash-1").write_bytes(b"second")
        end(at_hand)

    monkeypatch.setattr(fuzz, "_fuzz_here", fuzz_here)
    ledger = Ledger(tmp_path)
    for _ in range(2):  # the second time the input lies there, and is a crash all the same
        ledger.add("c3d", fuzz.fuzz("c3d", 1, tmp_path, lambda *_: None))
    (path,) = (tmp_path / "crashes/c3d").iterdir()
    assert (path.name, path.read_bytes()) == (name, b"second")
    tally = Ledger(tmp_path).of("c3d")
    assert (tally.executions, tally.crashes, tally.inputs) == (4, 2, [name])
    assert tally.last_crash.startswith(f"status {status}\n")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the fuzzer runs where processes fork")
@pytest.mark.filterwarnings("ignore:This process")
def test_a_run_that_ends_well_keeps_no_input(tmp_path, monkeypatch):
    def fuzz_here(kind, seconds, grown, place, read, at_hand):
        at_hand.begin(b"")
        os._exit(0)

    monkeypatch.setattr(fuzz, "_fuzz_here", fuzz_here)
    tally = fuzz.fuzz("c3d", 1, tmp_path, lambda *_: None)
    assert (tally.executions, tally.crashes, list(tally.inputs)) == (1, 0, [])
    assert not list((tmp_path / "crashes/c3d").iterdir())


def test_a_ledger_of_before_is_read():
    tally = Tally(seconds=1.0, executions=2, crashes=1, last_crash="Trace")
    assert tally.plus(Tally(inputs=["crash-1"])).sentence().splitlines()[0].endswith("(crash-1)")

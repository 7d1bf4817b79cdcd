"""Coverage-guided fuzzing of every reader, from the corpus that is kept.

    python -m benchmarks.fuzz [--seconds N] [--kind KIND] [--kept FOLDER] [--json]

Each kind of file has a folder in `tests/ingest/corpus`: one input or a few that its reader
accepts, and inputs that once were a crash. libFuzzer (by Atheris) changes them and watches
which lines of `ingest` run; what reaches new ones is kept in `FOLDER/KIND`, and the next run starts
from there. An input is read as a file of a dataset would be. It is a crash if it ends the process,
raises, takes longer than the limit, or leaves a record unaccounted for; it lies in
`FOLDER/crashes/KIND`, and goes into the corpus with what mends it.

`--seconds` are of the processor, for each kind, over all runs: `FOLDER/ledger.json` counts them,
the kind with the fewest is next, and a run that was stopped goes on where it was. `make fuzz`
installs Atheris (on Linux) and runs this; `make test` only replays the corpus.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr
from hashlib import sha256
from io import StringIO
from pathlib import Path

from benchmarks.fault_parts.fuzz_ledger import Ledger, Tally
from benchmarks.fault_parts.input_at_hand import InputAtHand

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "ingest" / "corpus"
KEPT = ROOT / ".stridecast-cache" / "fuzz"
SECONDS = 60
SLICE_S = 20.0
LARGEST = 20_000
LONGEST_S = 30
_ENDED = "ended"
Reading = Callable[[Path, str, bytes], None]


def fuzz(kind: str, seconds: float, ledger_folder: Path, read: Reading) -> Tally:
    """Fuzz one kind of file for so long by the processor's time, in a process of its own."""
    grown, crashes = ledger_folder / kind, ledger_folder / "crashes" / kind
    grown.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(parents=True, exist_ok=True)
    before, known = _used_s(resource.RUSAGE_CHILDREN), _crashes(crashes)
    at_hand = InputAtHand(LARGEST)
    with tempfile.TemporaryDirectory(prefix="stridecast-fuzz-") as scratch:
        log, place = Path(scratch) / "log", Path(scratch)
        # A crash of native code ends the child alone, and the ledger is still written.
        status = _apart(log, lambda: _fuzz_here(kind, seconds, grown, place, read, at_hand))
        output = log.read_text(errors="replace")
    inputs = _crashes(crashes) - known
    if status and at_hand.content is not None:
        inputs.add(_kept(at_hand.content, crashes))
    return Tally(
        seconds=_used_s(resource.RUSAGE_CHILDREN) - before,
        executions=at_hand.begun,
        crashes=max(len(inputs), int(status != 0)),
        last_crash=f"status {status}\n{output[-2000:]}" if status else "",
        inputs=sorted(path.name for path in inputs),
    )


def _kept(content: bytes, crashes: Path) -> Path:
    """Return where the input that a process ended over lies; written down unless it was."""
    written = (path for path in sorted(_crashes(crashes)) if path.read_bytes() == content)
    path = next(written, crashes / f"{_ENDED}-{sha256(content).hexdigest()[:16]}")
    path.write_bytes(content)
    return path


def _crashes(folder: Path) -> set[Path]:
    """Return the inputs that were written down; a slow one is not over the limit."""
    return {path for path in folder.iterdir() if not path.name.startswith("slow-unit")}


def _apart(log: Path, do: Callable[[], object]) -> int:
    """Do something in a copy of this process, which has loaded all, and return its status."""
    # Forked and not started anew: loading everything under watch takes longer than a slice.
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT, 0o600), sys.stderr.fileno())
    try:
        do()
    finally:
        os._exit(1)  # libFuzzer ends the process; who comes here failed


def _fuzz_here(
    kind: str,
    seconds: float,
    grown: Path,
    place: Path,
    read: Reading,
    at_hand: InputAtHand,
) -> None:
    """Run libFuzzer; ends the process."""
    import atheris  # of `make fuzz` alone

    os.environ["TMPDIR"] = tempfile.tempdir = str(place)
    until = _used_s(resource.RUSAGE_SELF) + seconds

    def run_input(content: bytes) -> None:
        is_over = _used_s(resource.RUSAGE_SELF) > until  # libFuzzer knows the clock's time only
        at_hand.begin(content)
        read(place, kind, content)
        if is_over:
            _end_child()
            # Past Python's own end: libFuzzer calls an ordinary exit of its target a crash.
            os._exit(0)

    options = {
        "max_len": LARGEST, "timeout": LONGEST_S, "verbosity": 0,
        "artifact_prefix": f"{grown.parent / 'crashes' / kind}/",
    }  # fmt: skip
    arguments = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], str(grown), str(CORPUS / kind), *arguments], run_input)
    atheris.Fuzz()


def _end_child() -> None:
    from ingest.reading.apart import end_child  # loaded under the fuzzer's watch

    end_child()


def _used_s(who: int) -> float:
    """Return the processor time of this process, or of those it started, in seconds."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def instrumented() -> Reading:
    """Return what reads an input, with every line of `ingest` watched."""
    import atheris  # of `make fuzz` alone

    with redirect_stderr(StringIO()), atheris.instrument_imports(include=["ingest"]):
        from tests.ingest.corpus_file import account_for
    return account_for


def run(ledger: Ledger, kinds: list[str], seconds: float, *, quiet: bool) -> None:
    """Fuzz the kind with the fewest seconds until each has as many as asked for."""
    read = instrumented()
    while (kind := ledger.next_of(kinds, seconds)) is not None:
        tally = fuzz(kind, min(SLICE_S, seconds - ledger.of(kind).seconds), ledger.folder, read)
        ledger.add(kind, tally)
        if not tally.executions:
            sys.exit(f"the fuzzer did not start for {kind}: {tally.last_crash[-500:]}")
        if not quiet:
            print(f"{kind}: {ledger.of(kind).sentence()}", flush=True)


def main() -> None:
    """Fuzz the kinds and print the count of executions and crashes of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each kind, all runs")
    parser.add_argument("--kind", default="", help="one kind; by default all of the corpus")
    parser.add_argument("--kept", type=Path, default=KEPT, help="grown corpus and ledger")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    kinds = [asked.kind] if asked.kind else sorted(path.name for path in CORPUS.iterdir())
    ledger = Ledger(asked.kept)
    run(ledger, kinds, asked.seconds, quiet=asked.json)
    if asked.json:
        print(json.dumps(ledger.report(kinds), indent=2))
    sys.exit(any(ledger.of(kind).crashes for kind in kinds))


if __name__ == "__main__":
    main()

"""Coverage-guided fuzzing of every reader, from the corpus that is kept.

    python benchmarks/fuzz.py [--seconds N] [--kind KIND] [--json]

Each kind of file has a folder in `tests/ingest/corpus`: inputs that reach different code. libFuzzer
(by Atheris) changes them, watches which lines of `ingest` run, and keeps what reaches new ones. An
input is read as a file of a dataset would be; what ends the process, raises, takes longer than the
limit, or leaves a record unaccounted for is a crash, and is kept in the corpus once it is mended.
`make fuzz` installs Atheris (on Linux) and runs this; `make test` only replays the corpus.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "ingest" / "corpus"
SECONDS = 60
LARGEST = 20_000
LONGEST_S = 30
_CHILD = "--child"


def fuzz(kind: str, seconds: int) -> dict[str, object]:
    """Fuzz one kind of file in a process of its own and return what came of it."""
    with tempfile.TemporaryDirectory(prefix="stridecast-fuzz-") as scratch:
        grown = Path(scratch) / "grown"
        grown.mkdir()
        done = subprocess.run(
            [
                sys.executable, "-m", "benchmarks.fuzz", _CHILD, str(grown), str(CORPUS / kind),
                f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-timeout={LONGEST_S}",
                f"-artifact_prefix={scratch}/", "-print_final_stats=1", "-verbosity=0",
            ],
            cwd=scratch, capture_output=True, text=True, errors="replace", check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), *sys.path]))},
        )  # fmt: skip
        kept = _kept(grown, kind)
        crashes = _kept(Path(scratch), kind, "crash-*") + _kept(Path(scratch), kind, "timeout-*")
    runs = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    told = "" if done.returncode == 0 else done.stderr[-2000:]
    return {
        "kind": kind, "executions": int(runs[1]) if runs else 0, "kept": kept,
        "crashes": max(crashes, int(done.returncode != 0)), "told": told,
    }  # fmt: skip


def _kept(folder: Path, kind: str, pattern: str = "*") -> int:
    """Copy new inputs into the corpus, the smallest first, a few a time."""
    new = sorted((one for one in folder.glob(pattern) if one.is_file()), key=_size)[:MOST_NEW]
    for path in new:
        (CORPUS / kind / path.name[:60]).write_bytes(path.read_bytes())
    return len(new)


MOST_NEW = 8


def _size(path: Path) -> int:
    return path.stat().st_size


def child(arguments: list[str]) -> None:
    """Run libFuzzer; ends the process."""
    import atheris  # noqa: PLC0415 - of `make fuzz` alone

    with atheris.instrument_imports(include=["ingest"]):
        from tests.ingest.corpus_file import account_for  # noqa: PLC0415

    kind = Path(arguments[1]).name
    place = Path(tempfile.mkdtemp(prefix="stridecast-fuzz-input-"))

    def one(content: bytes) -> None:
        account_for(place, kind, content)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz the kinds one after the other and print the count of executions and crashes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each kind")
    parser.add_argument("--kind", default="", help="one kind; by default all of the corpus")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    kinds = [told.kind] if told.kind else sorted(one.name for one in CORPUS.iterdir())
    found = []
    for kind in kinds:
        found.append(fuzz(kind, told.seconds))
        if not told.json:
            print(*(f"{name} {value}" for name, value in found[-1].items()), sep=", ", flush=True)
    if told.json:
        print(json.dumps(found, indent=2))
    sys.exit(any(one["crashes"] for one in found))


if __name__ == "__main__":
    if _CHILD in sys.argv[1:2]:
        child(sys.argv[2:])
    else:
        main()

"""What a run of the demo's pipeline costs beside its core, features and fitting.

`dvc repro` runs in a clone of the commit at hand, after `simulate` and after bytecode and kernels
were compiled, as `make setup` does. A program called `python` that comes first on the PATH notes
the processor's seconds of each stage. `x_repro` is all seconds, DVC's own among them, over those
of featurize and train.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.scale_parts.scale_features import processor_seconds

ROOT: Final = Path(__file__).resolve().parents[2]
CORE: Final = ("pipelines.featurize", "pipelines.train")
COMPILED: Final = (
    "common", "ingest", "features", "models", "forecasting", "reporting", "pipelines",
)  # fmt: skip
"""What `make setup` compiles; without it each stage would compile its modules again where
`PYTHONDONTWRITEBYTECODE` is set."""
_NOTE: Final = """\
import ctypes, json, os, resource, subprocess, sys
ORPHANS_ARE_MINE = 36
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(ORPHANS_ARE_MINE, 1, 0, 0, 0)
def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
done = subprocess.run([{python!r}, *sys.argv[1:]])
stage = spent()
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
with open({log!r}, "a") as log:
    log.write(json.dumps([sys.argv[1:], spent(), spent() - stage]) + "\\n")
sys.exit(done.returncode)
"""
"""Processes that read files are children of a server that outlives the stage: without its ward no
figure would count them."""


def repro_cost() -> dict[str, object]:
    """Return x_repro, the seconds of each stage, and those of DVC itself."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        clone, log = folder / "demo", folder / "stages.jsonl"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environment = _environment(folder, clone, log)

        def run(*command: str) -> None:
            subprocess.run(
                command, cwd=clone, env=environment, check=True, stdout=subprocess.DEVNULL
            )

        run(sys.executable, "-m", "compileall", "-q", *COMPILED)
        for package in ("features", "models"):
            run(sys.executable, "-m", f"{package}.warm_up")
        dvc = str(Path(sys.executable).parent / "dvc")
        run(dvc, "repro", "--quiet", "data/dvc.yaml")
        # Where results are those of the lock file in git, `track`, which has no outputs, would not
        # run: every stage counts.
        (clone / "dvc.lock").unlink(missing_ok=True)
        # What was run to prepare the clone is not a part of the figure.
        log.unlink(missing_ok=True)
        before = processor_seconds()
        run(dvc, "repro", "--quiet")
        whole = processor_seconds() - before
        stages = [json.loads(line) for line in log.read_text().splitlines()]
    return _summed(whole, stages)


def _summed(whole: float, stages: list[tuple[list[str], float, float]]) -> dict[str, object]:
    """Add up: the notes' own processes are few milliseconds of what is called DVC's."""
    core = sum(spent for command, spent, _ in stages if command[1] in CORE)
    named = {
        " ".join(command[1:]).removeprefix("pipelines."): spent for command, spent, _ in stages
    }
    readers = sum(orphaned for _, _, orphaned in stages)
    return {
        "x_repro": whole / core,
        "x_repro_without_readers": (whole - readers) / core,
        "repro_cpu_s": whole,
        "dvc_cpu_s": whole - sum(named.values()),
        "stages_cpu_s": {name: round(spent, 1) for name, spent in named.items()},
    }


def _environment(folder: Path, clone: Path, log: Path) -> dict[str, str]:
    note, door = folder / "note.py", folder / "bin" / "python"
    note.write_text(_NOTE.format(python=sys.executable, log=str(log)))
    door.parent.mkdir()
    # -S and -E: the noting process should cost next to nothing itself.
    door.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E {note} "$@"\n')
    door.chmod(0o755)
    inherited = {k: v for k, v in os.environ.items() if k not in {"DVC_ROOT", "DVC_EXP_NAME"}}
    path = os.pathsep.join([str(door.parent), str(Path(sys.executable).parent), inherited["PATH"]])
    return inherited | {"PATH": path, "PYTHONPATH": str(clone), "OMP_NUM_THREADS": "1"}

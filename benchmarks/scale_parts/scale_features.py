"""Seconds and memory of the feature matrix from raw tables, in a process tree of its own.

Run as a program it computes once: tables, out, engine, workers. Memory is the sum of the resident
sets of the process and everything it started, looked at ten times a second: pages that processes
share count once for each, so that the figure is no lower than what the machine gives.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_EVERY_S: Final = 0.1
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def featurize(tables: Path, out: Path, engine: str, workers: int) -> tuple[float, float]:
    """Return seconds and gigabytes at the highest of one run, imports included.

    Raises
    ------
    RuntimeError
        If the run failed.
    """
    arguments = [str(tables), str(out), engine, str(workers)]
    return watched("benchmarks.scale_parts.scale_features", arguments, out.with_suffix(".log"))


def watched(module: str, arguments: list[str], log: Path) -> tuple[float, float]:
    """Run a module; return seconds and gigabytes of it and all it started, at the highest.

    Parameters
    ----------
    module : str
        Name of the module.
    arguments : list of str
        What it is given.
    log : pathlib.Path
        File for what it says.

    Raises
    ------
    RuntimeError
        If the run failed.
    """
    command = [sys.executable, "-m", module, *arguments]
    begin = time.perf_counter()
    with log.open("w") as log_file, subprocess.Popen(
        command, cwd=ROOT, stdout=log_file, stderr=log_file
    ) as run:  # fmt: skip
        highest = 0
        while run.poll() is None:
            highest = max(highest, sum(map(_resident, _tree(run.pid))))
            time.sleep(_EVERY_S)
    spent = time.perf_counter() - begin
    if run.returncode:
        raise RuntimeError(f"{module}: {log.read_text()[-2000:]}")
    return spent, highest / 1e9


def processor_seconds() -> float:
    """Return the processor's seconds of all processes that were started here and have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _tree(root: int) -> list[int]:
    """Return the process and all below it."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            # After the last bracket: a process may have blanks and brackets in its name.
            parent = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
        # Processes end between the listing and the reading.
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(place.name))
    processes, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        processes.append(process)
        waiting += children.get(process, [])
    return processes


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _compute() -> None:
    from features.catalogue.settings import FeatureSettings  # the child's alone
    from pipelines.runtime.engine import Place
    from pipelines.stage_parts.feature_parts import write_features

    tables, out, engine, workers = sys.argv[1:]
    place = Place(engine, int(workers))  # type: ignore[arg-type] # the caller names an engine
    path = Path(out)
    write_features(Path(tables), path, FeatureSettings(), place, path.parent)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _compute()

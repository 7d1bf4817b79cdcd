"""Speed of the window kernels against pandas, polars and plain copying of memory.

The same 108 daily load features (9 channels x 12 statistics that the catalogue uses) by every
engine, in one process, rounds taken in turn, medians counted; the results of the engines are
compared before any figure is given. Ours and polars get two threads; pandas and the copy have one.
polars is no dependency of the project: where it is not installed its figure is null.

    python -m benchmarks.features --json
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

THREADS: Final = 2
os.environ.setdefault("POLARS_MAX_THREADS", str(THREADS))
ROOT: Final = Path(__file__).resolve().parent.parent
if not __package__:  # run as a file: this folder would hide the package of the same name
    sys.path[0] = str(ROOT)

import numpy as np  # noqa: E402 - after path and threads are set
import pandas as pd  # noqa: E402

from benchmarks.feature_engines import (  # noqa: E402
    CHANNELS,
    Array,
    by_pandas,
    by_polars,
    cohort,
    ours,
    polars_frame,
    statistics,
)
from features.rows import Rows  # noqa: E402

FEATURES: Final = len(CHANNELS) * len(statistics())
MILLION: Final = 1_000_000
TOLERANCE: Final = 1e-5
LONGEST: Final = 5479
"""Days of fifteen years."""
SIZES: Final = (MILLION // 10, MILLION, 10 * MILLION, 50 * MILLION)


def compare(days: int, rounds: int) -> dict[str, Any]:
    """Time the engines in turn on one cohort and check that they agree.

    Returns
    -------
    dict
        Median seconds of each engine, and how many times as long as ours each took.
    """
    channels, offsets = cohort(days)
    rows = Rows(np.arange(days), offsets)
    out, written = (np.zeros((FEATURES, days), dtype=np.float32) for _ in range(2))
    copied = np.zeros_like(channels)
    frame = pd.DataFrame(channels.T, columns=list(CHANNELS))
    frame = frame.assign(athlete=np.repeat(np.arange(offsets.size - 1), np.diff(offsets)))
    engines: dict[str, Callable[[], Any]] = {
        "ours": lambda: ours(channels, offsets, rows, out, THREADS),
        "copy": lambda: _copy(channels, copied, written),
        "pandas": lambda: by_pandas(frame),
    }
    in_polars = polars_frame(frame)
    if in_polars is not None:
        engines["polars"] = lambda: by_polars(in_polars)
    engines["ours"]()  # compiled, or read from the cache, before the clock runs
    seconds = {name: float(np.median(s)) for name, s in _in_turn(engines, rounds).items()}
    _check_pandas(out, engines["pandas"]())
    if in_polars is not None:
        _check_polars(out, engines["polars"]())
    times = {
        "x_pandas": seconds["pandas"] / seconds["ours"],
        "x_polars": seconds["polars"] / seconds["ours"] if in_polars is not None else None,
        "x_copy": seconds["ours"] / seconds["copy"],
    }
    return times | {f"{name}_s": spent for name, spent in seconds.items()}


def _copy(channels: Array, copied: Array, written: Array) -> None:
    """Copy the inputs and write outputs of that size: what no engine can do without."""
    np.copyto(copied, channels)
    np.copyto(written, np.float32(1))


def _in_turn(engines: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Time every engine once per round, the quick ones five times."""
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, run in engines.items():
            for _ in range(5 if name in {"ours", "copy"} else 1):
                begin = time.perf_counter()
                run()
                seconds[name].append(time.perf_counter() - begin)
    return seconds


def _check_pandas(out: Array, results: list[pd.DataFrame]) -> None:
    for at, result in enumerate(results):
        for number, name in enumerate(CHANNELS):
            theirs = result[name].to_numpy()
            _agree(out[number * len(results) + at], theirs, f"pandas {name} {at}")


def _check_polars(out: Array, result: Any) -> None:  # noqa: ANN401 - polars is optional
    for mine, name in zip(out, result.columns, strict=True):
        _agree(mine, result[name].to_numpy(), f"polars {name}")


def _agree(mine: Array, theirs: Array, what: str) -> None:
    """Relative to 1e-5; what the engines' rounding leaves of the largest value is let off."""
    floor = 1e-6 * float(np.nanmax(np.abs(theirs)))
    np.testing.assert_allclose(mine, theirs, rtol=TOLERANCE, atol=floor, err_msg=what)


def weekly(days: int, per_athlete: int) -> dict[str, Any]:
    """Time weekly output, a million athlete-days at a time, in one buffer used again and again."""
    size = min(days, MILLION)
    at = np.arange(3, size, 7)
    out = np.zeros((FEATURES, at.size), dtype=np.float32)
    spent = 0.0
    for seed in range(days // size):
        channels, offsets = cohort(size, per_athlete, seed)
        rows = Rows(at, np.searchsorted(at, offsets).astype(np.int64))
        begin = time.perf_counter()
        ours(channels, offsets, rows, out, THREADS)
        spent += time.perf_counter() - begin
    return {
        "athlete_days": days,
        "days_per_athlete": per_athlete,
        "ns_per_athlete_day": 1e9 * spent / days,
    }


def peak(days: int) -> dict[str, float]:
    """Compute `days` athlete-days with daily output; peak memory of this process, and seconds."""
    channels, offsets = cohort(days)
    out = np.empty((FEATURES, days), dtype=np.float32)
    begin = time.perf_counter()
    ours(channels, offsets, Rows(np.arange(days), offsets), out, THREADS)
    spent = time.perf_counter() - begin
    return {"peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, "s": spent}


def first_call() -> dict[str, float]:
    """Seconds of the first call in this process: compilation, or reading the cache."""
    channels, offsets = cohort(1)
    rows, out = Rows(np.arange(1), offsets), np.empty((FEATURES, 1), dtype=np.float32)
    begin = time.perf_counter()
    ours(channels, offsets, rows, out, 1)
    return {"s": time.perf_counter() - begin}


def _elsewhere(*arguments: str, cache: str | None = None) -> dict[str, float]:
    """Run a part in a process of its own, and read what it prints."""
    more = {"NUMBA_CACHE_DIR": cache} if cache else {}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.features", *arguments],
        cwd=ROOT,
        env=os.environ | more,
        check=True,
        capture_output=True,
    )
    content: dict[str, float] = json.loads(done.stdout)
    return content


def main() -> None:
    """Print all figures, as JSON or as lines."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of all engines")
    parser.add_argument("--only", choices=["peak", "first"], help="one part, in this process")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(peak(10 * MILLION) if arguments.only == "peak" else first_call()))
        return
    with tempfile.TemporaryDirectory() as folder:
        compiled = _elsewhere("--only", "first", cache=folder)["s"]
    result = compare(MILLION, arguments.rounds)
    most = _elsewhere("--only", "peak")
    result |= {"peak_gb_10m": most["peak_gb"], "ours_10m_s": most["s"]}
    result |= {"compile_s": compiled, "cached_s": _elsewhere("--only", "first")["s"]}
    shapes = [(days, 730) for days in SIZES] + [(MILLION, 1), (MILLION, LONGEST)]
    result |= {"weekly": [weekly(*shape) for shape in shapes], "threads": THREADS}
    if arguments.json:
        print(json.dumps(result, indent=2))
    else:
        print("\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()

"""Speed of the window kernels against pandas, polars and plain copying of memory.

The same 108 daily load features (9 channels x 12 statistics that the catalogue uses) by every
engine, in one process, rounds taken in turn, the quickest counted; the results of the engines are
compared before any figure is given. Ours and polars get two threads; pandas and the copy have one.
Beside it, with weekly output: the cost per athlete-day at 0.1 to 50 million athlete-days (`x_flat`
is the dearest over the cheapest), and for athletes of one day and of fifteen years.

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
import pandas as pd  # noqa: E402 - as above
import polars as pl  # noqa: E402 - as above

from benchmarks.feature_engines import (  # noqa: E402 - as above
    ATHLETE_DAYS,
    CHANNELS,
    Array,
    by_pandas,
    by_polars,
    cohort,
    ours,
    polars_frame,
    statistics,
)
from features.kernels.rows import Rows  # noqa: E402 - as above

FEATURES: Final = len(CHANNELS) * len(statistics())
MILLION: Final = 1_000_000
TOLERANCE: Final = 1e-5
LONGEST: Final = 5479
"""Days of fifteen years."""
LEAST_CHUNKS: Final = 5
SIZES: Final = (MILLION // 10, MILLION, 10 * MILLION, 50 * MILLION)


def compare(days: int, rounds: int) -> dict[str, Any]:
    """Time the engines in turn on one cohort and check that they agree.

    Returns
    -------
    dict
        Least seconds of each engine, and how many times as long as ours each took.
    """
    channels, offsets = cohort(days)
    rows = Rows(np.arange(days), offsets)
    out, written = (np.zeros((FEATURES, days), dtype=np.float32) for _ in range(2))
    copied = np.zeros_like(channels)
    frame = pd.DataFrame(channels.T, columns=list(CHANNELS))
    frame = frame.assign(athlete=np.repeat(np.arange(offsets.size - 1), np.diff(offsets)))
    in_polars = polars_frame(frame)
    engines: dict[str, Callable[[], Any]] = {
        "ours": lambda: ours(channels, offsets, rows, out, THREADS),
        "copy": lambda: _copy(channels, copied, written),
        "pandas": lambda: by_pandas(frame),
        "polars": lambda: by_polars(in_polars),
    }
    engines["ours"]()  # compiled, or read from the cache, before the clock runs
    seconds = {name: min(spent) for name, spent in _in_turn(engines, rounds).items()}
    _check_pandas(out, engines["pandas"]())
    _check_polars(out, engines["polars"]())
    times = {
        "x_pandas": seconds["pandas"] / seconds["ours"],
        "x_polars": seconds["polars"] / seconds["ours"],
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
            # A quick engine's time is disturbed more by a single hiccup, and costs less to repeat.
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


def _check_polars(out: Array, result: pl.DataFrame) -> None:
    for mine, name in zip(out, result.columns, strict=True):
        _agree(mine, result[name].to_numpy(), f"polars {name}")


def _agree(mine: Array, theirs: Array, label: str) -> None:
    """Relative to 1e-5; what the engines' rounding leaves of the largest value is let off."""
    # Near 0 a relative difference means nothing: engines that subtract leave rounding there.
    floor = 1e-6 * float(np.nanmax(np.abs(theirs)))
    np.testing.assert_allclose(mine, theirs, rtol=TOLERANCE, atol=floor, err_msg=label)


def weekly(days: int, per_athlete: int) -> dict[str, float]:
    """Time weekly output, a million athlete-days at a time, in one buffer used again and again.

    The chunk is what bounds memory: `peak_gb` is that of the process so far.
    """
    size = min(days, MILLION)
    at = np.arange(3, size, 7)
    out = np.zeros((FEATURES, at.size), dtype=np.float32)
    spent = []
    for seed in range(max(days // size, LEAST_CHUNKS)):
        channels, offsets = cohort(size, per_athlete, seed)
        rows = Rows(at, np.searchsorted(at, offsets).astype(np.int64))
        begin = time.perf_counter()
        ours(channels, offsets, rows, out, THREADS)
        # Without the making of the cohort, which takes longer than the features.
        spent.append(time.perf_counter() - begin)
    return {
        "athlete_days": days,
        "days_per_athlete": per_athlete,
        "ns_per_athlete_day": 1e9 * min(spent) / size,
        "s": sum(spent),
        "peak_gb": _peak_gb(),
    }


def flatness() -> dict[str, Any]:
    """Weekly output of cohorts of all sizes, and of the shortest and the longest athletes."""
    first_call()
    sizes = [weekly(days, ATHLETE_DAYS) for days in SIZES]
    one_day, long = weekly(MILLION, 1), weekly(MILLION, LONGEST)
    usual = [row["ns_per_athlete_day"] for row in sizes]
    return {
        "x_flat": max(usual) / min(usual),
        "x_one_day": one_day["ns_per_athlete_day"] / usual[1],
        "x_fifteen_years": long["ns_per_athlete_day"] / usual[1],
        "weekly_50m_peak_gb": sizes[-1]["peak_gb"],
        "weekly": [*sizes, one_day, long],
    }


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def peak(days: int) -> dict[str, float]:
    """Compute `days` athlete-days with daily output; peak memory of this process, and seconds."""
    channels, offsets = cohort(days)
    out = np.empty((FEATURES, days), dtype=np.float32)
    begin = time.perf_counter()
    ours(channels, offsets, Rows(np.arange(days), offsets), out, THREADS)
    spent = time.perf_counter() - begin
    return {"peak_gb": _peak_gb(), "s": spent}


def first_call() -> dict[str, float]:
    """Seconds of the first call in this process: compilation, or reading the cache."""
    channels, offsets = cohort(1)
    rows, out = Rows(np.arange(1), offsets), np.empty((FEATURES, 1), dtype=np.float32)
    begin = time.perf_counter()
    ours(channels, offsets, rows, out, 1)
    return {"s": time.perf_counter() - begin}


def _elsewhere(part: str, cache: str | None = None) -> dict[str, Any]:
    """Run a part in a process of its own, and read what it prints."""
    more = {"NUMBA_CACHE_DIR": cache} if cache else {}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.features", "--only", part],
        cwd=ROOT,
        env=os.environ | more,
        check=True,
        capture_output=True,
    )
    content: dict[str, Any] = json.loads(done.stdout)
    return content


PARTS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "peak": lambda: peak(10 * MILLION),
    "first": first_call,
    "flat": flatness,
}


def main() -> None:
    """Print all figures, as JSON or as lines."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of all engines")
    parser.add_argument("--only", choices=list(PARTS), help="one part, in this process")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(PARTS[arguments.only]()))
        return
    with tempfile.TemporaryDirectory() as folder:
        compiled = _elsewhere("first", cache=folder)["s"]
    # The parts in processes of their own first: a child's peak begins with its parent's memory.
    cached, most, flat = (_elsewhere(part) for part in ("first", "peak", "flat"))
    result = compare(MILLION, arguments.rounds) | {"peak_gb_10m": most["peak_gb"]}
    result |= {"ours_10m_s": most["s"], "compile_s": compiled, "cached_s": cached["s"]}
    result |= flat | {"threads": THREADS}
    if arguments.json:
        print(json.dumps(result, indent=2))
    else:
        print("\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()

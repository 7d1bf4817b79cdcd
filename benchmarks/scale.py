"""How far one machine reaches, what the engines cost, and what the demo costs beside its core.

    python -m benchmarks.scale --json
    python -m benchmarks.scale --full

Keys: `days_per_s`, athlete-days a second from raw tables (Parquet, as ingest writes them) to the
weekly feature matrix, `engine: processes`, two workers, imports and joining included;
`peak_gb_10m`, gigabytes of all its processes at the highest, on `days` athlete-days; `x_dask`,
seconds of `engine: dask` over those of `engine: processes` on `engine_days`, null where Dask is not
installed; `scored_per_s`, athletes a second of one processor scored with reasons and ranges for
both outcomes, page apart; `week`, the whole stage `score` on two workers by number of athletes with
30 weeks on record: statuses, forecasts, reasons, what is on record and the half year before, with
seconds, processors' seconds and gigabytes of all its processes, and the same of the stage
`featurize` before it (`features_*`); `learning`, the stages `train` and `comparators` of one
outcome by number of athletes, with the kilobytes of each athlete and how many 4 GB are enough for;
`x_repro`, processor's seconds of `dvc repro` without `simulate` over those of `featurize` and
`train`; `x_repro_without_readers` leaves out the processes that read the files of `ingest`.

By default 10 M athlete-days on one engine, 1 M on all three, 100,000 athletes scored, a week of
1,000 and 10,000, and 2,000 and 5,000 learnt from; with --full the engines at 10 M too, growth from
0.1 to 10 M, a million athletes scored, weeks of 100 to 100,000, and 10,000 learnt from.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pandas as pd

from benchmarks.scale_parts.scale_features import featurize
from benchmarks.scale_parts.scale_repro import repro_cost
from benchmarks.scale_parts.scale_score import scored_per_second
from benchmarks.scale_parts.scale_tables import club_tables, write_copies
from benchmarks.scale_parts.scale_train import learning
from benchmarks.scale_parts.scale_week import scored_weeks
from common.untyped import FromFile

MILLION: Final = 1_000_000
WORKERS: Final = 2
WEEK: Final = (1_000, 10_000)
WEEK_IN_FULL: Final = (100, *WEEK, 100_000)
LEARNT: Final = (2_000, 5_000, 10_000)
"""From a thousand on, rows are more than one block and memory grows by athletes alone."""
GROWTH: Final = (MILLION // 10, MILLION, 10 * MILLION)


def engines(
    tables: dict[str, pd.DataFrame], days: int, names: Sequence[str], folder: Path
) -> dict[str, dict[str, float]]:
    """Return days, seconds and gigabytes by engine; the files of all are equal to the last byte.

    Raises
    ------
    RuntimeError
        If an engine wrote another file than the first.
    """
    raw = folder / f"tables-{days}"
    written, athletes = write_copies(tables, days, raw)
    by_engine: dict[str, dict[str, float]] = {}
    for name in names:
        out = folder / f"{name}-{days}.parquet"
        seconds, peak = featurize(raw, out, name, WORKERS)
        by_engine[name] = {
            "days": written,
            "athletes": athletes,
            "seconds": seconds,
            "peak_gb": peak,
        }
        print(f"{name}: {written:,} days in {seconds:.0f} s, {peak:.2f} GB", file=sys.stderr)
    files = [(folder / f"{name}-{days}.parquet").read_bytes() for name in names]
    # An engine that gives other features is not quicker, it is wrong.
    if any(content != files[0] for content in files):
        raise RuntimeError("the engines wrote different features")
    return by_engine


def measured(*, full: bool, seed: int, days: int, parts: Sequence[str]) -> dict[str, Any]:
    """Return every figure that was asked for."""
    figures: dict[str, Any] = dict.fromkeys(
        ("days_per_s", "x_dask", "peak_gb_10m", "scored_per_s", "x_repro")
    )
    tables = club_tables(seed) if {*parts} - {"repro"} else {}
    if "features" in parts:
        figures |= _features(tables, days, full=full)
    if "score" in parts:
        figures |= scored_per_second(tables, MILLION if full else MILLION // 10)
    if "week" in parts:
        figures["week"] = _weeks(tables, full=full)
    if "train" in parts:
        with TemporaryDirectory() as place:
            figures["learning"] = learning(tables, LEARNT if full else LEARNT[:2], Path(place))
    if "repro" in parts:
        figures |= repro_cost()
    return figures


def _features(tables: dict[str, pd.DataFrame], days: int, *, full: bool) -> dict[str, Any]:
    # Dask is an extra that most installations go without.
    dask = ["dask"] if find_spec("distributed") else []
    at_once = days if full else min(days, MILLION)
    with TemporaryDirectory() as place:
        compared = engines(tables, at_once, ["local", "processes", *dask], Path(place))
    sizes = [*(size for size in GROWTH if full and size < days), days]
    with TemporaryDirectory() as place:
        growth = [
            compared["processes"]
            if size == at_once
            else engines(tables, size, ["processes"], Path(place))["processes"]
            for size in sizes
        ]
    largest, seconds = growth[-1], compared["processes"]["seconds"]
    return {
        "days": largest["days"],
        "days_per_s": largest["days"] / largest["seconds"],
        "peak_gb_10m": largest["peak_gb"],
        "engine_days": compared["processes"]["days"],
        "engines": compared,
        "growth": growth,
        "x_dask": compared["dask"]["seconds"] / seconds if dask else None,
    }


def _weeks(tables: dict[str, pd.DataFrame], *, full: bool) -> list[dict[str, float]]:
    growth = []
    for costs in scored_weeks(tables, WEEK_IN_FULL if full else WEEK, "processes", WORKERS):
        growth.append(costs)
        print(f"a week: {costs}", file=sys.stderr)
    return growth


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--full", action="store_true", help="the study: larger, and growth")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--days", type=int, default=10 * MILLION, help="athlete-days at the most")
    parser.add_argument(
        "--parts", nargs="+", default=["features", "score", "week", "train", "repro"]
    )
    arguments = parser.parse_args()
    figures = measured(
        full=arguments.full, seed=arguments.seed, days=arguments.days, parts=arguments.parts
    )
    print(json.dumps(_rounded(figures), indent=None if arguments.json else 2))


def _rounded(value: FromFile) -> FromFile:
    if isinstance(value, dict):
        return {name: _rounded(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return round(value, 4) if isinstance(value, float) else value


if __name__ == "__main__":
    main()

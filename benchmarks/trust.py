"""Whether the gates and audits deserve trust: nothing is promoted of nothing, no leak passes.

Fifty cohorts with a constant hazard, in which no honest model can forecast anything: how many are
promoted, and where the AUROC lies. Ten planted leaks: which audit stops each; and ten clean
cohorts, which none may stop.

    python -m benchmarks.trust --json

It takes about nine minutes on one idle processor.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import pandas as pd

from benchmarks.trust_leaks import LEAKS, clean_world
from benchmarks.trust_null import null_figures
from benchmarks.trust_worlds import demo_tables, uninjured_tables
from pipelines.runtime.params import Params, load_params
from pipelines.stage_parts.audits import all_audits

POPULATION, POPULATION_WEEKS, POPULATION_SEED, DRAWN = 800, 70, 1000, 400
CLEAN_ATHLETES, CLEAN_WEEKS, LEAK_SEED = 200, 60, 7


def null_summary(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what was promoted of the null cohorts, and mean and spread of the AUROC by kind."""
    table = pd.DataFrame(records)
    by_kind = table.groupby("kind")["auroc"]
    return {
        "null_seeds": int(table["seed"].nunique()),
        "null_promoted": int(table.groupby("seed")["promoted"].any().sum()),
        "null_auroc": {
            kind: {
                "mean": round(float(own.mean()), 4),
                "standard_error": round(float(own.sem()), 4),
                "sd": round(float(own.std()), 4),
            }
            for kind, own in by_kind
        },
        "null_stopped_by": table["failed"].explode().value_counts().to_dict(),
        "null_audits_failed": int(table["audits_failed"].map(bool).sum()),
    }


def leak_summary(params: Params, say: Any) -> dict[str, Any]:  # noqa: ANN401 - print, or nothing
    """Return which audit stops which leak, and how many leaks are stopped."""
    one = params.model_copy(update={"outcomes": ("any",)})
    world = clean_world(demo_tables(CLEAN_ATHLETES, CLEAN_WEEKS, LEAK_SEED), one)
    matrix: dict[str, list[str]] = {}
    for name, plant in LEAKS.items():
        report = all_audits(plant(world))
        matrix[name] = [audit for audit, verdict in report.items() if not verdict["passed"]]
        say(f"{name}: {', '.join(matrix[name]) or 'NOT STOPPED'}")
    stopped = sum(bool(audits) for audits in matrix.values())
    return {"leaks_planted": len(LEAKS), "leaks_stopped": stopped, "leak_matrix": matrix}


def clean_summary(params: Params, seeds: Sequence[int], say: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return how many clean cohorts an audit stopped, and which."""
    stopped: dict[int, list[str]] = {}
    for seed in seeds:
        report = all_audits(clean_world(demo_tables(CLEAN_ATHLETES, CLEAN_WEEKS, seed), params))
        failed = [f"{n}: {one['sentence']}" for n, one in report.items() if not one["passed"]]
        say(f"clean cohort {seed}: {'; '.join(failed) or 'every audit passed'}")
        if failed:
            stopped[seed] = failed
    return {"clean_cohorts": len(seeds), "clean_stopped": len(stopped), "clean_alarms": stopped}


def main() -> None:
    """Print the figures, or everything as one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="null cohorts")
    parser.add_argument("--clean", type=int, default=10, help="clean cohorts")
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    params = load_params(told.params)

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    found = leak_summary(params, say)
    found |= clean_summary(params, range(LEAK_SEED, LEAK_SEED + told.clean), say)
    population = uninjured_tables(POPULATION, POPULATION_WEEKS, POPULATION_SEED)
    records: list[dict[str, Any]] = []
    for seed in range(told.seeds):
        records += null_figures(population, params, seed, DRAWN)
        say(
            f"null cohort {seed}: {[(r['kind'], r['promoted'], r['failed']) for r in records[-2:]]}"
        )
    found |= null_summary(records)
    if told.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()

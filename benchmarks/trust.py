"""Whether the gates and audits deserve trust: nothing is promoted of nothing, no leak passes.

Planted leaks of code, labels, columns and records: how much AUROC each would have given, and which
audit stops it. Clean cohorts of both worlds, which none may stop. Cohorts with a constant hazard,
in which no honest model can forecast anything: how many are promoted.

    python -m benchmarks.trust --json

`leaks_planted` counts the leaks that would have given more than 0.03 in AUROC and `leaks_stopped`
those of them that an audit stops; the others are listed, with what was seen of them; `made_of` says
how large the cohorts are and how many minutes the study took. With `--full`
there are more cohorts (20 clean ones and 50 null ones of each world), and cohorts with ordinary
label errors, which may warn.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

from common.untyped import Untyped

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import pandas as pd

from benchmarks.trust_parts.trust_leaks import clean_world
from benchmarks.trust_parts.trust_null import null_figures
from benchmarks.trust_parts.trust_record_leaks import LEAKS
from benchmarks.trust_parts.trust_worlds import Tables, cohort_tables, uninjured_tables
from pipelines.runtime.params import Params, load_params
from pipelines.stage_parts.audit_answers import UNSEEN
from pipelines.stage_parts.audits import all_audits

WORLDS: Final = ("first", "second")
POPULATION, POPULATION_WEEKS, DRAWN = 500, 70, 300
CLEAN_ATHLETES, CLEAN_WEEKS = 160, 60
LEAK_ATHLETES: Final = 400
"""More than a clean cohort has: a gain of 0.05 has to be told from 0.02."""
COUNTS: Final = 0.03
CLEAN: Final = "clean"

Say = Callable[[str], None]


def leak_record(params: Params, tables: Tables, name: str) -> dict[str, Any]:
    """Return one leak's AUROC (of the audits' quick model) and verdicts; ``clean`` plants none."""
    world = clean_world(tables, params)
    report = all_audits(world if name == CLEAN else LEAKS[name](world))
    # Lead 0 of this audit holds the AUROC of the quick model, which is fitted for the audits
    # anyway.
    leads = report["label_proximity_any"]["table"]
    by_status = {
        status: [audit for audit, verdict in report.items() if verdict["status"] == status]
        for status in ("stopped", "warned", "not judged")
    }
    return {"leak": name, "auroc": leads[0]["auroc"] if leads else None, **by_status}  # type: ignore[index] # by name


def leak_summary(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Count the leaks that would have given anything, and those that an audit stops."""
    (clean,) = (record for record in records if record["leak"] == CLEAN)
    rows = [
        record | {"gain": round(record["auroc"] - clean["auroc"], 3) if record["auroc"] else None}
        for record in records
        if record["leak"] != CLEAN
    ]
    # Without a figure a leak counts as planted: it may not hide behind a broken cohort.
    counted = [row for row in rows if row["gain"] is None or row["gain"] > COUNTS]
    stopped = [row for row in counted if row["stopped"]]
    return {
        "leaks_planted": len(counted),
        "leaks_stopped": len(stopped),
        "leaks_not_stopped": [row["leak"] for row in counted if not row["stopped"]],
        "leaks_of_little_use": [row["leak"] for row in rows if row not in counted],
        "not_seen_by_any_audit": list(UNSEEN),
        "clean_auroc": clean["auroc"],
        "leaks": rows,
    }


def clean_record(params: Params, job: tuple[str, int]) -> dict[str, Any]:
    """Return what the audits said of an unspoilt cohort of a world."""
    name, seed = job
    tables = cohort_tables(name, CLEAN_ATHLETES, CLEAN_WEEKS, seed)
    report = all_audits(clean_world(tables, params))
    stopped = [
        f"{n}: {verdict['sentence']}" for n, verdict in report.items() if not verdict["passed"]
    ]
    warned = [n for n, verdict in report.items() if verdict["status"] == "warned"]
    return {"world": name, "seed": seed, "stopped": stopped, "warned": warned}


def null_records(params: Params, job: tuple[str, Sequence[int], int]) -> list[dict[str, Any]]:
    """Return the figures of null cohorts drawn of one world's uninjured runners."""
    name, seeds, first = job
    population = uninjured_tables(name, POPULATION, POPULATION_WEEKS, first)
    return [
        record | {"world": name}
        for seed in seeds
        for record in null_figures(population, params, seed, DRAWN)
    ]


def null_summary(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what was promoted of the null cohorts, and mean and spread of the AUROC by kind."""
    table = pd.DataFrame(records)
    by_kind = table.groupby("kind")["auroc"]
    promoted = table.groupby(["world", "seed"])["promoted"].any()
    return {
        "null_cohorts": len(promoted),
        "null_promoted": int(promoted.sum()),
        "null_auroc": {
            kind: {"mean": round(float(own.mean()), 4), "sd": round(float(own.std()), 4)}
            for kind, own in by_kind
        },
        "null_stopped_by": table["failed"].explode().value_counts().to_dict(),
        "null_audits_failed": int(table["audits_failed"].map(bool).sum()),
    }


def study(params: Params, seed: int, *, full: bool, workers: int, say: Say) -> dict[str, Any]:
    """Run all parts; every cohort's seed follows from `seed`."""
    clean, null = (20, 50) if full else (10, 10)
    single_outcome = params.model_copy(update={"outcomes": ("any",)})
    seeds = range(seed + 1, seed + 1 + clean)
    with ProcessPoolExecutor(max_workers=workers) as pool:
        tables = cohort_tables(WORLDS[0], LEAK_ATHLETES, CLEAN_WEEKS, seed)
        leaks = pool.map(partial(leak_record, single_outcome, tables), [CLEAN, *LEAKS])
        spotless = pool.map(
            partial(clean_record, params), [(name, s) for name in WORLDS for s in seeds]
        )
        # Two jobs a world: the population is simulated once in each, which takes longer than a
        # cohort.
        halves = [range(start, null, 2) for start in (0, 1)]
        nulls = pool.map(
            partial(null_records, params), [(n, h, seed + 1000) for n in WORLDS for h in halves]
        )
        errors = [(f"{n}_label_errors".removeprefix("first_"), s) for n in WORLDS for s in seeds]
        faulty = pool.map(partial(clean_record, params), errors if full else [])
        figures = leak_summary(_reported(leaks, say))
        figures |= _cohorts("clean", _reported(spotless, say))
        figures |= null_summary([record for part in nulls for record in part])
        return figures | (_cohorts("label_errors", _reported(faulty, say)) if full else {})


def made_of(seed: int, workers: int) -> dict[str, Any]:
    """Return the sizes of the study's cohorts, in athletes and weeks."""
    return {
        "seed": seed,
        "workers": workers,
        "worlds": list(WORLDS),
        "leak_cohort": [LEAK_ATHLETES, CLEAN_WEEKS],
        "clean_cohort": [CLEAN_ATHLETES, CLEAN_WEEKS],
        "null_cohort": [DRAWN, POPULATION_WEEKS],
        "null_population": POPULATION,
    }


def _reported(records: Untyped, say: Say) -> list[dict[str, Any]]:  # an iterator of the pool
    kept_records = []
    for record in records:
        say(json.dumps(record))
        kept_records.append(record)
    return kept_records


def _cohorts(name: str, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    alarms = [record for record in records if record["stopped"]]
    warned = sorted({audit for record in records for audit in record["warned"]})
    return {
        f"{name}_cohorts": len(records),
        f"{name}_stopped": len(alarms),
        f"{name}_alarms": alarms,
        f"{name}_warnings": {a: sum(a in record["warned"] for record in records) for a in warned},
    }


def main() -> None:
    """Print the figures, or everything as one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--full", action="store_true", help="the long study")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    params = load_params(options.params)
    began = time.monotonic()
    figures = study(params, options.seed, full=options.full, workers=options.workers, say=say)
    minutes = round((time.monotonic() - began) / 60, 1)
    figures = {"made_of": made_of(options.seed, options.workers) | {"minutes": minutes}} | figures
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()

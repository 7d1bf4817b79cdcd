"""What a club's forecast is worth on its first Monday, and what its own injuries add.

Simulated clubs of several sizes with two-year histories, drawn from cohorts that no development has
seen, forecast for athletes they do not know in the last 40 % of the weeks, against the true risk.
`info` is the share of the oracle's information: the gain in log score over a constant at the mean
true risk, divided by the oracle's own gain. `auroc_share` is the share of the way from a coin to
the oracle.

    python -m benchmarks.small_clubs --json --seed 1
    python -m benchmarks.small_clubs --world effects_absent
    python -m benchmarks.small_clubs --full
"""

import argparse
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.cohort_parts.small_clubs_cohort import Pool, divided, kept_rows
from benchmarks.cohort_parts.small_clubs_forecasts import FORECASTS
from models.metrics.calibration_measures import calibration_slope
from models.metrics.measures import auroc
from models.numeric.log_score import log_score
from pipelines.runtime.params import load_params
from simulation.worlds import WORLDS

FIRST_SEED: Final = 90_000
"""Seeds of the cohorts begin far from every one that was used in development."""
SEEDS_APART: Final = 100
EVIDENCE: Final = "evidence"
SIZES: Final = (0, 10, 20, 40, 80, 160, 320)
QUICK_SIZES: Final = (0, 20, 40, 320)
COHORTS: Final = 8
CLUBS: Final = 5
FULL_ATHLETES: Final = 600
QUICK_ATHLETES: Final = 440


def gain(truth: np.ndarray, p: np.ndarray) -> float:
    """Return the gain in mean log score over a constant at the mean true risk, in nats."""
    base = np.full(len(truth), truth.mean())
    return float(np.mean(log_score(truth, p)) - np.mean(log_score(truth, base)))


def figures(p: np.ndarray, late: pd.DataFrame, outcome: str) -> dict[str, float]:
    """Return the measures of one forecast of the unseen rows."""
    truth = late[f"full_{outcome}"].to_numpy(dtype=np.float64)
    best = late[f"observable_{outcome}"].to_numpy(dtype=np.float64)
    return {
        "info": gain(truth, p) / gain(truth, best),
        "auroc_share": (auroc(truth, p) - 0.5) / (auroc(truth, best) - 0.5),
        "slope_true": float(calibration_slope(truth, p)),
        "expected_over_true": float(p.mean() / truth.mean()),
    }


def cohort_figures(
    number: int, args: argparse.Namespace, sizes: Sequence[int], names: Sequence[str]
) -> pd.DataFrame:
    """Return one row per club and forecast of one cohort."""
    seed = FIRST_SEED + SEEDS_APART * args.seed + number
    params = load_params(Path("params.yaml"))
    rows = kept_rows(params, seed, args.world, args.athletes, args.keep)
    pool = divided(rows, seed)
    # Clubs are drawn without replacement, so none can be larger than the pool.
    possible = [size for size in sizes if size <= pool.early["athlete"].nunique()]
    records = [
        {"cohort": number, "club": club, "size": size, "forecast": name} | club_measures
        for size in possible
        # Without weeks of their own all clubs have the same forecast.
        for club in range(args.clubs if size else 1)
        for name, club_measures in _club_figures(
            pool, size, seed + 1000 * club + size, args, names
        ).items()
    ]
    return pd.DataFrame(records)


def _club_figures(
    pool: Pool, size: int, seed: int, args: argparse.Namespace, names: Sequence[str]
) -> dict[str, dict[str, float]]:
    club = pool.club(size, seed) if size else pool.early.iloc[:0]
    events = {"events": float(club[f"event_{args.outcome}"].sum())}
    return {
        name: figures(p, pool.late, args.outcome) | events
        for name in names
        if (p := FORECASTS[name](club, pool.late, args.outcome)) is not None
    }


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of every measure by forecast and size, and the worst clubs' information."""
    groups = table.groupby(["forecast", "size"], sort=False)
    means = groups[["info", "auroc_share", "slope_true", "expected_over_true", "events"]].mean()
    # A mean over clubs hides the one that is served badly.
    worst = groups["info"].quantile(0.1).rename("worst")
    clubs = groups.size().rename("clubs")
    return means.join(worst).join(clubs).reset_index()


def keys(table: pd.DataFrame, forecast: str = EVIDENCE) -> dict[str, float | None]:
    """Return the named figures of the forecast a club would get."""
    of = table[table["forecast"] == forecast].set_index("size")

    def at(measure: str, size: int) -> float | None:
        return round(float(of.loc[size, measure]), 4) if size in of.index else None

    named = {f"info_{size}": at("info", size) for size in sorted(of.index)}
    return named | {
        "auroc_share_0": at("auroc_share", 0),
        "auroc_share_20": at("auroc_share", 20),
        "worst_20": at("worst", 20),
        "slope_true_0": at("slope_true", 0),
        "slope_true_20": at("slope_true", 20),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=1, help="another seed is other cohorts")
    parser.add_argument("--world", choices=sorted(WORLDS), default="first")
    parser.add_argument("--outcome", choices=["any", "knee"], default="any")
    parser.add_argument("--full", action="store_true", help="cohorts of 600, every size and model")
    parser.add_argument("--cohorts", type=int, default=COHORTS)
    parser.add_argument("--clubs", type=int, default=CLUBS, help="of each size and cohort")
    parser.add_argument("--athletes", type=int, help="of a cohort")
    parser.add_argument("--sizes", type=int, nargs="+", help="athletes that each club learns from")
    parser.add_argument("--forecasts", nargs="+", choices=sorted(FORECASTS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder where the cohorts' rows are kept")
    args = parser.parse_args()
    args.athletes = args.athletes or (FULL_ATHLETES if args.full else QUICK_ATHLETES)
    args.forecasts = args.forecasts or (list(FORECASTS) if args.full else [EVIDENCE, "own_rate"])
    return args


def main() -> None:
    """Print the table and the named figures, or one JSON object."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    args = _options()
    sizes = tuple(args.sizes or (SIZES if args.full else QUICK_SIZES))
    study: Callable[[int], pd.DataFrame] = partial(
        cohort_figures, args=args, sizes=sizes, names=args.forecasts
    )
    if args.processes == 1:
        parts = [study(number) for number in range(args.cohorts)]
    else:
        with ProcessPoolExecutor(args.processes) as workers:
            parts = list(workers.map(study, range(args.cohorts)))
    table = summary(pd.concat(parts, ignore_index=True))
    named = keys(table)
    made_of: dict[str, Any] = {
        "world": args.world, "outcome": args.outcome, "seed": args.seed, "cohorts": args.cohorts,
        "athletes": args.athletes, "clubs_of_each_size": args.cohorts * args.clubs,
    }  # fmt: skip
    if args.json:
        records = json.loads(table.to_json(orient="records"))
        print(json.dumps(named | {"made_of": made_of, "table": records}, indent=1))
        return
    print(made_of)
    print(table.round(3).to_string(index=False))
    print(named)


if __name__ == "__main__":
    main()

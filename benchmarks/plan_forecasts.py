"""What knowing the plan is worth: WHO and WHEN of forecasts with and without it, in three worlds.

Run with ``python -m benchmarks.plan_forecasts``; ``--json`` prints one object, ``--full`` is the
study (five cohorts of 600), ``--seed`` other cohorts.

Each cohort's coaches write plans that the runners follow imperfectly. The evidence model and the
effects of the week ahead learn from two thirds of the athletes, the others are forecast. Compared
are forecasts without a plan, with the plan and published effects, with the plan and effects learnt
from plans, and with effects learnt from weeks as run (a club without plan history). The soft
concordance within athletes is on true probabilities; `share` is how far it comes from 0.5 to that
of the oracle, who knows the plan and everything that could be observed.
"""

import argparse
import json
import os
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.cohort_parts.small_clubs_cohort import outcome_rows
from common.arrays import Floats
from common.table_files import read_tables
from features.catalogue.entry import BLOCKS
from features.week_ahead.run_days import run_days
from models.evidence.model import EvidenceModel
from models.metrics.who_when import who_when
from models.settings.evaluation import IntervalSettings
from models.week_ahead.effects import PlanEffects, prior_effects
from models.week_ahead.hours import HoursBefore
from models.week_ahead.learning import WeeksAhead, learnt_effects, weeks_ahead
from pipelines import featurize, ingest, simulate
from pipelines.runtime.params import Params, project_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from simulation.worlds import world

THREE_WORLDS: Final = ("first", "second", "no_spikes")
FIRST_SEED: Final = 8200
WEEK: Final = pd.Timedelta(days=7)
FEW: Final = IntervalSettings(replicates=100)


@dataclass(frozen=True, eq=False)
class Made:
    """A cohort: its rows, its tables, and the plans known on the day of each row."""

    rows: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    plans: pd.DataFrame
    params: Params


def made(name: str, seed: int, athletes: int, weeks: int) -> Made:
    """Simulate, ingest and featurize a cohort whose coaches write plans."""
    params = project_params(Path(__file__).parents[1])
    size = {"seed": seed, "athletes": athletes, "weeks": weeks}
    plain = params.simulation.model_copy(update=size)
    own = params.model_copy(
        update={
            "simulation": world("with_plans", world(name, plain)),
            "features": params.features.model_copy(update={"blocks": BLOCKS}),
        }
    )
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        workspace = Workspace(Path(folder), own.dataset)
        for stage in (simulate, ingest, featurize):
            stage.main(Stage(own, workspace))
        rows, tables = outcome_rows(workspace, own), read_tables(workspace.tables)
    rows = rows[rows["full_any"].notna()].reset_index(drop=True)
    return Made(rows, tables, _known(tables["plans"], rows["date"]), own)


def _known(plans: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """Return what was planned on each day for the week after it."""
    parts = []
    for day in pd.DatetimeIndex(np.sort(days.unique())):
        of_week = (plans["date"] > day) & (plans["date"] <= day + WEEK)
        # Known on the day: a plan that was changed later would know who was hurt.
        parts.append(plans[of_week & (plans["known_since"] <= day)].assign(as_of=day))
    return pd.concat(parts, ignore_index=True)


def figures(cohort: Made, seed: int) -> list[dict[str, Any]]:
    """Return the figures of each way to forecast, on the athletes that nothing was learnt from."""
    rows = cohort.rows
    names = np.sort(rows["athlete"].unique())
    unseen = np.random.default_rng(seed).choice(names, len(names) // 3, replace=False)
    test = rows["athlete"].isin(unseen).to_numpy()
    club = rows[~test]
    model = EvidenceModel.published().updated(
        club, club["event_any"], club["event_knee"], club["athlete"]
    )
    base = model.log_hazard(rows)
    planned, as_run = _weeks(cohort, cohort.plans), _weeks(cohort, cohort.plans.iloc[:0])
    event = rows["event_any"].to_numpy(dtype=np.float64)

    def learnt(weeks: WeeksAhead) -> PlanEffects:
        mine = WeeksAhead(weeks.week.rows(~test), weeks.before.rows(~test), weeks.whole.rows(~test))
        return learnt_effects(mine, base[~test], event[~test])

    before = HoursBefore.of(rows)
    ways = {
        "without": base,
        "plan_published": base + prior_effects().log_ratio(planned.whole, before),
        "plan_learnt": base + learnt(planned).log_ratio(planned.whole, before),
        "plan_learnt_as_run": base + learnt(as_run).log_ratio(planned.whole, before),
    }
    probabilities = {name: -np.expm1(-np.exp(log_hazard)) for name, log_hazard in ways.items()}
    probabilities["oracle"] = rows["observable_any"].to_numpy(dtype=np.float64)
    return [{"way": name} | _measured(rows[test], p[test]) for name, p in probabilities.items()]


def _weeks(cohort: Made, plans: pd.DataFrame) -> WeeksAhead:
    last = cohort.rows["date"].max() + WEEK
    run = run_days(cohort.tables["sessions"], cohort.rows["athlete"], last)
    rules = cohort.params.features.injuries
    return weeks_ahead(cohort.rows, run, plans, cohort.tables, last, cohort.params.outcome, rules)


def _measured(rows: pd.DataFrame, p: Floats) -> dict[str, float]:
    truth = rows["full_any"].to_numpy(dtype=np.float64)
    table = who_when(truth, p, rows["athlete"], rows["date"], FEW).set_index("measure")["value"]
    measured = {str(name): float(value) for name, value in table.items()}
    # On true probabilities, so that the luck of drawn injuries does not blur small differences.
    score = truth * np.log(p) + (1 - truth) * np.log1p(-p)
    return measured | {
        "expected_over_true": float(p.mean() / truth.mean()),
        "log_score_10000": float(1e4 * score.mean()),
    }


def summary(parts: list[list[dict[str, Any]]]) -> dict[str, dict[str, float]]:
    """Return the mean of every figure by way, and the share of the way to the oracle."""
    tables = [pd.DataFrame(part).set_index("way") for part in parts]
    for table in tables:
        above = table["concordance_within"] - 0.5
        table["share"] = above / above["oracle"]
    mean = sum(tables[1:], tables[0]) / len(tables)
    rounded: dict[str, dict[str, float]] = mean.round(4).to_dict("index")
    return rounded


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--full", action="store_true", help="five cohorts of 600, 104 weeks")
    parser.add_argument("--seed", type=int, default=1, help="another seed is other cohorts")
    parser.add_argument("--cohorts", type=int)
    parser.add_argument("--athletes", type=int)
    parser.add_argument("--weeks", type=int)
    parser.add_argument("--worlds", nargs="+", choices=THREE_WORLDS, default=list(THREE_WORLDS))
    args = parser.parse_args()
    sizes = (5, 600, 104) if args.full else (3, 200, 70)
    args.cohorts = args.cohorts or sizes[0]
    args.athletes = args.athletes or sizes[1]
    args.weeks = args.weeks or sizes[2]
    return args


def main() -> None:
    """Print the table, or one JSON object."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    args = _options()
    seeds = [FIRST_SEED * args.seed + number for number in range(args.cohorts)]
    by_world = {
        name: summary([figures(made(name, s, args.athletes, args.weeks), s) for s in seeds])
        for name in args.worlds
    }
    made_of = {
        "seed": args.seed, "cohorts": args.cohorts, "athletes": args.athletes, "weeks": args.weeks,
    }  # fmt: skip
    if args.json:
        print(json.dumps({"made_of": made_of, "worlds": by_world}, indent=1))
        return
    print(made_of)
    for name, table in by_world.items():
        print(name, pd.DataFrame(table).T.to_string(), sep="\n")


if __name__ == "__main__":
    main()

"""What the models are worth on fresh demo cohorts, and what tuning, blocks and cap each gave.

Every variant is fitted on the training part of a cohort and compared with the true probabilities of
its test part (unseen athletes in later weeks). Seeds that are finished are kept, so that a study
that was stopped goes on where it was; a change of parameters or code begins anew.

Columns: `share_of_oracle` (of the way from a coin to all that can be observed, by AUROC),
`information_share` (the same of the log score gained over the base rate, against the true risk),
`slope_true` and `slope_records` (against the injuries on record, also in weeks in which the
athlete was hurt in truth and nobody had written it down), `ici_true`, `error` and
`error_of_constant` (along the forecast's ranking, see :mod:`models.metrics.ranking_error`;
percentage points) with their `ratio`, and `worst_lead`: net benefit per 1,000 athlete-weeks,
mean over the seeds, at the worst threshold of half to four times
the base rate: of a model over the best rule, and in the row of a rule of the booster over it.

    python -m benchmarks.model_study --seeds 3000 3001 3002 3003 3004 --json
    python -m benchmarks.model_study --world second_label_errors --models-only
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import pandas as pd

from benchmarks.cohort_parts.study_cohort import (
    BLOCK_SETS,
    BOOSTER,
    block_name,
    study_cohort,
    study_digest,
)
from pipelines.runtime.params import Params, load_params
from simulation.worlds import WORLDS, world

CACHE: Final = Path(".stridecast-cache/model_study")
PER: Final = 1000
_POINTS: Final = ["ici_true", "error", "error_of_constant"]
_STEPS: Final = (
    ("tuning", BOOSTER, "booster, LightGBM's defaults"),
    ("two leaves instead of four", BOOSTER, "booster, four leaves"),
    ("recovery after load", block_name(BLOCK_SETS[1]), block_name(BLOCK_SETS[0])),
    ("history after both", block_name(BLOCK_SETS[2]), block_name(BLOCK_SETS[1])),
    ("strength, gait, equipment", block_name(BLOCK_SETS[3]), block_name(BLOCK_SETS[2])),
    ("the cap to the core", BOOSTER, block_name(BLOCK_SETS[2])),
    ("additive instead of booster", "additive", BOOSTER),
    ("logistic instead of booster", "logistic", BOOSTER),
)


def kept_or_studied(
    params: Params, seeds: list[int], cache: Path, *, with_steps: bool = True
) -> dict[str, pd.DataFrame]:
    """Return `figures` and `benefit` of all seeds; each finished seed is kept in `cache`."""
    folder = cache / (study_digest(params) + ("" if with_steps else "-models"))
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, list[pd.DataFrame]] = {"figures": [], "benefit": []}
    for number, seed in enumerate(seeds, start=1):
        began, path = time.monotonic(), folder / f"seed-{seed}.json"
        if not path.exists():
            result = study_cohort(params, seed, with_steps=with_steps)
            unfinished = path.with_suffix(".part")
            unfinished.write_text(json.dumps(result), encoding="utf-8")
            # Renamed when whole: a study is often stopped, and half a file would be read as a seed.
            unfinished.replace(path)
        spent = time.monotonic() - began
        print(f"seed {seed}, {number} of {len(seeds)}: {spent:.0f} s", file=sys.stderr, flush=True)
        for name, records in json.loads(path.read_text(encoding="utf-8")).items():
            parts[name].append(pd.DataFrame(records).assign(seed=seed))
    return {name: pd.concat(tables, ignore_index=True) for name, tables in parts.items()}


def leads(benefit: pd.DataFrame, models: set[str]) -> pd.DataFrame:
    """Return the booster's lead over every rule at every threshold, mean of the seeds.

    Returns
    -------
    pandas.DataFrame
        outcome, rule, multiple (of the base rate), lead and its standard error (athletes
        resampled within each seed), per 1,000 athlete-weeks.
    """
    rules = benefit[~benefit["strategy"].isin(models)].copy()
    # From the 95 % interval back to a variance, since variances of independent seeds add up.
    rules["variance"] = ((rules["gain_high"] - rules["gain_low"]) / (2 * 1.96)) ** 2
    by = rules.groupby(["outcome", "strategy", "multiple"], sort=False)
    means = by.agg(lead=("gain", "mean"), variance=("variance", "sum"), seeds=("gain", "size"))
    error = means["variance"] ** 0.5 / means["seeds"]
    means = means.assign(lead=PER * means["lead"], standard_error=PER * error)
    return means[["lead", "standard_error"]].reset_index().rename(columns={"strategy": "rule"})


def worst_leads(benefit: pd.DataFrame, models: set[str]) -> pd.DataFrame:
    """Return outcome, variant and worst_lead, the smallest lead in net benefit of all thresholds.

    For a model it is the lead over the best rule, for a rule the lead of the booster over it. The
    net benefit at a threshold is the mean over the seeds.
    """
    keys = ["outcome", "multiple"]
    mean = benefit.pivot_table(index=keys, columns="strategy", values="net_benefit")
    rules = mean.drop(columns=list(models & set(mean.columns)))
    columns = {
        name: mean[name] - rules.max(axis=1) if name in models else mean[BOOSTER] - mean[name]
        for name in mean
    }
    worst = PER * pd.DataFrame(columns).groupby("outcome").min()
    return worst.reset_index().melt("outcome", var_name="variant", value_name="worst_lead")


def table(study_tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per outcome and variant, means over the seeds; errors in points."""
    figures = study_tables["figures"]
    models = set(figures.loc[figures["kind"] == "model", "variant"])
    means = figures.drop(columns=["seed", "kind"]).groupby(["outcome", "variant"], sort=False)
    wide = means.mean(numeric_only=False).reset_index()
    constant = wide["error_of_constant"]
    wide["ratio"] = wide["error"] / constant.where(constant > 0)
    wide[_POINTS] *= 100
    worst = worst_leads(study_tables["benefit"], models).set_index(["outcome", "variant"])
    joined = wide.join(worst, on=["outcome", "variant"])
    # Rules as published have no probability, only a flag: a row with nothing but the last column.
    with_probability = pd.MultiIndex.from_frame(wide[["outcome", "variant"]])
    flags = worst[~worst.index.isin(with_probability)].reset_index()
    return pd.concat([joined, flags]).sort_values("outcome", kind="stable", ignore_index=True)


def steps(figures: pd.DataFrame) -> pd.DataFrame:
    """Return what each step gave: gain in the share of the way, paired by seed."""
    share = figures.pivot_table(
        index=["outcome", "seed"], columns="variant", values="share_of_oracle"
    )
    rows = [
        pd.DataFrame({"step": step, "gain": share[after] - share[before]})
        for step, after, before in _STEPS
        if {after, before} <= {*share.columns}
    ]
    by = pd.concat(rows).groupby(["outcome", "step"], sort=False)["gain"]
    return by.agg(gain="mean", lowest="min", highest="max").reset_index()


def main() -> None:
    """Print the tables, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[3000, 3001, 3002, 3003, 3004])
    parser.add_argument("--athletes", type=int, help="size of the cohort, if not params.yaml's")
    parser.add_argument("--world", choices=sorted(WORLDS), default="first", help="simulated world")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where finished seeds are kept")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--models-only", action="store_true", help="not what tuning, blocks and cap gave"
    )
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    params = load_params(Path("params.yaml"))
    if options.athletes is not None:
        size = params.simulation.model_copy(update={"athletes": options.athletes})
        params = params.model_copy(update={"simulation": size})
    params = params.model_copy(update={"simulation": world(options.world, params.simulation)})
    study_tables = kept_or_studied(
        params, options.seeds, options.cache, with_steps=not options.models_only
    )
    figures = study_tables["figures"]
    models = set(figures.loc[figures["kind"] == "model", "variant"])
    tables = {
        "table": table(study_tables),
        "steps": steps(figures),
        "leads": leads(study_tables["benefit"], models),
        "by_seed": figures,
    }
    if options.json:
        records: dict[str, Any] = {
            n: json.loads(t.to_json(orient="records")) for n, t in tables.items()
        }
        print(json.dumps({"seeds": options.seeds, **records}, indent=1))
        return
    _show(tables)


def _show(tables: dict[str, pd.DataFrame]) -> None:
    own = tables["by_seed"][tables["by_seed"]["variant"] == BOOSTER]
    close = tables["leads"].sort_values("lead").groupby("outcome").head(5)
    with pd.option_context(
        "display.width", 200, "display.max_columns", None, "display.max_rows", None
    ):
        print(tables["table"].round(3).to_string(index=False))
        print("\nwhat each step gave, share of the way:")
        print(tables["steps"].round(4).to_string(index=False))
        print("\nthe booster's smallest leads in net benefit, per 1,000 athlete-weeks:")
        print(close.sort_values(["outcome", "lead"]).round(3).to_string(index=False))
        print("\nthe booster, seed by seed:")
        print(own.drop(columns=["kind", "variant", "features"]).round(4).to_string(index=False))


if __name__ == "__main__":
    main()

"""What every model is worth on fresh demo cohorts: the figures behind the claims, seed by seed.

Each seed runs the project's own stages (simulate, ingest, featurize, train, evaluate) in a folder
of its own that is deleted afterwards, with the parameters of `params.yaml` and only the
simulation's seed (and size, if told) replaced.

    python -m benchmarks.demo_seeds --seeds 0 1 2 --json
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from multiprocessing import get_context
from pathlib import Path
from typing import Final

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import pandas as pd

from ingest.store import read_json
from pipelines import evaluate, featurize, ingest, simulate, train
from pipelines.params import Params, load_params
from pipelines.stage import Stage
from pipelines.workspace import Workspace

METRICS: Final = ("auroc_soft", "share_of_oracle", "slope_true", "ici_true", "brier", "auroc")
KEYS: Final = ["outcome", "model", "metric"]
FEWEST_DRAWS: Final = 2  # intervals are not shown here: the spread over the seeds is


def seed_figures(params: Params, seed: int) -> pd.DataFrame:
    """Return seed, outcome, model, metric, value of one fresh cohort.

    Parameters
    ----------
    params : Params
        Everything but the simulation's seed.
    seed : int
        Seed of the simulation.
    """
    simulation = params.simulation.model_copy(update={"seed": seed})
    evaluation = params.evaluation.model_copy(update={"replicates": FEWEST_DRAWS})
    own = params.model_copy(update={"simulation": simulation, "evaluation": evaluation})
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        workspace = Workspace(Path(folder), own.dataset)
        for stage in (simulate, ingest, featurize):
            stage.main(Stage(own, workspace))
        return pd.concat([_outcome(own, workspace, name, seed) for name in own.outcomes])


def _outcome(params: Params, workspace: Workspace, outcome: str, seed: int) -> pd.DataFrame:
    for stage in (train, evaluate):
        stage.main(Stage(params, workspace, outcome))
    nested = read_json(workspace.evaluation(outcome) / "metrics.json")
    rows = [
        {"model": model, "metric": metric, "value": metrics[metric]["value"]}
        for model, metrics in nested.items()
        for metric in METRICS
        if metric in metrics
    ]
    return pd.DataFrame(rows).assign(seed=seed, outcome=outcome)


def all_figures(params: Params, seeds: Sequence[int], processes: int) -> pd.DataFrame:
    """Return the figures of every seed, one below the other, in the order of `seeds`."""
    if processes == 1:
        return pd.concat([seed_figures(params, seed) for seed in seeds], ignore_index=True)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(seed_figures, [params] * len(seeds), seeds))
    return pd.concat(parts, ignore_index=True)


def table(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per outcome and model, the mean over the seeds of each metric."""
    means = _wide(figures, KEYS[:2])
    return means.sort_values(["outcome", "auroc_soft"], ascending=[True, False])


def _wide(figures: pd.DataFrame, index: list[str]) -> pd.DataFrame:
    wide = figures.pivot_table(index=index, columns="metric", values="value", aggfunc="mean")
    return wide.reindex(columns=list(METRICS)).round(4)


def main() -> None:
    """Print the means over the seeds and each seed's own figures; or all of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--athletes", type=int, help="size of the cohort, if not params.yaml's")
    parser.add_argument("--weeks", type=int, help="length of the records, if not params.yaml's")
    parser.add_argument("--processes", type=int, default=1, choices=(1, 2))
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # busy waiting makes two slower than one
    params = load_params(told.params)
    size = {k: v for k in ("athletes", "weeks") if (v := getattr(told, k)) is not None}
    params = params.model_copy(update={"simulation": params.simulation.model_copy(update=size)})
    figures = all_figures(params, told.seeds, told.processes)
    if told.json:
        print(json.dumps({"seeds": told.seeds, "figures": figures.to_dict("records")}, indent=1))
        return
    own = figures[figures["model"].isin(["risk", "logistic", "oracle"])]
    with pd.option_context("display.width", 200, "display.max_columns", None):
        print(table(figures))
        if not own.empty:
            print(f"\n{_wide(own, [*KEYS[:2], 'seed'])}")


if __name__ == "__main__":
    main()

"""What is promoted of a demo cohort of half, of once and of twice the size, and why.

python -m benchmarks.trust_parts.trust_sizes --athletes 300 600 1200
"""

import argparse
import json
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import pandas as pd

from pipelines import audit, featurize, ingest, simulate, train
from pipelines.promotion.candidates import candidate
from pipelines.promotion.promote import Promotion, judged
from pipelines.runtime.params import Params, load_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace

KINDS = ("risk", "additive")


def size_figures(params: Params, athletes: int, seed: int) -> list[dict[str, object]]:
    """Return one record per outcome and kind of model of one cohort.

    Parameters
    ----------
    params : Params
        Of the project.
    athletes, seed : int
        Of the simulation.
    """
    # The gates never look at the truth, so the oracle may be coarse.
    quick = params.simulation.oracle.model_copy(update={"draws": 1, "frailty_points": 1})
    size = {"athletes": athletes, "seed": seed, "oracle": quick}
    own = params.model_copy(update={"simulation": params.simulation.model_copy(update=size)})
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        workspace = Workspace(Path(folder), own.dataset)
        for stage in (simulate, ingest, featurize, audit):
            stage.main(Stage(own, workspace))
        return [
            {"athletes": athletes, "outcome": outcome, "kind": kind} | verdict
            for outcome in own.outcomes
            for kind, verdict in _verdicts(own, workspace, outcome)
        ]


def _verdicts(
    params: Params, workspace: Workspace, outcome: str
) -> list[tuple[str, dict[str, object]]]:
    train.main(Stage(params, workspace, outcome))
    verdicts = []
    for kind in KINDS:
        chosen = candidate(workspace, outcome, kind)
        gates, evaluation = judged(Promotion(params, workspace, outcome, kind), chosen)
        own = evaluation.table[evaluation.table["model"] == kind].set_index("metric")
        failed = {gate.gate: gate.sentence for gate in gates if not gate.passed}
        verdict: dict[str, object] = {
            "train_events": chosen.facts.events,
            "auroc": float(own["value"]["auroc"]),
            "promoted": not failed,
            "failed": failed,
            "gates": {gate.gate: gate.sentence for gate in gates},
        }
        verdicts.append((kind, verdict))
    return verdicts


def main() -> None:
    """Print the table, or everything as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--athletes", type=int, nargs="+", default=[300, 600, 1200])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    params = load_params(options.params)
    records = [
        figure for size in options.athletes for figure in size_figures(params, size, options.seed)
    ]
    if options.json:
        print(json.dumps(records, indent=1))
        return
    table = pd.DataFrame(records).drop(columns="gates")
    with pd.option_context("display.width", 250, "display.max_columns", None):
        print(table.assign(failed=table["failed"].map(lambda gates: ", ".join(gates) or "-")))


if __name__ == "__main__":
    main()

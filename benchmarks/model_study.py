"""What settings, blocks of features, the core and the logistic models each give on demo cohorts.

Every variant is fitted on the training part and ranked on the test part (unseen athletes in later
weeks) against the true probabilities; the share of the way from a coin to the oracle, the
calibration slope and two errors against the truth are means over the seeds. `worst_net_benefit` is
the smallest lead in net benefit over any rule, over thresholds of half to four times the base rate,
per 1,000 athlete-weeks: at or above 0 the variant is never worse than a rule.

    python -m benchmarks.model_study --seeds 0 1 2
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np
import pandas as pd

from features.catalogue import Feature
from features.matrix import catalogue_of
from ingest.errors import StridecastError
from ingest.store import read_frame
from models.additive import AdditiveRisk
from models.calibration_measures import calibration_slope, ici
from models.decision_curve import net_benefit, thresholds
from models.feature_cap import capped
from models.logistic import LogisticRisk
from models.measures import auroc
from models.newton import Floats
from models.risk import RiskModel
from models.rules import fit_rules, rule_probabilities
from pipelines import featurize, ingest, simulate, train
from pipelines.params import Params, load_params
from pipelines.stage import Stage
from pipelines.truth import true_probabilities
from pipelines.workspace import Workspace

UNTUNED: Final = {
    "trees": 100, "learning_rate": 0.1, "num_leaves": 31, "min_data_in_leaf": 20, "lambda_l2": 0.0,
    "feature_fraction": 1.0, "bagging_fraction": 1.0, "extra_trees": False, "max_bin": 255,
}  # fmt: skip
"""LightGBM's own defaults."""
_BLOCKS: Final = (("load",), ("load", "recovery"), ("load", "recovery", "history"))


def variants(params: Params, outcome: str) -> dict[str, tuple[Callable[[], object], list[str]]]:
    """Return name -> (maker of an unfitted model, columns)."""
    entries = catalogue_of(params.features)
    core = capped(entries, params.train.most_features.get(outcome))  # type: ignore[call-overload]
    found = {
        "core": _risk(params, core, {}),
        "core, LightGBM's defaults": _risk(params, core, UNTUNED),
    }
    for blocks in _BLOCKS:
        of = tuple(f for f in entries if f.block in blocks)
        found[f"all of {' + '.join(blocks)}"] = _risk(params, of, {})
    names = [f.name for f in core]
    found["additive"] = (lambda: AdditiveRisk(params.additive), names)
    found["logistic"] = (lambda: LogisticRisk(params.logistic), names)
    return found


def _risk(
    params: Params, entries: tuple[Feature, ...], update: dict[str, object]
) -> tuple[Callable[[], object], list[str]]:
    settings = params.risk.model_copy(update=update)
    return lambda: RiskModel.of_catalogue(entries, settings), [f.name for f in entries]


def study(workspace: Workspace, params: Params, outcome: str) -> pd.DataFrame:
    """Return variant, share_of_oracle, slope_true, ici_true and more, of one cohort."""
    split = read_frame(workspace.model(outcome) / "split.parquet")
    keys = ["athlete", "date"]
    joined = read_frame(workspace.features).merge(split, on=keys, validate="1:1")
    joined = joined[joined["event"].notna()]
    fitted, tested = joined[joined["part"] == "train"], joined[joined["part"] == "test"]
    truth = true_probabilities(workspace, tested, outcome)
    if truth is None:
        raise StridecastError("no truth: only a simulated cohort can be studied")
    known = truth["full"].notna()
    tested, full = tested[known], truth.loc[known, "full"].to_numpy()
    oracle = auroc(full, truth.loc[known, "observable"])
    base = float(fitted["event"].mean())
    names = [f.name for f in catalogue_of(params.features)]
    rules = fit_rules(fitted[names], fitted["event"])
    flags = [r.score(tested[names]) > 0 for r in rules.values() if not r.continuous]
    scores = list(rule_probabilities(rules, tested[names], base).values())
    rows = []
    for name, (make, columns) in variants(params, outcome).items():
        p = _fitted(make(), fitted, columns).predict_proba(tested)[:, 1]  # type: ignore[attr-defined]
        rows.append(
            {
                "variant": name,
                "features": len(columns),
                "share_of_oracle": (auroc(full, p) - 0.5) / (oracle - 0.5),
                "slope_true": calibration_slope(full, p),
                "ici_true": ici(full, p),
                "ici_constant": _constant_error(full, p, base),
                "worst_net_benefit": 1000 * _lead(full, p, scores, flags, base),
            }
        )
    return pd.DataFrame(rows).assign(outcome=outcome, oracle_auroc=oracle)


def _fitted(model: object, rows: pd.DataFrame, columns: list[str]) -> object:
    more = (
        {}
        if isinstance(model, LogisticRisk)
        else {"related": rows["related"], "folds": rows["fold"]}
    )
    return model.fit(rows[columns], rows["event"], rows["athlete"], **more)  # type: ignore[attr-defined]


def _constant_error(full: Floats, p: Floats, base: float) -> float:
    """Mean distance of the base rate from the true risk, smoothed over the forecast's order.

    The ICI of one number for everyone, on the axis on which the forecast is judged.
    """
    tenth = pd.qcut(p, 20, labels=False, duplicates="drop")
    return float(np.abs(pd.Series(full).groupby(tenth).transform("mean") - base).mean())


def _lead(full: Floats, p: Floats, scores: list[Floats], flags: list[object], base: float) -> float:
    """Smallest lead in net benefit over all rules and thresholds."""
    leads = []
    for t in thresholds(base):
        own = net_benefit(full, p >= t, t)
        others = [net_benefit(full, s >= t, t) for s in scores]
        others += [net_benefit(full, np.asarray(f), t) for f in flags]
        leads.append(own - max(others))
    return float(min(leads))


def cohort_study(params: Params, seed: int) -> pd.DataFrame:
    """Simulate a cohort of its own, and study every outcome on it."""
    simulation = params.simulation.model_copy(update={"seed": seed})
    own = params.model_copy(update={"simulation": simulation})
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        workspace = Workspace(Path(folder), own.dataset)
        for stage in (simulate, ingest, featurize):
            stage.main(Stage(own, workspace))
        for outcome in own.outcomes:
            train.split_of(Stage(own, workspace, outcome), read_frame(workspace.features))
        parts = [study(workspace, own, outcome) for outcome in own.outcomes]
    return pd.concat(parts).assign(seed=seed)


def main() -> None:
    """Print the means over the seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    told = parser.parse_args()
    params = load_params(Path("params.yaml"))
    found = pd.concat([cohort_study(params, seed) for seed in told.seeds])
    means = found.groupby(["outcome", "variant"], sort=False).mean(numeric_only=True)
    with pd.option_context("display.width", 200, "display.max_columns", None):
        print(means.drop(columns="seed").round(4))


if __name__ == "__main__":
    main()

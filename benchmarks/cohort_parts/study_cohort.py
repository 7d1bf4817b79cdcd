"""One demo cohort of the model study: every variant fitted, and compared with the true risk."""

import hashlib
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.frame_files import read_frame
from common.untyped import Untyped
from features.catalogue.entry import BLOCKS, Feature
from features.matrix import catalogue_of
from models.comparators.evidence import evidence_probabilities
from models.comparators.logistic import LogisticRisk
from models.comparators.names import ORACLE
from models.comparators.rules import fit_rules, rule_probabilities
from models.estimators.additive import AdditiveRisk
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel
from models.evidence.reads import features_read
from models.metrics.calibration_measures import calibration_slope, ici
from models.metrics.decision_curve import decision_curve, thresholds
from models.metrics.measures import auroc, information
from models.metrics.ranking_error import ranking_errors
from models.sampling.feature_cap import capped
from pipelines import featurize, ingest, simulate, train
from pipelines.runtime.params import Params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.truth import true_probabilities

BOOSTER: Final = "booster"
EVIDENCE: Final = "evidence and trees"
UNTUNED: Final = {
    "trees": 100, "learning_rate": 0.1, "num_leaves": 31, "min_data_in_leaf": 20, "lambda_l2": 0.0,
    "feature_fraction": 1.0, "bagging_fraction": 1.0, "extra_trees": False, "max_bin": 255,
}  # fmt: skip
"""LightGBM's own defaults."""
FOUR_LEAVES: Final = {"trees": 250, "num_leaves": 4, "lambda_l2": 30.0}
BLOCK_SETS: Final = (BLOCKS[:1], BLOCKS[:2], BLOCKS[:3], BLOCKS)
_PACKAGES: Final = ("features", "ingest", "models", "simulation")

Variants = dict[str, tuple[Callable[[], Any], list[str]]]


def block_name(blocks: tuple[str, ...]) -> str:
    """Return what the variant with all features of these blocks is called."""
    return "all of " + (" + ".join(blocks) if len(blocks) < len(BLOCKS) else "all six blocks")


def study_digest(params: Params) -> str:
    """Return a digest of the parameters, all but the seed, and of the code behind the figures."""
    # Without the seed, so that the seeds of one study lie in one folder.
    simulation = params.simulation.model_copy(update={"seed": 0})
    digest = hashlib.sha256(
        params.model_copy(update={"simulation": simulation}).model_dump_json().encode()
    )
    root = Path(__file__).resolve().parents[2]
    code = sorted(p for name in _PACKAGES for p in (root / name).rglob("*.py"))
    # Of the code too: a kept seed of earlier code would mix two products in one table.
    for path in (Path(__file__), *code):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def study_cohort(
    params: Params, seed: int, *, with_steps: bool = True
) -> dict[str, list[dict[str, Any]]]:
    """Simulate a cohort of its own and study every outcome on it.

    Parameters
    ----------
    params : Params
        Of the study.
    seed : int
        Of the cohort.
    with_steps : bool
        Whether to fit also what tuning, blocks and cap are told from, beside the models.

    Returns
    -------
    dict
        `figures` (outcome, variant, kind, features, share_of_oracle, information_share,
        slope_true, slope_records, ici_true, error, error_of_constant) and `benefit` (outcome,
        strategy, multiple of the base rate, net_benefit; gain, gain_low, gain_high of the booster
        over it), as records.
    """
    own = params.model_copy(
        update={
            "simulation": params.simulation.model_copy(update={"seed": seed}),
            "features": params.features.model_copy(update={"blocks": BLOCKS}),
        }
    )
    figures, benefit = [], []
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        workspace = Workspace(Path(folder), own.dataset)
        for stage in (simulate, ingest, featurize):
            stage.main(Stage(own, workspace))
        for outcome in own.outcomes:
            train.split_of(Stage(own, workspace, outcome), read_frame(workspace.features))
            table, curve = _study(workspace, own, outcome, with_steps=with_steps)
            figures.append(table.assign(outcome=outcome))
            benefit.append(curve.assign(outcome=outcome))
    return {"figures": _records(figures), "benefit": _records(benefit)}


def variants(params: Params, outcome: str, *, with_steps: bool = True) -> Variants:
    """Return name -> (maker of an unfitted model, columns)."""
    entries = [f for f in catalogue_of(params.features) if f.block in BLOCKS[:3]]
    core = capped(entries, params.train.most_features.get(outcome))  # type: ignore[call-overload] # a name
    names = [f.name for f in core]
    makers: Variants = {
        BOOSTER: _booster(params, core, {}),
        EVIDENCE: _evidence(params, outcome, names),
        "additive": (lambda: AdditiveRisk(params.additive), names),
        "logistic": (lambda: LogisticRisk(params.logistic), names),
    }
    return makers | _steps(params, core) if with_steps else makers


def _steps(params: Params, core: tuple[Feature, ...]) -> Variants:
    """Return boosters with other settings and other columns."""
    makers: Variants = {
        "booster, LightGBM's defaults": _booster(params, core, UNTUNED),
        "booster, four leaves": _booster(params, core, FOUR_LEAVES),
    }
    for blocks in BLOCK_SETS:
        of = tuple(f for f in catalogue_of(params.features) if f.block in blocks)
        makers[block_name(blocks)] = _booster(params, of, {})
    return makers


def _evidence(
    params: Params, outcome: str, trees: list[str]
) -> tuple[Callable[[], Any], list[str]]:
    """Return the product's model: evidence on what it reads, trees on the core."""
    wanted = features_read() | {*trees}
    entries = tuple(f for f in catalogue_of(params.features) if f.name in wanted)
    window = params.outcome
    return (
        lambda: EvidenceRisk.of_catalogue(
            outcome, entries, params.risk, window.horizon_days, tuple(trees), window.lead_days
        ),
        [f.name for f in entries],
    )


def _booster(
    params: Params, entries: tuple[Feature, ...], update: dict[str, object]
) -> tuple[Callable[[], Any], list[str]]:
    settings = params.risk.model_copy(update=update)
    return lambda: RiskModel.of_catalogue(entries, settings), [f.name for f in entries]


def _study(
    workspace: Workspace, params: Params, outcome: str, *, with_steps: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures and net benefit of one outcome."""
    fitted, tested, truth = _parts(workspace, params, outcome)
    tried = variants(params, outcome, with_steps=with_steps)
    # Records are held against every row that a club would hold; the truth knows who was hurt.
    at_risk = truth["full"].notna().to_numpy()
    recorded = tested["event"].to_numpy(dtype=float)
    # The base rate of the training part: that of the test part is known only afterwards.
    full, base = truth["full"].to_numpy()[at_risk], float(fitted["event"].mean())
    models = {
        name: _predicted(make(), fitted, tested, columns) for name, (make, columns) in tried.items()
    }
    others, flags = _others(params, outcome, fitted, tested, base)
    widths = {name: len(columns) for name, (_, columns) in tried.items()}
    on_record = {
        **{name: calibration_slope(recorded, p) for name, p in (models | others).items()},
        ORACLE: calibration_slope(recorded[at_risk], truth["observable"].to_numpy()[at_risk]),
    }
    everyone = {name: p[at_risk] for name, p in (models | others).items()}
    everyone[ORACLE] = truth["observable"].to_numpy()[at_risk]
    best = auroc(full, everyone[ORACLE])
    most = information(full, everyone[ORACLE])
    table = pd.DataFrame(
        [
            {
                "variant": name,
                "kind": "model" if name in models else "other",
                "features": widths.get(name),
                "share_of_oracle": (auroc(full, p) - 0.5) / (best - 0.5),
                "information_share": information(full, p) / most,
                "slope_true": calibration_slope(full, p),
                "slope_records": on_record[name],
                "ici_true": ici(full, p),
                **dict(zip(("error", "error_of_constant"), ranking_errors(full, p), strict=True)),
            }
            for name, p in everyone.items()
        ]
    )
    at = thresholds(base)
    curve = decision_curve(
        full,
        {name: p for name, p in everyone.items() if name != ORACLE},
        {name: flag[at_risk] for name, flag in flags.items()},
        tested["athlete"][at_risk],
        params.evaluation,
        at,
        BOOSTER,
    )
    shown_columns = ["strategy", "net_benefit", "gain", "gain_low", "gain_high"]
    return table, curve[shown_columns].assign(multiple=(curve["threshold"] / base).round(3))


def _parts(
    workspace: Workspace, params: Params, outcome: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return training rows, test rows, and their true probabilities, null where hurt in truth."""
    split = read_frame(workspace.model(outcome) / "split.parquet")
    joined = read_frame(workspace.features).merge(split, on=["athlete", "date"], validate="1:1")
    joined = joined[joined["event"].notna()]
    tested = joined[joined["part"] == "test"]
    truth = true_probabilities(workspace, tested, outcome)
    if truth is None:
        raise StridecastError(f"{params.dataset}: no truth; only a simulated cohort can be studied")
    return joined[joined["part"] == "train"], tested, truth


def _predicted(
    model: Untyped,  # one of three kinds of model
    fitted: pd.DataFrame,
    tested: pd.DataFrame,
    columns: list[str],
) -> Floats:
    more = {} if isinstance(model, LogisticRisk) else {"related": fitted["related"]}
    rows = {"groups": fitted["athlete"], "folds": fitted["fold"]}
    more |= {"dates": fitted["date"]} if isinstance(model, EvidenceRisk) else {}
    model.fit(fitted[columns], fitted["event"], **rows, **more)
    return np.asarray(model.predict_proba(tested)[:, 1])


def _others(
    params: Params, outcome: str, fitted: pd.DataFrame, tested: pd.DataFrame, base: float
) -> tuple[dict[str, Floats], dict[str, Any]]:
    """Return probabilities of the evidence model and every rule, and the rules' flags."""
    names = [f.name for f in catalogue_of(params.features)]
    rules = fit_rules(fitted[names], fitted["event"])
    forecasts = evidence_probabilities(outcome, params.outcome.horizon_days, tested, fitted)
    forecasts |= rule_probabilities(rules, tested[names], base)
    flags = {
        f"{name}_flag": rule.score(tested[names]) > 0
        for name, rule in rules.items()
        if not rule.continuous
    }
    return forecasts, flags


def _records(tables: list[pd.DataFrame]) -> list[dict[str, Any]]:
    """Return rows as plain records; None where undefined (JSON has no nan)."""
    table = pd.concat(tables, ignore_index=True).astype(object)
    records: list[dict[str, Any]] = table.where(table.notna(), None).to_dict("records")
    return records

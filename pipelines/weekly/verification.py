"""What is known of how well the models forecast, read for the page from the files of a run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from common.store import read_json
from models.store.model_facts import (
    ADDITIVE_FILE,
    FACTS_FILE,
    OWN_FILE,
    facts_and_trees,
    read_facts,
)
from pipelines.runtime.workspace import Workspace
from reporting.context import Verified

SHOWN_METRICS = (
    "auroc", "auroc_soft", "brier", "ipa", "calibration_slope", "observed_expected", "ici",
    "slope_true", "when_slope", "concordance_within_true",
)  # fmt: skip
"""Columns of the page's verification table; the whole of it is in reports/metrics.json."""

RISK, ADDITIVE = "risk", "additive"


def verified(workspace: Workspace, models: Mapping[str, Path]) -> Verified:
    """Return the figures of `reports/`, if they are of these very models.

    `reports/` holds the last run, of whatever dataset: figures of another model are none.

    Parameters
    ----------
    workspace : Workspace
        The dataset's.
    models : mapping of str to Path
        Folder of each outcome's model that is scored with.
    """
    kinds = {name: _kind(folder) for name, folder in models.items()}
    # By the digest: figures of an older training beside a new model would praise the wrong one.
    outcomes = [name for name in models if _is_the_evaluated(workspace, name, models[name])]
    if not outcomes:
        return Verified()
    metrics = _metrics(workspace, outcomes)
    alerts = _tables(outcomes, workspace.evaluation, "alert_budget")
    # These tables are made of the risk model: beside another kind they would mislead.
    with_refits = [name for name in outcomes if kinds[name] == RISK]
    return Verified(
        metrics=None if metrics is None else _in_use_first(metrics, kinds),
        calibration=_tables(with_refits, workspace.evaluation, "calibration"),
        alert_budget=None if alerts is None else _of_model_in_use(alerts, kinds),
        stability=_tables(with_refits, workspace.explanation, "stability"),
    )


def _kind(folder: Path) -> str:
    """Return what the evaluation calls the model in a folder: its kind, or the own estimator."""
    if (folder / OWN_FILE).exists():
        return str(read_json(folder / OWN_FILE)["estimator"])
    return ADDITIVE if (folder / ADDITIVE_FILE).exists() else RISK


def _trained(workspace: Workspace, outcome: str, kind: str) -> Path:
    """Return the folder in which a run leaves the model that its evaluation calls so."""
    known = {RISK: workspace.model(outcome), ADDITIVE: workspace.additive(outcome)}
    return known.get(kind) or workspace.own(outcome) / kind


def _is_the_evaluated(workspace: Workspace, outcome: str, folder: Path) -> bool:
    trained = _trained(workspace, outcome, _kind(folder))
    report = workspace.reports / "ingest.json"
    if not (trained / FACTS_FILE).exists() or not report.exists():
        return False
    same_model = read_facts(folder).model_sha256 == read_facts(trained).model_sha256
    return same_model and bool(read_json(report)["dataset"] == workspace.dataset)


def _is_in_use(table: pd.DataFrame, kinds: Mapping[str, str]) -> pd.Series:
    return table["model"] == table["outcome"].map(dict(kinds))


def _in_use_first(metrics: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    in_use = _is_in_use(metrics, kinds)
    return pd.concat([metrics[in_use], metrics[~in_use]], ignore_index=True)


def _of_model_in_use(alerts: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    return alerts[_is_in_use(alerts, kinds)]


def _metrics(workspace: Workspace, outcomes: Sequence[str]) -> pd.DataFrame | None:
    path = workspace.reports / "metrics.json"
    if not path.exists():
        return None
    # SciPy, a fifth of a second: clubs without a trained model have no such table.
    from models.evaluation.columns_read import columns_of

    nested = read_json(path)
    facts = {name: facts_and_trees(workspace.model(name)) for name in outcomes}
    rows = [
        {"outcome": name, "model": model, "metric": metric}
        | {"columns": columns_of(model, facts[name])}
        | _bounds(values[metric])
        for name in outcomes
        for model, values in nested.get(name, {}).items()
        for metric in SHOWN_METRICS
        if metric in values
    ]
    return pd.DataFrame(rows) if rows else None


def _bounds(numbers: Mapping[str, Any]) -> dict[str, float]:
    return {name: float("nan") if value is None else value for name, value in numbers.items()}


def _tables(
    outcomes: Sequence[str], folder_of: Callable[[str], Path], name: str
) -> pd.DataFrame | None:
    frames = [
        pd.read_csv(path).assign(outcome=outcome)
        for outcome in outcomes
        if (path := folder_of(outcome) / f"{name}.csv").exists()
    ]
    return pd.concat(frames, ignore_index=True) if frames else None

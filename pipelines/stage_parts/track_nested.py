"""The nested runs of a tracked run: comparators, folds, tuning trials, steps of the ablation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from common.store import read_json
from models.comparators.names import BASE_RATE
from models.evaluation.columns_read import columns_words
from models.evaluation.key_figures import Measured, Numbers, in_use
from models.store.model_facts import facts_and_trees
from models.store.tracking_record import ChildRun, TrackedModel
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import MEASURES_FILE, SUMMARY_FILE
from pipelines.stage_parts.tracked_models import own_models

_SIX_DIGITS = 1e-5
"""Tables are written with six significant digits."""
Metrics = Mapping[str, Numbers]


def nested_runs(stage: Stage, metrics: Measured, root: Path) -> list[ChildRun]:
    """Return a run for whatever the stages left.

    Parameters
    ----------
    stage : Stage
        Whose files are read.
    metrics : mapping
        Model -> metric -> value, low, high.
    root : pathlib.Path
        The project's own root, where what `tune` and `ablate` left lies.
    """
    own, facts = own_models(stage), facts_and_trees(stage.workspace.model(stage.outcome))
    return [
        *(
            _comparator(name, values, own.get(name), columns_words(name, facts))
            for name, values in metrics.items()
            if name != (in_use(metrics) or BASE_RATE)
        ),
        *_folds(stage),
        *_cross_validation(stage),
        *_steps(stage, metrics, root),
        *_trials(stage, root),
    ]


def _comparator(name: str, values: Metrics, model: TrackedModel | None, columns: str) -> ChildRun:
    """Return a comparator's run; one of your own is named by its model too, as it may change."""
    shown = name if model is None else f"{name} {model.model_sha256[:8]}"
    return ChildRun(
        kind="comparator",
        name=shown,
        metrics=plain(values),
        params={"model": name, "columns": columns},
        model=model,
    )


def plain(metrics: Metrics, bounds: Sequence[str] = ()) -> dict[str, float]:
    """Return metric -> value, and `_low` and `_high` of those in `bounds`; what is unknown is out.

    All intervals are in the logged metrics.json; as metrics of their own they would hide, in
    MLflow's comparison, the few that are compared.
    """
    values = {name: numbers["value"] for name, numbers in metrics.items()}
    for name in bounds:
        for bound in ("low", "high"):
            values[f"{name}_{bound}"] = metrics.get(name, {}).get(bound)
    return {name: float(value) for name, value in values.items() if value is not None}


def _folds(stage: Stage) -> list[ChildRun]:
    path = stage.workspace.evaluation(stage.outcome) / "folds.csv"
    if not path.exists():
        return []
    table = pd.read_csv(path).set_index("fold")
    return [
        ChildRun(kind="fold", name=f"fold {fold}", metrics=_known(row), params={"fold": str(fold)})
        for fold, row in table.iterrows()
    ]


def _cross_validation(stage: Stage) -> list[ChildRun]:
    """Return the folds of the nested cross-validation, each with the settings chosen inside it."""
    folder = stage.workspace.evaluation(stage.outcome)
    if not (folder / MEASURES_FILE).exists():
        return []
    table = pd.read_csv(folder / MEASURES_FILE, dtype={"group": str}).query("variable == 'fold'")
    changed = read_json(folder / SUMMARY_FILE)["settings_changed"]
    return [
        ChildRun(
            kind="fold",
            name=f"nested cross-validation, fold {fold}",
            metrics=_known(own.set_index("metric")["value"]),
            params={"fold": str(fold)}
            | {f"risk.{name}": str(value) for name, value in changed.get(str(fold), {}).items()},
        )
        for fold, own in table.groupby("group")
    ]


def _known(row: "pd.Series[float]") -> dict[str, float]:
    return {str(name): float(value) for name, value in row.dropna().items()}


def _steps(stage: Stage, metrics: Measured, root: Path) -> list[ChildRun]:
    """Return the steps of the ablation, if it is of this run: one step is its very model."""
    path = root / "reports" / "ablation" / stage.outcome / "ablation.csv"
    if not path.exists() or "risk" not in metrics:
        return []
    table = pd.read_csv(path).query("model == 'risk'").set_index("added")
    own = metrics["risk"]["auroc"]["value"]
    # With `not`, because a comparison with NaN is false: unknown figures count as another model.
    if own is None or not (table["auroc"] - own).abs().min() <= _SIX_DIGITS:
        print(
            f"the ablation in {path.parent} is of another model (no step has its AUROC of {own}): "
            "not logged; `python -m pipelines.ablate` makes it anew"
        )
        return []
    measures = table.select_dtypes("number")
    return [
        ChildRun(
            kind="ablation",
            name=f"+ {added}" if at else str(added),
            metrics=_known(row),
            params={"verdict": str(verdict)} if at else {},
        )
        for at, ((added, row), verdict) in enumerate(
            zip(measures.iterrows(), table["verdict"], strict=True)
        )
    ]


def _trials(stage: Stage, root: Path) -> list[ChildRun]:
    """Return the trials of the study whose best setting this run was made with, if there is one.

    Other runs of the same rows owe nothing to that study.
    """
    place = root / "artifacts" / "tuning" / stage.params.dataset
    result_path, studies = place / f"{stage.outcome}.json", place / "studies.db"
    if not (result_path.exists() and studies.exists()):
        return []
    study = read_json(result_path)
    digest = read_json(stage.workspace.model(stage.outcome) / "split.json")["digest"]
    if digest[:12] not in study["study"] or not _is_found(stage, study["best"]):
        return []
    return _of_study(f"sqlite:///{studies.resolve()}", study["study"])


def _is_found(stage: Stage, best: Mapping[str, Any]) -> bool:
    return all(getattr(stage.params.risk, name) == value for name, value in best.items())


def _of_study(storage: str, name: str) -> list[ChildRun]:
    import optuna  # half a second, and rarely needed

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.load_study(study_name=name, storage=storage)
    return [
        ChildRun(
            kind="trial",
            name=f"trial {trial.number}",
            metrics={"log_loss": trial.value},
            params={f"risk.{key}": str(value) for key, value in trial.params.items()},
        )
        for trial in study.trials
        if trial.value is not None
    ]

"""Stage `track`: the files of a run, logged to MLflow once; the only writer to it."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import BaseModel

from common.frame_files import columns_of, read_frame
from common.store import read_json
from features.catalogue.core import CORE
from models.comparators.names import BASE_RATE
from models.evaluation.columns_read import columns_words
from models.evaluation.key_figures import in_use
from models.store.model_facts import FACTS_FILE, facts_and_trees, read_facts
from models.store.tracking import default_uri, track
from models.store.tracking_moved import mend
from models.store.tracking_record import DataUsed, RunRecord, rows_digest
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.lock import only_writer
from pipelines.runtime.provenance import PREDICTIONS_TAG, content_md5, provenance, run_name
from pipelines.runtime.stage import Stage, run_stage
from pipelines.runtime.workspace import AUDITS_FILE, original_root
from pipelines.stage_parts.track_nested import nested_runs, plain
from pipelines.stage_parts.tracked_models import tracked_model

SECTIONS = ("features", "outcome", "split", "train", "risk", "additive", "logistic", "evaluation")
"""Parts of params.yaml that shape a result."""
WAIT_SECONDS = 120
"""How long a run waits for another that is writing to the same local store."""


def main(stage: Stage) -> None:
    """Log one outcome's run, or without one every outcome's, as they lie in the workspace."""
    # Once for all outcomes: git looks through the whole folder for changes.
    # Of the folder that the stage runs in: an experiment's copy has a lock file of its own.
    root = stage.workspace.root
    name, origin = run_name(root), provenance(root, stage.params.dataset)
    for outcome in (stage.outcome,) if stage.outcome else stage.params.outcomes:
        _track_one(Stage(stage.params, stage.workspace, outcome), name, origin)


def _track_one(stage: Stage, name: str, origin: dict[str, str]) -> None:
    """Log parameters, metrics, data, model, nested runs, card and audits."""
    root = original_root(stage.workspace.root)
    metrics = read_json(stage.workspace.evaluation(stage.outcome) / "metrics.json")
    # An outcome without a model and without published incidence has only the base rate.
    leading = in_use(metrics) or BASE_RATE
    facts = facts_and_trees(stage.workspace.model(stage.outcome))
    record = RunRecord(
        dataset=stage.params.dataset,
        outcome=stage.outcome_name,
        name=name,
        params={
            "model": leading,
            "columns": columns_words(leading, facts),
            **_n_features(stage),
            **_params(stage),
        },
        metrics=plain(metrics[leading], bounds=("auroc", "calibration_slope")),
        tags=_tags(stage, origin),
        note=_note(stage),
        data=_data(stage),
        children=nested_runs(stage, metrics, root),
        artifacts=_artifacts(stage),
        model=tracked_model(stage),
    )
    uri = default_uri(root)
    # MLflow keeps absolute paths: in a copied project they lead to the old folder.
    if before := mend(uri):
        print(f"mlflow.db came from elsewhere: its addresses now lead here, not to {before}")
    with _alone(uri, root):
        run, written = track(record, uri=uri, artifact_root=root / "mlartifacts")
    print(f"{record.experiment}: run {run} {'logged' if written else 'was logged before'}")


def _alone(uri: str, root: Path) -> AbstractContextManager[None]:
    """Wait until no other run writes to a local store; a server sees to that itself."""
    if not uri.startswith("sqlite"):
        return nullcontext()
    return only_writer(root / "mlartifacts", wait_seconds=WAIT_SECONDS, remedy="run again later")


def _params(stage: Stage) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name in SECTIONS:
        flat |= _flattened(name, getattr(stage.params, name))
    if stage.params.dataset == "demo":
        # The simulation has a hundred settings: only those that params.yaml names are logged.
        named_settings = stage.params.simulation.model_dump(mode="json", exclude_unset=True)
        flat |= {f"simulation.{name}": str(value) for name, value in named_settings.items()}
    return flat


def _flattened(prefix: str, settings: BaseModel) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        key = f"{prefix}.{name}"
        flat |= _flattened(key, value) if isinstance(value, BaseModel) else {key: str(value)}
    return flat


def _tags(stage: Stage, origin: dict[str, str]) -> dict[str, str]:
    """Return where the run came from, and the digest its row-level forecasts are found by."""
    path = stage.workspace.evaluation(stage.outcome) / "predictions.parquet"
    digest = content_md5(path)
    shown = {"mlflow.source.name": "pipelines.track", "mlflow.source.type": "PROJECT"}
    found_by = {"mlflow.source.git.commit": origin["git_commit"], PREDICTIONS_TAG: digest}
    return origin | _off_core(stage) | shown | found_by


def _features(stage: Stage) -> list[str]:
    """Return what the model reads; nothing if none was trained."""
    folder = stage.workspace.model(stage.outcome)
    return list(read_facts(folder).features) if (folder / FACTS_FILE).exists() else []


def _n_features(stage: Stage) -> dict[str, str]:
    names = _features(stage)
    return {"n_features": str(len(names))} if names else {}


def _off_core(stage: Stage) -> dict[str, str]:
    """Tell which features a run has beyond the core, and which it lacks: what was on or off."""
    names = set(_features(stage))
    if not names:
        return {}
    by_tag = {"features_beyond_core": names - CORE, "features_without_core": CORE - names}
    return {
        tag: ", ".join(sorted(differing_features)) or "none"
        for tag, differing_features in by_tag.items()
    }


def _note(stage: Stage) -> str:
    facts = stage.workspace.model(stage.outcome) / "sample_size.json"
    horizon = stage.params.outcome.horizon_days
    return (
        f"A new injury ({stage.outcome}) within {horizon} days, {stage.params.dataset}: unseen "
        f"athletes in later weeks.\n\nTraining part: {read_json(facts)['sentence']}."
    )


def _data(stage: Stage) -> list[DataUsed]:
    """Tell which rows were learnt from and tested on: counts, dates and digests, no row."""
    split = read_frame(stage.workspace.model(stage.outcome) / "split.parquet")
    parts: dict[Literal["training", "test"], str] = {"training": "train", "test": "test"}
    used = split["event"].notna() & split["part"].isin(list(parts.values()))
    every = columns_of(stage.workspace.features)
    names = [name for name in every if name not in {"athlete", "date"}]
    # The other rows, more than half, need no memory.
    rows = read_frame(stage.workspace.features, names, rows=used.to_numpy())
    split = split[used].reset_index(drop=True)
    data_used = []
    for context, part in parts.items():
        chosen = (split["part"] == part).to_numpy()
        chosen_rows = split[chosen]
        data_used.append(
            DataUsed(
                name=stage.params.dataset,
                context=context,
                digest=rows_digest(pd.concat([rows[chosen], chosen_rows[["event"]]], axis=1)),
                profile=_profile(chosen_rows),
                columns=names,
            )
        )
    return data_used


def _profile(rows: pd.DataFrame) -> dict[str, int | str]:
    return {
        "num_rows": len(rows),
        "athletes": int(rows["athlete"].nunique()),
        "events": int(rows["event"].sum()),
        "first_date": str(rows["date"].min().date()) if len(rows) else "",
        "last_date": str(rows["date"].max().date()) if len(rows) else "",
    }


def _artifacts(stage: Stage) -> list[Path]:
    """Return tables without athletes: rows of people stay out of the store.

    The weekly page names athletes, by pseudonym; only that of simulated runners goes in.
    """
    workspace, outcome = stage.workspace, stage.outcome
    wanted = [
        workspace.evaluation(outcome) / "metrics.json",
        workspace.evaluation(outcome) / "calibration.csv",
        workspace.evaluation(outcome) / "folds.csv",
        workspace.explanation(outcome) / "features.csv",
        workspace.explanation(outcome) / "blocks.csv",
        workspace.model(outcome) / "sample_size.json",
        workspace.model(outcome) / "split.json",
        workspace.model(outcome) / "censoring.json",
        workspace.model(outcome) / FACTS_FILE,
        workspace.model(outcome) / AUDITS_FILE,
        workspace.reports / "model_card.md",
        workspace.reports / "model_card.html",
    ]
    if read_dataset(workspace).simulated:
        wanted.append(workspace.reports / "forecast.html")
    return [path for path in wanted if path.exists()]


if __name__ == "__main__":
    run_stage(main)

"""Stage `track`: the files of a run, logged to MLflow once; the only writer to it."""

import hashlib
import os
import subprocess
from pathlib import Path

from pydantic import BaseModel

from ingest.store import read_frame, read_json
from models.artifact import FACTS_FILE, load
from models.tracking import RunRecord, TrackedModel, default_uri, track
from pipelines.stage import Stage, run_stage
from pipelines.workspace import original_root

SECTIONS = ("features", "outcome", "split", "train", "risk", "additive", "logistic", "evaluation")
"""Parts of params.yaml that shape a result; `simulation` joins them for the demo."""


def main(stage: Stage) -> None:
    """Log one outcome's run: parameters, metrics, model, plots and audits."""
    root = original_root(stage.workspace.root)
    record = RunRecord(
        dataset=stage.params.dataset,
        outcome=stage.outcome_name,
        params=_params(stage),
        metrics=_metrics(stage),
        tags=_tags(root),
        artifacts=_artifacts(stage),
        model=_model(stage),
    )
    run, written = track(record, uri=default_uri(root), artifact_root=root / "mlartifacts")
    print(f"{record.experiment}: run {run} {'logged' if written else 'was logged before'}")


def _params(stage: Stage) -> dict[str, str]:
    sections = [*SECTIONS, *(["simulation"] if stage.params.dataset == "demo" else [])]
    flat: dict[str, str] = {}
    for name in sections:
        flat |= _flattened(name, getattr(stage.params, name))
    return flat


def _flattened(prefix: str, settings: BaseModel) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        key = f"{prefix}.{name}"
        flat |= _flattened(key, value) if isinstance(value, BaseModel) else {key: str(value)}
    return flat


def _metrics(stage: Stage) -> dict[str, float]:
    """Return `model.metric` of every model, and the intervals of the model in use.

    All intervals are in the logged metrics.json; as metrics of their own they would hide, in
    MLflow's comparison, the few that are compared.
    """
    nested = read_json(stage.workspace.evaluation(stage.outcome) / "metrics.json")
    flat = {}
    for model, metrics in nested.items():
        for metric, numbers in metrics.items():
            shown = numbers if model == "risk" else {"value": numbers["value"]}
            for bound, number in shown.items():
                if number is not None:
                    suffix = "" if bound == "value" else f".{bound}"
                    flat[f"{model}.{metric}{suffix}"] = float(number)
    return flat


def _tags(root: Path) -> dict[str, str]:
    """Return where the run came from. Inside an experiment, git's HEAD is the baseline commit."""
    experiment = os.environ.get("DVC_EXP_NAME", "")
    commit = _git(root, "rev-parse", "HEAD")
    lock = root / "dvc.lock"
    return {
        "git_commit": commit or "none",
        "git_commit_is_baseline": str(bool(experiment)).lower(),
        "git_has_local_changes": str(bool(_git(root, "status", "--porcelain"))).lower(),
        "dvc_exp_name": experiment,
        "dvc_lock": hashlib.sha256(lock.read_bytes()).hexdigest()[:16] if lock.exists() else "none",
    }


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the user's own git
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _artifacts(stage: Stage) -> list[Path]:
    """Return tables without athletes: rows of people stay out of the store."""
    workspace, outcome = stage.workspace, stage.outcome
    wanted = [
        workspace.evaluation(outcome) / "metrics.json",
        workspace.evaluation(outcome) / "calibration.csv",
        workspace.explanation(outcome) / "features.csv",
        workspace.explanation(outcome) / "blocks.csv",
        workspace.model(outcome) / "sample_size.json",
        workspace.model(outcome) / "split.json",
        workspace.model(outcome) / "censoring.json",
        workspace.model(outcome) / FACTS_FILE,
        workspace.reports / "audit.json",
    ]
    return [path for path in wanted if path.exists()]


def _model(stage: Stage) -> TrackedModel | None:
    folder = stage.workspace.model(stage.outcome)
    if not (folder / FACTS_FILE).exists():
        return None
    model, facts = load(folder)
    split = read_frame(folder / "split.parquet", ["event", "part"])
    chosen = ((split["part"] == "train") & split["event"].notna()).to_numpy()
    rows = read_frame(stage.workspace.features, facts.features)
    simulated = " of simulated runners; refuses real athletes" if facts.simulated else ""
    return TrackedModel(
        booster=model.booster_,
        features=rows[chosen].astype(float),
        digest=facts.training_digest[:32],
        description=(
            f"Calibrated probability of a new injury ({facts.outcome}) within "
            f"{facts.horizon_days} days, trained on {facts.dataset}{simulated}."
        ),
    )


if __name__ == "__main__":
    run_stage(main)

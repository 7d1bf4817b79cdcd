"""Models as they are logged: the main model of an outcome, and your own estimators beside it."""

from pathlib import Path
from typing import Any

import pandas as pd

from common.errors import StridecastError
from common.extensions import offered_in
from common.frame_files import read_frame
from models.estimators.own import OwnRisk
from models.estimators.risk import RiskModel
from models.store.artifact import load_any
from models.store.model_facts import (
    EVIDENCE_FILE,
    FACTS_FILE,
    OWN_FILE,
    OWN_TEXT_FILE,
    RESIDUAL_FILE,
    ModelFacts,
)
from models.store.tracking_record import OwnFiles, TrackedModel
from pipelines.runtime.stage import Stage
from pipelines.stage_parts.labelled_rows import SPLIT_FILE


def tracked_model(stage: Stage) -> TrackedModel | None:
    """Return the main model of the stage's outcome; None where none was due."""
    folder = stage.workspace.model(stage.outcome)
    if not (folder / FACTS_FILE).exists():
        return None
    model, facts = load_any(folder)
    parts: dict[str, Any] = {"evidence": folder / EVIDENCE_FILE, "residual": folder / RESIDUAL_FILE}
    if isinstance(model, RiskModel):
        parts = {"booster": model.booster_}
    return _tracked(stage, facts, parts)


def own_models(stage: Stage) -> dict[str, TrackedModel]:
    """Return the models of your own estimators that can write themselves, by name."""
    folders = sorted(stage.workspace.own(stage.outcome).glob(f"*/{FACTS_FILE}"))
    return {path.parent.name: _own(stage, path.parent) for path in folders}


def _own(stage: Stage, folder: Path) -> TrackedModel:
    model, facts = load_any(folder)
    # The code goes along: what loads the model elsewhere has none of this project.
    code = offered_in("estimators", folder.name)
    if not isinstance(model, OwnRisk) or code is None:
        raise StridecastError(f"{folder}: not a model of your own", "run `dvc repro` again")
    files = OwnFiles(folder / OWN_FILE, folder / OWN_TEXT_FILE, code, model.written_.probability)
    return _tracked(stage, facts, {"own": files}, by=f" by your own estimator {folder.name}")


def _tracked(stage: Stage, facts: ModelFacts, parts: dict[str, Any], by: str = "") -> TrackedModel:
    simulated = " of simulated runners; refuses real athletes" if facts.simulated else ""
    return TrackedModel(
        **parts,
        medians=_medians(stage, facts),
        model_sha256=facts.model_sha256,
        simulated=facts.simulated,
        description=(
            f"Calibrated probability of a new injury ({facts.outcome}) within "
            f"{facts.horizon_days} days{by}, trained on {facts.dataset}{simulated}."
        ),
    )


def _medians(stage: Stage, facts: ModelFacts) -> pd.DataFrame:
    """Return the median of each feature over the training rows: a row of no real athlete."""
    path = stage.workspace.model(stage.outcome) / SPLIT_FILE
    split = read_frame(path, ["event", "part"])
    chosen = ((split["part"] == "train") & split["event"].notna()).to_numpy()
    rows = read_frame(stage.workspace.features, facts.features)
    # An example of the input that MLflow keeps: it must not be a person's row.
    return rows[chosen].astype(float).median().to_frame().T

"""`stridecast recalibrate`: a finished model's intercept, or slope too, learnt anew."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from common.errors import StridecastError
from common.frame_files import write_frame
from common.store import write_json
from models.estimators.cross_calibration import cross_calibrated
from models.sampling.folds import AthleteFolds
from models.store.artifact import Provenance, save
from models.store.recalibration import kind_of, learn_recalibration, recalibrated
from pipelines.promotion.candidates import OUT_OF_FOLD_FILE, Candidate, matrix_of
from pipelines.promotion.finished_model import asked_rows, finished_model, with_parts
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import AUDITS_FILE, FEATURE_SETTINGS_FILE, Workspace

Say = Callable[[str], None]


@dataclass(frozen=True)
class Recalibration:
    """What is asked for: a model (a dataset's or a folder's), and whether its slope is too."""

    params: Params
    workspace: Workspace
    outcome: str
    model: str
    slope: bool = False


def recalibrate(request: Recalibration, say: Say) -> None:
    """Write artifacts/recalibrated/<dataset>/<outcome>: a challenger that waits for its gates.

    The test athletes are left out, so that the gates can judge the result; of the dataset that
    the model learnt from only weeks after its training count.

    Raises
    ------
    StridecastError
        If there is no such model, it may not score these athletes, or injuries are too few.
    """
    workspace, params = request.workspace, request.params
    model = finished_model(workspace.root, request.model, request.outcome)
    matrix = matrix_of(workspace, params)
    rows = _fresh(model, request, asked_rows(model, workspace, matrix))
    event, forecast = rows["event"].to_numpy(dtype=float), model.probability(rows, matrix)
    learnt = learn_recalibration(forecast, event, slope=request.slope)
    folds = AthleteFolds(params.split.folds, params.split.seed).assign(rows["athlete"], event)
    # The gates judge forecasts of athletes whom the recalibration has not seen.
    judged = cross_calibrated(forecast, event, folds, slope=request.slope)
    folder = workspace.recalibrated(request.outcome)
    first, last = (f"{day:%Y-%m-%d}" for day in (rows["date"].min(), rows["date"].max()))
    note = f"{kind_of(slope=request.slope)} on {workspace.dataset}, {first} to {last}"
    facts = model.facts.model_dump(include=set(Provenance.model_fields))
    # Simulated athletes in either step are enough: such a model must refuse real ones.
    facts["simulated"] = model.facts.simulated or read_dataset(workspace).simulated
    base_rate = float(event.mean())
    saved = save(
        recalibrated(model.model, learnt, base_rate),
        Provenance.model_validate(facts | {"recalibrated": note}),
        folder,
    )
    write_frame(folder / OUT_OF_FOLD_FILE, rows.assign(fold=folds, probability=judged))
    write_json(folder / FEATURE_SETTINGS_FILE, model.features.model_dump(mode="json"))
    _keep_audits(request)
    say(
        f"{workspace.dataset}/{request.outcome}: {note} ({len(rows):,} rows, {event.sum():.0f} "
        f"injuries): intercept {learnt.intercept:+.2f}, slope {learnt.slope:.2f}; model "
        f"{saved.model_sha256[:12]} waits for its gates: stridecast promote --candidate "
        "recalibrated"
    )


def _fresh(model: Candidate, request: Recalibration, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the model never saw, and that are not the gates'."""
    parted = with_parts(rows, request.workspace, request.outcome)
    mine = parted[parted["part"] != "test"]
    if model.facts.dataset == request.workspace.dataset:
        reach = model.facts.lead_days + model.facts.horizon_days
        seen = pd.Timestamp(model.facts.trained_to) + pd.Timedelta(days=reach)
        mine = mine[mine["date"] > seen]
    if mine.empty:
        raise StridecastError(
            f"{request.workspace.dataset}: no weeks after the model's training, which ended on "
            f"{model.facts.trained_to}",
            "wait for more weeks, or name another model with --model",
        )
    return mine.drop(columns="part").reset_index(drop=True)


def _keep_audits(request: Recalibration) -> None:
    """Take over what the audits said of these data when they were split."""
    folder = request.workspace.recalibrated(request.outcome)
    source = request.workspace.model(request.outcome) / AUDITS_FILE
    target = folder / AUDITS_FILE
    if source.exists():
        target.write_bytes(source.read_bytes())
    else:
        # Audits of an earlier recalibration must not vouch for these data.
        target.unlink(missing_ok=True)

"""A finished model on disk: LightGBM's own text file and a JSON file of facts, nothing pickled."""

import hashlib
from pathlib import Path
from typing import Final

import lightgbm as lgb
import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import StridecastError
from ingest.store import read_json, write_json, write_text
from models.booster_calibration import Calibration
from models.outcomes import Outcome
from models.risk import RiskModel, RiskSettings

MODEL_FILE: Final = "model.txt"
FACTS_FILE: Final = "model.json"


class ModelFacts(BaseModel):
    """What must be known about a model before it may score anyone.

    Parameters
    ----------
    kind : str
        ``risk``, the LightGBM booster.
    outcome : {"any", "knee"}
        What it forecasts.
    dataset : str
        What it was trained on.
    simulated : bool
        Whether that dataset is simulated: such a model refuses real athletes.
    horizon_days, lead_days : int
        Outcome window.
    features : list of str
        Columns, in the order of the booster.
    monotone : dict of str to int
        Directions that were imposed.
    base_rate : float
        Event rate of the training rows.
    calibration_intercept, calibration_slope : float
        The affine map in log-odds that is folded into the booster.
    rows, events, athletes : int
        Size of the training part.
    trained_from, trained_to : str
        First and last as-of date of the training part, ISO.
    training_digest : str
        SHA-256 of training columns, values and outcomes.
    settings : RiskSettings
        Hyper-parameters.
    model_sha256 : str
        SHA-256 of the model file beside it.
    lightgbm : str
        Version that wrote it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str = "risk"
    outcome: Outcome
    dataset: str
    simulated: bool
    horizon_days: int
    lead_days: int
    features: list[str]
    monotone: dict[str, int]
    base_rate: float
    calibration_intercept: float
    calibration_slope: float
    rows: int
    events: int
    athletes: int
    trained_from: str
    trained_to: str
    training_digest: str
    settings: RiskSettings
    model_sha256: str
    lightgbm: str


class Provenance(BaseModel):
    """What the model itself cannot know: outcome, data and dates; see :class:`ModelFacts`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome
    dataset: str
    simulated: bool
    horizon_days: int
    lead_days: int
    rows: int
    events: int
    athletes: int
    trained_from: str
    trained_to: str


def save(model: RiskModel, provenance: Provenance, folder: Path) -> ModelFacts:
    """Write ``model.txt`` and ``model.json`` into `folder` and return the facts.

    Parameters
    ----------
    model : RiskModel
        Fitted.
    provenance : Provenance
        Outcome, dataset, sizes and dates of the training part.
    folder : pathlib.Path
        Made if it is missing.
    """
    text = model.booster_.model_to_string(num_iteration=-1)
    facts = ModelFacts(
        **provenance.model_dump(),
        features=[str(name) for name in model.feature_names_in_],
        monotone={k: int(v) for k, v in (model.monotone or {}).items() if v},
        base_rate=model.base_rate_,
        calibration_intercept=model.calibration_.intercept,
        calibration_slope=model.calibration_.slope,
        training_digest=model.training_digest_,
        settings=model.settings or RiskSettings(),
        model_sha256=hashlib.sha256(text.encode()).hexdigest(),
        lightgbm=lgb.__version__,
    )
    write_text(folder / MODEL_FILE, text)
    write_json(folder / FACTS_FILE, facts.model_dump(mode="json"))
    return facts


def load(folder: Path) -> tuple[RiskModel, ModelFacts]:
    """Read a model and its facts.

    Raises
    ------
    StridecastError
        If a file is missing or unreadable, or the model file is not the one that was described.
    """
    facts = read_facts(folder)
    path = folder / MODEL_FILE
    if not path.exists():
        raise StridecastError(f"{path}: not found", "run `dvc repro` first")
    text = path.read_text(encoding="utf-8")
    if hashlib.sha256(text.encode()).hexdigest() != facts.model_sha256:
        raise StridecastError(
            f"{path}: not the model that {FACTS_FILE} describes (digests differ)",
            "restore both files together or train again",
        )
    return _revived(text, facts), facts


def read_facts(folder: Path) -> ModelFacts:
    """Read the facts alone.

    Raises
    ------
    StridecastError
        If the file is missing, is not JSON or is not a description of a model.
    """
    path = folder / FACTS_FILE
    try:
        return ModelFacts.model_validate(read_json(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise StridecastError(f"{path}: {key}: {first['msg']}", "train again") from None


def _revived(text: str, facts: ModelFacts) -> RiskModel:
    model = RiskModel(facts.settings, facts.monotone)
    model.booster_ = lgb.Booster(model_str=text)
    model.calibration_ = Calibration(facts.calibration_intercept, facts.calibration_slope)
    model.feature_names_in_ = np.array(facts.features, dtype=object)
    model.classes_ = np.array([0, 1])
    model.base_rate_ = facts.base_rate
    model.out_of_fold_ = np.empty(0)
    model.training_digest_ = facts.training_digest
    return model

"""A finished model on disk: a native or JSON model file beside a JSON file of facts, no pickle.

The booster is LightGBM's own text, its refits on resampled athletes are another; the additive model
is JSON throughout; of evidence and scaled trees see :mod:`models.store.evidence_files`, of
somebody's own estimator :mod:`models.store.own_files`.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

import lightgbm as lgb
import numpy as np

from common.errors import StridecastError
from common.settings import Settings
from common.store import write_json, write_text
from models.estimators.additive import AdditiveRisk
from models.estimators.booster_calibration import Calibration
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.own import OwnRisk
from models.estimators.prediction_interval import Spread, read_spread
from models.estimators.residual_ladder import settings_of_rung
from models.estimators.risk import RiskModel
from models.numeric.spline import Term
from models.settings.additive import AdditiveSettings
from models.settings.outcomes import Outcome
from models.settings.own import OwnSettings
from models.settings.risk import RiskSettings
from models.store.evidence_files import evidence_texts, revived_risk
from models.store.model_facts import (
    ADDITIVE_FILE,
    EVIDENCE_FILE,
    FACTS_FILE,
    MODEL_FILE,
    MODEL_FILES,
    OWN_FILE,
    OWN_TEXT_FILE,
    RANGE_FILE,
    RESIDUAL_FILE,
    Kind,
    ModelFacts,
    read_facts,
)
from models.store.own_files import own_texts, revived_own

RangedModel = RiskModel | AdditiveRisk | EvidenceRisk
"""The project's own models, whose forecasts have ranges."""
Model = RangedModel | OwnRisk
M = TypeVar("M", RiskModel, AdditiveRisk, OwnRisk)


class Provenance(Settings):
    """What the model itself cannot know: outcome, data and dates; see :class:`ModelFacts`."""

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
    recalibrated: str = ""


def save(model: Model, provenance: Provenance, folder: Path) -> ModelFacts:
    """Write the model's files and ``model.json`` into `folder` and return the facts.

    Parameters
    ----------
    model : RiskModel, AdditiveRisk, EvidenceRisk or OwnRisk
        Fitted.
    provenance : Provenance
        Outcome, dataset, sizes and dates of the training part.
    folder : pathlib.Path
        Made if it is missing.
    """
    texts = _texts(model)
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    facts = ModelFacts(
        **provenance.model_dump(),
        kind=_kind(model),
        features=[str(name) for name in model.feature_names_in_],
        monotone=_directions(model),
        base_rate=model.base_rate_,
        calibration_intercept=model.calibration_.intercept,
        calibration_slope=model.calibration_.slope,
        training_digest=model.training_digest_,
        settings=_settings(model),
        model_sha256=next(digests[n] for n in MODEL_FILES if n in digests),
        range_sha256=digests.get(RANGE_FILE, ""),
        range_trees=_range_trees(model),
        lightgbm=lgb.__version__,
    )
    # The facts come last: a folder that a crash left half written has no description and is no
    # model.
    for name, text in texts.items():
        write_text(folder / name, text)
    write_json(folder / FACTS_FILE, facts.model_dump(mode="json"))
    return facts


def load(folder: Path) -> tuple[RiskModel, ModelFacts]:
    """Read a booster and its facts.

    Raises
    ------
    StridecastError
        If a file is missing or unreadable, a model file is not the one that was described, or the
        model is of another kind.
    """
    model, facts = load_any(folder)
    if not isinstance(model, RiskModel):
        raise StridecastError(f"{folder}: holds a model of kind {facts.kind!r}, not a booster")
    return model, facts


def load_any(folder: Path) -> tuple[Model, ModelFacts]:
    """Read a model of any kind and its facts.

    Raises
    ------
    StridecastError
        If a file is missing or unreadable, or a model file is not the one that was described.
    """
    facts = read_facts(folder)
    if facts.kind == "evidence":
        return _read_evidence(folder, facts), facts
    if isinstance(facts.settings, OwnSettings):
        return _read_own(folder, facts), facts
    if isinstance(facts.settings, AdditiveSettings):
        text = _checked(folder / ADDITIVE_FILE, facts.model_sha256)
        return _revived_additive(json.loads(text), facts, facts.settings), facts
    text = _checked(folder / MODEL_FILE, facts.model_sha256)
    model = _revived(text, facts, facts.settings)
    model.spread_ = _read_range(folder, facts, facts.settings)
    return model, facts


def has_range(model: Model) -> TypeGuard[RangedModel]:
    """Say whether the model was refitted on resampled athletes, so that `range_` can answer."""
    if isinstance(model, EvidenceRisk):
        return True  # the posterior has a covariance
    if isinstance(model, OwnRisk):
        return False
    refits = model.spread_ if isinstance(model, RiskModel) else model.replicates_
    return refits is not None


def _kind(model: Model) -> Kind:
    if isinstance(model, EvidenceRisk):
        return "evidence"
    if isinstance(model, OwnRisk):
        return "own"
    return "risk" if isinstance(model, RiskModel) else "additive"


def _read_evidence(folder: Path, facts: ModelFacts) -> EvidenceRisk:
    content = json.loads(_checked(folder / EVIDENCE_FILE, facts.model_sha256))
    residual = _checked(folder / RESIDUAL_FILE, str(content["residual_sha256"]))
    model = revived_risk(content, residual, facts)
    grown_with = settings_of_rung(model.rung_, model.settings_in_use)
    model.spread_ = _read_range(folder, facts, grown_with)
    return model


def _read_range(folder: Path, facts: ModelFacts, settings: RiskSettings) -> Spread | None:
    if not facts.range_sha256:
        return None
    refits = _checked(folder / RANGE_FILE, facts.range_sha256)
    try:
        return read_spread(refits, facts.range_trees, settings)
    except StridecastError as error:
        raise StridecastError(f"{folder / RANGE_FILE}: {error.message}", error.remedy) from error


def _read_own(folder: Path, facts: ModelFacts) -> OwnRisk:
    content = json.loads(_checked(folder / OWN_FILE, facts.model_sha256))
    text = _checked(folder / OWN_TEXT_FILE, str(content["text_sha256"]))
    try:
        return _with_facts(revived_own(content, text, facts), facts)
    except StridecastError as error:
        raise StridecastError(f"{folder}: {error.message}", error.remedy) from error


def _checked(path: Path, digest: str) -> str:
    if not path.exists():
        raise StridecastError(f"{path}: not found", "run `dvc repro` first")
    # Read once for both: between a check and a second reading a file could be exchanged.
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise StridecastError(
            f"{path}: not the model that {FACTS_FILE} describes (digests differ)",
            "restore both files together or train again",
        )
    return content.decode("utf-8")


def _texts(model: Model) -> dict[str, str]:
    """Return the content of each model file by name."""
    if isinstance(model, AdditiveRisk):
        return {ADDITIVE_FILE: json.dumps(_additive_content(model), indent=1)}
    if isinstance(model, EvidenceRisk):
        return evidence_texts(model)
    if isinstance(model, OwnRisk):
        return own_texts(model)
    texts = {MODEL_FILE: model.booster_.model_to_string(num_iteration=-1)}
    if model.spread_ is not None:
        texts[RANGE_FILE] = model.spread_.booster.model_to_string(num_iteration=-1)
    return texts


def _range_trees(model: Model) -> tuple[int, ...]:
    spread = model.spread_ if isinstance(model, RiskModel | EvidenceRisk) else None
    return () if spread is None else spread.trees


def _directions(model: Model) -> dict[str, int]:
    constraints = None if isinstance(model, AdditiveRisk | OwnRisk) else model.monotone
    return {name: int(sign) for name, sign in (constraints or {}).items() if sign}


def _settings(model: Model) -> RiskSettings | AdditiveSettings | OwnSettings:
    if isinstance(model, AdditiveRisk):
        return model.settings or AdditiveSettings()
    if isinstance(model, OwnRisk):
        return model.settings_in_use
    return model.settings or RiskSettings()


def _additive_content(model: AdditiveRisk) -> dict[str, Any]:
    replicates = model.replicates_
    return {
        "intercept": model.intercept_,
        "terms": [
            {"feature": str(name)} | term.model_dump(mode="json")
            for name, term in zip(model.feature_names_in_, model.terms_, strict=True)
        ],
        "coefficients": model.coefficients_.tolist(),
        "replicates": None if replicates is None else replicates.tolist(),
    }


def _revived_additive(
    content: dict[str, Any], facts: ModelFacts, settings: AdditiveSettings
) -> AdditiveRisk:
    model = AdditiveRisk(settings)
    model.intercept_ = float(content["intercept"])
    model.terms_ = [
        Term.model_validate({k: v for k, v in term.items() if k != "feature"})
        for term in content["terms"]
    ]
    model.coefficients_ = np.array(content["coefficients"], dtype=float)
    replicates = content["replicates"]
    model.replicates_ = None if replicates is None else np.array(replicates, dtype=float)
    return _with_facts(model, facts)


def _revived(text: str, facts: ModelFacts, settings: RiskSettings) -> RiskModel:
    model = RiskModel(settings, facts.monotone)
    model.booster_ = lgb.Booster(model_str=text)
    model.spread_ = None
    return _with_facts(model, facts)


def _with_facts(model: M, facts: ModelFacts) -> M:
    model.calibration_ = Calibration(facts.calibration_intercept, facts.calibration_slope)
    model.feature_names_in_ = np.array(facts.features, dtype=object)
    model.classes_ = np.array([0, 1])
    model.base_rate_ = facts.base_rate
    # A model that was read back has no training rows: empty arrays keep its interface.
    model.out_of_fold_ = np.empty(0)
    model.fold_ = np.empty(0, dtype=np.int64)
    model.training_digest_ = facts.training_digest
    return model

"""What is known of a finished model, readable without the libraries that run it.

Most clubs have no model of their own: their Monday should not wait for LightGBM.
"""

from pathlib import Path
from typing import Any, Final, Literal

from pydantic import ValidationError

from common.errors import StridecastError
from common.settings import Settings
from common.store import read_json
from models.settings.additive import AdditiveSettings
from models.settings.outcomes import Outcome
from models.settings.own import OwnSettings
from models.settings.risk import RiskSettings

Kind = Literal["risk", "additive", "evidence", "own"]

MODEL_FILE: Final = "model.txt"
ADDITIVE_FILE: Final = "additive.json"
EVIDENCE_FILE: Final = "evidence.json"
RESIDUAL_FILE: Final = "residual.txt"
OWN_FILE: Final = "own.json"
OWN_TEXT_FILE: Final = "own.txt"
MODEL_FILES: Final = (MODEL_FILE, ADDITIVE_FILE, EVIDENCE_FILE, OWN_FILE)
"""The file of each kind whose digest names the model."""
RANGE_FILE: Final = "range.txt"
FACTS_FILE: Final = "model.json"


class ModelFacts(Settings):
    """What must be known about a model before it may score anyone.

    Parameters
    ----------
    kind : {"risk", "additive", "evidence", "own"}
        The LightGBM booster, the additive logistic model, published evidence weighed against
        trees (perhaps none), or an estimator from `extensions/estimators`.
    outcome : str
        What it forecasts: a name of :data:`models.settings.outcomes.DEFINITIONS`.
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
        The affine map in log-odds: folded into the booster, or over evidence and trees.
    rows, events, athletes : int
        Size of the training part.
    trained_from, trained_to : str
        First and last as-of date of the training part, ISO.
    training_digest : str
        SHA-256 of training columns, values and outcomes.
    settings : RiskSettings, AdditiveSettings or OwnSettings
        Hyper-parameters.
    model_sha256 : str
        SHA-256 of the model file beside it; `evidence.json` holds that of its trees, `own.json`
        that of the estimator's text.
    range_sha256 : str
        SHA-256 of the booster's refits beside it; empty without a range.
    range_trees : tuple of int
        Trees of each refit; empty without a range, and in files of earlier versions.
    lightgbm : str
        Version that wrote it.
    recalibrated : str
        What was learnt anew of intercept and slope, and on which data; empty for a model as
        trained.
    """

    kind: Kind = "risk"
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
    settings: RiskSettings | AdditiveSettings | OwnSettings
    model_sha256: str
    range_sha256: str = ""
    range_trees: tuple[int, ...] = ()
    lightgbm: str
    recalibrated: str = ""


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


def facts_and_trees(folder: Path) -> dict[str, Any] | None:
    """Return the facts of a model as written, with its trees where it rests on evidence.

    Parameters
    ----------
    folder : pathlib.Path
        Where a finished model lies, if one was trained.

    Returns
    -------
    dict or None
        What model.json holds; of a model that rests on evidence also `trees_rung` and `grown_on`.
        None without a model.
    """
    if not (folder / FACTS_FILE).exists():
        return None
    facts: dict[str, Any] = read_json(folder / FACTS_FILE)
    evidence = folder / EVIDENCE_FILE
    if not evidence.exists():
        return facts
    trees = read_json(evidence)["trees"]
    return facts | {"trees_rung": trees["rung"], "grown_on": trees["grown_on"]}

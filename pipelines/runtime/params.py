"""`params.yaml`, parsed once into one typed object; a typo is an error with the key's name."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from common.errors import StridecastError
from common.settings_errors import settings_error
from common.yaml_file import load_yaml
from features.catalogue.settings import FeatureSettings
from forecasting.scoring.week import ScoreSettings
from forecasting.status.athlete_status import StatusSettings
from models.comparators.fitted import ComparatorSettings
from models.comparators.logistic import LogisticSettings
from models.estimators.additive_settings import AdditiveSettings
from models.estimators.risk_settings import RiskSettings
from models.estimators.tuning import TuneSettings
from models.metrics.intervals import IntervalSettings
from models.metrics.sample_size import LEAST_EVENTS
from models.sampling.outcomes import Outcome, OutcomeSettings
from models.sampling.splits import SplitSettings
from models.store.gates import GateSettings
from pipelines.runtime.audit_settings import AuditSettings
from simulation.settings.cohort import SimulationSettings


class TrainSettings(BaseModel):
    """When there is enough to fit a model at all, and how many features it may use.

    Parameters
    ----------
    min_events : int
        Fewest injuries in the training part; with fewer no model is fitted and the evidence index
        stands in. Whether a fitted model can be trusted is decided by its gates, not by this.
    most_features : dict of str to int
        Largest number of features by outcome, cut in the pre-declared order of
        :func:`models.sampling.feature_cap.capped`; an outcome that is not named keeps all.
    also : tuple of str
        Features that the model uses in any case, beside those. Features of one's own
        (`extensions/features`) are used without being named here.
    without : tuple of str
        Features that the model does not use; the matrix still holds them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_events: Annotated[int, Field(ge=10)] = LEAST_EVENTS
    most_features: dict[Outcome, Annotated[int, Field(ge=1)]] = {"any": 32, "knee": 32}
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Params(BaseModel):
    """Everything a run can be told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dataset: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    outcomes: tuple[Outcome, ...]
    simulation: SimulationSettings = SimulationSettings()
    features: FeatureSettings = FeatureSettings()
    outcome: OutcomeSettings = OutcomeSettings()
    split: SplitSettings = SplitSettings()
    train: TrainSettings = TrainSettings()
    risk: RiskSettings = RiskSettings()
    additive: AdditiveSettings = AdditiveSettings()
    tune: TuneSettings = TuneSettings()
    audit: AuditSettings = AuditSettings()
    logistic: LogisticSettings = LogisticSettings()
    comparators: ComparatorSettings = ComparatorSettings()
    evaluation: IntervalSettings = IntervalSettings()
    promotion: GateSettings = GateSettings()
    score: ScoreSettings = ScoreSettings()
    status: StatusSettings = StatusSettings()


def load_params(path: Path) -> Params:
    """Read and check `params.yaml`.

    Raises
    ------
    StridecastError
        If the file is missing, is not YAML, or holds an unknown key or a value out of range.
    """
    try:
        content = load_yaml(path)
    except FileNotFoundError:
        raise StridecastError(f"{path}: not found", "run from the project's root") from None
    try:
        return Params.model_validate(content)
    except ValidationError as error:
        raise settings_error(str(path), error, Params) from None

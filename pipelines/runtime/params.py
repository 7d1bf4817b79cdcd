"""`params.yaml`, parsed once into one typed object; a typo is an error with the key's name."""

from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field, ValidationError

from common.errors import StridecastError
from common.settings import Settings
from common.settings_errors import settings_error
from common.yaml_file import load_yaml
from features.catalogue.settings import FeatureSettings
from forecasting.settings import ScoreSettings, StatusSettings
from models.settings.additive import AdditiveSettings
from models.settings.comparators import ComparatorSettings, LogisticSettings
from models.settings.evaluation import GateSettings, IntervalSettings, NestedSettings, SplitSettings
from models.settings.outcomes import Outcome, OutcomeSettings
from models.settings.risk import RiskSettings
from models.settings.training import TrainSettings
from models.settings.tuning import TuneSettings
from pipelines.runtime.audit_settings import AuditSettings
from pipelines.runtime.engine import Engine, Place
from simulation.settings.cohort import SimulationSettings

PARAMS_FILE: Final = "params.yaml"


def _each_once(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    # Each has a folder of its own, which two processes would write at once.
    if len(set(outcomes)) < len(outcomes):
        raise ValueError("name each outcome once")
    return outcomes


class Params(Settings):
    """Everything a run can be told."""

    # The name becomes a folder and a part of names in MLflow, hence few characters.
    dataset: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1), AfterValidator(_each_once)]
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
    nested: NestedSettings = NestedSettings()
    promotion: GateSettings = GateSettings()
    score: ScoreSettings = ScoreSettings()
    status: StatusSettings = StatusSettings()
    engine: Engine = "local"
    workers: Annotated[int, Field(ge=0)] = 0
    scheduler: str = ""

    def place(self) -> Place:
        """Return where parts are computed; it changes how fast, never what."""
        return Place(self.engine, self.workers, self.scheduler)


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
        # pydantic's own text speaks of classes; the user needs the key in the file.
        raise settings_error(str(path), error, Params) from None


def project_params(folder: Path) -> Params:
    """Return the settings of a project's folder; the defaults where it has no `params.yaml`.

    Commands that work without a project (`stridecast score` from anywhere) use this door, so that
    a setting that stands in `params.yaml` holds for stages and commands alike.
    """
    path = folder / PARAMS_FILE
    return load_params(path) if path.exists() else Params(dataset="team", outcomes=("any", "knee"))

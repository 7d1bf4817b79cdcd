"""The figures behind the evidence index, read from the packaged file that names their sources."""

from pathlib import Path
from typing import Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from common.settings_errors import settings_error
from common.vocabulary import LEVELS

PACKAGED: Final = Path(__file__).with_name("evidence_index.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(_Strict):
    """A published number with its 95 % interval and where it was published."""

    value: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    source: str

    @model_validator(mode="after")
    def _inside_its_interval(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} lies outside {self.low}-{self.high}")
        return self


class WeeklyHours(_Strict):
    """Running hours of the average runner, and the least that is expected of a coming week."""

    reference: float = Field(gt=0)
    least: float = Field(gt=0)
    source: str


class SpikeClass(_Strict):
    """A hazard ratio that holds above a ratio of run to longest run."""

    above: float = Field(gt=1)
    hazard_ratio: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)


class Spikes(_Strict):
    """Classes of the longest-run spike, in rising order."""

    source: str
    classes: tuple[SpikeClass, ...]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        bounds = [one.above for one in self.classes]
        if bounds != sorted(set(bounds)):
            raise ValueError("spike classes must rise")
        return self


class PreviousInjury(_Strict):
    """Hazard ratio of an injury within 12 months and how many runners had one."""

    hazard_ratio: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    exposed_share: float = Field(ge=0, le=1)
    source: str


class PoorSleep(_Strict):
    """Hazard ratio of a 7-day mean of sleep quality below a bound on 0-1."""

    hazard_ratio: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    below: float = Field(gt=0, le=1)
    source: str


class Evidence(_Strict):
    """Every figure of the evidence index."""

    version: int
    label: str
    incidence_per_1000_h: dict[str, Figure]
    weekly_hours: WeeklyHours
    longest_run_spike: Spikes
    previous_injury: PreviousInjury
    poor_sleep_quality: PoorSleep
    knee_share: Figure

    @model_validator(mode="after")
    def _every_level(self) -> Self:
        if set(self.incidence_per_1000_h) != set(LEVELS):
            raise ValueError(f"incidence is needed for exactly these levels: {', '.join(LEVELS)}")
        return self


def load_evidence(path: Path = PACKAGED) -> Evidence:
    """Read the figures of the evidence index.

    Parameters
    ----------
    path : pathlib.Path
        A YAML file like the packaged one.

    Raises
    ------
    StridecastError
        If the file does not follow the form.
    """
    try:
        return Evidence.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise settings_error(str(path), error, Evidence) from None

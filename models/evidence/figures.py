"""The figures of the evidence model, read from the packaged file that names their sources."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final, Literal, Self

import numpy as np
from pydantic import Field, ValidationError, model_validator

from common.settings import Settings
from common.settings_errors import settings_error
from common.untyped import Untyped
from common.vocabulary import LEVELS
from common.yaml_file import load_packaged_yaml

PACKAGED: Final = Path(__file__).with_name("coefficients.yaml")
Z_95: Final = 1.959964

Reread = Literal["abstract", "not"]
"""Whether the figure was read again in the abstract; `not` doubles its spread."""


class Study(Settings):
    """A published ratio of rates, hazards or odds with its 95 % interval."""

    ratio: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    steps: float = Field(default=1.0, gt=0)
    source: str
    population: str
    reread: Reread

    @model_validator(mode="after")
    def _inside_its_interval(self) -> Self:
        if not self.low <= self.ratio <= self.high:
            raise ValueError(f"{self.ratio} lies outside {self.low}-{self.high}")
        return self

    @property
    def per_unit(self) -> float:
        """Log ratio per unit of the term."""
        return float(np.log(self.ratio)) / self.steps

    @property
    def error(self) -> float:
        """Standard error of it; doubled where the figure was not read again."""
        # Published intervals are symmetric on the log scale, so half their width gives the error.
        width = float(np.log(self.high) - np.log(self.low)) / (2 * Z_95 * self.steps)
        return width * (2.0 if self.reread == "not" else 1.0)


class Assumed(Settings):
    """Mean and spread of a coefficient for which no usable size is published."""

    mean: float
    sd: float = Field(gt=0)


class TermFigure(Settings):
    """One coefficient of the log hazard, and how its term is scaled.

    Parameters
    ----------
    centre, unit : float
        x = (value - centre) / unit; a negative unit turns the direction round.
    low, high : float
        x is held inside.
    spread : float
        Standard deviation of x over runners, in units: what an unknown value leaves open.
    by_team : bool
        Whether the team's own mean is the centre where enough of the team were measured.
    studies, assumed
        Where the coefficient comes from; exactly one of the two.
    transfer : float
        How much of the published effect is expected here.
    between_study_sd : float, optional
        Instead of the file's.
    reading : str
        What the value is, and why mean and spread are what they are.
    """

    centre: float = 0.0
    unit: float = 1.0
    low: float = -4.0
    high: float = 4.0
    spread: float = 1.0
    by_team: bool = False
    studies: tuple[Study, ...] = ()
    assumed: Assumed | None = None
    transfer: float = Field(default=1.0, gt=0, le=1)
    between_study_sd: float | None = None
    reading: str

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        if bool(self.studies) == (self.assumed is not None):
            raise ValueError("give either studies or what is assumed")
        return self

    def prior(self, between: float) -> tuple[float, float]:
        """Return mean and standard deviation of the coefficient, log hazard per unit.

        Studies are pooled by inverse variance (DerSimonian & Laird's weights with a fixed
        between-study variance), and the spread is that of the effect in one more population.
        """
        if self.assumed is not None:
            return self.assumed.mean, self.assumed.sd
        steps = min(study.steps for study in self.studies)
        tau = self.between_study_sd if self.between_study_sd is not None else between / steps
        # Tau is fixed beforehand: one to three studies cannot tell how much studies differ.
        weights = np.array([1 / (study.error**2 + tau**2) for study in self.studies])
        pooled = float(weights @ [study.per_unit for study in self.studies] / weights.sum())
        # Tau twice: once in the pooled mean, once for how a new population differs from it.
        return self.transfer * pooled, float(np.sqrt(1 / weights.sum() + tau**2))


class Level(Settings):
    """Incidence per 1,000 h at the weekly hours of the people studied."""

    incidence: float = Field(gt=0)
    hours: float = Field(gt=0)
    sd: float = Field(ge=0)
    source: str
    reread: Reread


class Baseline(Settings):
    """Incidence by level of running, and how far a club's own level may lie from it."""

    reading: str
    levels: dict[str, Level]
    level_sd: float = Field(gt=0)
    level_source: str

    @model_validator(mode="after")
    def _every_level(self) -> Self:
        if set(self.levels) != set(LEVELS):
            raise ValueError(f"figures are needed for exactly these levels: {', '.join(LEVELS)}")
        return self


class Exposure(Settings):
    """Exponent of the hours, and how the coming week's hours are predicted."""

    mean: float
    sd: float = Field(gt=0)
    week: float = Field(ge=0)
    month: float = Field(ge=0)
    usual: float = Field(ge=0)
    least_hours: float = Field(gt=0)
    source: str
    reread: Reread
    reading: str


class OwnRate(Settings):
    """How much rates vary between runners, and how far the own injuries are trusted."""

    variation: float = Field(gt=0)
    power_mean: float
    power_sd: float = Field(gt=0)
    source: str

    @property
    def weight(self) -> float:
        """Injuries that the prior weighs: 1 / variation squared."""
        return 1 / self.variation**2


class SpikeClass(Settings):
    """A hazard ratio that holds above a ratio of run to longest run."""

    above: float = Field(gt=1)
    ratio: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)


class Spikes(Settings):
    """Classes of the longest-run spike, in rising order."""

    source: str
    reread: Reread
    classes: tuple[SpikeClass, ...]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        bounds = [spike_class.above for spike_class in self.classes]
        if bounds != sorted(set(bounds)):
            raise ValueError("spike classes must rise")
        return self


class KneeShare(Settings):
    """Share of injuries that are of the knee, and what moves it (log-odds of the share)."""

    value: float = Field(gt=0, lt=1)
    sd: float = Field(gt=0)
    source: str
    reread: Reread
    terms: dict[str, TermFigure]


class Coefficients(Settings):
    """Every figure of the evidence model."""

    version: int
    between_study_sd: float = Field(ge=0)
    trust_mean: float = Field(gt=0, le=1)
    trust_sd: float = Field(ge=0)
    trust_reading: str
    baseline: Baseline
    exposure: Exposure
    own_rate: OwnRate
    spike_classes: Spikes
    terms: dict[str, TermFigure]
    knee_share: KneeShare

    @property
    def digest(self) -> str:
        """SHA-256 of every figure; what is said of sources and readings changes nothing."""
        figures = _without_texts(self.model_dump(mode="json"))
        return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def _without_texts(content: Untyped) -> Untyped:
    if isinstance(content, dict):
        return {k: _without_texts(v) for k, v in content.items() if not isinstance(v, str)}
    return [_without_texts(v) for v in content] if isinstance(content, list) else content


def load_coefficients(path: Path = PACKAGED) -> Coefficients:
    """Read the figures of the evidence model.

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
        return Coefficients.model_validate(load_packaged_yaml(path))
    except ValidationError as error:
        # Readers get the key's name in the file; pydantic's own text names classes they do not
        # know.
        raise settings_error(str(path), error, Coefficients) from None


@cache
def packaged() -> Coefficients:
    """Return the packaged figures, read once."""
    return load_coefficients()

"""Every size and effect of the demo cohort, one group per mechanism.

Figures with a source name it; the others are sizes of a plausible running club, chosen so that the
files look like a club's and the risk spreads as in published cohorts.
"""

from datetime import date
from typing import Self

import numpy as np
from pydantic import Field, model_validator

from simulation.settings.base import Group
from simulation.settings.harm import (
    RATIOS,
    DiagnosisSettings,
    HazardSettings,
    RecoverySettings,
    TissueSettings,
)
from simulation.settings.people import HabitSettings, LevelSettings, MindSettings
from simulation.settings.seen import ObservationSettings, OracleSettings, PilotSettings

MONDAY = 0


class SimulationSettings(Group):
    """The demo cohort: 600 runners, 104 weeks, a known hazard.

    Raises
    ------
    ValueError
        If `start` is no Monday or the shares of levels do not sum to 1.
    """

    name: str = "demo"
    athletes: int = Field(default=600, ge=1)
    weeks: int = Field(default=104, ge=1)
    seed: int = Field(default=0, ge=0)
    start: date = date(2023, 1, 2)
    burn_in_weeks: int = Field(default=52, ge=6)
    horizon_days: int = Field(default=7, ge=1, le=7)
    time_zone: str = "Europe/Berlin"
    levels: LevelSettings = LevelSettings()
    habits: HabitSettings = HabitSettings()
    mind: MindSettings = MindSettings()
    hazard: HazardSettings = HazardSettings()
    tissue: TissueSettings = TissueSettings()
    recovery: RecoverySettings = RecoverySettings()
    diagnoses: DiagnosisSettings = DiagnosisSettings()
    observation: ObservationSettings = ObservationSettings()
    oracle: OracleSettings = OracleSettings()
    pilot: PilotSettings = PilotSettings()

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.start.weekday() != MONDAY:
            raise ValueError(f"start {self.start} is no Monday")
        if not np.isclose(self.levels.share.array().sum(), 1):
            raise ValueError("levels.share must sum to 1")
        return self


def null_cohort(settings: SimulationSettings) -> SimulationSettings:
    """Return settings with every hazard ratio at 1 and no frailty: a constant hazard per hour.

    Examples
    --------
    >>> null_cohort(SimulationSettings()).hazard.previous_injury
    1.0
    """
    off = dict.fromkeys(RATIOS, 1.0) | {"frailty_variance": 0.0, "recurrence_days": 0}
    hazard = settings.hazard.model_copy(update=off)
    tissue = settings.tissue.model_copy(update={"hazard_per_sd": 1.0})
    return settings.model_copy(update={"hazard": hazard, "tissue": tissue})

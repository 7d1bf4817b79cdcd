"""Every size and effect of the demo cohort, one group per mechanism.

Figures with a source name it; the others are sizes of a plausible running club, chosen so that the
files look like a club's and the risk spreads as in published cohorts.
"""

import math
from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from common.settings import Settings
from simulation.settings.base import NonNegative
from simulation.settings.damage import DamageSettings
from simulation.settings.errors import LabelErrorSettings
from simulation.settings.harm import (
    RATIOS,
    DiagnosisSettings,
    HazardSettings,
    RecoverySettings,
    TissueSettings,
)
from simulation.settings.observation import ObservationSettings, OracleSettings, PilotSettings
from simulation.settings.people import HabitSettings, LevelSettings, MindSettings
from simulation.settings.plans import PlanSettings

MONDAY = 0
_ROUNDING: Final = 1e-5
"""By which shares that are written with few digits may miss 1 in their sum."""


class SimulationSettings(Settings):
    """The demo cohort: 600 runners, 104 weeks, a known hazard.

    Parameters
    ----------
    mechanism : str
        ``multiplicative`` (the first world: a hazard per hour times ratios) or ``damage`` (the
        second: sessions leave damage, tissue fails above a threshold). Both have the incidences of
        the levels.
    effects : float
        Power to which every hazard ratio is raised: 0 is a world in which no published effect
        holds (hours and frailty stay), 2 one in which each is twice as strong on the log scale.
        The second mechanism has no such ratios.

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
    # At most a week: the planned, uninjured path ends with the week it was drawn for.
    horizon_days: int = Field(default=7, ge=1, le=7)
    time_zone: str = "Europe/Berlin"
    effects: NonNegative = 1.0
    levels: LevelSettings = LevelSettings()
    habits: HabitSettings = HabitSettings()
    mind: MindSettings = MindSettings()
    hazard: HazardSettings = HazardSettings()
    tissue: TissueSettings = TissueSettings()
    recovery: RecoverySettings = RecoverySettings()
    diagnoses: DiagnosisSettings = DiagnosisSettings()
    observation: ObservationSettings = ObservationSettings()
    mechanism: Literal["multiplicative", "damage"] = "multiplicative"
    damage: DamageSettings = DamageSettings()
    errors: LabelErrorSettings = LabelErrorSettings()
    plans: PlanSettings = PlanSettings()
    oracle: OracleSettings = OracleSettings()
    pilot: PilotSettings = PilotSettings()

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.start.weekday() != MONDAY:
            raise ValueError(f"start {self.start} is no Monday")
        share = self.levels.share
        whole = share.novice + share.recreational + share.competitive + share.elite
        if not math.isclose(whole, 1, abs_tol=_ROUNDING):
            raise ValueError("levels.share must sum to 1")
        return self


def with_effects(settings: SimulationSettings) -> SimulationSettings:
    """Return settings whose ratios are raised to the power of `effects`, which is then 1.

    The hidden tissue state, which pain announces, counts as an effect.

    Examples
    --------
    >>> twice = with_effects(SimulationSettings(effects=2.0))
    >>> twice.hazard.previous_injury, twice.effects
    (4.0, 1.0)
    """
    times = settings.effects
    ratios = {name: getattr(settings.hazard, name) ** times for name in RATIOS}
    tissue = {"hazard_per_sd": settings.tissue.hazard_per_sd**times}
    return settings.model_copy(
        update={
            "effects": 1.0,
            "hazard": settings.hazard.model_copy(update=ratios),
            "tissue": settings.tissue.model_copy(update=tissue),
        }
    )


def null_cohort(settings: SimulationSettings) -> SimulationSettings:
    """Return settings with every hazard ratio at 1 and no frailty: a constant hazard per hour.

    Examples
    --------
    >>> null_cohort(SimulationSettings()).hazard.previous_injury
    1.0
    """
    off: dict[str, float] = dict.fromkeys(RATIOS, 1.0)
    # Not only the ratios: each of these makes hazards differ between weeks or runners too.
    off |= {"hours_exponent": 1.0, "frailty_variance": 0.0, "recurrence_days": 0}
    hazard = settings.hazard.model_copy(update=off)
    tissue = settings.tissue.model_copy(update={"hazard_per_sd": 1.0})
    return settings.model_copy(update={"hazard": hazard, "tissue": tissue})

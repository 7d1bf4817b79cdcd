"""Every size and effect of the demo cohort, one group per mechanism.

Figures with a source name it; the others are sizes of a plausible running club, chosen so that the
files look like a club's and the risk spreads as in published cohorts.
"""

from datetime import date
from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulation.arrays import Floats

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]
MONDAY = 0


class Group(BaseModel):
    """A frozen group of parameters; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PerLevel(Group):
    """One number for each level of running."""

    novice: NonNegative
    recreational: NonNegative
    competitive: NonNegative
    elite: NonNegative

    def array(self) -> Floats:
        """Return the four numbers in the order of ``ingest.vocabulary.LEVELS``."""
        return np.array([self.novice, self.recreational, self.competitive, self.elite])


def _per(novice: float, recreational: float, competitive: float, elite: float) -> PerLevel:
    return PerLevel(novice=novice, recreational=recreational, competitive=competitive, elite=elite)


class LevelSettings(Group):
    """Who runs how much, by level.

    The incidence per 1,000 h of novices and recreational runners is Videbaek 2015; that of the
    faster levels is set so that the whole cohort comes near the 7.7 of recreational runners.
    """

    share: PerLevel = _per(0.25, 0.50, 0.20, 0.05)
    weekly_km: PerLevel = _per(20.0, 38.0, 66.0, 105.0)
    speed_km_h: PerLevel = _per(9.0, 10.5, 12.6, 14.6)
    sessions_per_week: PerLevel = _per(2.8, 3.8, 5.4, 6.6)
    races_per_year: PerLevel = _per(1.0, 2.0, 4.0, 6.0)
    hard_share: PerLevel = _per(0.05, 0.12, 0.20, 0.25)
    incidence_per_1000_h: PerLevel = _per(17.8, 7.7, 4.6, 3.6)


class HabitSettings(Group):
    """How runners draw and keep their weeks (shares are per week unless named otherwise)."""

    volume_log_sd: NonNegative = 0.50
    speed_log_sd: NonNegative = 0.07
    consistency_low: Share = 0.70
    consistency_high: Share = 0.98
    week_log_sd: NonNegative = 0.28
    week_persistence: Share = 0.80
    session_log_sd: NonNegative = 0.15
    build_step: NonNegative = 0.07
    recovery_factor: Share = 0.70
    taper_factor: Share = 0.60
    post_race_factor: Share = 0.45
    holiday_start: Share = 0.04
    holiday_factor: Share = 0.35
    illness_start: Share = 0.025
    illness_days: tuple[int, int] = (3, 10)
    break_start: Share = 0.03
    break_weeks: Positive = 3.0
    break_factor: Share = 0.20
    long_run_lengthened: Share = 0.07
    lengthened_by: Positive = 0.45
    smallest_run_km: Positive = 2.0
    ramp_days: Positive = 42.0
    ramp_start: Share = 0.40
    rehab_jog_days: int = 14
    rehab_jog_chance: Share = 0.35
    rehab_jog_km: Positive = 3.0


class MindSettings(Group):
    """Sleep quality and stress: a runner's own level and its slow wandering (1-5 scales)."""

    sleep_mean: float = 3.5
    sleep_between_sd: NonNegative = 0.55
    sleep_within_sd: NonNegative = 0.70
    sleep_persistence: Share = 0.90
    stress_between_sd: NonNegative = 0.6
    stress_within_sd: NonNegative = 0.8
    stress_persistence: Share = 0.95
    illness_sleep_loss: NonNegative = 0.8


class HazardSettings(Group):
    """Hazard ratios; 1 switches an effect off.

    ACWR and the week-to-week ratio have no parameter because they have no effect of their own.

    Notes
    -----
    Longest-run spike: Frandsen 2025. Sleep quality (per point of the 1-5 scale, mean of seven
    nights): 1.36 of the 339-runner cohort 2025. Knee-extension and hip strength (per standard
    deviation lower): exp(0.19) and exp(0.15) from standardised mean differences, 2022 and Neal
    2019. The rest is weak by assumption. `frailty_variance` is that of a Gamma frailty of mean 1.
    """

    spike_10_to_30: Positive = 1.64
    spike_30_to_100: Positive = 1.52
    spike_above_100: Positive = 2.28
    spike_decay_days: Positive = 5.0
    previous_injury: Positive = 2.0
    previous_injury_days: Positive = 365.0
    poor_sleep_per_point: Positive = 1.36
    stress_per_point: Positive = 1.10
    weak_knee_extension_per_sd: Positive = 1.21
    weak_hip_per_sd_knee: Positive = 1.16
    hip_adduction_per_sd_knee: Positive = 1.20
    low_cadence_per_sd_knee: Positive = 1.10
    worn_shoes: Positive = 1.20
    worn_from_km: Positive = 500.0
    worn_to_km: Positive = 900.0
    frailty_variance: NonNegative = 0.50
    recurrence_days: int = 21
    knee_share: Share = 0.40


class TissueSettings(Group):
    """The hidden tissue state of knee and elsewhere: a chain with the moments of an AR(1)."""

    persistence: Share = 0.93
    states: int = Field(default=7, ge=3)
    hazard_per_sd: Positive = 1.50


class RecoverySettings(Group):
    """Days to recovery, lognormal: RUN CLEVER (all injuries 56; patellofemoral pain 49, IQR 63)."""

    pfps_median_days: Positive = 49.0
    other_median_days: Positive = 58.5
    pfps_iqr_days: Positive = 63.0
    shortest_days: int = Field(default=7, ge=7)
    longest_days: int = 617

    @property
    def log_sd(self) -> float:
        """Standard deviation of log days, from median and IQR: asinh(IQR / 2 median) / 0.6745."""
        return float(
            np.arcsinh(self.pfps_iqr_days / (2 * self.pfps_median_days)) / 0.6744897501960817
        )


class DiagnosisSettings(Group):
    """Shares of all injuries: Taunton 2002 for the knee; elsewhere the order of common reviews."""

    pfps: Share = 0.165
    itbs: Share = 0.084
    patellar_tendinopathy: Share = 0.048
    quadriceps_tendinopathy: Share = 0.006
    mtss: Share = 0.08
    bone_stress: Share = 0.05
    achilles_tendinopathy: Share = 0.09
    plantar_fasciitis: Share = 0.10
    calf_strain: Share = 0.05
    hamstring_strain: Share = 0.06
    ankle_sprain: Share = 0.05
    hip: Share = 0.06
    groin: Share = 0.03
    lumbar: Share = 0.03


class ObservationSettings(Group):
    """What is measured, answered and lost. Nothing here looks at a future injury."""

    late_joiners: Share = 0.10
    leavers: Share = 0.06
    unlogged_start: Share = 0.012
    unlogged_weeks: Positive = 1.6
    session_unlogged: Share = 0.02
    history_at_entry: bool = True
    birth_year_missing: Share = 0.03
    height_missing: Share = 0.05
    running_since_missing: Share = 0.10
    shoe_not_named: Share = 0.15
    return_date_missing: Share = 0.03
    diagnosis_missing: Share = 0.10
    never_answers_rpe: Share = 0.20
    rpe_answered: Share = 0.85
    never_answers_wellness: Share = 0.08
    wellness_answered: Share = 0.85
    wellness_item_skipped: Share = 0.03
    never_answers_pain: Share = 0.15
    pain_answered: Share = 0.65
    heart_rate_missing: Share = 0.05
    owns_dynamics: Share = 0.65
    dynamics_missing: Share = 0.06
    changes_device: Share = 0.30
    owns_hrv: Share = 0.45
    tested_strength: Share = 0.75
    strength_every_weeks: int = Field(default=12, ge=1)
    strength_test_skipped: Share = 0.20
    strength_error_sd: NonNegative = 0.25
    tested_gait: Share = 0.60
    gait_every_weeks: int = Field(default=40, ge=1)
    gait_error_sd: NonNegative = 0.35
    weighed_every_weeks: int = Field(default=4, ge=1)
    pain_threshold: float = 1.5
    pain_per_tissue_sd: NonNegative = 0.9
    pain_per_spike: NonNegative = 0.8
    pain_error_sd: Positive = 1.0
    soreness_per_tissue_sd: NonNegative = 0.45
    soreness_per_fatigue_sd: NonNegative = 0.45
    soreness_error_sd: Positive = 0.6


class OracleSettings(Group):
    """Resolution of the oracle: imagined weeks per Sunday, points of the frailty grid."""

    draws: int = Field(default=32, ge=1)
    frailty_points: int = Field(default=12, ge=1)


class PilotSettings(Group):
    """The pilot cohort that sets the baseline so that the incidence holds whatever the effects."""

    athletes: int = Field(default=800, ge=4)
    weeks: int = Field(default=52, ge=1)
    rounds: int = Field(default=2, ge=1)


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


RATIOS = (
    "spike_10_to_30", "spike_30_to_100", "spike_above_100", "previous_injury",
    "poor_sleep_per_point", "stress_per_point", "weak_knee_extension_per_sd",
    "weak_hip_per_sd_knee", "hip_adduction_per_sd_knee", "low_cadence_per_sd_knee", "worn_shoes",
)  # fmt: skip


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

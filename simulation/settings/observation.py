"""What is seen of it: answers, tests and gaps, and how finely the oracle looks."""

from pydantic import Field

from common.settings import Settings
from simulation.settings.base import NonNegative, Positive, Share


class ObservationSettings(Settings):
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
    sleep_h_per_tissue_sd: NonNegative = 0.0
    log_hrv_per_tissue_sd: NonNegative = 0.0


class OracleSettings(Settings):
    """Resolution of the oracle: imagined weeks per Sunday, points of the frailty grid."""

    draws: int = Field(default=32, ge=1)
    frailty_points: int = Field(default=12, ge=1)


class PilotSettings(Settings):
    """The pilot cohort that sets the baseline so that the incidence holds whatever the effects."""

    athletes: int = Field(default=800, ge=4)
    weeks: int = Field(default=52, ge=1)
    rounds: int = Field(default=2, ge=1)

"""What harms and how it heals: hazard ratios, tissue, diagnoses, recovery."""

from pydantic import Field

from common.settings import Settings
from simulation.settings.base import NonNegative, Positive, Share

RATIOS = (
    "spike_10_to_30", "spike_30_to_100", "spike_above_100", "previous_injury",
    "poor_sleep_per_point", "stress_per_point", "weak_knee_extension_per_sd",
    "weak_hip_per_sd_knee", "hip_adduction_per_sd_knee", "low_cadence_per_sd_knee", "worn_shoes",
    "recurrence",
)  # fmt: skip


class HazardSettings(Settings):
    """Hazard ratios; 1 switches an effect off.

    ACWR and the week-to-week ratio have no parameter because they have no effect of their own.

    Notes
    -----
    Longest-run spike: Frandsen 2025. Sleep quality (per point of the 1-5 scale, mean of seven
    nights): 1.36 of the 339-runner cohort 2025. Knee-extension and hip strength (per standard
    deviation lower): exp(0.19) and exp(0.15) from standardised mean differences, 2022 and Neal
    2019. The rest is weak by assumption. `frailty_variance` is that of a Gamma frailty of mean 1.

    `hours_exponent`: the hazard of a week grows with its hours to this power. At 1 each hour of
    running carries the same hazard; published cohorts come near 0.5 (BJSM 2017;51:309: more
    kilometres a week, less risk per kilometre).

    `recurrence` multiplies the hazard of the former injury's own place on the day of return and
    fades to 1 within `recurrence_window_days`. Within `recurrence_days` of the return no injury of
    that place is drawn at all; 0 lets recurrences happen from the first day.
    """

    hours_exponent: Positive = 1.0
    spike_10_to_30: Positive = 1.64
    spike_30_to_100: Positive = 1.52
    spike_above_100: Positive = 2.28
    spike_decay_days: Positive = 7.0
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
    recurrence: Positive = 1.0
    recurrence_window_days: Positive = 90.0
    knee_share: Share = 0.40


class TissueSettings(Settings):
    """The hidden tissue state of knee and elsewhere: a chain with the moments of an AR(1).

    With `shared` both regions have one state in common, a strain of the whole body.
    """

    persistence: Share = 0.93
    states: int = Field(default=7, ge=3)
    hazard_per_sd: Positive = 1.35
    shared: bool = False


class RecoverySettings(Settings):
    """Days to recovery, lognormal: RUN CLEVER (all injuries 56; patellofemoral pain 49, IQR 63)."""

    pfps_median_days: Positive = 49.0
    other_median_days: Positive = 58.5
    pfps_iqr_days: Positive = 63.0
    shortest_days: int = Field(default=7, ge=7)
    longest_days: int = 617

    @property
    def log_sd(self) -> float:
        """Standard deviation of log days, from median and IQR: asinh(IQR / 2 median) / 0.6745."""
        import numpy as np  # as in simulation.settings.base

        # A lognormal's IQR is 2 median sinh(0.6745 sd), solved for sd.
        return float(
            np.arcsinh(self.pfps_iqr_days / (2 * self.pfps_median_days)) / 0.6744897501960817
        )


class DiagnosisSettings(Settings):
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

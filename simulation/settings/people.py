"""Who runs and how: levels, habits, sleep and stress."""

from common.settings import Settings
from simulation.settings.base import NonNegative, PerLevel, Positive, Share, per_level


class LevelSettings(Settings):
    """Who runs how much, by level.

    The incidence per 1,000 h of novices and recreational runners is Videbaek 2015; that of the
    faster levels is set so that the whole cohort comes near the 7.7 of recreational runners.
    """

    share: PerLevel = per_level(0.25, 0.50, 0.20, 0.05)
    weekly_km: PerLevel = per_level(22.0, 42.0, 72.0, 110.0)
    speed_km_h: PerLevel = per_level(9.0, 10.5, 12.6, 14.6)
    sessions_per_week: PerLevel = per_level(2.8, 3.8, 5.4, 6.6)
    races_per_year: PerLevel = per_level(1.0, 2.0, 4.0, 6.0)
    hard_share: PerLevel = per_level(0.05, 0.12, 0.20, 0.25)
    incidence_per_1000_h: PerLevel = per_level(17.8, 7.7, 4.6, 3.6)


class HabitSettings(Settings):
    """How runners draw and keep their weeks (shares are per week unless named otherwise).

    `break_start` is half of the mean weekly chance that a break begins, see
    :func:`simulation.training.plan.break_chance`.
    """

    volume_log_sd: NonNegative = 0.60
    speed_log_sd: NonNegative = 0.07
    consistency_low: Share = 0.70
    consistency_high: Share = 0.98
    week_log_sd: NonNegative = 0.28
    week_persistence: Share = 0.85
    session_log_sd: NonNegative = 0.15
    build_step: NonNegative = 0.07
    recovery_factor: Share = 0.70
    taper_factor: Share = 0.60
    post_race_factor: Share = 0.45
    holiday_start: Share = 0.04
    holiday_weeks: Positive = 1.5
    holiday_factor: Share = 0.35
    illness_start: Share = 0.025
    illness_days: tuple[int, int] = (3, 10)
    break_start: Share = 0.03
    break_weeks: Positive = 3.0
    break_factor: Share = 0.20
    long_run_lengthened: Share = 0.12
    lengthened_by: Positive = 0.45
    smallest_run_km: Positive = 2.0
    ramp_days: Positive = 42.0
    ramp_start: Share = 0.40
    rehab_jog_days: int = 14
    rehab_jog_chance: Share = 0.35
    rehab_jog_km: Positive = 3.0


class MindSettings(Settings):
    """Sleep quality and stress: a runner's own level and its slow wandering (1-5 scales)."""

    sleep_mean: float = 3.5
    sleep_between_sd: NonNegative = 0.55
    sleep_within_sd: NonNegative = 0.70
    sleep_persistence: Share = 0.90
    stress_between_sd: NonNegative = 0.6
    stress_within_sd: NonNegative = 0.8
    stress_persistence: Share = 0.95

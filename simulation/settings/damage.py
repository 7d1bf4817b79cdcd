"""The second mechanism: damage that sessions leave, capacity that training builds, a threshold."""

from pydantic import Field

from common.settings import Settings
from simulation.settings.base import NonNegative, Positive, Share


class DamageSettings(Settings):
    """Sizes of the second mechanism; none of them is a published figure.

    Parameters
    ----------
    load_power
        A session adds (load / capacity) to this power to a tissue's damage.
    knee_healing_days, elsewhere_healing_days
        Days in which damage falls to 1/e at ordinary sleep.
    sleep_healing_per_point
        How much faster it falls for a point of sleep quality (1-5) above the usual one.
    capacity_days
        Memory of the capacity: an exponentially weighted mean of the daily load.
    least_capacity_h
        Capacity of who has not trained at all, in hours of easy running a day.
    strength_per_sd
        Gain in log capacity for a standard deviation of strength.
    gait_per_sd
        Loss in log capacity of the knee for a standard deviation of hip adduction.
    scar, scar_days
        Share of the capacity of its place that an injury takes, and in how many days that fades
        to 1/e.
    failure_spread
        Spread of the log threshold from day to day (logistic).
    frailty_df, frailty_log_sd
        Frailty multiplies all damage: exp of so many times a Student t, cut at its 1 in 200 tails.
    many_sports
        Share of the runners who also cycle and use the elliptical, about `cross_sessions` times a
        week.
    attentive
        Share of the runners whose coach reacts: who looks strained on a Sunday (seen with an error
        of `coach_error_sd`, above `coach_reacts_above`, in standard deviations of the strain) runs
        only `coach_cut` of the coming week.
    """

    load_power: Positive = 2.0
    knee_healing_days: Positive = 4.0
    elsewhere_healing_days: Positive = 3.0
    sleep_healing_per_point: NonNegative = 0.25
    capacity_days: Positive = 42.0
    least_capacity_h: Positive = 0.12
    strength_per_sd: NonNegative = 0.10
    gait_per_sd: NonNegative = 0.08
    scar: Share = 0.25
    scar_days: Positive = 150.0
    failure_spread: Positive = 0.8
    frailty_df: Positive = Field(default=4.0, gt=2)
    frailty_log_sd: NonNegative = 0.30
    many_sports: Share = 0.45
    cross_sessions: Positive = 2.0
    attentive: Share = 0.6
    coach_error_sd: Positive = 0.6
    coach_reacts_above: float = 1.6
    coach_cut: Share = 0.6

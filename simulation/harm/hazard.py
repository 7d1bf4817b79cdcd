"""The hazard: multiplicative effects on the log scale, accrued per hour of running.

For region r (knee, elsewhere) on a day with `hours` of running

    hazard_r = frailty * tissue_r ** z * baseline_r(level) * hours * exp(sum of log effects)

(times a power of the week's hours, see :func:`hour_weight`, unless that power is 0, as by default)
and a new injury happens on that day with probability 1 - exp(-sum_r hazard_r). This module gives
everything but frailty and tissue, which nobody can see.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from common.arrays import Bools, Floats
from simulation.harm.diagnosis import area_shares
from simulation.harm.week_path import WeekPath
from simulation.people.roster import DAYS, Traits
from simulation.people.state import ELSEWHERE, KNEE, State
from simulation.settings.cohort import SimulationSettings
from simulation.settings.harm import HazardSettings

NEUTRAL_SLEEP = 3.5
USUAL_WEEK_HOURS = 4.0
# With an exponent below 1 an hour in a week without any would count without end.
LEAST_WEEK_HOURS = 0.1


def spike_log_ratio(ratio: Floats, settings: HazardSettings) -> Floats:
    """Return the log hazard ratio of a session by its class of longest-run ratio (Frandsen 2025).

    Examples
    --------
    >>> np.exp(spike_log_ratio(np.array([np.nan, 1.1, 1.2, 1.5, 2.5]), HazardSettings())).round(2)
    array([1.  , 1.  , 1.64, 1.52, 2.28])
    """
    steps = np.log(
        [1.0, settings.spike_10_to_30, settings.spike_30_to_100, settings.spike_above_100]
    )
    # side="left" keeps a rise of exactly 10 % in the reference class, as published
    log_ratio: Floats = steps[
        np.searchsorted([1.1, 1.3, 2.0], np.nan_to_num(ratio, nan=0.0), side="left")
    ]
    return log_ratio


def acting_spike(past: Floats, week: Floats, settings: HazardSettings) -> Floats:
    """Return the log effect of the strongest spike that still acts on each day.

    Parameters
    ----------
    past, week : arrays, rows x 7
        Undecayed log hazard ratios of the sessions of the past and of the coming 7 days.
    """
    # Past spikes are kept undecayed, so that each day can fade them by its own distance.
    fade = np.exp(-np.arange(DAYS) / settings.spike_decay_days)
    whole = np.concatenate([past, week], axis=1)
    lags = [whole[:, DAYS - lag : 2 * DAYS - lag] * fade[lag] for lag in range(DAYS)]
    strongest: Floats = np.maximum.reduce(lags)
    return strongest


def previous_injury_log(days_since_return: Floats, settings: HazardSettings) -> Floats:
    """Return log(ratio), falling linearly to 0 within `previous_injury_days` of the return."""
    left = 1 - days_since_return / settings.previous_injury_days
    log_ratio: Floats = np.log(settings.previous_injury) * np.clip(left, 0, 1)
    return log_ratio


def hour_weight(week_hours: Floats, settings: HazardSettings) -> Floats:
    """Return what an hour of running counts for, by the hours of the 7 days that it ends.

    (hours / 4) ** (exponent - 1): over a steady week the hazard grows with hours ** exponent, and
    who runs after a pause runs at the greater risk per hour of a small week. 1 at exponent 1.

    Examples
    --------
    >>> hour_weight(np.array([1.0, 4.0, 16.0]), HazardSettings(hours_exponent=0.5))
    array([2. , 1. , 0.5])
    """
    known = np.maximum(week_hours, LEAST_WEEK_HOURS)
    weight: Floats = (known / USUAL_WEEK_HOURS) ** (settings.hours_exponent - 1)
    return weight


def recurrence_ratio(days_since_return: NDArray[Any], settings: HazardSettings) -> Floats:
    """Return the hazard ratio of the former injury's own place, fading to 1 within its window."""
    left = np.clip(1 - days_since_return / settings.recurrence_window_days, 0, 1)
    ratio: Floats = settings.recurrence**left
    return ratio


def _week_hours(traits: Traits, state: State, path: WeekPath) -> Floats:
    """Return the hours of running of the 7 days up to each day of the week, rows x 7."""
    km = np.concatenate([state.km[:, 1 - DAYS :], path.km], axis=1)
    summed = np.stack([km[:, d : d + DAYS].sum(axis=1) for d in range(DAYS)], axis=1)
    hours: Floats = summed / traits.speed_km_h[:, None]
    return hours


def _body_log(traits: Traits, state: State, settings: HazardSettings) -> tuple[Floats, Floats]:
    """Slow effects of strength, gait and shoes: on every injury, and on the knee alone."""
    span = settings.worn_to_km - settings.worn_from_km
    wear = np.clip((state.shoe_km - settings.worn_from_km) / span, 0, 1)
    every = (
        -np.log(settings.weak_knee_extension_per_sd) * state.knee_z
        + np.log(settings.worn_shoes) * wear
    )
    knee = (
        -np.log(settings.weak_hip_per_sd_knee) * state.hip_z
        + np.log(settings.hip_adduction_per_sd_knee) * traits.adduction_z
        - np.log(settings.low_cadence_per_sd_knee) * traits.cadence_z
    )
    return every, knee


def exposure_hazard(
    traits: Traits, state: State, path: WeekPath, baseline: Floats, settings: SimulationSettings
) -> Floats:
    """Return each day's hazard without frailty and tissue, rows x 7 x (knee, elsewhere).

    It is 0 while injured.
    """
    hazard = settings.hazard
    day = state.day + np.arange(DAYS)
    # Means of seven nights, because the published ratio is of them.
    nights = np.concatenate([state.sleep, path.sleep], axis=1)
    sleep = np.stack([nights[:, d + 1 : d + 1 + DAYS].mean(axis=1) for d in range(DAYS)], axis=1)
    every, knee = _body_log(traits, state, hazard)
    since = np.maximum(day - state.return_day[:, None], 0).astype(np.float64)
    common = (
        acting_spike(state.spikes, path.spike, hazard)
        + previous_injury_log(since, hazard)
        + np.log(hazard.poor_sleep_per_point) * (NEUTRAL_SLEEP - sleep)
        + np.log(hazard.stress_per_point) * path.stress
        + every[:, None]
    )
    weight = hour_weight(_week_hours(traits, state, path), hazard)
    # Jogs of rehabilitation carry no risk: while injured nobody is at risk of a new injury.
    hours = np.where(path.healthy, path.hours * weight, 0.0)
    rate = hours[:, :, None] * np.exp(common)[:, :, None] * baseline[:, None, :]
    rate[:, :, KNEE] *= np.exp(knee)[:, None]
    again = _recurrent(state, since, settings)
    return np.asarray(rate * again * _new_not_recurrent(state, since, settings))


def would_be_recurrence(days_since_return: NDArray[Any], settings: HazardSettings) -> Bools:
    """Say where a report of the same region would be the same injury, not a new one."""
    gap = settings.recurrence_days
    return np.asarray((days_since_return <= gap) & (gap > 0))


def _recurrent(state: State, since: Floats, settings: SimulationSettings) -> Floats:
    """Return the hazard ratio of each region by the former injury's place, rows x 7 x 2."""
    ratio = recurrence_ratio(since, settings.hazard)
    # Who has no former area has the index -1, which reads the appended 0.
    same = np.append(area_shares(settings.diagnoses), 0.0)[state.injured_area]
    ratios = np.ones((*since.shape, 2))
    ratios[:, :, KNEE] = np.where((state.injured_region == KNEE)[:, None], ratio, 1.0)
    hurt_elsewhere = (state.injured_region == ELSEWHERE)[:, None]
    ratios[:, :, ELSEWHERE] = np.where(hurt_elsewhere, 1 + (ratio - 1) * same[:, None], 1.0)
    return ratios


def _new_not_recurrent(state: State, since: Floats, settings: SimulationSettings) -> Floats:
    """Leave out what would be the same injury: the same region within `recurrence_days` of return.

    The return of this simulator is the final one, so no such report is written; the risk of a
    *new* injury is what remains.
    """
    soon = would_be_recurrence(since, settings.hazard)
    open_share = np.ones((*since.shape, 2))
    open_share[:, :, KNEE] = np.where(soon & (state.injured_region == KNEE)[:, None], 0.0, 1.0)
    same = np.append(area_shares(settings.diagnoses), 0.0)[state.injured_area]
    hurt_elsewhere = (state.injured_region == ELSEWHERE)[:, None]
    open_share[:, :, ELSEWHERE] = np.where(soon & hurt_elsewhere, 1 - same[:, None], 1.0)
    return open_share

"""Damage and capacity of a tissue: what the sessions of a week leave, and when it fails.

For region r (knee, elsewhere) on a day with load L (hours of running, times the intensity; other
sports count a part), capacity C and healing time T

    damage_r <- damage_r * exp(-sleep / T_r) + (L_r / (C * scar_r * exp(strength))) ** power
    C        <- C + (L - C) / days

and on a day with a run the tissue fails if frailty * damage_r exceeds that day's threshold, whose
logarithm is logistic round the level's own. So the hazard is log(1 + (frailty damage / threshold)
** (1 / spread)), steep and without a reference per hour.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from common.arrays import Bools, Floats
from simulation.harm.week_path import WeekPath
from simulation.people.roster import DAYS, Traits
from simulation.people.state import ELSEWHERE, KNEE, State
from simulation.settings.damage import DamageSettings

INTENSITY_OF_KIND = np.array([0.0, 1.0, 1.0, 1.35, 1.6])
# What an hour of cycling and on the elliptical loads: knee, elsewhere, and the capacity.
CROSS_LOAD = np.array([[0.20, 0.10, 0.15], [0.30, 0.20, 0.25]])
# The cohort's mean: at ordinary sleep damage heals in the days of the settings.
USUAL_SLEEP = 3.5
# Damage is compared by its logarithm, which has no value at 0.
LEAST_DAMAGE = 1e-3


@dataclass(frozen=True, kw_only=True)
class TissueLoad:
    """On a Sunday: damage (runners x (knee, elsewhere)), trained load per day, and the last peak.

    ``peak`` is the largest log damage of the past 7 days, runners x 2; all without frailty.
    """

    damage: Floats
    trained: Floats
    peak: Floats

    def repeat(self, times: int) -> Self:
        """Return the wear with every runner `times` times in a row."""
        return type(self)(
            **{f.name: np.repeat(getattr(self, f.name), times, axis=0) for f in fields(self)}
        )


def first_wear(traits: Traits) -> TissueLoad:
    """Return runners who trained as usual and carry no damage."""
    usual = traits.base_km / traits.speed_km_h / DAYS
    none = np.full((traits.rows, 2), LEAST_DAMAGE)
    return TissueLoad(damage=none, trained=usual, peak=np.log(none))


def wear_week(
    traits: Traits,
    state: State,
    wear: TissueLoad,
    path: WeekPath,
    cross: Floats,
    settings: DamageSettings,
) -> tuple[Floats, TissueLoad]:
    """Follow damage and capacity through a week.

    Parameters
    ----------
    cross : array, rows x 7 x (cycling, elliptical)
        Hours.

    Returns
    -------
    array, rows x 7 x (knee, elsewhere)
        Log damage after each day, without frailty.
    TissueLoad
        At the end.
    """
    run = path.hours * INTENSITY_OF_KIND[path.kind]
    other = cross @ CROSS_LOAD
    firm = _firmness(traits, state, settings)
    heal = _healing(state, path, settings)
    damage, trained = wear.damage, wear.trained
    days = np.empty((*run.shape, 2))
    for day in range(DAYS):
        # The capacity of the eve: a session cannot make itself bearable.
        capacity = settings.least_capacity_h + trained
        load = run[:, day, None] + other[:, day, :2]
        added = (load / (capacity[:, None] * firm[:, day])) ** settings.load_power
        damage = np.maximum(damage * heal[:, day] + added / DAYS, LEAST_DAMAGE)
        trained = trained + (run[:, day] + other[:, day, 2] - trained) / settings.capacity_days
        days[:, day] = np.log(damage)
    return days, TissueLoad(damage=damage, trained=trained, peak=days.max(axis=1))


def failure_hazard(log_damage: Floats, log_threshold: Floats, spread: float) -> Floats:
    """Return -log(1 - P(failure)): the threshold's logarithm is logistic with this spread.

    Examples
    --------
    >>> p = 1 - np.exp(-failure_hazard(np.log([1.0, 2.0, 4.0]), np.log(2.0), 0.35))
    >>> p.round(3)
    array([0.121, 0.5  , 0.879])
    """
    # log(1 + exp(x)) without overflow where damage is far above the threshold.
    return np.logaddexp(0.0, (log_damage - log_threshold) / spread)


def runs_at_risk(path: WeekPath) -> Bools:
    """Say on which days the tissue can fail: those with a run, while healthy."""
    return np.asarray(path.healthy & (path.hours > 0))


def _firmness(traits: Traits, state: State, settings: DamageSettings) -> Floats:
    """Return what multiplies the capacity, rows x 7 x region: strength, gait and scars."""
    strong = settings.strength_per_sd * state.knee_z
    knee = strong + 0.5 * settings.strength_per_sd * state.hip_z
    knee = knee - settings.gait_per_sd * traits.adduction_z
    day = state.day + np.arange(DAYS)
    since = np.maximum(day - state.return_day[:, None], 0)
    scar = 1 - settings.scar * np.exp(-since / settings.scar_days)
    firm = np.exp(np.stack([knee, strong], axis=1))[:, None, :] * np.ones((1, DAYS, 1))
    for region in (KNEE, ELSEWHERE):
        hurt = (state.injured_region == region)[:, None]
        firm[:, :, region] *= np.where(hurt, scar, 1.0)
    return np.asarray(firm)


def _healing(state: State, path: WeekPath, settings: DamageSettings) -> Floats:
    """Return the share of the damage that a night leaves, rows x 7 x region."""
    # The last two nights of the week before: without them Monday would heal by one night alone.
    nights = np.concatenate([state.sleep[:, -2:], path.sleep], axis=1)
    sleep = np.stack([nights[:, d : d + 3].mean(axis=1) for d in range(DAYS)], axis=1)
    pace = np.exp(settings.sleep_healing_per_point * (sleep - USUAL_SLEEP))
    days = np.array([settings.knee_healing_days, settings.elsewhere_healing_days])
    return np.asarray(np.exp(-pace[:, :, None] / days))

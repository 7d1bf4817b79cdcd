"""Other sports, and coaches who react to how their runners look: parts of the second mechanism."""

from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from common.arrays import Bools, Floats
from simulation.people.roster import DAYS
from simulation.settings.damage import DamageSettings
from simulation.training.plan import Plan

HURT_CROSS_MORE = 1.6
CYCLING = 0.65


def draw_cross(
    sporty: Bools, healthy: Bools, settings: DamageSettings, rng: np.random.Generator
) -> Floats:
    """Draw the hours of cycling and on the elliptical, rows x 7 x 2; more while injured."""
    shape = healthy.shape
    chance = settings.cross_sessions / DAYS * np.where(healthy, 1.0, HURT_CROSS_MORE)
    # Drawn for all runners and masked, so that the numbers do not depend on who does other sports.
    happens = (rng.random(shape) < chance) & sporty[:, None]
    hours = np.clip(rng.lognormal(np.log(1.0), 0.4, shape), 0.3, 4)
    cycles = rng.random(shape) < CYCLING
    done = np.where(happens, hours, 0.0)
    return np.stack([np.where(cycles, done, 0.0), np.where(cycles, 0.0, done)], axis=2)


def react_chance(strain: Floats, settings: DamageSettings) -> Floats:
    """Return P(the coach cuts the coming week | largest strain of the week past)."""
    chance: Floats = ndtr((strain - settings.coach_reacts_above) / settings.coach_error_sd)
    return chance


def cut_week(plan: Plan, cut: Bools, settings: DamageSettings) -> Plan:
    """Return the plan with all of its kilometres made fewer where the coach cuts the week.

    A race of that week is cut as well: it stays a race, over a shorter distance.
    """
    factor = np.where(cut, settings.coach_cut, 1.0)[:, None]
    return replace(plan, km=plan.km * factor, written_km=plan.written_km * factor)

"""Who the runners are: traits that do not change while they are watched."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from scipy.stats import gamma

from common.arrays import Floats, Ints
from simulation.settings.cohort import SimulationSettings

DAYS = 7
WOMEN = 0.47
GYM_GOERS = 0.55


@dataclass(frozen=True, kw_only=True)
class Traits:
    """One entry per runner; ``day_liking`` is runners x 7 (Monday first).

    ``knee_z``, ``hip_z``, ``adduction_z`` and ``cadence_z`` are in standard deviations of the
    cohort. ``frailty`` is known to the full truth only.
    """

    level: Ints
    female: Ints
    birth_year: Ints
    height_cm: Floats
    mass_kg: Floats
    running_years: Floats
    base_km: Floats
    speed_km_h: Floats
    sessions: Floats
    consistency: Floats
    impulsiveness: Floats
    race_chance: Floats
    race_km: Floats
    hard_share: Floats
    day_liking: Floats
    long_day: Ints
    sleep_mean: Floats
    stress_mean: Floats
    shoe_life_km: Floats
    knee_z: Floats
    hip_z: Floats
    adduction_z: Floats
    cadence_z: Floats
    gym_adherence: Floats
    incidence_per_h: Floats
    frailty: Floats

    def repeat(self, times: int) -> Self:
        """Return the traits with every runner `times` times in a row."""
        return type(self)(
            **{f.name: np.repeat(getattr(self, f.name), times, axis=0) for f in fields(self)}
        )

    @property
    def rows(self) -> int:
        """How many runners there are."""
        return len(self.level)


def draw_traits(settings: SimulationSettings, athletes: int, rng: np.random.Generator) -> Traits:
    """Draw runners; levels come in the exact shares of the settings, in random order."""
    levels, habits = settings.levels, settings.habits
    level = _levels(levels.share.array(), athletes, rng)
    female = (rng.random(athletes) < WOMEN).astype(np.int64)
    age = np.clip(rng.normal(38, 10, athletes), 18, 72)
    normal = rng.standard_normal((athletes, 8))
    base_km = levels.weekly_km.array()[level] * np.exp(habits.volume_log_sd * normal[:, 0])
    slower = 0.10 * female + 0.004 * np.maximum(age - 35, 0)
    speed = levels.speed_km_h.array()[level] * np.exp(habits.speed_log_sd * normal[:, 1] - slower)
    sessions = levels.sessions_per_week.array()[level] * np.exp(
        0.45 * habits.volume_log_sd * normal[:, 0]
    )
    height = np.where(female == 1, 167.0, 180.0) + 6.5 * normal[:, 2]
    leanness = np.array([24.5, 23.2, 21.8, 20.6])[level] - 0.9 * female
    return Traits(
        level=level,
        female=female,
        birth_year=np.rint(settings.start.year - age).astype(np.int64),
        height_cm=height,
        mass_kg=(leanness + 1.6 * normal[:, 3]) * (height / 100) ** 2,
        running_years=np.minimum(rng.gamma(2.0, np.array([0.7, 3.5, 5.0, 6.0])[level]), age - 12),
        base_km=np.clip(base_km, 6, 190),
        speed_km_h=speed,
        sessions=np.clip(sessions, 1.6, 7),
        consistency=rng.uniform(habits.consistency_low, habits.consistency_high, athletes),
        impulsiveness=rng.gamma(2.0, 0.5, athletes),
        race_chance=levels.races_per_year.array()[level] / 52.0,
        race_km=_race_distances(level, rng),
        hard_share=levels.hard_share.array()[level],
        day_liking=rng.normal(0, 1, (athletes, DAYS)),
        long_day=rng.choice([6, 5, 2], p=[0.62, 0.28, 0.10], size=athletes).astype(np.int64),
        sleep_mean=settings.mind.sleep_mean + settings.mind.sleep_between_sd * normal[:, 4],
        stress_mean=settings.mind.stress_between_sd * normal[:, 5],
        shoe_life_km=rng.normal(750, 150, athletes).clip(400, 1200),
        knee_z=normal[:, 6],
        # Strong knees go with strong hips (correlation 0.5); the root keeps the variance at 1.
        hip_z=0.5 * normal[:, 6] + np.sqrt(0.75) * normal[:, 7],
        # Women adduct more; 0.937 squared is what sex leaves of a variance of 1.
        adduction_z=0.35 * 2 * (female - WOMEN) + 0.937 * rng.standard_normal(athletes),
        cadence_z=rng.standard_normal(athletes),
        gym_adherence=np.where(
            rng.random(athletes) < GYM_GOERS, rng.uniform(0.2, 0.9, athletes), 0.0
        ),
        incidence_per_h=levels.incidence_per_1000_h.array()[level] / 1000,
        frailty=_frailties(settings.hazard.frailty_variance, level, rng),
    )


def _levels(share: Floats, athletes: int, rng: np.random.Generator) -> Ints:
    cuts = np.cumsum(share)[:-1]
    # Exact shares: drawn ones would change the incidence of the whole cohort with the seed.
    level = np.searchsorted(cuts, (np.arange(athletes) + 0.5) / athletes, side="right")
    return rng.permutation(level.astype(np.int64))


def _frailties(variance: float, level: Ints, rng: np.random.Generator) -> Floats:
    """Draw Gamma frailties stratified within each level, so that no level is unlucky as a whole."""
    frailty = np.ones(len(level))
    for stratum in np.unique(level) if variance > 0 else []:
        members = np.flatnonzero(level == stratum)
        ranks = rng.permutation(len(members)) + rng.random(len(members))
        # Shape 1 / variance and scale variance: the mean is 1, so frailty moves no incidence.
        frailty[members] = gamma.ppf(ranks / len(members), 1 / variance, scale=variance)
    return frailty


def _race_distances(level: Ints, rng: np.random.Generator) -> Floats:
    choices = np.array(
        [[5.0, 10.0, 10.0], [10.0, 21.1, 42.2], [10.0, 21.1, 42.2], [10.0, 21.1, 42.2]]
    )
    return choices[level, rng.integers(0, 3, len(level))]

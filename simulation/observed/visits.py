"""What a clinic and a coach measure now and then: strength, gait, body mass, exercises done."""

from dataclasses import dataclass

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.observed.device import cadence_spm
from simulation.observed.sessions import GYM, Sessions
from simulation.people.presence import Presence
from simulation.people.roster import DAYS, Traits
from simulation.settings.cohort import SimulationSettings
from simulation.settings.observation import ObservationSettings
from simulation.training.paths import Paths

TRIAL_SPEED_M_S = 2.78
KNEE_N_PER_KG, KNEE_SD = 4.6, 0.75
HIP_N_PER_KG, HIP_SD = 2.1, 0.36
WOMEN_WEAKER = 0.90
EXERCISE_LOGGED = 0.6
SET_LEFT_OUT = 0.2
SECOND_LABORATORY = 0.25
EXERCISES = (
    ("side-lying hip abduction", "hip", 15, 0.0),
    ("hip thrust", "hip", 10, 40.0),
    ("split squat", "quadriceps", 10, 16.0),
    ("calf raise", "calf", 15, 10.0),
    ("side plank", "core", 3, 0.0),
    ("Nordic lowering", "hamstrings", 6, 0.0),
)


@dataclass(frozen=True, kw_only=True)
class Tests:
    """One entry per visit: runner, day, values of left and right (visits x 2)."""

    runner: Ints
    day: Ints
    knee_n: Floats
    hip_n: Floats


@dataclass(frozen=True, kw_only=True)
class Trials:
    """One entry per gait trial; ``lab`` is the laboratory, whose readings differ by an offset."""

    runner: Ints
    day: Ints
    lab: Ints
    adduction_deg: Floats
    drop_deg: Floats
    cadence: Floats


@dataclass(frozen=True, kw_only=True)
class Weighings:
    """One entry per weighing."""

    runner: Ints
    day: Ints
    mass_kg: Floats


@dataclass(frozen=True, kw_only=True)
class Exercises:
    """One entry per exercise; ``exercise`` indexes :data:`EXERCISES`."""

    runner: Ints
    day: Ints
    exercise: Ints
    sets: Ints
    prescribed: Ints
    load_factor: Floats


def _visits(
    share: float, every_weeks: int, skipped: float, presence: Presence, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return runner and day of visits: own start, own weekday, some missed, none while absent."""
    rows, days = presence.logged.shape
    comes = rng.random((rows, 1)) < share
    # Own beginnings: tests of everybody on one day would tie strength to the season.
    first = rng.integers(0, every_weeks * DAYS, (rows, 1))
    on_day = (np.arange(days) - first) % (every_weeks * DAYS) == 0
    keeps = rng.random((rows, days)) >= skipped
    runner, day = np.nonzero(on_day & keeps & comes & presence.logged)
    return runner, day


def draw_strength(
    traits: Traits,
    paths: Paths,
    presence: Presence,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Tests:
    """Draw hand-held dynamometer tests of knee extension and hip abduction, in newton."""
    seen, first = settings.observation, settings.burn_in_weeks * DAYS
    runner, day = _visits(
        seen.tested_strength, seen.strength_every_weeks, seen.strength_test_skipped, presence, rng
    )

    def newton(z: Floats, mean: float, sd: float) -> Floats:
        # The hazard knows the strength itself, the file only what a dynamometer shows of it.
        sides = z[runner, first + day][:, None] + seen.strength_error_sd * rng.standard_normal(
            (len(runner), 2)
        )
        weaker = np.where(traits.female[runner] == 1, WOMEN_WEAKER, 1.0)[:, None]
        return np.maximum(mean + sd * sides, 0.3 * mean) * weaker * traits.mass_kg[runner][:, None]

    return Tests(
        runner=runner,
        day=day,
        knee_n=newton(paths.knee_z, KNEE_N_PER_KG, KNEE_SD),
        hip_n=newton(paths.hip_z, HIP_N_PER_KG, HIP_SD),
    )


def draw_gait(
    traits: Traits, presence: Presence, settings: SimulationSettings, rng: np.random.Generator
) -> Trials:
    """Draw treadmill trials at one speed in one of two laboratories."""
    seen = settings.observation
    runner, day = _visits(seen.tested_gait, seen.gait_every_weeks, 0.1, presence, rng)
    n = len(runner)
    lab = (rng.random(traits.rows) < SECOND_LABORATORY).astype(np.int64)[runner]
    error = seen.gait_error_sd * rng.standard_normal((n, 2))
    # Laboratories differ by an offset: readings of two must not be mixed in one series.
    adduction = 12.5 + 3.2 * (traits.adduction_z[runner][:, None] + error) + 2.0 * lab[:, None]
    drop = 5.0 + 1.1 * (
        0.6 * traits.adduction_z[runner][:, None] + 0.8 * rng.standard_normal((n, 2))
    )
    steps = cadence_spm(traits.cadence_z[runner], np.full(n, TRIAL_SPEED_M_S * 3.6))
    return Trials(
        runner=runner,
        day=day,
        lab=lab,
        adduction_deg=adduction,
        drop_deg=drop,
        cadence=steps + rng.normal(0, 1.5, n),
    )


def draw_weighings(
    traits: Traits, presence: Presence, settings: SimulationSettings, rng: np.random.Generator
) -> Weighings:
    """Draw body mass with a slow yearly swing."""
    seen: ObservationSettings = settings.observation
    runner, day = _visits(1.0, seen.weighed_every_weeks, 0.3, presence, rng)
    swing = np.cos(2 * np.pi * day / 365.25) + 0.6 * rng.standard_normal(len(runner))
    return Weighings(runner=runner, day=day, mass_kg=traits.mass_kg[runner] * (1 + 0.008 * swing))


def draw_exercises(sessions: Sessions, rng: np.random.Generator) -> Exercises:
    """Draw which exercises were written down after gym sessions."""
    gym: Bools = (sessions.sport == GYM) & (rng.random(len(sessions.sport)) < EXERCISE_LOGGED)
    runner, day = np.repeat(sessions.runner[gym], 2), np.repeat(sessions.day[gym], 2)
    first = rng.integers(0, len(EXERCISES), int(gym.sum()))
    second = (first + rng.integers(1, len(EXERCISES), len(first))) % len(EXERCISES)
    exercise = np.stack([first, second], axis=1).ravel()
    prescribed = np.full(len(exercise), 3)
    return Exercises(
        runner=runner,
        day=day,
        exercise=exercise,
        prescribed=prescribed,
        sets=prescribed - (rng.random(len(exercise)) < SET_LEFT_OUT),
        load_factor=np.clip(rng.normal(1, 0.25, len(exercise)), 0.4, 2),
    )

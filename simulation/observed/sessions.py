"""The sessions of the observed days: runs as they were done, rides and gym work beside them."""

from dataclasses import dataclass, fields, replace

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.observed.answers import Answers
from simulation.people.presence import Presence
from simulation.people.roster import DAYS, Traits
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import Paths
from simulation.training.plan import EASY, HARD, RACED

RUN, TRAIL, TREADMILL, TRACK, RIDE, GYM, ELLIPTICAL = range(7)
ON_FOOT_LAST = TRACK
MINUTE, HOUR = 60, 3600
SATURDAY = 5
EVENING_RUNNERS = 0.55
HARD_ON_TRACK = 0.4


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """One entry per session, ordered by runner and start; ``day`` counts from the start date.

    ``start_s`` is the local time of day. ``on_device`` is false where the watch stayed at home;
    ``rpe`` is -1 where nobody answered.
    """

    runner: Ints
    day: Ints
    start_s: Ints
    sport: Ints
    kind: Ints
    km: Floats
    moving_s: Ints
    elapsed_s: Ints
    rpe: Ints
    effort: Floats
    fatigue_z: Floats
    shoe: Ints
    on_device: Bools


def draw_sessions(
    traits: Traits,
    paths: Paths,
    presence: Presence,
    answers: Answers,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Sessions:
    """Draw when and where the sessions took place and what was done beside running."""
    window = slice(settings.burn_in_weeks * DAYS, (settings.burn_in_weeks + settings.weeks) * DAYS)
    parts = [
        _runs(traits, paths, presence, answers, window, settings, rng),
        _rides(presence, paths.healthy[:, window], paths.km[:, window] > 0, rng)
        if paths.cross is None
        else _cross(presence, paths.cross[:, window], rng),
        _gym(traits, presence, rng),
    ]
    whole = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Sessions)}
    order = np.lexsort((whole["start_s"], whole["day"], whole["runner"]))
    return Sessions(**{name: values[order] for name, values in whole.items()})


def shoe_numbers(paths: Paths) -> Ints:
    """Return which pair is worn on each day, counted from the first day of the burn-in."""
    changed = np.diff(paths.shoe_km, axis=1, prepend=paths.shoe_km[:, :1]) < 0
    # Kilometres of a pair only fall when a new one is taken.
    return np.cumsum(changed, axis=1)


def _runs(
    traits: Traits,
    paths: Paths,
    presence: Presence,
    answers: Answers,
    window: slice,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Sessions:
    runner, day = np.nonzero((paths.km[:, window] > 0) & presence.logged)
    n = len(runner)
    kind = paths.kind[:, window][runner, day]
    evening = rng.random(traits.rows) < EVENING_RUNNERS
    early = ~evening[runner] | (day % DAYS >= SATURDAY)
    start = np.where(early, 7.6, 17.6) * HOUR + rng.normal(0, 0.7 * HOUR, n)
    moving = paths.hours[:, window][runner, day] * HOUR
    pauses = moving * rng.exponential(0.03, n)
    return Sessions(
        runner=runner,
        day=day,
        start_s=np.rint(start).astype(np.int64),
        sport=_surfaces(traits, runner, day, kind, rng),
        kind=kind,
        km=paths.km[:, window][runner, day],
        moving_s=np.rint(moving).astype(np.int64),
        elapsed_s=np.rint(moving + pauses).astype(np.int64),
        rpe=answers.rpe[runner, day],
        effort=answers.effort[runner, day],
        fatigue_z=answers.fatigue_z[runner, day],
        shoe=shoe_numbers(paths)[:, window][runner, day],
        on_device=rng.random(n) >= settings.observation.session_unlogged,
    )


def _surfaces(
    traits: Traits, runner: Ints, day: Ints, kind: Ints, rng: np.random.Generator
) -> Ints:
    trail = rng.beta(0.6, 3.0, traits.rows)[runner]
    # Day 0 is in January, so the cosine is largest in winter, when treadmills are used.
    winter = 0.5 + 0.5 * np.cos(2 * np.pi * day / 365.25)
    treadmill = rng.beta(0.4, 6.0, traits.rows)[runner] * (0.4 + 1.6 * winter)
    dice = rng.random((3, len(runner)))
    sport = np.where(dice[0] < trail, TRAIL, RUN)
    sport = np.where((dice[1] < treadmill) & (kind == EASY), TREADMILL, sport)
    sport = np.where((kind == HARD) & (dice[2] < HARD_ON_TRACK), TRACK, sport)
    return np.where(kind == RACED, RUN, sport)


def _others(
    runner: Ints, day: Ints, sport: int, start: Floats, moving: Floats, km: Floats
) -> Sessions:
    n = len(runner)
    none = np.zeros(n, dtype=np.int64)
    seconds = np.rint(moving).astype(np.int64)
    return Sessions(
        runner=runner, day=day, start_s=np.rint(start).astype(np.int64), sport=np.full(n, sport),
        kind=none, km=km, moving_s=seconds, elapsed_s=seconds + seconds // 30, rpe=none - 1,
        effort=np.full(n, 3.0), fatigue_z=np.zeros(n), shoe=none - 1,
        on_device=np.ones(n, dtype=np.bool_),
    )  # fmt: skip


def _rides(presence: Presence, healthy: Bools, runs: Bools, rng: np.random.Generator) -> Sessions:
    """Cross-training on days without a run, more of it while running is out of the question."""
    rate = rng.beta(0.7, 6.0, (len(healthy), 1)) * np.where(healthy, 1.0, 2.5)
    runner, day = np.nonzero((rng.random(healthy.shape) < rate) & presence.logged & ~runs)
    hours = np.clip(rng.lognormal(np.log(1.1), 0.45, len(runner)), 0.3, 6)
    start = 13.0 * HOUR + rng.uniform(-1.5, 1.5, len(runner)) * HOUR
    return _others(runner, day, RIDE, start, hours * HOUR, hours * rng.normal(24, 2.5, len(runner)))


def _cross(presence: Presence, hours: Floats, rng: np.random.Generator) -> Sessions:
    """Return the cycling and the elliptical that the second mechanism counts."""
    runner, day, sport = np.nonzero((hours > 0) & presence.logged[:, :, None])
    n = len(runner)
    moving = hours[runner, day, sport]
    km = np.where(sport == 0, moving * rng.normal(24, 2.5, n), np.nan)
    start = 13.0 * HOUR + rng.uniform(-1.5, 1.5, n) * HOUR
    sessions = _others(runner, day, RIDE, start, moving * HOUR, km)
    return replace(sessions, sport=np.where(sport == 0, RIDE, ELLIPTICAL))


def _gym(traits: Traits, presence: Presence, rng: np.random.Generator) -> Sessions:
    """Strength work: twice a week at full adherence."""
    chance = traits.gym_adherence[:, None] * 2 / DAYS
    runner, day = np.nonzero((rng.random(presence.logged.shape) < chance) & presence.logged)
    start = 20.8 * HOUR + rng.uniform(-0.4, 0.4, len(runner)) * HOUR
    moving = np.clip(rng.normal(38, 9, len(runner)), 12, 90) * MINUTE
    return _others(runner, day, GYM, start, moving, np.full(len(runner), np.nan))

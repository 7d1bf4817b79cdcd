"""The policy: how the coming week is drawn from where the runner stands on Sunday evening."""

from dataclasses import dataclass, replace

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.people.roster import DAYS, Traits
from simulation.people.state import State
from simulation.settings.cohort import SimulationSettings
from simulation.settings.people import HabitSettings

BUILD_FIRST, BUILD_LAST, RECOVERY, TAPER, RACE, POST_RACE = 0, 2, 3, 4, 5, 6
FOLLOWER = np.array([1, 2, RECOVERY, BUILD_FIRST, RACE, POST_RACE, BUILD_FIRST])
NO_RUN, EASY, LONG, HARD, RACED = 0, 1, 2, 3, 4
RACE_DAY = 6
LONGEST_KM = 60.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A drawn week: what the runner would do if neither hurt nor still recovering.

    ``km`` and ``kind`` are rows x 7; ``jog`` marks days on which a runner late in recovery tries
    a short jog instead; ``runs`` is the number of sessions before any is skipped. ``written_km``
    and ``written_kind`` are the week as a coach would write it: without lapses and illness.
    """

    km: Floats
    kind: Ints
    jog: Bools
    ill: Bools
    runs: Ints
    phase: Ints
    volume: Floats
    holiday_weeks: Ints
    break_weeks: Ints
    illness_days: Ints
    written_km: Floats
    written_kind: Ints


def draw_plan(
    traits: Traits, state: State, settings: SimulationSettings, rng: np.random.Generator
) -> Plan:
    """Draw the coming week: phase, overlays (holiday, break, illness), days, distances, lapses."""
    habits = settings.habits
    phase = _next_phase(state.phase, traits.race_chance, rng)
    volume = _next_volume(state.volume, habits, rng)
    holiday = _next_counter(state.holiday_weeks, habits.holiday_start, habits.holiday_weeks, rng)
    lapse = break_chance(traits, habits)
    pause = _next_counter(state.break_weeks, lapse, habits.break_weeks, rng)
    ill, illness_days = _illness(state.illness_days, habits, rng)
    factor = week_factor(phase, holiday > 0, pause > 0, habits)
    target = traits.base_km * np.exp(volume) * factor
    runs, long_run = _days(traits, factor, rng)
    km, kind = _distances(traits, target, runs, long_run, habits, rng)
    written_km, written_kind = _with_race(traits, phase, km, kind)
    km, kind = _with_lapses(traits, written_km, written_kind, ill, habits, rng)
    return Plan(
        km=km,
        kind=kind,
        jog=rng.random(km.shape) < habits.rehab_jog_chance,
        written_km=written_km,
        written_kind=written_kind,
        ill=ill,
        runs=runs.sum(axis=1),
        phase=phase,
        volume=volume,
        holiday_weeks=holiday,
        break_weeks=pause,
        illness_days=illness_days,
    )


def follow_plan(
    traits: Traits, state: State, plan: Plan, settings: SimulationSettings, rng: np.random.Generator
) -> Plan:
    """Draw anew how a written week is followed: illness, sessions skipped, long runs lengthened."""
    habits = settings.habits
    ill, illness_days = _illness(state.illness_days, habits, rng)
    km, kind = _with_lapses(traits, plan.written_km, plan.written_kind, ill, habits, rng)
    jog = rng.random(km.shape) < habits.rehab_jog_chance
    return replace(plan, km=km, kind=kind, jog=jog, ill=ill, illness_days=illness_days)


def _with_lapses(
    traits: Traits,
    km: Floats,
    kind: Ints,
    ill: Bools,
    habits: HabitSettings,
    rng: np.random.Generator,
) -> tuple[Floats, Ints]:
    """Return what is run of a written week."""
    km = np.where(_skipped(traits, kind, rng) | ill, 0.0, km)
    km = np.clip(
        km * _lengthening(traits, kind, habits, rng),
        0,
        np.maximum(LONGEST_KM, traits.race_km)[:, None],
    )
    km = np.where(km > 0, np.maximum(km, habits.smallest_run_km), 0.0)
    return km, np.where(km > 0, kind, NO_RUN)


def break_chance(traits: Traits, habits: HabitSettings) -> Floats:
    """Return each runner's weekly chance that a break begins: the less consistent, the larger.

    It is twice `break_start` for a runner of the mean consistency, and 0 for one who never lapses.
    """
    mean = (habits.consistency_low + habits.consistency_high) / 2
    chance: Floats = habits.break_start * 2 * (1 - traits.consistency) / (1 - mean)
    return chance


def week_factor(
    phase: Ints, holiday: Bools | Ints, pause: Bools | Ints, habits: HabitSettings
) -> Floats:
    """Return the size of a week against the usual one, by phase and overlays (1 = running)."""
    factor: Floats = (
        _phase_factors(habits)[phase]
        * np.where(holiday, habits.holiday_factor, 1.0)
        * np.where(pause, habits.break_factor, 1.0)
    )
    return factor


def _phase_factors(habits: HabitSettings) -> Floats:
    steps = np.exp(habits.build_step * np.array([-1.0, 0.0, 1.0]))
    rest = [
        habits.recovery_factor,
        habits.taper_factor,
        habits.taper_factor,
        habits.post_race_factor,
    ]
    factors: Floats = np.concatenate([steps, rest])
    return factors


def phase_chances(race_chance: Floats) -> Floats:
    """Return P(next phase | phase), runners x 7 x 7."""
    phases = np.arange(len(FOLLOWER))
    ordinary = np.eye(len(FOLLOWER))[FOLLOWER]
    enters = np.where(phases <= RECOVERY, race_chance[:, None], 0.0)[:, :, None]
    chances: Floats = (1 - enters) * ordinary + enters * (phases == TAPER)
    return chances


def _next_phase(phase: Ints, race_chance: Floats, rng: np.random.Generator) -> Ints:
    ordinary = FOLLOWER[phase]
    enters = (phase <= RECOVERY) & (rng.random(len(phase)) < race_chance)
    return np.where(enters, TAPER, ordinary)


def _next_volume(volume: Floats, habits: HabitSettings, rng: np.random.Generator) -> Floats:
    keep = habits.week_persistence
    # The root keeps the spread over weeks at `week_log_sd`, whatever the persistence.
    news: Floats = habits.week_log_sd * np.sqrt(1 - keep**2) * rng.standard_normal(len(volume))
    return keep * volume + news


def _next_counter(
    left: Ints, start: Floats | float, mean_weeks: float, rng: np.random.Generator
) -> Ints:
    """Count an overlay's weeks down; where none runs, begin one with chance `start`."""
    # Also in the last week of a running one: without memory the oracle can redraw its end exactly.
    begins = (left <= 1) & (rng.random(len(left)) < start)
    length = rng.geometric(1 / mean_weeks, len(left))
    return np.where(begins, length, np.maximum(left - 1, 0))


def _illness(left: Ints, habits: HabitSettings, rng: np.random.Generator) -> tuple[Bools, Ints]:
    low, high = habits.illness_days
    rows = len(left)
    begins = (left == 0) & (rng.random(rows) < habits.illness_start)
    first = rng.integers(0, DAYS, rows)
    length = rng.integers(low, high + 1, rows)
    start = np.where(begins, first, 0)[:, None]
    end = np.where(begins, first + length, left)[:, None]
    day = np.arange(DAYS)
    return (day >= start) & (day < end), np.maximum(end[:, 0] - DAYS, 0)


def _days(traits: Traits, factor: Floats, rng: np.random.Generator) -> tuple[Bools, Bools]:
    """Choose the days that are liked most this week; the long run has its day."""
    rows = traits.rows
    # A smaller week has fewer runs and shorter ones, each by the root of the factor.
    wanted = traits.sessions * np.sqrt(factor) + rng.uniform(-0.5, 0.5, rows)
    count = np.clip(np.rint(wanted), 1, DAYS)
    liking = traits.day_liking + rng.gumbel(0, 0.6, (rows, DAYS))
    # Far above the other likings: the long run keeps its day in nearly every week.
    liking[np.arange(rows), traits.long_day] += 3.0
    rank = np.argsort(np.argsort(-liking, axis=1), axis=1)
    runs = rank < count[:, None]
    is_long_day = np.arange(DAYS) == traits.long_day[:, None]
    return runs, runs & is_long_day


def _distances(
    traits: Traits,
    target: Floats,
    runs: Bools,
    long_run: Bools,
    habits: HabitSettings,
    rng: np.random.Generator,
) -> tuple[Floats, Ints]:
    count = runs.sum(axis=1, keepdims=True)
    long_share = np.minimum(0.30 + 0.55 / count, 0.85)
    long_weight = long_share / (1 - long_share) * np.maximum(count - 1, 1)
    noise = np.exp(habits.session_log_sd * rng.standard_normal(runs.shape))
    hard = runs & ~long_run & (rng.random(runs.shape) < traits.hard_share[:, None] * 1.3)
    weight = runs * np.where(long_run, long_weight, 1.0) * noise
    km = target[:, None] * weight / weight.sum(axis=1, keepdims=True)
    kind = np.where(long_run, LONG, np.where(hard, HARD, EASY)) * runs
    return km, kind.astype(np.int64)


def _with_race(traits: Traits, phase: Ints, km: Floats, kind: Ints) -> tuple[Floats, Ints]:
    races = (phase == RACE)[:, None] & (np.arange(DAYS) == RACE_DAY)
    return np.where(races, traits.race_km[:, None], km), np.where(races, RACED, kind)


def _skipped(traits: Traits, kind: Ints, rng: np.random.Generator) -> Bools:
    """Sessions that are dropped: less often the long run, never the race."""
    dear = np.array([1.0, 1.0, 0.5, 1.0, 0.0])[kind]
    skipped: Bools = rng.random(kind.shape) < (1 - traits.consistency)[:, None] * dear
    return skipped


def _lengthening(
    traits: Traits, kind: Ints, habits: HabitSettings, rng: np.random.Generator
) -> Floats:
    """Long runs that grow beyond the plan: impulsive runners do it more often."""
    chance = habits.long_run_lengthened * traits.impulsiveness[:, None]
    happens = (kind == LONG) & (rng.random(kind.shape) < chance)
    longer: Floats = 1 + happens * (0.15 + rng.exponential(habits.lengthened_by, kind.shape))
    return longer

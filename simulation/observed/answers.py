"""What runners say: exertion, pain, sleep quality, soreness, fatigue, stress, mood, readiness.

Pain of a region and soreness carry news about the hidden tissue state; nothing else does. The
oracle uses the same likelihoods that the answers are drawn from.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from common.arrays import Bools, Floats, Ints
from simulation.observed.morning import Morning, Night, draw_morning
from simulation.people.presence import Presence
from simulation.people.roster import DAYS, Traits
from simulation.people.state import ELSEWHERE
from simulation.settings.cohort import SimulationSettings
from simulation.settings.observation import ObservationSettings
from simulation.training.condition import Condition, condition
from simulation.training.paths import Paths
from simulation.training.plan import EASY, HARD, LONG, NO_RUN, RACED

UNANSWERED = -1
FRESH_SORENESS = 4.2
LOWEST, HIGHEST = 1, 5
MOST_PAIN = 10
SORE = 3
RPE_OF_KIND = {NO_RUN: 0.0, EASY: 3.4, LONG: 4.6, HARD: 6.6, RACED: 8.6}
WELLNESS_ITEMS = ("sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Runners x days of observation; -1 is no answer.

    ``pain`` is runners x days x (knee, elsewhere); ``items`` holds the 1-5 answers (5 = best).
    ``effort`` (what the session felt like, asked or not) and ``fatigue_z`` are latent.
    """

    effort: Floats
    rpe: Ints
    pain: Ints
    items: dict[str, Ints]
    morning: Morning
    fatigue_z: Floats


def draw_answers(
    traits: Traits,
    paths: Paths,
    strain: Floats,
    presence: Presence,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Answers:
    """Draw everything that is asked in an app, for the days of observation.

    Parameters
    ----------
    strain : array, runners x days x (knee, elsewhere)
        The hidden state that pain and soreness tell of, in standard deviations, burn-in included.
    """
    seen, shape = settings.observation, presence.logged.shape
    first = settings.burn_in_weeks * DAYS
    window = slice(first, first + settings.weeks * DAYS)
    # From the first day of the burn-in: fitness on the first observed day has a past of 42 days.
    effort = _effort(paths, rng)
    whole = condition(traits, paths.hours * 60 * effort)
    now = Condition(fitness=whole.fitness[:, window], fatigue_z=whole.fatigue_z[:, window])
    tissue = strain[:, window]
    runs = presence.logged & (paths.km[:, window] > 0)
    tells_rpe, tells_pain, tells = (
        _answering(never, chance, shape, rng)
        for never, chance in (
            (seen.never_answers_rpe, seen.rpe_answered),
            (seen.never_answers_pain, seen.pain_answered),
            (seen.never_answers_wellness, seen.wellness_answered),
        )
    )
    asked = tells & presence.logged
    items = _items(paths, tissue, now.fatigue_z, window, seen, rng)
    skipped = {name: rng.random(shape) < seen.wellness_item_skipped for name in items}
    felt = np.clip(np.rint(effort[:, window]), 1, 10).astype(np.int64)
    return Answers(
        effort=effort[:, window],
        rpe=np.where(runs & tells_rpe, felt, UNANSWERED),
        pain=_pain(tissue, paths.spike[:, window], runs & tells_pain, seen, rng),
        items={n: np.where(asked & ~skipped[n], items[n], UNANSWERED) for n in items},
        morning=draw_morning(
            traits,
            Night(
                sleep=paths.sleep[:, window],
                ill=paths.ill[:, window],
                strain=tissue[:, :, ELSEWHERE],
                worn=asked,
            ),
            now,
            settings,
            rng,
        ),
        fatigue_z=now.fatigue_z,
    )


def answers_by_pain(answers: Answers, share: float, rng: np.random.Generator) -> Answers:
    """Return the answers with a share of the days without pain or soreness left empty.

    Exertion stays: it is asked with the session. What the device measures stays too.
    """
    felt = (answers.pain > 0).any(axis=2)
    sore = (answers.items["soreness"] != UNANSWERED) & (answers.items["soreness"] <= SORE)
    empty = (rng.random(felt.shape) < share) & ~felt & ~sore
    return replace(
        answers,
        pain=np.where(empty[:, :, None], UNANSWERED, answers.pain),
        items={n: np.where(empty, UNANSWERED, values) for n, values in answers.items.items()},
    )


def _answering(
    never: float, chance: float, shape: tuple[int, ...], rng: np.random.Generator
) -> Bools:
    """Draw who answers when: some never, the others each with a diligence around `chance`."""
    rows = shape[0]
    # A Beta needs a second parameter above 0, also where everybody answers always.
    own = rng.beta(8 * chance, 8 * (1 - chance) + 1e-9, rows) * (rng.random(rows) >= never)
    return rng.random(shape) < own[:, None]


def _effort(paths: Paths, rng: np.random.Generator) -> Floats:
    typical = np.array([RPE_OF_KIND[kind] for kind in range(len(RPE_OF_KIND))])[paths.kind]
    runner = 0.6 * rng.standard_normal((len(typical), 1))
    news = 0.7 * rng.standard_normal(typical.shape)
    longer = 0.8 * np.log(np.maximum(paths.hours, 0.1))
    return np.where(paths.kind == NO_RUN, 0.0, np.clip(typical + runner + longer + news, 1, 10))


def _items(
    paths: Paths,
    tissue: Floats,
    fatigue_z: Floats,
    window: slice,
    seen: ObservationSettings,
    rng: np.random.Generator,
) -> dict[str, Ints]:
    sleep, stress, ill = paths.sleep[:, window], paths.stress[:, window], paths.ill[:, window]

    def answer(mean: Floats, sd: float) -> Ints:
        return _on_scale(mean + sd * rng.standard_normal(mean.shape), LOWEST, HIGHEST)

    tired = 3.6 - 0.45 * fatigue_z - 1.0 * ill + 0.25 * (sleep - 3.5)
    return {
        "sleep_quality": answer(sleep - 0.8 * ill, 0.35),
        "fatigue": answer(tired, 0.55),
        "soreness": answer(
            soreness_mean(tissue[:, :, ELSEWHERE], fatigue_z, seen), seen.soreness_error_sd
        ),
        "stress": answer(3.4 - 0.8 * stress, 0.5),
        "mood": answer(3.7 - 0.4 * stress + 0.2 * (sleep - 3.5) - 0.4 * ill, 0.6),
        "readiness": answer(0.5 * tired + 1.8 + 0.15 * (sleep - 3.5), 0.6),
    }


def soreness_mean(tissue_elsewhere: Floats, fatigue_z: Floats, seen: ObservationSettings) -> Floats:
    """Return the expected soreness answer before rounding (5 = none)."""
    drop = seen.soreness_per_fatigue_sd * fatigue_z + seen.soreness_per_tissue_sd * tissue_elsewhere
    return FRESH_SORENESS - drop


def pain_mean(tissue: Floats, spike: Floats, seen: ObservationSettings) -> Floats:
    """Return the expected pain before rounding (below 0.5 is answered as 0)."""
    return seen.pain_per_tissue_sd * tissue + seen.pain_per_spike * spike - seen.pain_threshold


def _pain(
    tissue: Floats, spike: Floats, asked: Bools, seen: ObservationSettings, rng: np.random.Generator
) -> Ints:
    mean = pain_mean(tissue, spike[:, :, None], seen)
    # Drawn for every day and hidden where nobody was asked: who answers moves no other number.
    felt = _on_scale(mean + seen.pain_error_sd * rng.standard_normal(mean.shape), 0, MOST_PAIN)
    return np.where(asked[:, :, None], felt, UNANSWERED)


def _on_scale(value: Floats, low: int, high: int) -> Ints:
    return np.clip(np.rint(value), low, high).astype(np.int64)


def answer_likelihood(answer: Ints, mean: Floats, sd: float, low: int, high: int) -> Floats:
    """Return P(answer | mean) of a rounded and clipped normal; 1 where nothing was answered.

    Parameters
    ----------
    answer : array
    mean : array
        Broadcasts against `answer`, usually with the tissue states as an extra last axis.
    """
    # The answers at the ends of a scale stand for everything beyond them.
    upper = np.where(answer >= high, np.inf, answer + 0.5)
    lower = np.where(answer <= low, -np.inf, answer - 0.5)
    chance = ndtr((upper - mean) / sd) - ndtr((lower - mean) / sd)
    # No answer tells nothing: who answers does not depend on the tissue.
    return np.where(answer == UNANSWERED, 1.0, chance)

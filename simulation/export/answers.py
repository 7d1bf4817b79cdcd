"""Answers of the app: exertion, wellness and pain."""

from typing import Final

import numpy as np

from common.arrays import Ints, Texts
from simulation.cohort import Cohort
from simulation.export.columns import SIDES, Columns, blank, ids, same
from simulation.export.text import clock, days, decimals, pick
from simulation.harm.diagnosis import AREAS
from simulation.observed.answers import UNANSWERED, WELLNESS_ITEMS
from simulation.people.state import ELSEWHERE, KNEE

MINUTE: Final = 60


def session_rpe(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return exertion after runs: the end and the minutes as the runner remembers them."""
    s = cohort.sessions
    answered = np.flatnonzero(s.rpe != UNANSWERED)
    n = len(answered)
    end = (
        s.start_s[answered]
        + s.elapsed_s[answered]
        + np.rint(rng.normal(3, 4, n) * MINUTE).astype(np.int64)
    )
    # Round numbers and an end that is off by minutes: the reader has to find the session all the
    # same.
    guessed = np.maximum(np.rint(s.moving_s[answered] / MINUTE / 5 + rng.normal(0, 0.25, n)) * 5, 5)
    time = pick(
        [text[:5] for text in clock(np.arange(0, 86400, MINUTE))], np.clip(end // MINUTE, 0, 1439)
    )
    shoe = np.char.add("pair-", (s.shoe[answered] + 1).astype(str)).astype(object)
    return {
        "athlete": ids(cohort, s.runner[answered]),
        "end": days(cohort.settings.start, s.day[answered]) + " " + time,
        "duration_min": decimals(guessed, 0),
        "rpe": decimals(s.rpe[answered].astype(float), 0),
        "activity": same("run", n),
        "shoe": blank(shoe, rng.random(n) < cohort.settings.observation.shoe_not_named),
    }


def wellness(cohort: Cohort, _: np.random.Generator) -> Columns:
    """Return morning answers and pulse."""
    items, morning = cohort.reported_answers.items, cohort.reported_answers.morning
    answered = np.any([items[name] != UNANSWERED for name in WELLNESS_ITEMS], axis=0)
    runner, day = np.nonzero(answered | np.isfinite(morning.sleep_h))

    def answer(scale_points: Ints) -> Texts:
        flat = scale_points[runner, day]
        return blank(decimals(flat.astype(np.float64), 0), flat == UNANSWERED)

    return {
        "athlete": ids(cohort, runner),
        "date": days(cohort.settings.start, day),
        "sleep_h": decimals(morning.sleep_h[runner, day], 1),
        **{name: answer(items[name]) for name in WELLNESS_ITEMS},
        "resting_hr_bpm": decimals(morning.resting_hr[runner, day], 0),
        "hrv_rmssd_ms": decimals(morning.hrv[runner, day], 0),
    }


def pain(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Write one answer about the knee for every asked run, and one about elsewhere if it hurt."""
    pain = cohort.reported_answers.pain
    # One place and side per runner: drawn for each answer, one problem would wander through the
    # body.
    weak_spot = rng.integers(0, len(AREAS), len(pain))
    knee_runner, knee_day = np.nonzero(pain[:, :, KNEE] != UNANSWERED)
    other_runner, other_day = np.nonzero(pain[:, :, ELSEWHERE] > 0)
    runner, day = np.concatenate([knee_runner, other_runner]), np.concatenate([knee_day, other_day])
    region = np.repeat([KNEE, ELSEWHERE], [len(knee_runner), len(other_runner)])
    order = np.lexsort((region, day, runner))
    runner, day, region = runner[order], day[order], region[order]
    value = pain[runner, day, region]
    n = len(runner)
    side = np.where(value == 0, 2, rng.integers(0, 2, len(pain))[runner])
    return {
        "athlete": ids(cohort, runner),
        "date": days(cohort.settings.start, day),
        "region": np.where(region == KNEE, "knee", pick(AREAS, weak_spot[runner])),
        "side": pick([*SIDES, "none"], side),
        "pain_0_10": decimals(value.astype(float), 0),
        "when": pick(["during", "after", "next_morning"], rng.choice(3, n, p=[0.4, 0.4, 0.2])),
    }

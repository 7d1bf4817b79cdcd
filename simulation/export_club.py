"""The club's own tables: roster, questionnaires, clinic and the injury register."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ingest.vocabulary import LEVELS
from simulation.answers import UNANSWERED, WELLNESS_ITEMS
from simulation.arrays import Bools, Floats, Ints, Texts
from simulation.clinic import EXERCISES, TRIAL_SPEED_M_S
from simulation.cohort import Cohort
from simulation.diagnosis import AREAS, ELSEWHERE_INJURIES, KNEE_DIAGNOSES
from simulation.roster import DAYS
from simulation.sessions import shoe_numbers
from simulation.state import ELSEWHERE, KNEE
from simulation.text import clock, days, decimals, lines, pick
from simulation.truth import athlete_ids

Columns = Mapping[str, Texts | NDArray[Any]]
SIDES: Final = ("left", "right")
TEAM_SIZE: Final = 50
MINUTE: Final = 60
YEAR_DAYS: Final = 365
MINOR_DAYS, MODERATE_DAYS = 7, 28


def write_club(cohort: Cohort, folder: Path, rng: np.random.Generator) -> None:
    """Write every club table into `folder`; `rng` decides about slips of the pen only."""
    makers: dict[str, Callable[[Cohort, np.random.Generator], Columns]] = {
        "roster": _roster,
        "session_rpe": _session_rpe,
        "wellness": _wellness,
        "pain": _pain,
        "exercise": _exercise,
        "strength": _strength,
        "gait": _gait,
        "injuries": _injuries,
        "shoes": _shoes,
        "body": _body,
    }
    for name, make in makers.items():
        columns = make(cohort, rng)
        text = "\n".join([",".join(columns), *lines(list(columns.values()))]) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


def _ids(cohort: Cohort, runner: Ints) -> Texts:
    return athlete_ids(cohort.settings.athletes)[runner]


def _same(word: str, n: int) -> Texts:
    return np.full(n, word, dtype=object)


def _blank(text: Texts, where: Bools) -> Texts:
    return np.where(where, "", text)


def _roster(cohort: Cohort, rng: np.random.Generator) -> Columns:
    t, presence, settings = cohort.traits, cohort.presence, cohort.settings
    seen, runner = settings.observation, np.arange(t.rows)
    last = settings.weeks * DAYS - 1
    return {
        "athlete": _ids(cohort, runner),
        "team": pick(
            [f"team {i + 1}" for i in range(t.rows // TEAM_SIZE + 1)], runner // TEAM_SIZE
        ),
        "sex": pick(["male", "female"], t.female),
        "birth_year": _blank(
            decimals(t.birth_year.astype(float), 0), rng.random(t.rows) < seen.birth_year_missing
        ),
        "height_cm": _blank(decimals(t.height_cm, 0), rng.random(t.rows) < seen.height_missing),
        "level": pick(LEVELS, t.level),
        "running_since": _blank(
            decimals(settings.start.year - np.floor(t.running_years), 0),
            rng.random(t.rows) < seen.running_since_missing,
        ),
        "joined": days(settings.start, presence.joined),
        "left": _blank(days(settings.start, presence.left), presence.left == last),
    }


def _session_rpe(cohort: Cohort, rng: np.random.Generator) -> Columns:
    s = cohort.sessions
    given = np.flatnonzero(s.rpe != UNANSWERED)
    n = len(given)
    end = (
        s.start_s[given]
        + s.elapsed_s[given]
        + np.rint(rng.normal(3, 4, n) * MINUTE).astype(np.int64)
    )
    guessed = np.maximum(np.rint(s.moving_s[given] / MINUTE / 5 + rng.normal(0, 0.25, n)) * 5, 5)
    time = pick(
        [text[:5] for text in clock(np.arange(0, 86400, MINUTE))], np.clip(end // MINUTE, 0, 1439)
    )
    shoe = np.char.add("pair-", (s.shoe[given] + 1).astype(str)).astype(object)
    return {
        "athlete": _ids(cohort, s.runner[given]),
        "end": days(cohort.settings.start, s.day[given]) + " " + time,
        "duration_min": decimals(guessed, 0),
        "rpe": decimals(s.rpe[given].astype(float), 0),
        "activity": _same("run", n),
        "shoe": _blank(shoe, rng.random(n) < cohort.settings.observation.shoe_not_named),
    }


def _wellness(cohort: Cohort, _: np.random.Generator) -> Columns:
    a = cohort.answers
    numbers = {
        "sleep_h": (a.sleep_h, 1),
        "resting_hr_bpm": (a.resting_hr, 0),
        "hrv_rmssd_ms": (a.hrv, 0),
    }
    answered = np.any([a.items[name] != UNANSWERED for name in WELLNESS_ITEMS], axis=0)
    runner, day = np.nonzero(answered | (a.sleep_h != UNANSWERED))

    def cell(values: Floats | Ints, digits: int) -> Texts:
        flat = values[runner, day].astype(np.float64)
        return decimals(np.where(flat == UNANSWERED, np.nan, flat), digits)

    return {
        "athlete": _ids(cohort, runner),
        "date": days(cohort.settings.start, day),
        "sleep_h": cell(*numbers["sleep_h"]),
        **{name: cell(a.items[name], 0) for name in WELLNESS_ITEMS},
        **{name: cell(*numbers[name]) for name in ("resting_hr_bpm", "hrv_rmssd_ms")},
    }


def _pain(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Write one answer about the knee for every asked run, and one about elsewhere if it hurt."""
    pain = cohort.answers.pain
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
        "athlete": _ids(cohort, runner),
        "date": days(cohort.settings.start, day),
        "region": np.where(region == KNEE, "knee", pick(AREAS, weak_spot[runner])),
        "side": pick([*SIDES, "none"], side),
        "pain_0_10": decimals(value.astype(float), 0),
        "when": pick(["during", "after", "next_morning"], rng.choice(3, n, p=[0.4, 0.4, 0.2])),
    }


def _exercise(cohort: Cohort, _: np.random.Generator) -> Columns:
    e = cohort.exercises
    names, targets, reps, loads = zip(*EXERCISES, strict=True)
    load = np.array(loads)[e.what] * e.load_factor
    return {
        "athlete": _ids(cohort, e.runner),
        "date": days(cohort.settings.start, e.day),
        "exercise": pick(names, e.what),
        "target": pick(targets, e.what),
        "sets": decimals(e.sets.astype(float), 0),
        "reps": decimals(np.array(reps, dtype=float)[e.what], 0),
        "load_kg": decimals(np.where(load > 0, np.rint(load / 2) * 2, np.nan), 0),
        "prescribed_sets": decimals(e.prescribed.astype(float), 0),
    }


def _strength(cohort: Cohort, _: np.random.Generator) -> Columns:
    tests = cohort.strength
    values = np.concatenate([tests.knee_n, tests.hip_n], axis=1)
    n, width = values.shape
    return {
        "athlete": np.repeat(_ids(cohort, tests.runner), width),
        "date": np.repeat(days(cohort.settings.start, tests.day), width),
        "test": np.tile(np.array(["knee_extension"] * 2 + ["hip_abduction"] * 2, dtype=object), n),
        "side": np.tile(np.array([*SIDES, *SIDES], dtype=object), n),
        "metric": _same("peak_force", values.size),
        "value": decimals(values.ravel(), 1),
        "unit": _same("N", values.size),
        "reps": _same("3", values.size),
        "device": _same("hand-held dynamometer", values.size),
    }


def _gait(cohort: Cohort, _: np.random.Generator) -> Columns:
    trials = cohort.gait
    values = np.concatenate(
        [trials.adduction_deg, trials.drop_deg, trials.cadence[:, None]], axis=1
    )
    n, width = values.shape
    metric = (
        ["peak_hip_adduction_deg"] * 2 + ["contralateral_pelvic_drop_deg"] * 2 + ["cadence_spm"]
    )
    return {
        "athlete": np.repeat(_ids(cohort, trials.runner), width),
        "date": np.repeat(days(cohort.settings.start, trials.day), width),
        "speed_m_s": _same(f"{TRIAL_SPEED_M_S:.2f}", values.size),
        "metric": np.tile(np.array(metric, dtype=object), n),
        "side": np.tile(np.array([*SIDES, *SIDES, "both"], dtype=object), n),
        "value": decimals(values.ravel(), 1),
        "unit": np.tile(np.array(["deg"] * 4 + ["spm"], dtype=object), n),
        "device": np.repeat(pick(["laboratory A", "laboratory B"], trials.lab), width),
    }


def _injuries(cohort: Cohort, rng: np.random.Generator) -> Columns:
    settings, presence, injuries = cohort.settings, cohort.presence, cohort.paths.injuries
    seen, first = settings.observation, settings.burn_in_weeks * DAYS
    onset, back = injuries.onset - first, injuries.back - first
    joined, left = presence.joined[injuries.runner], presence.left[injuries.runner]
    told = onset >= joined - YEAR_DAYS if seen.history_at_entry else back > joined
    kept = np.flatnonzero(told & (onset <= left))
    kept = kept[np.lexsort((onset[kept], injuries.runner[kept]))]
    at_knee = injuries.region[kept] == KNEE
    kind = injuries.kind[kept]
    open_end = back[kept] > left[kept]
    lost = (back - onset)[kept]
    severity = np.select([open_end, lost <= MINOR_DAYS, lost <= MODERATE_DAYS], [3, 0, 1], 2)
    _, elsewhere, regions, _ = zip(*ELSEWHERE_INJURIES, strict=True)
    diagnosis = np.where(
        at_knee,
        pick(KNEE_DIAGNOSES, np.minimum(kind, len(KNEE_DIAGNOSES) - 1)),
        pick(elsewhere, kind),
    )
    unknown = rng.random(len(kept)) < seen.diagnosis_missing
    unsaid = open_end | (rng.random(len(kept)) < seen.return_date_missing)
    return {
        "athlete": _ids(cohort, injuries.runner[kept]),
        "onset_date": days(settings.start, onset[kept]),
        "return_date": _blank(days(settings.start, back[kept]), unsaid),
        "region": np.where(at_knee, "knee", pick(regions, kind)),
        "side": pick(SIDES, injuries.side[kept]),
        "diagnosis": np.where(unknown, "unknown", diagnosis),
        "mode": pick(["gradual", "sudden"], injuries.sudden[kept]),
        "severity": pick(["minor", "moderate", "major", "unknown"], severity),
    }


def _shoes(cohort: Cohort, _: np.random.Generator) -> Columns:
    """List the pairs worn while observed; the first use of the oldest pair nobody remembers."""
    settings, first = cohort.settings, cohort.settings.burn_in_weeks * DAYS
    number = shoe_numbers(cohort.paths)[:, : first + settings.weeks * DAYS]
    lowest, highest = number[:, first], number[:, -1]
    count = highest - lowest + 1
    runner = np.repeat(np.arange(len(count)), count)
    pair = lowest[runner] + np.arange(len(runner)) - np.repeat(np.cumsum(count) - count, count)
    begin = _first_day(number, runner, pair)
    end = np.where(pair < highest[runner], _first_day(number, runner, pair + 1), -1)
    return {
        "athlete": _ids(cohort, runner),
        "shoe_id": np.char.add("pair-", (pair + 1).astype(str)).astype(object),
        "first_use": _blank(days(settings.start, begin - first), pair == 0),
        "retired": _blank(days(settings.start, end - first), end < 0),
    }


def _first_day(number: Ints, runner: Ints, pair: Ints) -> Ints:
    """Return the first day on which each runner wears each pair."""
    return np.array(
        [np.searchsorted(number[r], p) for r, p in zip(runner, pair, strict=True)], dtype=np.int64
    )


def _body(cohort: Cohort, _: np.random.Generator) -> Columns:
    w = cohort.weighings
    return {
        "athlete": _ids(cohort, w.runner),
        "date": days(cohort.settings.start, w.day),
        "mass_kg": decimals(w.mass_kg, 1),
    }

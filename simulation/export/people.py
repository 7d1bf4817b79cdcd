"""Roster, injury register, shoes and body mass."""

from typing import Final

import numpy as np

from common.arrays import Ints
from common.vocabulary import LEVELS
from simulation.cohort import Cohort
from simulation.export.columns import SIDES, Columns, blank, ids
from simulation.export.text import days, decimals, pick
from simulation.harm.diagnosis import ELSEWHERE_INJURIES, KNEE_DIAGNOSES
from simulation.observed.sessions import shoe_numbers
from simulation.people.roster import DAYS
from simulation.people.state import KNEE

YEAR_DAYS: Final = 365
MINOR_DAYS, MODERATE_DAYS = 7, 28
TEAM_SIZE: Final = 50


def roster(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return who is in the team, with slips of the pen."""
    t, presence, settings = cohort.traits, cohort.presence, cohort.settings
    seen, runner = settings.observation, np.arange(t.rows)
    last = settings.weeks * DAYS - 1
    return {
        "athlete": ids(cohort, runner),
        "team": pick(
            [f"team {i + 1}" for i in range(t.rows // TEAM_SIZE + 1)], runner // TEAM_SIZE
        ),
        "sex": pick(["male", "female"], t.female),
        "birth_year": blank(
            decimals(t.birth_year.astype(float), 0), rng.random(t.rows) < seen.birth_year_missing
        ),
        "height_cm": blank(decimals(t.height_cm, 0), rng.random(t.rows) < seen.height_missing),
        "level": pick(LEVELS, t.level),
        "running_since": blank(
            decimals(settings.start.year - np.floor(t.running_years), 0),
            rng.random(t.rows) < seen.running_since_missing,
        ),
        "joined": days(settings.start, presence.joined),
        "left": blank(days(settings.start, presence.left), presence.left == last),
    }


def injury_register(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return injuries as the club knew them at the end: no return date after it.

    With late reports (see :class:`LabelErrorSettings`) it says when each was written down.
    """
    settings, presence, injuries = cohort.settings, cohort.presence, cohort.register
    seen, first = settings.observation, settings.burn_in_weeks * DAYS
    onset, back = injuries.onset - first, injuries.back - first
    joined, left = presence.joined[injuries.runner], presence.left[injuries.runner]
    # At entry the club asks for the past twelve months; else it knows only who comes hurt.
    on_record = onset >= joined - YEAR_DAYS if seen.history_at_entry else back > joined
    # What is written down after the last day stands in no file of that day.
    known = injuries.reported - first < settings.weeks * DAYS
    entries = np.flatnonzero(on_record & (onset <= left) & known)
    entries = entries[np.lexsort((onset[entries], injuries.runner[entries]))]
    at_knee = injuries.region[entries] == KNEE
    kind = injuries.kind[entries]
    # Nobody tells the club of a return after the runner has left, or after the files end.
    open_end = back[entries] > left[entries]
    lost = (back - onset)[entries]
    severity = np.select([open_end, lost <= MINOR_DAYS, lost <= MODERATE_DAYS], [3, 0, 1], 2)
    _, elsewhere, regions, _ = zip(*ELSEWHERE_INJURIES, strict=True)
    diagnosis = np.where(
        at_knee,
        pick(KNEE_DIAGNOSES, np.minimum(kind, len(KNEE_DIAGNOSES) - 1)),
        pick(elsewhere, kind),
    )
    unknown = rng.random(len(entries)) < seen.diagnosis_missing
    unsaid = open_end | (rng.random(len(entries)) < seen.return_date_missing)
    written = days(settings.start, injuries.reported[entries] - first)
    late = {"reported_on": written} if settings.errors.late_reports > 0 else {}
    return {
        "athlete": ids(cohort, injuries.runner[entries]),
        "onset_date": days(settings.start, onset[entries]),
        "return_date": blank(days(settings.start, back[entries]), unsaid),
        "region": np.where(at_knee, "knee", pick(regions, kind)),
        "side": pick(SIDES, injuries.side[entries]),
        "diagnosis": np.where(unknown, "unknown", diagnosis),
        "mode": pick(["gradual", "sudden"], injuries.sudden[entries]),
        "severity": pick(["minor", "moderate", "major", "unknown"], severity),
        **late,
    }


def shoes(cohort: Cohort, _: np.random.Generator) -> Columns:
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
        "athlete": ids(cohort, runner),
        "shoe_id": np.char.add("pair-", (pair + 1).astype(str)).astype(object),
        "first_use": blank(days(settings.start, begin - first), pair == 0),
        "retired": blank(days(settings.start, end - first), end < 0),
    }


def _first_day(number: Ints, runner: Ints, pair: Ints) -> Ints:
    """Return the first day on which each runner wears each pair."""
    return np.array(
        [np.searchsorted(number[r], p) for r, p in zip(runner, pair, strict=True)], dtype=np.int64
    )


def body(cohort: Cohort, _: np.random.Generator) -> Columns:
    """Return body mass, measured at irregular intervals."""
    w = cohort.weighings
    return {
        "athlete": ids(cohort, w.runner),
        "date": days(cohort.settings.start, w.day),
        "mass_kg": decimals(w.mass_kg, 1),
    }

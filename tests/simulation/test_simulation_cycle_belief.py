"""The filter over the training cycle against all histories written out, and against what was."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from simulation.training.plan import (
    RACE,
    RACED,
    RECOVERY,
    TAPER,
    _next_phase,
    break_chance,
    draw_plan,
    phase_chances,
    week_factor,
)
from simulation.truth.cycle_belief import (
    NO_RACE,
    PHASES,
    RAN_RACE,
    UNKNOWN,
    CycleBelief,
    race_seen,
    session_chance,
)

PLACES = list(itertools.product(range(PHASES), (0, 1), (0, 1)))


def one(traits, rows):
    return type(traits)(**{name: getattr(traits, name)[rows] for name in traits.__annotations__})


def moves(traits, habits, before, after):
    """P(after | before), from the words of the policy."""
    (p, h, b), (q, i, c) = before, after
    enters = float(traits.race_chance[0]) if p <= RECOVERY else 0.0
    follower = {0: 1, 1: 2, 2: 3, 3: 0, 4: 5, 5: 6, 6: 0}[p]
    chance = (1 - enters) * (q == follower) + enters * (q == TAPER)
    pairs = (
        (h, i, habits.holiday_start, habits.holiday_weeks),
        (b, c, float(break_chance(traits, habits)[0]), habits.break_weeks),
    )
    for was, is_on, start, weeks in pairs:
        on = (1 - 1 / weeks) + start / weeks if was else start
        chance *= on if is_on else 1 - on
    return chance


def sessions_by_hand(planned, mean):
    """Share of a fine sweep of the uniform number that gives this many sessions."""
    # The simulator rounds the mean plus a uniform number: its share by brute force.
    sweep = np.linspace(-0.5, 0.5, 20_002)[1:-1]
    return (np.clip(np.rint(mean + sweep), 1, 7) == planned).mean()


def by_hand(traits, habits, weeks):
    """P(place of the last week) by summing over every history of places."""
    keep, sd = habits.week_persistence, habits.week_log_sd
    factor = {s: float(week_factor(*(np.array([v]) for v in s), habits)[0]) for s in PLACES}
    belief = {(phase, 0, 0): 0.25 for phase in range(4)}
    total: dict[tuple[tuple[int, int, int], ...], float] = {(s,): w for s, w in belief.items()}
    for t, (size, planned, race) in enumerate(weeks):
        longer = {}
        for path, weight in total.items():
            for s in PLACES:
                w = weight * moves(traits, habits, path[-1], s)
                w *= sessions_by_hand(planned, float(traits.sessions[0]) * np.sqrt(factor[s]))
                if w == 0 or (race != UNKNOWN and (race == RAN_RACE) != (s[0] == RACE)):
                    continue
                v = size - np.log(factor[s])
                before = 0.0 if t == 0 else keep * (weeks[t - 1][0] - np.log(factor[path[-1]]))
                w *= norm.pdf(v, before, sd if t == 0 else sd * np.sqrt(1 - keep**2))
                longer[*path, s] = w
        total = longer
    last = np.array([sum(w for path, w in total.items() if path[-1] == s) for s in PLACES])
    return last / last.sum()


def test_the_belief_is_bayes_rule_over_all_histories(small_cohort):
    cohort, habits = small_cohort, small_cohort.settings.habits
    who = 3
    traits = one(cohort.traits, [who])
    belief, weeks = CycleBelief.prior(traits, habits), []
    for week in range(1, 4):
        state = cohort.paths.sundays[week]
        mine = replace(
            state,
            **{
                name: getattr(state, name)[[who]]
                for name in type(state).__annotations__
                if name != "day"
            },
        )
        race = np.array([(UNKNOWN, NO_RACE, NO_RACE)[week - 1]])
        belief.pass_week(mine, race)
        factor = week_factor(mine.phase, mine.holiday_weeks > 0, mine.break_weeks > 0, habits)
        size = float((mine.volume + np.log(factor))[0])
        weeks.append((size, int(mine.planned_runs[0]), int(race[0])))
        # The sweep has 20,000 steps, so that shares differ in the fourth decimal.
        assert belief.weight[0] == pytest.approx(by_hand(traits, habits, weeks), abs=2e-3)


def test_places_are_as_frequent_as_the_belief_says(small_cohort):
    """Over 40 runners and 40 weeks: what it holds likely happens that often, place by place."""
    cohort = small_cohort
    belief = CycleBelief.prior(cohort.traits, cohort.settings.habits)
    told, was = [], []
    for week, state in enumerate(cohort.paths.sundays[1:]):
        day = 7 * week + 6
        could = cohort.paths.healthy[:, day] & ~cohort.paths.ill[:, day]
        belief.pass_week(state, race_seen(cohort.paths.kind[:, day] == RACED, could))
        told.append(belief.weight.reshape(-1, PHASES, 2, 2))
        was.append(state)
    told = np.concatenate(told)
    phase = np.concatenate([s.phase for s in was])
    on_break = np.concatenate([s.break_weeks > 0 for s in was])
    of_phase = told.sum(axis=(2, 3))
    # Of 1,600 runner-weeks; 25 is about two standard deviations of a count of 200.
    assert of_phase.sum(axis=0) == pytest.approx(np.bincount(phase, minlength=7), abs=25)
    assert told[:, :, :, 1].sum() == pytest.approx(on_break.sum(), abs=25)
    sure = of_phase.max(axis=1)
    right = phase == of_phase.argmax(axis=1)
    for low, high in ((0.3, 0.6), (0.6, 0.9), (0.9, 1.01)):
        of = (sure >= low) & (sure < high)
        assert right[of].mean() == pytest.approx(
            sure[of].mean(), abs=4 * np.sqrt(0.25 / of.sum()) + 0.01
        )


def test_what_is_imagined_has_the_size_that_was_seen(small_cohort):
    cohort, habits = small_cohort, small_cohort.settings.habits
    belief = CycleBelief.prior(cohort.traits, habits)
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="no week"):
        belief.imagine(cohort.paths.sundays[1], 4, rng)
    for state in cohort.paths.sundays[1:9]:
        belief.pass_week(state, np.full(40, UNKNOWN))
    drawn = belief.imagine(state, 400, rng)
    factor = week_factor(drawn.phase, drawn.holiday_weeks, drawn.break_weeks, habits)
    size = (drawn.volume + np.log(factor)).reshape(40, 400)
    assert size == pytest.approx(np.repeat(belief.size[:, None], 400, axis=1))
    shares = (drawn.phase.reshape(40, 400) == TAPER).mean(axis=1)
    expected = belief.weight.reshape(40, PHASES, 4)[:, TAPER].sum(axis=1)
    assert shares == pytest.approx(expected, abs=0.01)


def test_phases_follow_each_other_as_they_are_drawn(small_cohort):
    rng = np.random.default_rng(1)
    chance = np.full(70_000, 0.2)
    phase = np.repeat(np.arange(7), 10_000)
    drawn = _next_phase(phase, chance, rng)
    for p in range(7):
        shares = np.bincount(drawn[phase == p], minlength=7) / 10_000
        assert shares == pytest.approx(phase_chances(chance[:1])[0, p], abs=0.02)


def test_sessions_are_planned_as_often_as_their_chance_says(small_cohort):
    cohort = small_cohort
    many = cohort.traits.repeat(300)
    state = replace(cohort.paths.sundays[5].repeat(300))
    plan = draw_plan(many, state, cohort.settings, np.random.default_rng(2))
    factor = week_factor(
        plan.phase, plan.holiday_weeks > 0, plan.break_weeks > 0, cohort.settings.habits
    )
    counts = np.arange(8)
    chance = session_chance(counts, many.sessions[:, None], factor[:, None])
    assert chance.sum(axis=1) == pytest.approx(1)
    assert chance.sum(axis=0) == pytest.approx(np.bincount(plan.runs, minlength=8), abs=200)

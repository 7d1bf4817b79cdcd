"""Nobody foresees how long a holiday, a break or an illness will last: not the oracle either."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.harm.tissue import tissue_chain
from simulation.settings.people import HabitSettings
from simulation.streams import streams
from simulation.training.plan import _illness, _next_counter
from simulation.truth.oracle import Seen, observable_risk
from simulation.truth.unforeseen import illness_seen, redraw_lengths

HABITS = HabitSettings(illness_start=0.3, holiday_start=0.2)
# So many that shares of small groups are exact to about 0.01.
MANY = 120_000


def shares(values, top):
    return np.bincount(values, minlength=top + 1)[: top + 1] / len(values)


def blank(state, **more):
    """Return the state with nobody on holiday, on a break or ill, but for `more`."""
    none = np.zeros_like(state.holiday_weeks)
    return replace(
        state, **({"holiday_weeks": none, "break_weeks": none, "illness_days": none} | more)
    )


@pytest.fixture(scope="module")
def sunday(small_cohort):
    """A state of very many runners."""
    return small_cohort.paths.sundays[-1].repeat(MANY // 40)


@pytest.mark.parametrize("lasted", [1, 2, 4])
def test_a_running_holiday_is_redrawn_as_the_simulator_would_have_gone_on(sunday, lasted):
    rng = np.random.default_rng(5)
    left, run = np.zeros(MANY, dtype=np.int64), np.zeros(MANY, dtype=np.int64)
    really = []
    for _ in range(30):
        left = _next_counter(left, 0.2, HABITS.holiday_weeks, rng)
        run = np.where(left > 0, run + 1, 0)
        really.append(left[run == lasted])
    again = redraw_lengths(blank(sunday, holiday_weeks=left), 0 * left, HABITS, rng)
    assert shares(again.holiday_weeks[left > 0], 6) == pytest.approx(
        shares(np.concatenate(really), 6), abs=0.015
    )
    assert not again.holiday_weeks[left == 0].any()
    assert not again.break_weeks.any()


def test_a_running_illness_is_redrawn_from_what_its_length_so_far_leaves_open(sunday):
    rng = np.random.default_rng(6)
    left, ill, sundays, ends = np.zeros(MANY, dtype=np.int64), [], [], []
    for _ in range(5):
        sundays.append(blank(sunday, illness_days=left))
        days, left = _illness(left, HABITS, rng)
        ill.append(days)
        ends.append(left)
    seen = illness_seen(np.concatenate(ill, axis=1), sundays)
    assert not seen[:, 0].any()
    now, left = seen[:, 1:].ravel(), np.stack(ends, axis=1).ravel()
    again = redraw_lengths(blank(sunday.repeat(5)), now, HABITS, rng).illness_days
    assert not left[now == 0].any()
    assert not again[now == 0].any()
    for lasted in (1, 2, 5, 9):
        of = now == lasted
        assert shares(again[of], 9) == pytest.approx(shares(left[of], 9), abs=0.015), lasted
        # Illnesses last 3 to 10 days alike often: the mean of those still possible, less the days
        # gone.
        assert left[of].mean() == pytest.approx((max(lasted, 3) + 10) / 2 - lasted, abs=0.05)


def test_an_illness_that_follows_another_at_once_is_counted_from_its_own_first_day(sunday):
    two = sunday
    weeks = np.zeros((MANY, 14), dtype=bool)
    weeks[:, 2:] = True
    # as drawn: seven days from Wednesday on; then on Monday a new illness, at once
    begun_anew = [blank(two), blank(two)]
    carried = [blank(two), blank(two, illness_days=np.full(MANY, 7))]
    assert illness_seen(weeks, begun_anew)[0].tolist() == [0, 5, 7]
    assert illness_seen(weeks, carried)[0].tolist() == [0, 5, 12]


def test_the_oracle_is_the_same_whatever_the_lengths_to_come(small_cohort):
    cohort, settings = small_cohort, small_cohort.settings

    def oracle(paths):
        return observable_risk(
            cohort.traits,
            cohort.baseline,
            tissue_chain(settings.tissue),
            Seen(paths=paths, answers=cohort.answers, coached=np.zeros(len(paths.km), dtype=bool)),
            settings,
            streams(settings.seed).oracle,
        )

    def other(counter):
        # Other lengths for whoever is away: the oracle may know that, and not for how long.
        return np.where(counter > 0, counter % 3 + 5, 0)

    longer = [
        replace(
            state,
            holiday_weeks=other(state.holiday_weeks),
            break_weeks=other(state.break_weeks),
            illness_days=other(state.illness_days),
        )
        for state in cohort.paths.sundays
    ]
    assert any(
        (a.break_weeks != b.break_weeks).any()
        for a, b in zip(longer, cohort.paths.sundays, strict=True)
    )
    assert np.array_equal(
        oracle(replace(cohort.paths, sundays=longer)), oracle(cohort.paths), equal_nan=True
    )

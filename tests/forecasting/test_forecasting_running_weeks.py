"""An athlete's weeks of running on hand-made days: which week counts, and where it ends."""

import pandas as pd
import pytest

from forecasting.status.running_weeks import (
    days_ago,
    days_without_rest,
    every_week_km,
    long_run_weekday,
    usual_long_run,
    whole_weeks,
)

AS_OF = pd.Timestamp("2025-06-29")  # a Sunday


def day(back, longest=0.0, km=None, without_km=0):
    return {
        "date": AS_OF - pd.Timedelta(days=back),
        "longest_run_km": longest,
        "distance_km": longest if km is None else km,
        "runs_without_km": without_km,
    }


def test_the_week_just_ended_and_the_ninth_before_are_not_the_usual():
    # Weeks 0 to 9 back have longest runs of 100, 1, 2, ... 8, 200 km.
    longest = [100.0, *map(float, range(1, 9)), 200.0]
    weeks = [day(7 * at + 6, km) for at, km in enumerate(longest)]
    assert usual_long_run(weeks, AS_OF) == 4.5
    assert usual_long_run(weeks[:3], AS_OF) is None
    assert usual_long_run(weeks[:4], AS_OF) == 2.0


def test_a_week_counts_its_longest_run():
    days = [day(8, 5.0), day(9, 12.0), day(10, 7.0), day(15, 3.0), day(22, 4.0)]
    assert usual_long_run(days, AS_OF) == 4.0


def test_every_one_of_four_weeks_reached_it():
    days = [day(0, 1.0), *(day(7 * at, 10.0 + at) for at in range(1, 5)), day(35, 2.0)]
    assert every_week_km(days, AS_OF) == 11.0
    assert every_week_km(days[:4], AS_OF) is None


@pytest.mark.parametrize(
    ("backs", "streak"), [([], 0), ([1], 0), ([0], 1), ([2, 1, 0], 3), ([3, 1, 0], 2)]
)
def test_days_in_a_row_end_at_the_first_without_a_run(backs, streak):
    assert days_without_rest([day(back, 5.0) for back in backs], AS_OF) == streak


def test_a_run_without_distance_is_no_rest_and_kilometres_of_a_sheet_are_no_run():
    assert days_without_rest([day(1, 5.0), day(0, without_km=1)], AS_OF) == 2
    assert days_without_rest([day(1, 5.0), day(0, km=9.0)], AS_OF) == 0


def test_a_weekday_of_long_runs_is_that_of_half_the_past_six_weeks():
    sundays = [day(7 * at, 15.0) for at in range(6)]
    assert long_run_weekday(sundays, AS_OF) == 6
    assert long_run_weekday(sundays[:2], AS_OF) is None
    half = [*sundays[:2], day(14 + 1, 15.0), day(21 + 2, 15.0)]
    assert long_run_weekday(half, AS_OF) == 6
    none = [sundays[0], *(day(7 * at + at, 15.0) for at in range(1, 4))]
    assert long_run_weekday(none, AS_OF) is None
    # What lies more than six weeks back tells nothing, and a shorter run beside it neither.
    assert long_run_weekday([day(42, 15.0), *sundays[:2]], AS_OF) is None
    assert long_run_weekday([*sundays[:3], day(1, 5.0), day(8, 5.0), day(15, 5.0)], AS_OF) == 6
    # The sixth week back counts, and a week without a run has no day of a longest one.
    assert long_run_weekday([day(35, 15.0), *sundays[:2]], AS_OF) == 6
    assert long_run_weekday([*(day(7 * at + 6) for at in (5, 4, 3)), *sundays[:3]], AS_OF) == 6


def test_a_week_with_a_day_unknown_or_missing_is_not_whole():
    whole = [day(back, km=float(back)) for back in range(14)]
    assert whole_weeks(whole, AS_OF) == {0: 21.0, 1: 70.0}
    assert whole_weeks(whole[1:], AS_OF) == {1: 70.0}
    hidden = [*whole[:3], day(3, 5.0, without_km=1), *whole[4:]]
    assert whole_weeks(hidden, AS_OF) == {1: 70.0}
    assert days_ago(whole[13], AS_OF) == 13


def test_of_two_runs_as_long_in_a_week_the_earlier_tells_the_weekday():
    # Tuesdays and Sundays, as long; days come in their order.
    both = sorted((day(7 * at + back, 15.0) for at in range(4) for back in (5, 0)),
                  key=lambda one: one["date"])  # fmt: skip
    assert long_run_weekday(both, AS_OF) == 1

"""The week ahead from plans and past: by hand, without the leak of an onset."""

import numpy as np
import pandas as pd
import pytest

from common.contracts import conform
from features.week_ahead.as_run import censored_at_onset
from features.week_ahead.planned import planned_week
from features.week_ahead.run_days import run_days
from features.week_ahead.usual import usual_week
from features.week_ahead.week import ComingWeek

SUNDAY = pd.Timestamp("2024-11-17")
ROWS = pd.DataFrame({"athlete": ["a"], "date": [SUNDAY]})


def sessions(*runs):
    """Rows of (days before the Sunday, km or None, minutes or None)."""
    frame = pd.DataFrame(
        {
            "athlete": [run[3] if len(run) > 3 else "a" for run in runs],
            "local_date": [SUNDAY - pd.Timedelta(days=run[0]) for run in runs],
            "sport": "run",
            "distance_km": [run[1] for run in runs],
            "duration_min": [run[2] for run in runs],
            "moving_min": np.nan,
            "rpe": [run[4] if len(run) > 4 else np.nan for run in runs],
        }
    )
    return frame.astype({"distance_km": "float64", "duration_min": "float64"})


def plans(*rows):
    """Rows of (days after the Sunday, sport, km, minutes, kind)."""
    frame = pd.DataFrame(
        {
            "athlete": "a",
            "date": [SUNDAY + pd.Timedelta(days=row[0]) for row in rows],
            "sport": [row[1] for row in rows],
            "planned_distance_km": [row[2] for row in rows],
            "planned_duration_min": [row[3] for row in rows],
            "intensity": [row[4] for row in rows],
            "known_since": SUNDAY,
            "source": "plans.csv",
        }
    )
    return conform("plans", frame)


def run_of(*runs):
    return run_days(sessions(*runs), pd.Series(["a"]), SUNDAY)


STEADY = [
    (7 * w + d, km, 6 * km) for w in range(8) for d, km in ((0, 14.0 + w), (3, 8.0), (5, 6.0))
]


def test_what_a_week_is_held_against_is_the_longest_run_of_30_days_with_today():
    run = run_of((30, 30.0, 180), (29, 21.0, 126), (0, 12.0, 72, "a", 8))
    before = run.before(ROWS)
    # Thirty days with today are days 0 to 29: the 30 km of day 30 lie outside.
    assert before.longest_km.tolist() == [21.0]
    assert before.hard_today.tolist() == [True]
    assert np.isnan(run_of((45, 12.0, 72)).before(ROWS).longest_km[0])


def test_a_run_without_distance_counts_by_its_time_and_one_without_both_hides_the_longest():
    run = run_of((3, 10.0, 60), (2, None, 90))
    # 90 min at the own pace of 6 min/km.
    assert run.before(ROWS).longest_km[0] == pytest.approx(15.0)
    assert np.isnan(run_of((3, 10.0, 60), (2, None, None)).before(ROWS).longest_km[0])


def test_the_pace_is_the_own_median_or_the_teams():
    runs = sessions((3, 10.0, 60), (2, 10.0, 50), (1, 10.0, 40), (1, None, 70, "b"))
    run = run_days(runs, pd.Series(["a", "b"]), SUNDAY)
    # The median of 6, 5 and 4 min/km; b never ran a known distance and takes the team's.
    assert run.pace.to_dict() == {"a": 5.0, "b": 5.0}
    assert run.own_pace.to_dict() == {"a": True, "b": False}


def test_the_usual_week_is_the_middle_of_the_eight_and_a_real_one():
    usual, known = usual_week(run_of(*STEADY), ROWS)
    assert known.tolist() == [True]
    # Sundays of 14 to 21 km: the fourth shortest of eight.
    assert usual.km[0].tolist() == [0, 6, 0, 8, 0, 0, 17]
    _, known = usual_week(run_of((1, 8.0, 48), (9, 8.0, 48)), ROWS)
    assert known.tolist() == [False]


def test_a_plan_becomes_kilometres_and_minutes():
    run = run_of(*STEADY)
    usual, _ = usual_week(run, ROWS)
    told = plans(
        (2, "run", 10.0, None, "hard"), (4, "run", None, 30.0, "easy"),
        (7, "run", None, None, "long"), (3, "ride", None, 60.0, None),
        (8, "run", 40.0, None, "race"),
    )  # fmt: skip
    week, has_plan = planned_week(told, ROWS, run.pace, usual)
    assert has_plan.tolist() == [True]
    # 30 min at 6 min/km are 5 km; the long run names no size and takes the usual 17 km.
    assert week.km[0].tolist() == [0, 10, 0, 5, 0, 0, 17]
    assert week.minutes[0].tolist() == [0, 60, 0, 30, 0, 0, 102]
    assert week.hard[0].nonzero()[0].tolist() == [1]


def test_two_runs_of_a_day_are_one_distance_and_one_longest():
    told = plans((2, "run", 10.0, None, None), (2, "run", 6.0, None, None))
    run = run_of(*STEADY)
    week, _ = planned_week(told, ROWS, run.pace, usual_week(run, ROWS)[0])
    # Two runs of 10 and 6 km on one day are no run of 16 km, which would be a spike.
    assert (week.km[0, 1], week.longest[0], week.minutes[0, 1]) == (16, 10, 96)


def test_one_planned_run_says_nothing_of_the_other_days():
    run = run_of(*STEADY)
    usual, _ = usual_week(run, ROWS)
    week, has_plan = planned_week(plans((7, "run", 20.0, None, "long")), ROWS, run.pace, usual)
    assert week.km[0].tolist() == [0, 6, 0, 8, 0, 0, 20]
    rest, _ = planned_week(plans((2, "run", None, None, "rest")), ROWS, run.pace, usual)
    assert rest.km[0].tolist() == [0, 0, 0, 8, 0, 0, 17]
    assert has_plan.tolist() == [True]


def test_strength_alone_is_no_plan_of_running():
    run = run_of(*STEADY)
    usual, _ = usual_week(run, ROWS)
    week, has_plan = planned_week(plans((2, "strength", None, 45.0, None)), ROWS, run.pace, usual)
    assert has_plan.tolist() == [False]
    assert week.km[0].tolist() == usual.km[0].tolist()


def test_plans_of_other_days_stay_apart():
    told = plans((2, "run", 10.0, None, None), (9, "run", 12.0, None, None))
    told = pd.concat([told.assign(as_of=SUNDAY), told.assign(as_of=SUNDAY + pd.Timedelta(days=7))])
    rows = pd.DataFrame({"athlete": "a", "date": [SUNDAY, SUNDAY + pd.Timedelta(days=7)]})
    run = run_of(*STEADY)
    usual, _ = usual_week(run, rows)
    week, _ = planned_week(told, rows, run.pace, usual)
    assert week.km[0, 1] == 10
    assert week.km[1, 1] == 12


def test_nothing_recorded_from_the_onset_on_is_used():
    def days(*km):
        day = np.array([km], dtype=float)
        return ComingWeek(day, day, 6 * day, day > 100)

    run, stand_in = days(1, 2, 3, 4, 0, 0, 0), days(11, 12, 13, 14, 15, 16, 17)
    thursday = pd.Series([SUNDAY + pd.Timedelta(days=4)])
    week = censored_at_onset(run, stand_in, ROWS, thursday)
    # The onset is on day 4: what was run from it on tells of the injury.
    assert week.km[0].tolist() == [1, 2, 3, 14, 15, 16, 17]


def test_a_week_without_onset_is_cut_as_onsets_fall():
    """On days with running alone, by its minutes: 20, 20 and 60 of 100."""
    # The error of a share of 0.2 among 4,000 is 0.006: 0.03 is five of them.
    many = 4000
    day = np.tile([10.0, 0, 0, 10, 0, 0, 30], (many, 1))
    run, usual = (ComingWeek(x, x, x, x > 100) for x in (day + 100, day))
    rows = pd.DataFrame({"athlete": "a", "date": [SUNDAY] * many})
    none = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
    week = censored_at_onset(run, usual, rows, none)
    kept = (week.km >= 100).sum(axis=1)
    shares = [float((kept == days).mean()) for days in (0, 3, 6)]
    assert shares == pytest.approx([0.2, 0.2, 0.6], abs=0.03)
    assert set(kept) == {0, 3, 6}


def test_nothing_after_the_day_is_seen():
    # A run three days after the Sunday.
    late = (*STEADY, (-3, 40.0, 240))
    one, other = (run_days(sessions(*s), pd.Series(["a"]), SUNDAY) for s in (STEADY, late))
    assert np.array_equal(one.days.km, other.days.km)

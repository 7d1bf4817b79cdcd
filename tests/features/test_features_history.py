"""History as known on the day, worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue.settings import FeatureSettings
from features.injuries.settings import InjuryRules
from features.matrix import feature_matrix
from tests.features.cohort import from_frames
from tests.features.timelines import day, features_on, roster, run, table


def injuries(*rows):
    """Rows are (region, onset day, return day or None)."""
    return pd.DataFrame(
        {
            "athlete": "a",
            "region": [r[0] for r in rows],
            "onset_date": [day(r[1]) for r in rows],
            "return_date": [pd.NaT if r[2] is None else day(r[2]) for r in rows],
            "source": "hand",
        }
    )


def on(last, *rows, **more):
    return features_on(last, length=900, injuries=injuries(*rows), **more)


def test_injuries_are_counted_back_from_the_day():
    rows = [("knee", 0, 10), ("foot", 200, 210), ("knee", 500, 520), ("hip", 790, 800)]
    got = on(800, *rows)
    assert got["injuries_6m"] == 1
    assert got["injuries_12m"] == 2
    assert got["injuries_24m"] == 3
    assert got["knee_injuries_12m"] == 1
    assert got["recurrences_24m"] == 1
    assert got["days_lost_12m"] == 20 + 10
    assert got["days_since_return"] == 0
    assert got["injuries_per_year"] == pytest.approx(4 / (801 / 365.25))


@pytest.mark.parametrize(
    ("last", "before", "injuries", "years"),
    [(99, 365, 2, 465 / 365.25), (99, 0, 1, 100 / 365.25), (840, 365, 3, 1206 / 365.25)],
)
def test_the_own_rate_counts_all_on_record_and_is_drawn_towards_one_in_1_6_years(
    last, before, injuries, years
):
    rules = FeatureSettings(injuries=InjuryRules(known_before_entry_days=before))
    # The first lies 366 days before the entry and so before the record; the second on its edge.
    rows = [("hip", -366, -300), ("hip", -200, -190), ("knee", 30, 95), ("foot", 790, 795)]
    got = on(last, *rows, settings=rules)
    assert got["injury_rate_shrunk"] == pytest.approx((injuries + 2) / (years + 2 * 1.6))
    assert on(29, settings=rules)["injury_rate_shrunk"] < 1 / 1.6


@pytest.mark.parametrize(
    ("level", "per_injury"), [("novice", 56), ("recreational", 130), (None, 130)]
)
def test_injuries_expected_are_the_own_rate_times_the_hours_of_a_week(level, per_injury):
    sessions = [run(at, 10.0, 60.0) for at in range(0, 770, 7)]
    sessions += [run(at, 10.0, 120.0) for at in range(774, 801)]  # two hours a day, 27 days
    people = roster(900, level=[level])
    got = on(800, ("knee", 790, 795), sessions=sessions, athletes=people)
    recent = got["hours_28d"] / 4
    assert recent == pytest.approx(27 * 2 / 4, rel=0.03)
    usual = got["usual_hours_week"]
    every = (110 * 1 + 27 * 2) / 801  # hours a day under observation
    own = (1 + 2) / (every * (801 + 365) + 2 * per_injury)
    assert got["injuries_expected_week"] == pytest.approx(own * (usual + recent) / 2, rel=1e-6)
    lately = on(20, ("knee", 10, 12), sessions=[run(0, 10.0, 60.0)])
    assert np.isnan(lately["usual_hours_week"])
    assert np.isnan(lately["injuries_expected_week"])


@pytest.mark.parametrize(("last", "expected"), [(364, 1), (365, 0)])
def test_a_year_ends_sharply(last, expected):
    assert on(last, ("knee", 0, 5))["injuries_12m"] == expected


@pytest.mark.parametrize(
    ("last", "since", "lost"),
    [
        (9, np.nan, 0),  # not hurt yet
        (10, 0, 1),  # the day of onset
        (50, 0, 41),  # still out, return unknown: lasts 49 days by default
        (58, 0, 49),
        (59, 0, 49),  # by default over on day 59
        (99, 40, 49),  # the return on day 100 is not known on day 99
        (100, 0, 90),
        (101, 1, 90),
    ],
)
def test_a_return_is_not_known_before_its_day(last, since, lost):
    got = on(last, ("knee", 10, 100))
    assert got["days_since_return"] == pytest.approx(since, nan_ok=True)
    assert got["days_lost_12m"] == lost


@pytest.mark.parametrize(("back", "second", "count"), [(10, 11, 2), (None, 70, 1), (None, 71, 2)])
def test_only_an_assumed_return_joins_reports_within_three_weeks(back, second, count):
    assert on(100, ("knee", 0, back), ("knee", second, 90))["injuries_12m"] == count


def test_reports_merge_as_far_as_the_day_can_know():
    rows = [("foot", 0, 60), ("foot", 55, 58)]
    # On day 58 the first one is over by default since day 28: a report 27 days later is a new one.
    assert on(58, *rows)["injuries_12m"] == 2
    assert on(60, *rows)["injuries_12m"] == 1


def test_injuries_from_before_the_observation_are_history_but_not_of_its_rate():
    got = on(200, ("knee", -30, -10))
    assert got["injuries_12m"] == 1
    assert got["days_since_return"] == 210
    assert got["injuries_per_year"] == 0


def test_rules_are_parameters():
    rules = InjuryRules(min_time_loss_days=8, default_duration_days={}, fallback_duration_days=5)
    got = on(50, ("knee", 0, 7), ("foot", 20, 30), settings=FeatureSettings(injuries=rules))
    assert got["injuries_12m"] == 1
    assert got["days_since_return"] == 20


def test_the_never_injured_have_no_return():
    got = on(200)
    assert got["injuries_24m"] == 0
    assert np.isnan(got["days_since_return"])


def test_who_the_athlete_is():
    athlete = roster(
        900,
        birth_year=1990.0,
        sex="male",
        height_cm=180.0,
        level="competitive",
        running_since=2010.0,
    )
    got = features_on(
        400, athletes=athlete, body=table("a", [-5, 100, 401], mass_kg=[80.0, 81, 60])
    )
    assert got["age_years"] == 2024 - 1990
    assert got["years_running"] == 2024 - 2010
    assert got["sex_code"] == 1
    assert got["level_code"] == 2
    assert got["mass_kg"] == 81
    assert got["body_mass_index"] == pytest.approx(81 / 1.8**2)
    assert got["history_days"] == 401


def test_what_is_not_known_of_an_athlete_is_null():
    got = on(10)
    for name in (
        "age_years",
        "years_running",
        "sex_code",
        "level_code",
        "mass_kg",
        "body_mass_index",
    ):
        assert np.isnan(got[name]), name


report = st.tuples(
    st.sampled_from(["knee", "foot"]), st.integers(-100, 150), st.none() | st.integers(0, 80)
)


@settings(max_examples=15, deadline=None)
@given(st.lists(report, max_size=8), st.integers(0, 149))
def test_a_return_date_after_t_never_matters(rows, last):
    known = [(r, o, None if back is None else o + back) for r, o, back in rows]
    later = [(r, o, None if b is not None and b > last else b) for r, o, b in known]
    both = [
        feature_matrix(
            from_frames({"athletes": roster(150), "injuries": injuries(*reports)}),
            FeatureSettings(blocks=("history",)),
            pd.DatetimeIndex([day(last)]),
        )
        for reports in (known, later)
    ]
    pd.testing.assert_frame_equal(*both, check_exact=True)

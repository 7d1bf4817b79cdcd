"""What cannot be is put right, or named and left out; what is extreme but true stays."""

import numpy as np
import pytest

from ingest.sessions.pace import too_fast
from tests.ingest.session_frames import answer, harmonised, load, recording


def check_of(*rows, answers=()):
    return harmonised(list(rows), list(answers)).sessions["check"].tolist()


@pytest.mark.parametrize(
    ("minutes", "km", "check"),
    [
        (240, 8.0, "watch_left_on"),
        (346, 8.87, "watch_left_on"),
        (120, 10.0, None),  # a run-walk at 5 km/h
        (660, 75.0, None),  # an ultra of 11 hours
        (60, 100.0, "impossible_speed"),
        (29, 10.0, None),
        (27, 1.0, None),
        (75, 0.0, "distance_lost"),
    ],
)
def test_pace_bounds_on_both_sides(minutes, km, check):
    found = check_of(recording(0, 6, minutes, distance_km=km))
    assert [None if one != one else one for one in found] == [check]  # noqa: PLR0124 - null is NaN


def test_a_lost_distance_is_unknown_and_its_minutes_count():
    found = load(harmonised([recording(0, 11, 75, distance_km=0.0)])).iloc[0]
    assert (found["runs"], found["minutes"], found["without_km"]) == (1, 75, 1)


def test_a_treadmill_without_a_distance_is_no_question():
    (check,) = check_of(recording(0, 11, 75, distance_km=0.0, surface="treadmill"))
    assert np.isnan(check)


def test_a_short_slow_run_takes_no_longer_than_its_distance():
    session = harmonised([recording(0, 6, 30, distance_km=1.0)]).sessions.iloc[0]
    assert (session["duration_min"], session["moving_min"]) == (30, 20)


def test_half_a_day_with_fifty_minutes_in_motion_is_a_run_of_fifty_minutes():
    session = recording(0, 6, 720, moving_min=50.0, distance_km=9.0)
    assert load(harmonised([session])).iloc[0]["minutes"] == 50
    assert np.isnan(check_of(session)[0])


def test_motion_longer_than_the_session_is_cut():
    found = harmonised([recording(0, 6, 40, moving_min=60.0, distance_km=8.0)])
    assert found.sessions["moving_min"].tolist() == [40]
    assert found.repairs["code"].tolist() == ["moving_longer_than_duration_cut"]


def test_motion_too_short_for_the_distance_is_unknown():
    found = harmonised([recording(0, 6, 100, moving_min=2.4, distance_km=18.7)])
    assert np.isnan(found.sessions["moving_min"][0])
    assert load(found).iloc[0]["minutes"] == 100


def test_the_minutes_of_an_answer_stand_where_a_watch_was_left_on():
    found = harmonised([recording(0, 15, 80, distance_km=2.6)], [answer(0, 16.2, 50)])
    assert found.sessions["check"].tolist() == ["minutes_from_answer"]
    assert load(found).iloc[0]["minutes"] == 50


def test_an_answer_that_is_no_better_leaves_the_watch_to_be_checked():
    assert check_of(recording(0, 6, 346, distance_km=8.9), answers=[answer(0, 11.5, 300)]) == [
        "watch_left_on"
    ]


@pytest.mark.parametrize(
    ("minutes", "km", "stays"),
    [(2, 0.2, False), (2, np.nan, False), (2, 0.6, True), (8, 0.2, True)],
)
def test_a_false_start_is_no_session(minutes, km, stays):
    found = harmonised([recording(0, 6, minutes, distance_km=km), recording(1, 6, distance_km=9.0)])
    assert len(found.sessions) == 1 + stays
    assert ("false_start_dropped" in found.repairs["code"].tolist()) is not stays


def test_a_watch_left_on_after_a_run_is_no_part_of_it():
    run = recording(0, 15, 83, distance_km=11.3, record="1")
    rest = recording(0, 16.4, 152, distance_km=2.2, record="2")
    found = harmonised([run, rest]).sessions.sort_values("start")
    assert found["check"].fillna("").tolist() == ["", "watch_left_on"]


def test_of_two_recordings_the_plausible_one_stays():
    watch = recording(0, 15, 300, distance_km=9.0, hr_mean=120.0, hr_max=160.0)
    phone = recording(0, 15, 60, distance_km=8.8, source="phone.gpx")
    session = harmonised([watch, phone]).sessions.iloc[0]
    assert (session["duration_min"], session["distance_km"], session["hr_mean"]) == (60, 8.8, 120)


def test_a_night_without_a_distance_is_a_watch_left_on():
    night, morning = recording(0, 21, 480), recording(2, 3.5, 90)
    found = harmonised([night, morning]).sessions.sort_values("start")["check"]
    assert found.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("start", "minutes", "is_left_on"),
    [
        (22, 180, True),  # 0:00 to 3:00 on the wall: three hours of the night, its first ones
        (22, 179, False),
        (0, 180, True),  # 2:00 to 5:00, its last ones
        (0.25, 240, False),  # 2:15 to 6:15: two hours and three quarters of it
    ],
)
def test_three_hours_of_the_night_from_midnight_to_five_are_a_watch_left_on(
    start, minutes, is_left_on
):
    check = harmonised([recording(0, start, minutes)]).sessions["check"]
    assert check.fillna("").tolist() == (["watch_left_on"] if is_left_on else [""])


def test_two_runs_at_one_time_that_are_no_session_leave_the_shorter_out():
    first = recording(0, 6, 60, distance_km=12.0)
    second = recording(0, 6.75, 50, distance_km=9.0, source="phone.gpx")
    found = harmonised([first, second]).sessions.sort_values("start")
    assert found["check"].fillna("").tolist() == ["", "overlaps_another"]


@pytest.mark.parametrize(("minutes", "second"), [(50, ""), (51, "overlaps_another")])
def test_two_runs_may_overlap_by_five_minutes(minutes, second):
    first = recording(0, 6, minutes, distance_km=10.0)
    other = recording(0, 6.75, 40, distance_km=8.0, source="phone.gpx")
    found = harmonised([first, other]).sessions.sort_values("start")
    assert found["check"].fillna("").tolist() == ["", second]


def test_a_day_holds_no_more_than_a_day():
    rows = [
        recording(0, 5, 600, sport="ride", record="1"),
        recording(0, 16, 500, sport="other", record="2"),
    ]
    found = harmonised(rows).sessions.set_index("sport")["check"]
    assert found["ride"] == "too_long_a_day"
    assert found.isna()["other"]


def test_a_world_record_is_no_mistake():
    km, minutes = np.array([5.0, 10.0, 42.2]), np.array([12.6, 26.2, 120.6])
    assert not too_fast(km, minutes).any()
    assert too_fast(km, minutes * 0.85).all()

"""Recordings of one session are one session, whatever their clocks, names and sports say."""

import numpy as np
import pandas as pd
import pytest

from ingest.sessions.day_only import ANSWERED, MARK
from ingest.sessions.list_clocks import ZONELESS
from tests.ingest.session_frames import FIRST, answer, harmonised, load, recording


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ({}, {"sport": "other"}, 1),
        ({"sport": "walk"}, {"sport": "hike"}, 1),
        ({"sport": "run"}, {"sport": "ride"}, 2),
        ({"sport": "other"}, {"sport": "other"}, 1),
        ({"surface": "trail"}, {"surface": "treadmill"}, 1),
    ],
)
def test_half_an_overlap_joins_what_can_be_one_sport(one, other, count):
    found = harmonised(
        [recording(0, 17, **one), recording(0, 17.4, source="phone.gpx", record="1", **other)]
    )
    assert len(found.sessions) == count


def test_the_named_sport_and_a_distance_it_allows_stay():
    swim = recording(0, 6, 30, sport="swim", distance_km=1.5, source="list.csv")
    other = recording(
        0, 6, 30, sport="other", distance_km=6.0, hr_mean=140.0, hr_max=150.0, source="swim.tcx"
    )
    session = harmonised([swim, other]).sessions.iloc[0]
    assert (session["sport"], session["distance_km"], session["hr_mean"]) == ("swim", 1.5, 140.0)


@pytest.mark.parametrize(("km", "kept"), [(43.0, 43.0), (44.0, 12.0)])
def test_a_distance_that_no_runner_covers_in_an_hour_gives_way(km, kept):
    fuller = recording(0, 6, 60, distance_km=km, hr_mean=140.0, source="list.csv")
    plain = recording(0, 6, 60, distance_km=12.0, source="run.gpx")
    assert harmonised([fuller, plain]).sessions["distance_km"].tolist() == [kept]


def test_of_equally_full_recordings_the_longer_stays():
    short = recording(0, 17, 40, distance_km=8.0)
    long = recording(0, 17, 60, distance_km=12.0, source="phone.gpx")
    session = harmonised([short, long]).sessions.iloc[0]
    assert (session["duration_min"], session["distance_km"]) == (60, 12)


def test_a_container_of_a_triathlon_does_not_join_its_legs():
    legs = [
        recording(0, 6, 30, sport="swim", distance_km=1.5, record="1"),
        recording(0, 6.6, 90, sport="ride", distance_km=45.0, record="2"),
        recording(0, 8.2, 50, sport="run", distance_km=10.0, record="3"),
    ]
    whole = recording(0, 6, 190, sport="other", source="list.csv")
    found = harmonised([*legs, whole]).sessions
    assert sorted(found["sport"]) == ["ride", "run", "swim"]
    assert found.set_index("sport").loc["run", "duration_min"] == 50


def test_parts_a_few_minutes_apart_are_one_run():
    parts = [
        recording(0, 17, 20, distance_km=4.0, hr_mean=140.0, record="1"),
        recording(0, 17.4, 40, distance_km=8.0, hr_mean=155.0, record="2"),
    ]
    found = harmonised(parts)
    session = found.sessions.iloc[0]
    assert (len(found.sessions), found.parts_joined) == (1, 1)
    assert session["distance_km"] == 12
    assert session["duration_min"] == pytest.approx(64)
    assert session["moving_min"] == 60
    assert session["hr_mean"] == pytest.approx(150, abs=1e-6)


def test_parts_of_which_one_lost_its_distance_stay_apart():
    parts = [
        recording(0, 17, 20, distance_km=4.0, record="1"),
        recording(0, 17.4, 40, record="2"),
    ]
    found = load(harmonised(parts)).iloc[0]
    assert (found["runs"], found["distance_km"], found["without_km"]) == (2, 4.0, 1)


def test_parts_under_one_cover_count_once():
    parts = [
        recording(0, 17, 30, distance_km=6.0, record="1"),
        recording(0, 17.9, 30, distance_km=6.0, record="2"),
    ]
    cover = recording(0, 17, 85, distance_km=12.1, moving_min=60.0, source="phone.gpx")
    found = load(harmonised([*parts, cover])).iloc[0]
    assert found["runs"] == 1
    assert found["distance_km"] == pytest.approx(12, abs=0.2)


def test_runs_of_which_only_the_day_is_known_are_no_parts():
    two = [
        recording(0, 10, 50, distance_km=10.0, record="1", day_only=True),
        recording(0, 10 + 50 / 60, 50, distance_km=10.0, record="2", day_only=True),
    ]
    assert load(harmonised(two)).iloc[0]["runs"] == 2


def test_an_answer_hours_late_belongs_to_the_run_of_its_day():
    found = harmonised([recording(0, 16, distance_km=10.0)], [answer(0, 20.5)])
    session = found.sessions.iloc[0]
    assert (len(found.sessions), session["rpe"], session["distance_km"]) == (1, 5.0, 10.0)


def test_an_answer_in_the_small_hours_belongs_to_the_evening_before():
    found = harmonised([recording(0, 18, distance_km=10.0)], [answer(0, 23)])
    assert len(found.sessions) == 1


def test_a_rated_run_takes_no_second_answer_by_its_day():
    found = harmonised([recording(0, 6, distance_km=10.0)], [answer(0, 7), answer(0, 17)])
    assert len(found.sessions) == 2


def test_an_answer_that_stands_in_a_list_of_sessions_is_one():
    rows = [
        recording(0, 16, distance_km=8.0, source="sessions.csv", record="2"),
        recording(0, 18.5, rpe=5.0, source="sessions.csv", record="3"),
    ]
    found = load(harmonised(rows)).iloc[0]
    assert (found["runs"], found["minutes"], found["distance_km"]) == (1, 60, 8)


def test_a_clock_marked_as_utc_is_found_to_be_local():
    runs = [recording(day, 16, distance_km=10.0, record=str(day)) for day in range(8)]
    # Summer time is two hours ahead: 17:00 UTC is 19:00, written as 19:00Z.
    answers = [answer(day, 19.1, record=str(day), rpe=3.0 + day / 10) for day in range(8)]
    found = harmonised(runs, answers, {"answers.csv": "some_answers"})
    assert found.answers_matched == len(found.sessions) == 8
    assert set(found.repairs["code"]) == {"clock_local_marked_as_utc"}
    assert len(found.repairs) == 8


def test_few_answers_prove_no_clock():
    runs = [recording(day, 16, distance_km=10.0, record=str(day)) for day in range(4)]
    answers = [answer(day, 19.1, record=str(day)) for day in range(4)]
    assert harmonised(runs, answers, {"answers.csv": "some_answers"}).repairs.empty


def test_two_lists_on_different_clocks_are_one_and_the_zone_is_told():
    utc = [
        recording(day, 23, distance_km=10.0 + day, source="utc.csv", record=str(day))
        for day in (0, 2, 5)
    ]
    # Abroad at UTC-4: 19:00 on the wall, which was read as 17:00 UTC in the team's zone.
    local = [
        recording(day, 17, distance_km=10.0 + day, source="l.csv", record=str(day), zoneless=True)
        for day in (0, 2, 5)
    ]
    found = harmonised([*utc, *local])
    assert len(found.sessions) == 3
    assert found.sessions["local_date"].tolist() == [
        (FIRST + pd.Timedelta(days=day)).tz_localize(None) for day in (0, 2, 5)
    ]
    assert set(found.repairs["code"]) == {"clock_moved_by_+6_h"}
    assert set(found.repairs["source"]) == {"l.csv"}


def test_a_session_of_one_list_alone_takes_the_clock_of_its_lists_nearest_pair():
    utc = [
        recording(day, 23, distance_km=10.0 + day, source="utc.csv", record=str(day))
        for day in (0, 2)
    ]
    days = (0, 2, 1, 17)  # a day between the pairs, and one too far from them
    local = [
        recording(day, 17, distance_km=10.0 + day, source="l.csv", record=str(day), zoneless=True)
        for day in days
    ]
    found = harmonised([*utc, *local])
    assert set(found.repairs["record"]) == {"0", "1", "2"}
    alone = found.sessions[found.sessions["distance_km"].isin([11.0, 27.0])]
    hours = (alone["start"] - FIRST).dt.total_seconds() / 3600
    assert hours.tolist() == [24 + 23, 17 * 24 + 17]


def test_the_same_run_every_day_is_no_shift_of_a_day():
    utc = [
        recording(day, 16, distance_km=10.0, source="utc.csv", record=str(day)) for day in range(6)
    ]
    local = [one | {"source": "local.csv", "zoneless": True} for one in utc]
    found = harmonised([*utc, *local])
    assert len(found.sessions) == 6
    assert found.repairs.empty


def test_an_unnamed_sport_takes_the_likely_one_unless_another_knows():
    alone = recording(0, 6, 40, sport="other", distance_km=8.0, likely_sport="run")
    known = recording(1, 6, 40, sport="other", distance_km=8.0, likely_sport="run", record="2")
    ride = recording(1, 6, 40, sport="ride", distance_km=8.0, source="list.csv")
    found = harmonised([alone, known, ride])
    assert found.sessions.sort_values("start")["sport"].tolist() == ["run", "ride"]
    assert found.repairs["code"].tolist() == ["sport_by_speed_and_cadence"]


def test_every_record_is_named_somewhere():
    rows = [
        recording(0, 17, 20, distance_km=4.0, record="1"),
        recording(0, 17.4, 40, distance_km=8.0, record="2"),
        recording(0, 17, 64, distance_km=12.1, source="phone.gpx", record="track 1"),
    ]
    found = harmonised(rows, [answer(0, 18.1)]).sessions.iloc[0]
    names = {f"{found['source']}#{found['record']}", *found["merged_from"].split(";")}
    assert names == {"watch.csv#1", "watch.csv#2", "phone.gpx#track 1", "answers.csv#0-18.1"}


def test_no_recording_gives_no_session():
    assert harmonised([]).sessions.empty
    assert np.isnan(
        harmonised([recording(0, 6, np.nan, distance_km=5.0)]).sessions["duration_min"][0]
    )


def test_the_runs_that_a_forgotten_watch_slept_through_are_no_parts_of_it():
    """Twelve hours of recording, 50 min of motion; another device saw a run at each end."""
    forgotten = recording(0, 6, 720, moving_min=50.0, distance_km=10.0, source="b.csv")
    both = [recording(0, 6, 50, distance_km=10.1), recording(0, 16, 60, distance_km=12.0)]
    for runs in ([forgotten, *both], [forgotten, both[1]]):
        found = load(harmonised(runs))
        assert found["runs"].tolist() == [2]
        assert found["minutes"].tolist() == [110]


def test_a_pause_of_an_hour_is_no_forgotten_watch():
    """Its second half is that of the other device's second recording."""
    paused = recording(0, 6, 110, moving_min=50.0, distance_km=10.0, source="b.csv")
    parts = [recording(0, 6, 25, distance_km=5.0), recording(0, 7.4167, 25, distance_km=5.0)]
    assert load(harmonised([paused, *parts]))["runs"].tolist() == [1]


def test_a_day_that_was_typed_with_seconds_for_minutes_reaches_into_no_other():
    watch = [recording(day, 15, 50, distance_km=10.0 + day) for day in range(3)]
    typed = [
        recording(day, 10, 3000, distance_km=10.0 + day, source="diary.csv", **{MARK: True})
        for day in range(3)
    ]
    found = load(harmonised(watch + typed))
    assert found["runs"].tolist() == [1, 1, 1]
    assert found["minutes"].tolist() == [50, 50, 50]


def test_lists_of_which_one_leaves_pauses_out_are_one_abroad():
    listed = [recording(day, 5, 50, distance_km=9.0 + day, **{ZONELESS: True}) for day in range(4)]
    known = [
        recording(day, 14, 53, moving_min=49.5, distance_km=9.1 + day, source="strava.csv")
        for day in range(4)
    ]
    found = harmonised(listed + known)
    assert load(found)["runs"].tolist() == [1, 1, 1, 1]
    assert set(found.repairs["code"]) == {"clock_moved_by_+9_h"}


@pytest.mark.parametrize("ahead", [0, 8, -9])
def test_a_form_that_keeps_the_clock_of_another_country_rates_the_runs_of_the_team(ahead):
    """Typed five minutes after the run; with the wrong clock some answers lie on another day."""
    runs = [recording(day, 5 + day, 40 + day, distance_km=9.0) for day in range(8)]
    typed = [
        recording(
            day + (5 + day + ahead) // 24, 10, 40 + day, rpe=float(day % 5), source="form.csv",
            record=str(day),
            **{MARK: True, ANSWERED: run["start"] + pd.Timedelta(minutes=45 + day, hours=ahead)},
        )
        for day, run in enumerate(runs)
    ]  # fmt: skip
    found = harmonised(runs + typed)
    assert load(found)["runs"].tolist() == [1] * 8
    assert found.sessions.sort_values("start")["rpe"].tolist() == [day % 5 for day in range(8)]
    assert set(found.repairs["code"]) == ({f"clock_shifted_by_{-ahead:+d}_h"} if ahead else set())


def test_an_answer_typed_after_midnight_is_about_the_day_before():
    night = recording(3, 10, 60, rpe=4.0, **{MARK: True, ANSWERED: FIRST + pd.Timedelta(days=3)})
    (session,) = harmonised([night]).sessions.to_dict("records")
    assert session["local_date"] == pd.Timestamp("2024-05-08")
    assert session["start"] == FIRST + pd.Timedelta(days=2, hours=10)


@pytest.mark.parametrize(
    ("km", "minutes", "is_sum"),
    [
        (15.0, 78, True),
        (15.0, np.nan, True),
        (10.0, 50, False),
        (15.0, 140, False),
        (22.0, 78, False),
    ],
)
def test_a_diarys_line_for_both_runs_of_a_day_is_no_third(km, minutes, is_sum):
    watch = [
        recording(0, 6, 28, distance_km=5.05, moving_min=28.0),
        recording(0, 16, 50, distance_km=10.02, moving_min=50.0),
    ]
    line = recording(0, 10, minutes, distance_km=km, source="diary.csv", **{MARK: True})
    found = harmonised([*watch, line])
    is_one_of_them = km == watch[1]["distance_km"] - 0.02
    assert load(found)["runs"].tolist() == [2 if is_sum or is_one_of_them else 3]
    assert ("total_of_the_day_dropped" in set(found.repairs["code"])) == is_sum


def test_a_diarys_line_for_both_runs_is_no_third_where_two_files_hold_each():
    runs = [
        recording(0, hour, minutes, distance_km=km, moving_min=float(minutes), source=source)
        for source in ("watch.fit", "activities.csv")
        for hour, minutes, km in ((6, 28, 5.05), (16, 50, 10.02))
    ]
    line = recording(0, 10, 78, distance_km=15.0, source="diary.csv", **{MARK: True})
    found = harmonised([*runs, line])
    assert load(found)["runs"].tolist() == [2]

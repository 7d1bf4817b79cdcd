"""A diary's day-only session and the watch's recording of it are one session."""

import numpy as np
import pandas as pd
import pytest

from ingest.sessions.day_only import MARK, take_recorded_clock
from ingest.sessions.grouping import same_session

NOON = "2024-05-06 10:00"


def sessions(*rows: tuple[str, str, float | None, float | None, bool | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, columns=["sport", "start", "duration_min", "distance_km", "day_only"]
    )
    start = pd.to_datetime(frame["start"], utc=True).astype("datetime64[ns, UTC]")
    source = frame["day_only"].map({True: "diary", False: "diary"}).fillna("watch")
    day = start.dt.tz_localize(None).dt.normalize()
    return frame.assign(athlete="r1", start=start, local_date=day, source=source)


WATCH = ("run", "2024-05-06 16:00", 55.0, 10.24, None)


@pytest.mark.parametrize(
    ("diary", "moves"),
    [
        (("run", NOON, 50.0, 10.0, True), True),
        (("run", NOON, 50.0, None, True), True),
        # 27 % less than the 55 minutes; a quarter is allowed.
        (("run", NOON, 40.0, None, True), False),
        (("run", NOON, 55.0, 8.0, True), False),
        # It lasts the same, so the 8.5 of 10.24 km may be guessed (17 %); 8 km (22 %) may not.
        (("run", NOON, 53.0, 8.5, True), True),
        (("run", NOON, 65.0, 8.5, True), False),
        (("run", NOON, None, 8.5, True), False),
        (("ride", NOON, 55.0, 10.24, True), False),
        (("run", "2024-05-07 10:00", 55.0, 10.24, True), False),
        (("run", NOON, 55.0, 10.24, False), False),
        (("run", NOON, None, None, True), False),
    ],
)
def test_alike_sessions_of_a_day_are_one(
    diary: tuple[str, str, float | None, float | None, bool], moves: bool
) -> None:
    before = sessions(WATCH, diary)
    after = take_recorded_clock(before)
    assert (after["start"][1] == after["start"][0]) == moves
    assert after["start"].dtype == before["start"].dtype
    pd.testing.assert_frame_equal(after.drop(columns="start"), before.drop(columns="start"))


def test_each_recording_is_taken_once_by_the_most_alike() -> None:
    second = ("run", "2024-05-06 05:00", 54.0, 10.0, None)
    diary = [("run", NOON, 55.0, 10.1, True), ("run", NOON, 55.0, 10.2, True)]
    after = take_recorded_clock(sessions(WATCH, second, *diary))
    hours = after["start"].dt.hour.tolist()
    # 10.1 km is nearer to the 10.0 of the morning, 10.2 to the 10.24 of the evening.
    assert hours == [16, 5, 5, 16]
    third = take_recorded_clock(sessions(WATCH, *diary))
    assert sorted(third["start"].dt.hour.tolist()[1:]) == [10, 16]


def test_a_typed_run_beside_the_recorded_one_of_its_list_is_another() -> None:
    """Mornings typed into Strava were lost where the watch recorded an evening run alike."""
    morning = ("run", "2024-05-06 05:00", 54.0, 10.0, True)
    in_list = sessions(WATCH, morning).assign(source="activities.csv")
    pd.testing.assert_frame_equal(take_recorded_clock(in_list), in_list)
    export = sessions(WATCH, WATCH, morning)
    also = export.assign(source=["activities/1.fit", "activities.csv", "activities.csv"])
    pd.testing.assert_frame_equal(take_recorded_clock(also), also)
    other = export.assign(source=["activities/1.fit", "other.csv", "activities.csv"])
    assert take_recorded_clock(other)["start"].dt.hour.tolist() == [16, 16, 16]


def test_a_run_that_no_device_recorded_stands_once_whatever_diaries_hold_it() -> None:
    typed = ("run", "2024-05-06 05:41", 54.0, 10.0, True)
    evening = ("run", "2024-05-06 17:00", 40.0, 7.0, True)
    noon = ("run", NOON, 50.0, 10.1, True)
    third = ("run", "2024-05-06 11:00", 55.0, None, True)
    before = sessions(typed, evening, noon, third)
    diaries = before.assign(source=["activities.csv", "activities.csv", "diary.csv", "peaks.csv"])
    after = take_recorded_clock(diaries)
    assert after["start"].dt.strftime("%H:%M").tolist() == ["05:41", "17:00", "05:41", "05:41"]
    two_of_one_list = diaries.assign(source="activities.csv")
    pd.testing.assert_frame_equal(take_recorded_clock(two_of_one_list), two_of_one_list)
    someone_else = diaries.assign(athlete=["r1", "r1", "r2", "r3"])
    pd.testing.assert_frame_equal(take_recorded_clock(someone_else), someone_else)
    watched = sessions(WATCH, typed, noon).assign(source=["watch", "activities.csv", "diary.csv"])
    hours = take_recorded_clock(watched)["start"].dt.hour.tolist()
    assert hours == [16, 16, 16]


def test_nothing_to_match() -> None:
    alone = sessions(WATCH).drop(columns="day_only")
    assert take_recorded_clock(alone) is alone
    diary = sessions(("run", NOON, 55.0, 10.0, True))
    pd.testing.assert_frame_equal(take_recorded_clock(diary), diary)


@pytest.mark.parametrize(
    ("first", "second", "sessions"),
    [
        # With both told, more than a sixth apart in each is two runs; with one told, a third.
        ((8.0, 45.0), (12.0, 65.0), 2), ((8.0, np.nan), (14.0, np.nan), 2),
        ((np.nan, 40.0), (np.nan, 90.0), 2), ((8.0, 45.0), (8.1, 44.0), 1),
        ((10.0, 55.0), (13.0, 55.0), 1), ((8.0, np.nan), (np.nan, 45.0), 1),
        ((8.0, np.nan), (8.4, np.nan), 1),
    ],
)  # fmt: skip
def test_two_diaries_of_one_day_are_two_runs_where_both_differ(first, second, sessions):
    """Their made-up clocks met, and the second run was lost."""
    rows = pd.DataFrame(
        {
            "athlete": "a",
            "start": pd.Timestamp("2025-03-03 12:00", tz="UTC"),
            "local_date": pd.Timestamp("2025-03-03"),
            "sport": "run",
            "distance_km": [first[0], second[0]],
            "duration_min": [first[1], second[1]],
            "source": ["a.csv", "b.csv"],
            MARK: True,
        }
    )
    assert len(set(same_session(rows).tolist())) == sessions

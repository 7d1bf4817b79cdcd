"""A run at a training camp stands in a list by its local time and in the watch's file by UTC."""

import pandas as pd
import pytest

from ingest.harmonise.tables import _nothing
from ingest.injuries.repeated_reports import with_known_ends
from ingest.sessions.camp_clock import take_watch_clock
from ingest.sessions.joining import harmonise_sessions

ZONE = "Europe/Berlin"  # 2 h ahead of UTC in May
HOUR = 3600.0
WATCH = ("run", "2024-05-06 13:00:10", 55.0, 10.24, -6 * HOUR)  # 7:00:10 in Denver


def sessions(*rows):
    columns = ["sport", "start", "duration_min", "distance_km", "utc_offset_s"]
    frame = pd.DataFrame(rows, columns=columns)
    start = pd.to_datetime(frame["start"], utc=True).astype("datetime64[ns, UTC]")
    return frame.assign(
        athlete="r1",
        start=start,
        local_date=start.dt.tz_localize(None).dt.normalize(),
        source=[f"{at}.csv" for at in range(len(rows))],
        source_hash="0",
        record="row",
        repaired=False,
        utc_offset_s=frame["utc_offset_s"].astype(float),
    )


@pytest.mark.parametrize(
    ("listed", "is_moved"),
    [
        (("run", "2024-05-06 05:00:10", 55.0, 10.24, None), True),  # 7:00:10, read as in Berlin
        (("run", "2024-05-06 05:00:40", 54.0, 10.2, None), True),
        (("run", "2024-05-06 05:03:10", 55.0, 10.24, None), False),
        (("run", "2024-05-06 06:00:10", 55.0, 10.24, None), False),  # an hour that no clock tells
        (("run", "2024-05-06 05:00:10", 55.0, 7.0, None), False),
        (("ride", "2024-05-06 05:00:10", 55.0, 10.24, None), False),
        (("run", "2024-05-06 05:00:10", 55.0, 10.24, 2 * HOUR), False),  # a watch, at home
    ],
)
def test_the_listed_run_is_that_of_the_watch(listed, is_moved):
    before = sessions(WATCH, listed)
    after = take_watch_clock(before, ZONE)
    assert (after["start"][1] == after["start"][0]) == is_moved
    assert after["start"].dtype == before["start"].dtype
    joined = harmonise_sessions(before, _nothing(), ZONE)
    assert (len(joined.sessions), joined.recordings_joined) == ((1, 1) if is_moved else (2, 0))


def test_two_runs_of_one_day_at_home_stay_two():
    home = ("run", "2024-05-06 13:00:10", 55.0, 10.24, 2 * HOUR)
    listed = ("run", "2024-05-06 05:00:10", 55.0, 10.24, None)
    before = sessions(home, listed)
    pd.testing.assert_frame_equal(take_watch_clock(before, ZONE), before)


def test_a_listed_run_that_begins_with_a_recording_stays():
    morning = ("run", "2024-05-06 05:00:10", 55.0, 10.24, -6 * HOUR)
    listed = ("run", "2024-05-06 05:00:12", 55.0, 10.24, None)
    after = take_watch_clock(sessions(WATCH, morning, listed), ZONE)
    assert str(after["start"][2]) == "2024-05-06 05:00:12+00:00"


def test_each_recording_is_taken_once():
    listed = ("run", "2024-05-06 05:00:10", 55.0, 10.24, None)
    after = take_watch_clock(sessions(WATCH, listed, listed), ZONE)
    assert after["start"].dt.hour.tolist() == [13, 13, 5]


def test_without_the_clock_of_a_watch_nothing_is_moved():
    listed = sessions(("run", "2024-05-06 05:00:10", 55.0, 10.24, None))
    assert take_watch_clock(listed, ZONE) is listed
    alone = listed.drop(columns="utc_offset_s")
    assert take_watch_clock(alone, ZONE) is alone


def test_a_newer_list_ends_an_open_injury_of_the_older_one():
    injuries = pd.DataFrame({
        "athlete": ["a", "a", "a", "b"],
        "onset_date": pd.to_datetime(["2024-05-01", "2024-05-01", "2024-06-01", "2024-05-01"]),
        "return_date": pd.to_datetime([None, "2024-05-20", None, None]),
        "region": "knee",
        "side": [None, None, "left", None],
        "diagnosis": "pfps",
    })  # fmt: skip
    left = with_known_ends(injuries)
    assert left["return_date"].notna().tolist() == [True, False, False]
    assert left["athlete"].tolist() == ["a", "a", "b"]

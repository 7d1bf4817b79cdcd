"""Answers that no clock brings to a session: the nearest of their day, and none that has one."""

import pandas as pd
import pytest

from ingest.records.sports import masks
from ingest.sessions.day_answers import match_by_day, matched_by_time_and_day

ZONE = "Europe/Berlin"
DAY = pd.Timestamp("2024-05-06", tz="UTC")


def sessions(*rows):
    """Rows of (start in hours of the day, UTC; minutes); all are unrated runs."""
    frame = pd.DataFrame(rows, columns=["start", "duration_min"]).astype(float)
    start = DAY + pd.to_timedelta(frame["start"], unit="h")
    local = start.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    return frame.assign(athlete="a", start=start, local_date=local, sport="run", rpe=float("nan"))


def answers(*rows, sport="run"):
    """Rows of (end in hours of the day, UTC; minutes)."""
    frame = pd.DataFrame(rows, columns=["end", "duration_min"]).astype(float)
    end = DAY + pd.to_timedelta(frame["end"], unit="h")
    return frame.assign(athlete="a", end=end, fits=masks(pd.Series([sport] * len(frame))))


@pytest.mark.parametrize(("end", "nearest"), [(10.0, 0), (14.0, 1), (19.0, 1)])
def test_of_two_runs_of_a_day_the_nearer_end_takes_the_answer(end, nearest):
    runs = sessions((6, 60), (16, 60))  # they end at 7 and at 17
    told = answers((end, 60))
    assert match_by_day(told, runs, ZONE, like_length=True).tolist() == [nearest]


def test_an_answer_that_a_clock_brought_to_a_run_stays_there():
    runs = sessions((6, 60), (16, 60))
    assert matched_by_time_and_day(answers((7.1, 60)), runs, ZONE).tolist() == [0]


def test_only_an_answer_that_names_one_sport_may_differ_in_length():
    runs = sessions((6, 60))
    assert matched_by_time_and_day(answers((20, 25)), runs, ZONE).tolist() == [0]
    unnamed = answers((20, 25), sport=None)
    assert matched_by_time_and_day(unnamed, runs, ZONE).tolist() == [-1]

"""The rules of knowing, drawn on hand-made time lines."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from common.extensions import OFFERS
from features.catalogue.settings import FeatureSettings
from features.panel.athlete_days import build_panel
from features.panel.days import Days
from tests.features.cohort import from_frames, make_tables
from tests.features.timelines import day, roster, run, table

NAN = np.nan


def panel(length, sessions=(), settings=None, **tables):
    frames = {"athletes": roster(length), "sessions": pd.DataFrame(list(sessions)), **tables}
    return build_panel(from_frames(frames), settings or FeatureSettings())


def test_silence_of_ten_days_is_rest_and_of_eleven_is_unknown():
    known = panel(30, [run(3), run(20)]).known
    # The run of day 3 and ten silent days after it: 3 to 13. The eleventh, day 14, is unknown.
    assert known.tolist() == [False] * 3 + [True] * 11 + [False] * 6 + [True] * 10


def test_a_silent_day_is_zero_and_an_unknown_day_is_null():
    km = panel(16, [run(1)]).channels["run_km"]
    # Day 0 lies before the first record: nobody can say that it was a rest day.
    np.testing.assert_array_equal(km, [NAN, 10, *[0] * 10, *[NAN] * 4])


@pytest.mark.parametrize("source", ["wellness", "pain", "exercise", "body", "strength", "gait"])
def test_every_source_shows_that_the_athlete_logs(source):
    columns = {
        "wellness": {"mood": 0.5},
        "pain": {"region": "knee", "pain_0_10": 0.0, "when": "after"},
        "exercise": {"exercise": "squat"},
        "body": {"mass_kg": 60.0},
        "strength": {"test": "cmj", "side": "both", "metric": "jump", "value": 3.0, "unit": "cm"},
        "gait": {
            "metric": "cadence_spm", "side": "both", "value": 170.0, "unit": "spm", "device": "lab",
        },
    }[source]  # fmt: skip
    known = panel(14, **{source: table("a", [2], **columns)}).known
    # A record of any table, on day 2, makes it and the ten days after it known.
    assert known.tolist() == [False] * 2 + [True] * 11 + [False]


def test_an_injury_report_and_an_empty_questionnaire_are_no_logs():
    injuries = pd.DataFrame(
        {"athlete": ["a"], "onset_date": [day(2)], "region": ["knee"], "source": "hand"}
    )
    empty = table("a", [2], mood=[NAN])
    assert not panel(5, injuries=injuries, wellness=empty).known.any()


def test_a_log_from_before_the_observation_counts_for_silence_only():
    ours = panel(9, [run(-4)])
    # Ten days from day -4 end on day 6.
    np.testing.assert_array_equal(ours.channels["run_km"], [*[0] * 7, NAN, NAN])


def test_another_athletes_log_does_not_count():
    frames = {
        "athletes": pd.concat([roster(5), roster(5, "b")]),
        "sessions": pd.DataFrame([run(0)]),
    }
    assert (
        build_panel(from_frames(frames), FeatureSettings()).known.tolist()
        == [True] * 5 + [False] * 5
    )


def test_days_of_silence_are_a_parameter():
    assert panel(5, [run(0)], FeatureSettings(silence_days=2)).known.sum() == 3


def test_sessions_of_a_day_add_up_and_the_largest_stands_alone():
    ours = panel(1, [run(0, 5, 30, 4), run(0, 12, 70, 8, hour=17), run(0, 3, 40, 2, sport="walk")])
    values = {name: float(ours.channels[name][0]) for name in ours.channels}
    assert values["run_km"] == 17
    assert values["longest_run_km"] == 12
    assert values["run_min"] == 100
    assert values["longest_run_min"] == 70
    assert values["run_sessions"] == 2
    assert values["sessions"] == 3
    # Minutes times RPE (Foster) of all three sessions, the walk too.
    assert values["rated_load"] == 30 * 4 + 70 * 8 + 40 * 2
    assert values["session_min"] == values["rated_min"] == 140
    assert values["run_srpe"] == 30 * 4 + 70 * 8
    assert values["walk_km"] == 3
    assert values["hardest_rpe"] == 8
    assert values["cross_min"] == values["strength_min"] == 0


def test_one_session_without_the_measure_makes_the_day_unknown():
    ours = panel(2, [run(0, NAN, 30, 4), run(0, 12, 70, NAN, hour=17), run(1, 8, 50, 5)]).channels
    # 12 km and an unknown length are not 12 km: a sum of them would hide the run.
    np.testing.assert_array_equal(ours["run_km"], [NAN, 8])
    np.testing.assert_array_equal(ours["run_km_known"], [12, 8])
    np.testing.assert_array_equal(ours["runs_without_km"], [1, 0])
    np.testing.assert_array_equal(ours["longest_run_km"], [12, 8])
    np.testing.assert_array_equal(ours["run_srpe"], [NAN, 250])
    np.testing.assert_array_equal(ours["rated_load"], [120, 250])
    np.testing.assert_array_equal(ours["rated_min"], [30, 50])
    np.testing.assert_array_equal(ours["hardest_rpe"], [4, 5])
    np.testing.assert_array_equal(ours["run_min"], [100, 50])
    np.testing.assert_array_equal(ours["run_sessions"], [2, 1])


@pytest.mark.parametrize(
    ("moving", "duration", "running", "rated"),
    # Some watches write 0 min in motion where they did not measure it: it must not become no run.
    [(50.0, 60.0, 50, 300), (NAN, 60.0, 60, 300), (0.0, 60.0, 60, 300), (50.0, NAN, 50, 250)],
)
def test_running_time_is_time_in_motion_and_effort_takes_the_whole_session(
    moving, duration, running, rated
):
    ours = panel(1, [run(0, minutes=duration, moving_min=moving)]).channels
    assert ours["run_min"].tolist() == [running]
    assert ours["run_srpe"].tolist() == ours["rated_load"].tolist() == [rated]


@pytest.mark.parametrize(
    ("sport", "channel"),
    [
        ("ride", "cross_min"),
        ("swim", "cross_min"),
        ("other", "cross_min"),
        ("strength", "strength_min"),
    ],
)
def test_minutes_of_other_sports(sport, channel):
    ours = panel(1, [run(0, sport=sport)]).channels
    assert ours[channel].tolist() == [60]
    assert ours["run_km"].tolist() == [0]


def test_an_injured_athlete_who_logs_rests():
    injuries = pd.DataFrame(
        {"athlete": ["a"], "onset_date": [day(1)], "region": ["knee"], "source": "hand"}
    )
    ours = panel(4, wellness=table("a", [0, 1, 2, 3], mood=0.5), injuries=injuries)
    assert ours.channels["run_km"].tolist() == [0] * 4


def test_the_worst_pain_of_the_day_and_the_knees():
    rows = table(
        "a",
        [0, 0, 1, 3],
        region=["knee", "foot", "foot", "knee"],
        pain_0_10=[2.0, 5, 3, 0],
        when="after",
    )
    ours = panel(4, pain=rows).channels
    # Day 2 was not asked about, day 3 was answered with 0: the two must not look alike.
    np.testing.assert_array_equal(ours["pain"], [5, 3, NAN, 0])
    np.testing.assert_array_equal(ours["knee_pain"], [2, 0, NAN, 0])


def test_sets_are_unknown_before_the_first_and_zero_after_it():
    rows = table(
        "a", [2, 2, 3, 5], exercise="x", target=["hip", "mobility", "core", "hip"],
        sets=[3.0, 9, 2, NAN], prescribed_sets=[4.0, 9, NAN, 4],
    )  # fmt: skip
    ours = panel(6, [run(0)], exercise=rows).channels
    # The 9 sets of mobility are no strength; on day 5 a set count is missing, and so is the sum.
    np.testing.assert_array_equal(ours["exercise_sets"], [NAN, NAN, 3, 2, 0, NAN])
    np.testing.assert_array_equal(ours["prescribed_sets"], [NAN, NAN, 4, 0, 0, 4])
    np.testing.assert_array_equal(ours["done_of_prescribed_sets"], [NAN, NAN, 3, 0, 0, NAN])


def test_the_last_mass_from_before_stands_on_the_first_day():
    rows = table("a", [-30, -3, 2], mass_kg=[70.0, 71, 72])
    # The newest mass from before the first day; the 70 kg of a month ago are out of date.
    np.testing.assert_array_equal(panel(4, body=rows).channels["mass_kg"], [71, NAN, 72, NAN])
    rows = table("a", [-3, 0], mass_kg=[71.0, 73])
    np.testing.assert_array_equal(panel(2, body=rows).channels["mass_kg"], [73, NAN])


def test_runs_of_days_lie_end_to_end():
    tables = make_tables(2, 3)
    ours = build_panel(tables, FeatureSettings())
    lengths = (tables["athletes"]["observed_to"] - tables["athletes"]["observed_from"]).dt.days + 1
    assert ours.athletes == sorted(tables["athletes"]["athlete"])
    assert ours.offsets.tolist() == [0, *np.cumsum(lengths)]
    assert {len(c) for c in ours.channels.values()} == {lengths.sum()}
    assert {c.dtype for c in ours.channels.values()} == {np.dtype("float32")}


def test_the_order_of_rows_does_not_round_a_day_differently():
    tiny = 2.0**-54
    # Half a float32 step above 1: whether the tiny ones tip it over depends on the order of adding.
    kilometres = [1.0, 2.0**-24, tiny, tiny, tiny]
    sessions = [run(0, km, hour=6 + i) for i, km in enumerate(kilometres)]
    one, other = (panel(1, rows).channels["run_km"][0] for rows in (sessions, sessions[::-1]))
    assert one == other


def test_the_documentation_lists_the_channels():
    table = (Path(__file__).parents[2] / "docs" / "extending.md").read_text()
    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`\w.*?) \|", table, re.MULTILINE)))
    assert set(told) - {*OFFERS} == set(panel(30, [run(3)]).channels)


def test_a_channel_that_does_not_exist_is_named_with_those_that_do():
    days = Days(panel(30, [run(3)]), FeatureSettings())
    with pytest.raises(StridecastError, match=r"'run_minutes', which does not exist; .*run_min,"):
        days.sum("run_minutes", 7)

"""The figures of scores.json against hand-computed weeks."""

import pandas as pd
import pytest

from forecasting.scoring.figures import figure_table, plain_figures, plain_rows, sessions_to_check

AS_OF = pd.Timestamp("2020-02-09")


def day(ago):
    return AS_OF - pd.Timedelta(days=ago)


def sessions(*rows):
    """Rows of (days ago, minutes, moving, km, check); runs of one athlete."""
    table = pd.DataFrame(rows, columns=["ago", "duration_min", "moving_min", "km", "check"])
    days = pd.Series([day(ago) for ago in table["ago"]], dtype="datetime64[ns]")
    return pd.DataFrame({
        "athlete": "a", "sport": "run", "local_date": days, "start": days,
        "duration_min": table["duration_min"].astype("float64"),
        "moving_min": table["moving_min"].astype("float64"),
        "distance_km": table["km"].astype("float64"),
        "check": table["check"].astype("object"), "source": "a/runs.csv", "record": "7",
    })  # fmt: skip


def figures(runs, logged=(0,), injuries=(), silence_days=10, **tables):
    hurt = pd.DataFrame(injuries, columns=["onset_date", "class", "class_reason"])
    given = {
        "athletes": pd.DataFrame({"athlete": ["a"]}), "sessions": runs,
        "injuries": hurt.assign(athlete="a", onset_date=pd.to_datetime(hurt["onset_date"])),
    } | tables  # fmt: skip
    days = pd.DataFrame({"athlete": "a", "date": pd.to_datetime([day(ago) for ago in logged])})
    spikes = pd.DataFrame(columns=["athlete", "ratio"]).set_index("athlete")
    return plain_figures(figure_table(given, days, spikes, AS_OF, silence_days))["a"]


@pytest.mark.parametrize(("silence_days", "km"), [(4, None), (5, 8.0), (12, 8.0)])
def test_the_setting_says_after_how_many_days_somebody_is_silent(silence_days, km):
    runs = sessions((5, 40, 40, 8, None))
    assert figures(runs, logged=(5,), silence_days=silence_days).get("km_7d") == km


def test_hand_computed_windows():
    runs = sessions(
        (0, 60, 57, 10, None), (6, 30, None, 5, None), (7, 90, 88, 15, None),
        (27, 40, 40, None, None), (28, 45, 45, 9, None), (29, 120, 117, 20, None),
    )  # fmt: skip
    # Day 7 lies outside the past 7 days (0 to 6), day 28 outside 28 days, day 29 inside 30.
    said = figures(runs)
    # In motion; the run of day 6 has no such time and counts with its whole 30 min.
    assert said["hours_7d"] == pytest.approx((57 + 30) / 60, abs=1e-3)
    assert said["km_7d"] == 15
    assert said["runs_without_km_7d"] == 0
    assert said["hours_28d"] == pytest.approx((57 + 30 + 88 + 40) / 60, abs=1e-3)
    assert said["km_28d"] == 30
    assert said["runs_without_km_28d"] == 1
    assert said["sessions_28d"] == 4
    assert said["longest_run_km_30d"] == 20
    # Minutes in motion of the run of 120 min.
    assert said["longest_run_minutes_30d"] == 117
    assert (said["last_run"], said["days_since_run"]) == ("2020-02-09", 0)


def test_a_session_to_check_is_left_out_and_named_but_a_lost_distance_counts_its_minutes():
    runs = sessions(
        (1, 60, 60, 10, None), (2, 346, 346, 8.9, "watch_left_on"),
        (3, 75, 75, None, "distance_lost"),
    )  # fmt: skip
    said = figures(runs)
    assert said["km_7d"] == 10
    # 60 + 75 min: the lost distance does not make its time doubtful.
    assert said["hours_7d"] == pytest.approx(135 / 60)
    assert said["runs_without_km_7d"] == 1
    assert said["longest_run_minutes_30d"] == 75
    named = plain_rows(sessions_to_check(runs, AS_OF))["a"]
    assert [one["reason"] for one in named] == ["distance_lost", "watch_left_on"]
    assert named[1] == {
        "date": "2020-02-07", "sport": "run", "minutes": 346.0, "km": 8.9,
        "reason": "watch_left_on", "file": "a/runs.csv", "row": "7",
    }  # fmt: skip


def test_silence_is_not_zero_kilometres():
    said = figures(sessions((20, 60, 60, 10, None)), logged=(20,))
    assert said["km_28d"] is None
    assert said["hours_7d"] is None
    assert said["days_since_run"] == 20
    rested = figures(sessions((20, 60, 60, 10, None)), logged=(10,))
    # A record of ten days ago is within the silence allowed: the days since are rest.
    assert (rested["km_7d"], rested["km_28d"]) == (0, 10)


def test_a_mileage_sheet_gives_kilometres_and_nothing_else():
    weeks = pd.DataFrame({
        "athlete": "a", "date": [day(6), day(13), day(34)], "days": 7,
        "distance_km": [57.0, None, 40.0],
    })  # fmt: skip
    said = figures(sessions(), logged=(), mileage=weeks)
    # The week without a number adds nothing, and the one of 34 days ago is too old.
    assert (said["km_7d"], said["km_28d"]) == (57, 57)
    assert said["hours_7d"] is None
    assert said["sessions_28d"] is None
    assert said["longest_run_km_30d"] is None


def test_hours_and_the_last_run_are_unknown_beside_later_weeks_of_a_sheet():
    """ "0 hours" and "38 days since the last run" stood beside 40 km of the past week."""
    weeks = pd.DataFrame({"athlete": "a", "date": [day(6)], "days": 7, "distance_km": [40.0]})
    runs = sessions((20, 60, 60, 10, None))
    said = figures(runs, logged=(0,), mileage=weeks)
    assert (said["km_7d"], said["km_28d"]) == (40, 50)
    unknown = ("hours_7d", "hours_28d", "runs_without_hours_28d", "sessions_28d", "last_run")
    assert [said[name] for name in unknown] == [None] * len(unknown)
    assert said["longest_run_km_30d"] == 10
    earlier = weeks.assign(date=[day(27)])
    before = figures(sessions((2, 60, 60, 10, None)), logged=(0,), mileage=earlier)
    assert (before["hours_7d"], before["hours_28d"]) == (1.0, None)
    assert before["days_since_run"] == 2


def test_complaints_and_old_injuries_are_not_counted():
    said = figures(
        sessions(),
        injuries=[
            ("2020-01-20", "injury", "restricted"), ("2019-03-01", None, None),
            ("2020-01-07", "not_running", "region"), ("2019-02-09", "injury", "restricted"),
            ("2020-01-08", "complaint", "minor"), ("2020-01-09", None, "stomach_back"),
        ],
    )  # fmt: skip
    # That of 20 January and the one without a class; 9 February 2019 is a day too old.
    assert said["injuries_12m"] == 2


@pytest.mark.parametrize(
    ("known_from", "known_to", "said"),
    [
        ("2019-02-10", None, (0, None)),
        ("2019-02-11", None, (0, "2019-02-11")),
        ("2019-10-14", None, (0, "2019-10-14")),
        ("2020-02-10", None, (None, None)),
        ("2019-10-14", "2020-02-01", (None, None)),
    ],
)
def test_none_on_a_list_that_began_lately_is_told_with_its_first_day(known_from, known_to, said):
    """12 months up to 9 February 2020 begin on 10 February 2019."""
    spans = pd.DataFrame({
        "athlete": ["a"], "known_from": pd.to_datetime([known_from]),
        "known_to": pd.to_datetime([known_to]),
    })  # fmt: skip
    told = figures(sessions(), injury_spans=spans)
    assert (told["injuries_12m"], told["injuries_known_from"]) == said


def test_runs_without_a_time_took_hours_that_nobody_knows():
    said = figures(sessions((0, None, None, 10, None), (3, None, None, 8, None)))
    assert said["hours_7d"] is None
    assert said["runs_without_hours_7d"] == 2
    assert said["km_7d"] == 18
    partly = figures(sessions((0, None, None, 10, None), (3, 30, 30, 8, None)))
    # At least half an hour: the other run had a time too, which nobody wrote down.
    assert partly["hours_7d"] == 0.5
    assert partly["runs_without_hours_7d"] == 1
    assert figures(sessions((20, 30, 30, 8, None)))["hours_7d"] == 0

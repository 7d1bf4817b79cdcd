import numpy as np
import pandas as pd

from common.contracts import empty
from forecasting.status.running_record import running_record

AS_OF = pd.Timestamp("2024-03-31")


def session(ago, minutes, sport="run", check=None, athlete="a"):
    return {
        "athlete": athlete,
        "local_date": AS_OF - pd.Timedelta(days=ago),
        "sport": sport,
        "duration_min": float(minutes),
        "moving_min": np.nan,
        "check": check,
    }


def record(rows, weeks=None, athletes=("a",)):
    sessions = pd.DataFrame(rows, columns=list(session(0, 0)))
    sessions["local_date"] = sessions["local_date"].astype("datetime64[ns]")
    tables = {
        "athletes": pd.DataFrame({"athlete": list(athletes)}),
        "sessions": sessions,
        "mileage": empty("mileage") if weeks is None else weeks,
    }
    return running_record(tables, AS_OF).set_index("athlete")


def test_runs_doubts_and_other_sports_by_hand():
    found = record(
        [
            session(40, 60),
            session(10, 60),
            session(5, 180, check="watch_left_on"),
            session(4, 30, check="distance_lost"),
            session(3, 90, "ride"),
            session(-1, 500),
        ]
    ).loc["a"]
    assert (found["first_run"], found["last_run"]) == (
        AS_OF - pd.Timedelta(days=40),
        AS_OF - pd.Timedelta(days=4),
    )
    assert found["runs_28d"] == 3
    # 60 + 180 + 30: doubtful runs are running, and their share says how doubtful the sum is.
    assert found["minutes_28d"] == 270
    assert found["check_share_28d"] == 180 / 270
    assert found["check_share_7d"] == 1 / 2
    # The ride's 90 of 270 + 90 min; the session of tomorrow does not count.
    assert found["other_share_28d"] == 90 / 360


def test_a_week_is_doubted_by_its_runs_also_where_their_minutes_are_unknown():
    lost = session(4, np.nan, check="watch_left_on")
    assert record([session(10, 60), lost]).loc["a", "check_share_7d"] == 1
    assert record([lost, session(2, np.nan)]).loc["a", "check_share_7d"] == 1 / 2
    assert np.isnan(record([session(10, 60)]).loc["a", "check_share_7d"])


def test_who_never_ran_has_no_run_and_no_share():
    found = record([session(3, 90, "walk")], athletes=("a", "b"))
    assert found["last_run"].isna().all()
    assert found.loc["a", "other_share_28d"] == 1
    assert np.isnan(found.loc["b", "other_share_28d"])
    assert found["check_share_28d"].isna().all()


def test_a_week_of_a_sheet_is_running_on_record():
    weeks = pd.DataFrame(
        {
            "athlete": "a",
            "date": [AS_OF - pd.Timedelta(days=ago) for ago in (6, 13, 3)],
            "days": 7.0,
            "distance_km": [0.0, 42.0, 50.0],
        }
    )
    found = record([], weeks).loc["a"]
    assert found["last_run"] == AS_OF - pd.Timedelta(days=7)
    assert found["mileage_28d_km"] == 42
    assert found["runs_28d"] == 0


def test_the_day_itself_counts_and_the_window_ends_after_28_days():
    found = record([session(0, 30), session(27, 20), session(28, 50)]).loc["a"]
    assert found["last_run"] == AS_OF
    assert (found["runs_28d"], found["minutes_28d"]) == (2, 50)


def test_a_run_of_unknown_length_is_a_run_and_adds_no_minutes():
    found = record([session(10, 60), session(4, np.nan)]).loc["a"]
    assert (found["runs_28d"], found["minutes_28d"]) == (2, 60)

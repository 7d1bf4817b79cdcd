"""How many records of each kind were read of whom, and up to when, by hand."""

import pandas as pd
import pytest

from features.injuries.settings import InjuryRules
from forecasting.status.records_read import RECORD_COLUMNS, records_read

AS_OF = pd.Timestamp("2025-11-23")


def days(column, *ago, **more):
    dates = [AS_OF - pd.Timedelta(days=one) for one in ago]
    return pd.DataFrame({"athlete": "ann", column: pd.to_datetime(dates), "source": "x", **more})


def tables():
    wellness = days("date", 0, 1, 27, 28, 40, sleep_quality=[0.5, None, 0.5, 0.5, 0.5])
    injuries = days("onset_date", 5, 12, 400, region="knee", side="left", diagnosis="unknown")
    return {
        "athletes": pd.DataFrame(
            {"athlete": ["ann"], "observed_from": [AS_OF - pd.Timedelta(days=100)],
             "observed_to": [AS_OF]}
        ),
        "sessions": days("local_date", -1, 0, 0, 8, 30),
        "mileage": days("date", 9, 6, 2, days=7, distance_km=40.0),
        "wellness": wellness,
        "strength": days("date", 13, 13, 60),
        "injuries": injuries.assign(return_date=injuries["onset_date"] + pd.Timedelta(days=3)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "records", "recent", "newest"),
    [
        ("sessions", 4, 3, 0),  # the one of tomorrow is not seen
        ("weeks of kilometres", 2, 2, 0),  # the third is not over
        ("questionnaires", 4, 2, 0),  # an empty one is none
        ("strength tests", 2, 1, 13),  # two sides of one day are one test
        ("injury reports", 3, 2, 5),
        # The knee again after a written return is a recurrence and counts; that of last year was
        # before the club.
        ("new injuries", 2, 2, 5),
    ],
)
def test_records_are_counted_up_to_the_day(kind, records, recent, newest):
    table = records_read(tables(), AS_OF, InjuryRules()).set_index("kind")
    assert table.loc[kind, ["records", "recent"]].tolist() == [records, recent]
    assert table.loc[kind, "newest"] == AS_OF - pd.Timedelta(days=newest)


def test_weeks_with_a_record_of_any_kind_are_counted_once():
    table = records_read(tables(), AS_OF, InjuryRules()).set_index("kind")
    # Days 0 to 60 back, as runs, answers and tests: the weeks 0, 1, 3, 4, 5 and 8 back.
    assert table.loc["weeks", "records"] == 6


def test_nothing_read_is_an_empty_table():
    empty = {name: frame[:0] for name, frame in tables().items()}
    found = records_read(empty, AS_OF, InjuryRules())
    assert list(found.columns) == list(RECORD_COLUMNS)
    assert found.empty


def test_minutes_are_of_moving_where_it_is_known_and_recent_ones_end_after_28_days():
    runs = days("local_date", -1, 0, 27, 28, 40, sport="run").assign(
        moving_min=[90.0, 30.0, None, 20.0, 0.0], duration_min=[99.0, 35.0, 40.0, 25.0, 50.0]
    )
    rides = days("local_date", 3, 28, sport="ride").assign(moving_min=60.0, duration_min=70.0)
    seen = tables() | {"sessions": pd.concat([runs, rides], ignore_index=True)}
    table = records_read(seen, AS_OF, InjuryRules()).set_index("kind")
    minutes = table.loc[["running minutes", "other minutes"], ["records", "recent"]]
    assert minutes.to_numpy().tolist() == [[140, 70], [120, 60]]


def test_effort_of_other_sports_is_an_answer_or_else_a_heart_rate():
    rides = days("local_date", 1, 2, 3, 40, sport="ride").assign(
        moving_min=[10.0, 20.0, 40.0, 80.0],
        rpe=[4.0, None, None, 5.0],
        hr_mean=[120.0, 130.0, None, None],
    )
    run = days("local_date", 1, sport="run").assign(moving_min=60.0, rpe=5.0, hr_mean=150.0)
    seen = tables() | {"sessions": pd.concat([rides, run], ignore_index=True)}
    table = records_read(seen, AS_OF, InjuryRules()).set_index("kind")["recent"]
    assert table["other minutes"] == 70
    assert table["rated other minutes"] == 10
    assert table["other minutes by heart rate"] == 20

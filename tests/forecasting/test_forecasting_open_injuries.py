"""Who counts as injured because nobody wrote down the return and no run tells of one."""

import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from forecasting.status.athlete_status import status_on
from forecasting.status.open_injuries import runs_again, to_ask

AS_OF = pd.Timestamp("2025-11-23")
ONSET = pd.Timestamp("2025-04-14")


def days(told):
    return pd.to_datetime(pd.Series(told, dtype="object")).astype("datetime64[ns]")


def reports(*rows):
    table = pd.DataFrame(rows, columns=["onset_date", "return_date"])
    return table.assign(
        athlete="a", region="knee", side="left", diagnosis="unknown",
        onset_date=days(table["onset_date"]), return_date=days(table["return_date"]),
    )  # fmt: skip


def sessions(*rows):
    table = pd.DataFrame(rows, columns=["local_date", "sport"])
    return table.assign(
        athlete="a", local_date=days(table["local_date"]), moving_min=30.0, distance_km=5.0
    )


def status(injuries, runs, last_record="2025-11-22"):
    # Somebody who ran long ago and has answered ever since.
    long_ago = sessions(("2025-01-06", "run")).assign(duration_min=30.0)
    tables = {
        "athletes": pd.DataFrame({
            "athlete": ["a"], "team": "Track", "observed_from": days(["2025-01-06"]),
            "observed_to": [AS_OF],
        }),
        "sessions": pd.concat([long_ago, runs.assign(duration_min=30.0)], ignore_index=True),
        "wellness": pd.DataFrame({
            "athlete": ["a"], "date": days([last_record]), "fatigue": [0.5], "source": "w.csv",
        }),
        "injuries": injuries.assign(severity="unknown"),
    }  # fmt: skip
    return status_on(tables, AS_OF, FeatureSettings())


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([], "is logged since: injured or back? enter the return date"),
        ([("2025-04-14", "run")], "is logged since: "),
        ([("2025-11-20", "ride")], "is logged since: "),
        # A run after the day of the forecast tells nothing on the day.
        ([("2025-11-24", "run")], "is logged since: "),
    ],
)
def test_without_return_date_and_run_nobody_is_scored(runs, words):
    table = status(reports((ONSET, None)), sessions(*runs))
    told = table.iloc[0]
    assert told["status"] == "injured"
    assert told["status_note"].startswith("injury of 14 Apr 2025 (knee) has no return date")
    assert words in told["status_note"]
    assert told["days_since_onset"] == 223
    assert told["status_note"].endswith("enter the return date")
    assert list(to_ask(table)["athlete"]) == ["a"]


@pytest.mark.parametrize(
    ("injuries", "runs"),
    [
        # Runs again, 27 days ago: the default duration has passed, scored.
        ([(ONSET, None)], [("2025-10-27", "run")]),
        ([(ONSET, "2025-06-01")], [("2025-11-20", "run")]),
        # The latest injury has its return date; the one before is history.
        ([("2025-02-01", None), (ONSET, "2025-06-01")], [("2025-11-20", "run")]),
    ],
)
def test_who_runs_again_or_has_a_return_date_is_scored(injuries, runs):
    table = status(reports(*injuries), sessions(*runs))
    assert table["status"].iloc[0] == "running"
    assert to_ask(table).empty


def test_within_the_default_duration_nothing_is_asked_yet():
    told = status(reports(("2025-11-10", None)), sessions()).iloc[0]
    assert told["status_note"] == "injured since Mon 10 Nov 2025 (knee): not scored"


@pytest.mark.parametrize(
    ("returned", "reported", "asked"),
    [(None, None, ["a"]), ("2025-11-20", None, []), ("2025-11-24", None, ["a"]),
     (None, "2025-11-24", [])],
)  # fmt: skip
def test_who_runs_again_is_asked_by_what_was_known_on_the_day(returned, reported, asked):
    injuries = reports((ONSET, returned)).assign(reported_on=days([reported]))
    back = runs_again(injuries, sessions(("2025-11-20", "run")), AS_OF)
    assert back["athlete"].tolist() == asked


@pytest.mark.parametrize(
    ("before", "first_run", "runs"),
    [("2025-11-14", "2025-11-14", 2), ("2025-11-13", "2025-11-21", 1)],
    ids=["a pause of a week", "a longer one"],
)
def test_a_stretch_of_runs_begins_after_a_pause_of_more_than_a_week(before, first_run, runs):
    ran = sessions((before, "run"), ("2025-11-21", "run"))
    (row,) = runs_again(reports((ONSET, None)), ran, AS_OF).itertuples()
    assert (str(row.first_run.date()), row.runs) == (first_run, runs)


@pytest.mark.parametrize(("last", "counts"), [("2025-11-17", True), ("2025-11-16", False)])
def test_only_who_ran_in_the_seven_days_up_to_the_forecast_runs_again(last, counts):
    found = runs_again(reports((ONSET, None)), sessions((last, "run")), AS_OF)
    assert len(found) == counts

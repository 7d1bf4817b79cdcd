import pandas as pd
import pytest

from features.injuries.settings import InjuryRules
from forecasting.monitoring.outcomes import followed
from forecasting.scoring.comparison import compare

AS_OF = pd.Timestamp("2024-11-24")


def forecasts(*rows):
    table = pd.DataFrame(rows, columns=["athlete", "weeks_ago", "probability", "model"])
    as_of = AS_OF - pd.to_timedelta(7 * table["weeks_ago"], unit="D")
    return table.assign(as_of=as_of, outcome="any")


def compared(past, now=0.06):
    (row,) = compare(forecasts(("a", 0, now, "m")), forecasts(*past)).to_dict("records")
    return row


def test_change_and_usual_by_hand():
    row = compared([("a", 1, 0.02, "m"), ("a", 2, 0.03, "m"), ("a", 3, 0.10, "m")])
    assert row["previous_as_of"] == pd.Timestamp("2024-11-17")
    assert row["change"] == pytest.approx(0.04)
    # The median of 0.02, 0.03 and 0.10, which one bad week cannot move.
    assert row["usual"] == pytest.approx(0.03)
    assert row["ratio_to_usual"] == pytest.approx(2.0)


@pytest.mark.parametrize(
    "past",
    [
        [("a", 1, 0.02, "another model")],
        [("b", 1, 0.02, "m")],
        [("a", 2, 0.02, "m")],
        [("a", 1, None, "m")],
        [("a", 0, 0.02, "m")],
        [("a", -1, 0.02, "m")],
    ],
)
def test_what_is_not_last_weeks_forecast_of_this_model_gives_no_change(past):
    row = compared(past)
    assert pd.isna(row["change"])
    assert pd.isna(row["usual"])


def test_two_weeks_do_not_tell_what_is_usual():
    row = compared([("a", 1, 0.02, "m"), ("a", 2, 0.03, "m")])
    assert row["usual_weeks"] == 2
    assert pd.isna(row["ratio_to_usual"])


def tables(onset_days=None):
    hurt = [] if onset_days is None else [("a", AS_OF + pd.Timedelta(days=onset_days))]
    injuries = pd.DataFrame(hurt, columns=["athlete", "onset_date"]).astype(
        {"athlete": "str", "onset_date": "datetime64[ns]"}
    )
    injuries = injuries.assign(return_date=pd.NaT, region="hip", side="left", diagnosis="unknown")
    athletes = pd.DataFrame({"athlete": ["a"], "observed_to": [pd.Timestamp("2025-06-01")]})
    return {"injuries": injuries.astype({"return_date": "datetime64[ns]"}), "athletes": athletes}


@pytest.mark.parametrize(
    ("onset", "until", "event"),
    [(None, 7, 0), (1, 7, 1), (7, 7, 1), (8, 8, 0), (3, 6, None), (None, 6, None), (3, 7, 1)],
)
def test_an_outcome_is_known_when_the_horizon_has_passed(onset, until, event):
    last_day = AS_OF + pd.Timedelta(days=until)
    made = forecasts(("a", 0, 0.02, "m"))
    (row,) = followed(made, tables(onset), last_day, 7, InjuryRules()).to_dict("records")
    assert (None if pd.isna(row["event"]) else row["event"]) == event


def test_who_was_not_scored_or_has_left_the_roster_has_no_outcome():
    made = forecasts(("a", 0, None, "m"), ("gone", 0, 0.02, "m"))
    found = followed(made, tables(3), AS_OF + pd.Timedelta(days=30), 7, InjuryRules())
    assert found["event"].isna().all()
    assert len(found) == 2


def test_weeks_of_a_mileage_sheet_end_an_injury_without_a_return():
    """Who keeps only a mileage sheet would else be hurt for good, and never be judged."""
    known = tables(-200)
    none = {"athlete": "str", "sport": "str", "duration_min": "float64"}
    sessions = pd.DataFrame(columns=list(none)).astype(none).assign(local_date=pd.to_datetime([]))
    weeks = pd.DataFrame({"athlete": "a", "date": AS_OF - pd.to_timedelta([210, 20], unit="D")})
    known["sessions"] = sessions
    forecast = forecasts(("a", 0, 0.06, "m"))
    until = AS_OF + pd.Timedelta(days=30)
    for kilometres, event in ((40.0, 0.0), (0.0, None)):
        known["mileage"] = weeks.assign(days=7, distance_km=[40.0, kilometres])
        (found,) = followed(forecast, known, until, 7, InjuryRules())["event"]
        assert pd.isna(found) if event is None else found == event

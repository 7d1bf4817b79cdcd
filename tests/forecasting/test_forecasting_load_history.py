import numpy as np
import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from forecasting.settings import HistorySettings
from forecasting.status.load_history import latest_spikes, load_history
from forecasting.status.record_days import logged_days, record_span

AS_OF = pd.Timestamp("2024-03-31")


def day(ago):
    return AS_OF - pd.Timedelta(days=ago)


def runs(*pairs, sport="run"):
    return pd.DataFrame(
        {
            "athlete": "a",
            "local_date": pd.DatetimeIndex([day(ago) for ago, _ in pairs]),
            "distance_km": [km for _, km in pairs],
            "sport": sport,
        }
    )


def history(sessions, settings=None, mileage=None):
    logged = logged_days({"sessions": sessions}, AS_OF)
    shown = settings or HistorySettings(weeks=8)
    table = load_history(sessions, logged, AS_OF, FeatureSettings(), shown, mileage)
    return table.set_index((AS_OF - table["date"]).dt.days)


def test_a_day_adds_its_runs_and_keeps_the_longest():
    table = history(pd.concat([runs((3, 5.0), (3, 8.0)), runs((3, 40.0), sport="ride")]))
    assert table.loc[3, "distance_km"] == 13
    assert table.loc[3, "longest_run_km"] == 8


def test_silent_days_are_rest_for_ten_days_and_unknown_after():
    table = history(runs((30, 5.0)))
    assert table.loc[30 - 10, "distance_km"] == 0
    assert np.isnan(table.loc[30 - 11, "distance_km"])
    assert np.isnan(table.loc[31, "distance_km"])


def test_another_sport_keeps_a_silent_day_known():
    table = history(pd.concat([runs((30, 5.0)), runs((22, 20.0), sport="ride")]))
    assert table.loc[12, "distance_km"] == 0
    assert np.isnan(table.loc[11, "distance_km"])


@pytest.mark.parametrize(
    ("km", "is_spike"), [(10.0, False), (11.0, False), (11.1, True), (25.0, True)]
)
def test_a_spike_is_more_than_ten_percent_above_the_30_days_before(km, is_spike):
    steady = [(ago, 10.0) for ago in range(1, 40, 3)]
    table = history(runs(*steady, (0, km)))
    assert table.loc[0, "reference_30d_km"] == 10
    assert bool(table.loc[0, "is_spike"]) is is_spike


def test_the_reference_forgets_after_30_days_and_leaves_the_day_itself_out():
    often = [(ago, 6.0) for ago in range(1, 50, 2)]
    assert history(runs(*often, (30, 20.0))).loc[0, "reference_30d_km"] == 20
    assert history(runs(*often, (31, 20.0))).loc[0, "reference_30d_km"] == 6
    assert history(runs(*often, (0, 20.0))).loc[0, "reference_30d_km"] == 6


def test_without_enough_known_days_or_without_a_run_there_is_no_reference():
    few = history(runs(*[(ago, 6.0) for ago in range(1, 20, 3)], (0, 12.0)))
    assert np.isnan(few.loc[0, "reference_30d_km"])
    only_rides = history(runs(*[(ago, 20.0) for ago in range(0, 60, 3)], sport="ride"))
    assert np.isnan(only_rides.loc[0, "reference_30d_km"])
    assert not only_rides.loc[0, "is_spike"]


@pytest.mark.parametrize(("first", "has_reference"), [(24, True), (23, False)])
def test_a_reference_needs_four_fifths_of_its_days_and_no_more(first, has_reference):
    # Of the 30 days before, 24 are known: from the first record on, silences being short.
    table = history(runs((first, 6.0), (15, 6.0), (6, 6.0), (0, 6.0)))
    assert np.isfinite(table.loc[0, "reference_30d_km"]) == has_reference


def test_what_is_known_of_a_day_stays_known():
    table = history(runs((3, 5.0), (3, np.nan), (2, 6.0), (1, np.nan)))
    assert table.loc[3, ["distance_km", "longest_run_km", "runs_without_km"]].tolist() == [5, 5, 1]
    assert table.loc[2, ["distance_km", "runs_without_km"]].tolist() == [6, 0]
    assert np.isnan(table.loc[1, "longest_run_km"])


def test_no_spike_is_claimed_beside_a_run_of_unknown_length():
    steady = [(ago, 10.0) for ago in range(8, 45, 2)]
    assert history(runs(*steady, (5, 15.0)))["is_spike"].sum() == 1
    hidden = history(runs(*steady, (5, 15.0), (20, np.nan)))
    assert not hidden["is_spike"].any()
    later = history(runs(*steady, (5, 15.0), (3, np.nan))).reset_index(drop=True)
    assert latest_spikes(later, AS_OF).empty


def test_a_week_of_a_sheet_is_spread_over_its_days():
    weeks = pd.DataFrame(
        {"athlete": ["a"], "date": [day(20)], "days": [7.0], "distance_km": [42.0]}
    )
    table = history(runs((3, 5.0)), mileage=weeks)
    assert table.loc[range(14, 21), "distance_km"].tolist() == [6.0] * 7
    assert table.loc[range(14, 21), "longest_run_km"].isna().all()


def test_few_kilometres_of_a_sheet_hide_the_longest_run_too():
    weeks = pd.DataFrame({"athlete": ["a"], "date": [day(20)], "days": [7.0], "distance_km": [3.5]})
    sessions = pd.concat([runs((20, 30.0), sport="ride"), runs((3, 5.0))])
    table = history(sessions, mileage=weeks)
    assert table.loc[range(14, 21), "distance_km"].tolist() == [0.5] * 7
    assert table.loc[range(14, 21), "longest_run_km"].isna().all()
    # A week without a kilometre is one of rest.
    rest = history(sessions, mileage=weeks.assign(distance_km=0.0))
    assert rest.loc[range(14, 21), "longest_run_km"].tolist() == [0.0] * 7


def test_records_after_the_day_change_nothing():
    past = runs(*[(ago, 8.0) for ago in range(0, 60, 2)])
    future = pd.concat([past, runs((-1, 30.0), (-5, 30.0))])
    pd.testing.assert_frame_equal(history(past), history(future))


def test_the_latest_spike_is_the_run_that_rose_most_not_the_longest():
    steady = [(ago, 10.0) for ago in range(8, 45, 2)]
    table = history(runs(*steady, (5, 15.0), (1, 16.0))).reset_index(drop=True)
    found = latest_spikes(table, AS_OF).loc["a"]
    assert (found["longest_run_km"], found["reference_30d_km"]) == (15, 10)
    assert found["date"] == day(5)


def test_a_day_before_1970_is_that_of_its_own_athlete():
    body = pd.DataFrame(
        {"athlete": ["b", "a", "b"],
         "date": pd.to_datetime(["1969-12-30", "1969-12-31", "2023-01-01"])}
    )  # fmt: skip
    days = logged_days({"body": body}, AS_OF)
    expected = body.iloc[[1, 0, 2]].reset_index(drop=True)
    pd.testing.assert_frame_equal(days, expected, check_dtype=False)


def test_logged_days_join_sources_once_and_span_them():
    wellness = pd.DataFrame({"athlete": ["a", "b"], "date": [day(3), day(-2)]})
    days = logged_days({"sessions": runs((3, 5.0), (9, 5.0)), "wellness": wellness}, AS_OF)
    assert days.to_numpy().tolist() == [["a", day(9)], ["a", day(3)]]
    span = record_span(days)
    assert span.to_numpy().tolist() == [["a", day(9), day(3)]]


def test_without_any_table_nobody_logged():
    days = logged_days({}, AS_OF)
    assert days.empty
    assert list(days.columns) == ["athlete", "date"]

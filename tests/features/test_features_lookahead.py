"""The audit passes honest features and catches planted ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.audits.lookahead import check_no_look_ahead, cut_tables
from features.catalogue.entry import BLOCKS
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from tests.features.cohort import DAY0, from_frames, make_tables

SETTINGS = FeatureSettings(blocks=BLOCKS)


@pytest.mark.parametrize("at_once", [False, True])
def test_the_features_do_not_look_ahead(at_once):
    tables = make_tables(5, 6, days=(200, 420))
    report = check_no_look_ahead(tables, SETTINGS, athletes=6, days=6, seed=1, at_once=at_once)
    assert report["feature"].tolist() == [f.name for f in catalogue()]
    assert (report["rows_compared"] > 10).all()
    # A feature that is null in every row would pass any comparison.
    assert (report["rows_known"] > 0).all()
    assert (report["rows_different"] == 0).all()
    assert (report["worst_difference"] == 0).all()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**31), day=st.integers(0, 180))
def test_deleting_everything_after_t_changes_no_feature_of_t(seed, day):
    tables = make_tables(seed, 3)
    t = DAY0 + pd.Timedelta(days=day)
    full = feature_matrix(tables, SETTINGS, pd.DatetimeIndex([t]))
    cut = feature_matrix(cut_tables(tables, t), SETTINGS, pd.DatetimeIndex([t]))
    pd.testing.assert_frame_equal(full, cut, check_exact=True)


def test_rare_records_are_compared_where_they_are_known():
    """One athlete of many was tested, once; a draw of eight and one day must find it."""
    tables = make_tables(5, 12, days=(60, 160))
    strength = tables["strength"]
    tested = strength[strength["athlete"] == strength["athlete"].iloc[-1]]
    one_day = tested["date"] == tested["date"].min()
    rare = tables | {"strength": tested[one_day], "gait": tables["gait"].head(0)}
    report = check_no_look_ahead(rare, SETTINGS, athletes=8, days=1, seed=0).set_index("feature")
    assert report.loc["days_since_strength_test", "rows_known"] > 0
    assert (report.filter(like="lab_", axis=0)["rows_known"] == 0).all()


def next_weeks_distance(matrix, tables):
    sessions = tables["sessions"]
    future = [
        sessions.loc[
            (sessions["athlete"] == row.athlete) & (sessions["local_date"] > row.date),
            "distance_km",
        ].sum()
        for row in matrix.itertuples()
    ]
    return np.array(future, dtype=np.float32)


def returns_known_too_early(matrix, tables):
    injuries = tables["injuries"]
    count = injuries[injuries["return_date"].notna()].groupby("athlete").size()
    return matrix["athlete"].map(count).fillna(0).astype("float32")


def strength_of_the_future(matrix, tables):
    newest = tables["strength"].groupby("athlete")["value"].last()
    return matrix["athlete"].map(newest).astype("float32")


def the_retirement_of_the_pair(matrix, tables):
    retired = tables["shoes"].dropna(subset=["retired"]).groupby("athlete").size()
    return matrix["athlete"].map(retired).fillna(0).astype("float32")


def days_left_of_the_observation(matrix, tables):
    ends = matrix["athlete"].map(tables["athletes"].set_index("athlete")["observed_to"])
    return (ends - matrix["date"]).dt.days.astype("float32")


def null_on_the_last_day(matrix, tables):
    last = tables["sessions"]["local_date"].max()
    return matrix["runs_28d"].where(matrix["date"] < last)


PLANTED = {
    "side_plank_s": strength_of_the_future,
    "shoe_km": the_retirement_of_the_pair,
    "distance_7d_km": next_weeks_distance,
    "injuries_12m": returns_known_too_early,
    "runs_7d": days_left_of_the_observation,
}
"""Feature -> what takes its place and looks ahead."""
NULLED = "runs_28d"
"""Feature whose nulls look ahead, by what all athletes ran: only an audit by day can see it."""


@pytest.fixture(scope="module")
def blamed():
    """Return the reports of the audit by day and at once, with all of them planted."""

    def planted(tables, settings, as_of):
        matrix = feature_matrix(tables, settings, as_of)
        columns = {name: of(matrix, tables) for name, of in PLANTED.items()}
        return matrix.assign(**columns, **{NULLED: null_on_the_last_day(matrix, tables)})

    tables = make_tables(5, 6)
    draws = {"athletes": 6, "days": 6, "seed": 0, "compute": planted}
    return tuple(
        check_no_look_ahead(tables, SETTINGS, **draws, at_once=at_once) for at_once in (False, True)
    )


@pytest.mark.parametrize("feature", PLANTED)
def test_a_planted_look_ahead_is_caught(blamed, feature):
    for report in blamed:
        caught = report.set_index("feature")
        assert caught.loc[feature, "rows_different"] > 0
        assert caught.loc[feature, "worst_difference"] > 0


def test_the_audit_blames_the_planted_ones_alone(blamed):
    """An audit that blames others as well is of no use."""
    for report in blamed:
        honest = report.set_index("feature").drop(index=[*PLANTED, NULLED])
        assert (honest["rows_different"] == 0).all()


def test_one_call_for_all_days_says_what_a_call_for_each_says(blamed):
    # Each of the others looks at one athlete alone.
    by_day, at_once = (report.set_index("feature").drop(index=NULLED) for report in blamed)
    pd.testing.assert_frame_equal(at_once, by_day, check_exact=True)


def test_a_null_that_depends_on_the_future_is_an_infinite_difference(blamed):
    by_day, _ = blamed
    assert by_day.set_index("feature").loc[NULLED, "worst_difference"] == np.inf


def test_without_a_day_nothing_is_compared():
    tables = make_tables(5, 2)
    athletes = tables["athletes"]
    gone = athletes.assign(observed_to=athletes["observed_from"] - pd.Timedelta(days=1))
    report = check_no_look_ahead(
        tables | {"athletes": gone}, SETTINGS, athletes=2, days=3, seed=0, at_once=True
    )
    assert report["feature"].tolist() == [f.name for f in catalogue()]
    assert (report[["rows_compared", "rows_different"]] == 0).all(axis=None)


def test_cut_tables_masks_what_was_not_known():
    day = [DAY0 + pd.Timedelta(days=d) for d in range(10)]
    shoes = pd.DataFrame(
        {
            "athlete": "a",
            "shoe_id": ["1", "2", "3", "4"],
            "first_use": [day[0], day[5], day[6], pd.NaT],
            "retired": [day[5], day[6], day[7], pd.NaT],
            "source": "hand",
        }
    )
    body = pd.DataFrame(
        {"athlete": "a", "date": [day[5], day[6]], "mass_kg": 60.0, "source": "hand"}
    )
    injuries = pd.DataFrame(
        {
            "athlete": "a",
            "onset_date": [day[1], day[2], day[6]],
            "return_date": [day[5], day[6], day[8]],
            "region": "knee",
            "source": "hand",
        }
    )
    frames = {"shoes": shoes, "body": body, "injuries": injuries}
    cut = cut_tables(from_frames(frames), day[5])
    assert cut["injuries"]["onset_date"].tolist() == [day[1], day[2]]
    assert cut["injuries"]["return_date"].isna().tolist() == [False, True]
    assert cut["shoes"]["shoe_id"].tolist() == ["1", "2", "4"]
    assert cut["shoes"]["retired"].tolist()[0] == day[5]
    assert cut["shoes"]["retired"].isna().tolist() == [False, True, True]
    assert cut["body"]["date"].tolist() == [day[5]]

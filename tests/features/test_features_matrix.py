"""The shape of the matrix: rows, columns, order, types."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.entry import BLOCKS
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from tests.features.cohort import DAY0, from_frames, make_tables

RELIED_ON = {
    "distance_7d_km", "distance_28d_km", "acwr_uncoupled", "week_change", "longest_run_spike",
    "longest_run_7d_km", "longest_run_30d_km", "injuries_12m", "days_since_return",
    "sleep_quality_7d", "sleep_h_7d", "level_code", "hours_28d", "pain_max_7d",
}  # fmt: skip


def test_columns_are_the_catalogue_in_its_order():
    matrix = feature_matrix(make_tables(0, 2), FeatureSettings(blocks=BLOCKS))
    names = [f.name for f in catalogue()]
    assert list(matrix.columns) == ["athlete", "date", *names]
    assert set(matrix.dtypes[names]) == {np.dtype("float32")}
    assert len(set(names)) == len(names)
    assert set(names) >= RELIED_ON


def test_blocks_choose_columns():
    settings = FeatureSettings(blocks=("history",))
    matrix = feature_matrix(make_tables(0, 2), settings)
    assert list(matrix.columns[2:]) == [f.name for f in catalogue(["history"])]


@pytest.mark.parametrize(("weekday", "number"), [("monday", 0), ("sunday", 6)])
def test_weekly_rows_lie_inside_observation(weekday, number):
    tables = make_tables(3, 4)
    matrix = feature_matrix(tables, FeatureSettings(as_of_weekday=weekday))
    assert (matrix["date"].dt.day_of_week == number).all()
    for who in tables["athletes"].itertuples():
        days = pd.date_range(who.observed_from, who.observed_to)
        rows = matrix.loc[matrix["athlete"] == who.athlete, "date"]
        assert rows.tolist() == days[days.day_of_week == number].tolist()


def test_rows_of_given_days_are_sorted_and_inside():
    tables = make_tables(3, 4, days=(30, 60))
    # Not in order, and one day after every record.
    wanted = pd.DatetimeIndex(["2023-02-20", "2023-02-10", "2030-01-01"])
    matrix = feature_matrix(tables, FeatureSettings(), wanted)
    assert not matrix.empty
    assert matrix["date"].isin(wanted).all()
    keys = matrix[["athlete", "date"]]
    assert keys.equals(keys.sort_values(["athlete", "date"], ignore_index=True))


def test_no_athletes_give_no_rows():
    matrix = feature_matrix(from_frames({}), FeatureSettings(blocks=BLOCKS))
    assert matrix.empty
    assert len(matrix.columns) == 2 + len(catalogue())


def test_an_athlete_observed_for_one_day_has_one_row():
    tables = make_tables(1, 1, days=(1, 1))
    day = pd.DatetimeIndex(tables["athletes"]["observed_from"])
    matrix = feature_matrix(tables, FeatureSettings(), day)
    assert len(matrix) == 1
    assert matrix["history_days"].tolist() == [1.0]
    assert matrix["date"].tolist()[0] >= DAY0

"""Shoes worked by hand."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from tests.features.timelines import day, features_on, run

SHOES = FeatureSettings(blocks=("equipment",))


def pairs(*rows):
    """Rows are (pair, first day or None, last day or None)."""
    return pd.DataFrame(
        {
            "athlete": "a",
            "shoe_id": [r[0] for r in rows],
            "first_use": [pd.NaT if r[1] is None else day(r[1]) for r in rows],
            "retired": [pd.NaT if r[2] is None else day(r[2]) for r in rows],
            "source": "hand",
        }
    ).astype({"first_use": "datetime64[ns]", "retired": "datetime64[ns]"})


def on(last, sessions, *rows):
    return features_on(last, settings=SHOES, sessions=sessions, shoes=pairs(*rows))


def test_the_current_pair_its_distance_and_its_age():
    sessions = [
        run(0, 10, shoe_id="old"), run(3, 8, shoe_id="new"), run(4, 9, shoe_id="old"),
        run(5, 4, sport="walk", shoe_id="new"), run(6, 30, sport="ride"),
    ]  # fmt: skip
    got = on(9, sessions, ("old", None, None), ("new", 2, None))
    # The run of 8 km and the walk of 4: shoes wear out at any pace, and not on a bicycle.
    assert got["shoe_km"] == 12
    assert got["shoe_days"] == 7
    assert got["days_since_new_pair"] == 6
    assert got["shoes_in_rotation_28d"] == 2


def test_a_pair_from_before_has_unknown_kilometres():
    got = on(9, [run(0, 10, shoe_id="old")], ("old", None, None))
    assert np.isnan(got["shoe_km"])
    assert np.isnan(got["days_since_new_pair"])
    assert got["shoes_in_rotation_28d"] == 1


@pytest.mark.parametrize(("second", "expected"), [(None, 25.0), (4, np.nan)])
def test_an_unnamed_run_takes_the_only_pair_in_use(second, expected):
    rows = [("gone", 0, 3), ("new", 3, None)] + ([("more", second, None)] if second else [])
    got = on(9, [run(1, 5), run(3, 10), run(5, 15)], *rows)
    assert got["shoe_km"] == pytest.approx(10.0 if second else expected, nan_ok=True)


def test_a_pair_nobody_registered_is_new_unless_it_is_the_first():
    first = on(9, [run(2, 10, shoe_id="x")])
    assert np.isnan(first["shoe_km"])
    second = on(9, [run(2, 10, shoe_id="x"), run(4, 7, shoe_id="y"), run(5, 6, shoe_id="y")])
    # A pair that first turns up later was new then; the very first may have been old.
    assert second["shoe_km"] == 13
    assert second["shoe_days"] == 5


# 4 of 5 distances are 80 %, enough; 4 of 6 are not.
@pytest.mark.parametrize(("missing", "expected"), [(1, 40.0), (2, np.nan)])
def test_a_distance_may_be_missing_now_and_then(missing, expected):
    distances = [10.0] * 4 + [np.nan] * missing
    sessions = [run(i, km, shoe_id="new") for i, km in enumerate(distances)]
    got = on(9, sessions, ("new", 0, None))["shoe_km"]
    assert got == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("last", "expected"), [(9, 2.0), (27, 2.0), (28, 1.0), (38, np.nan)])
def test_rotation_forgets_after_four_weeks(last, expected):
    sessions = [run(0, shoe_id="x"), run(3, shoe_id="y"), run(10, shoe_id="y")]
    assert on(last, sessions)["shoes_in_rotation_28d"] == pytest.approx(expected, nan_ok=True)

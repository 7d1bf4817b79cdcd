"""Every feature against plain pandas on random ragged cohorts with gaps."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.entry import BLOCKS
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix, own_features
from tests.features.cohort import make_tables
from tests.features.oracle import oracle

# Close to 0 the difference of two float32 inputs has no relative accuracy to ask for.
# Features of one's own have no twin here; the audits recompute them on data cut at each day.
BUILT_IN = [f.name for f in catalogue() if f.name not in own_features()]
DIFFERENCES = {"form", "ramp_4w"} | {
    f.name
    for f in catalogue()
    if f.name.endswith(("_deviation", "_slope_7d", "_change", "_change_pct"))
}


@pytest.fixture(scope="module")
def pair():
    tables = make_tables(7, 5, days=(30, 420))
    expected = oracle(tables)
    every_day = pd.date_range(expected["date"].min(), expected["date"].max())
    return feature_matrix(tables, FeatureSettings(blocks=BLOCKS), every_day), expected


def test_the_oracle_covers_the_catalogue_and_the_same_days(pair):
    ours, expected = pair
    assert set(expected.columns) == set(ours.columns) - own_features()
    assert ours["athlete"].tolist() == expected["athlete"].tolist()
    assert ours["date"].tolist() == expected["date"].tolist()


@pytest.mark.parametrize("name", BUILT_IN)
def test_feature_agrees_with_plain_pandas(pair, name):
    ours = pair[0][name].to_numpy(dtype=float)
    expected = pair[1][name].to_numpy(dtype=float)
    assert np.isfinite(expected).sum() > 50
    assert np.nanstd(expected) > 0
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(expected))
    slack = 1e-6 if name in DIFFERENCES else 1e-12
    atol = slack * np.nanmax(np.abs(expected))
    np.testing.assert_allclose(ours, expected, rtol=1e-5, atol=atol)

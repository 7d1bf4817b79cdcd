"""Tables of boosted stumps say what LightGBM says, to 1e-12; larger trees are left to it."""

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.estimators.booster_calibration import Calibration, concatenated, fold_affine
from models.estimators.step_tables import StepTables, tables_of

QUIET = {
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
    "force_row_wise": True,
}


def _booster(*, seed=0, gaps=0.2, leaves=2, trees=60, rows=400, categorical="", **more):
    rng = np.random.default_rng(seed)
    # Rounded, so that many rows lie exactly on a threshold.
    x = rng.normal(size=(rows, 5)).round(1)
    x[rng.random(x.shape) < gaps] = np.nan
    x[:, 4] = rng.integers(0, 4, rows)
    y = (rng.random(rows) < 1 / (1 + np.exp(1 - np.nan_to_num(x[:, 0])))).astype(float)
    told = {"objective": "cross_entropy", "num_leaves": leaves, "max_bin": 31, "extra_trees": True}
    data = lgb.Dataset(x, y, categorical_feature=categorical or "auto")
    return lgb.train(told | QUIET | more, data, trees), x


def _hostile(booster, x):
    """Add rows on every threshold and beside it, and rows of zeros, infinities and gaps."""
    frame = booster.trees_to_dataframe()
    steps = frame["threshold"].dropna().to_numpy(dtype=float)
    # LightGBM writes the border of zero as 1e-35, and reads it back with another last digit.
    steps = steps[np.abs(steps) > 1e-30]
    edges = [np.full((1, x.shape[1]), v) for at in steps for v in (at, *np.nextafter(at, [-9, 9]))]
    odd = [np.full((1, x.shape[1]), v) for v in (0.0, -0.0, np.inf, -np.inf, np.nan, 1e300, 1e-40)]
    return np.vstack([x, *edges, *odd])


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 99), st.sampled_from([0.0, 0.3]), st.sampled_from([0.0, 5.0]))
def test_log_odds_and_contributions_are_those_of_lightgbm(seed, gaps, shrink):
    booster, x = _booster(
        seed=seed, gaps=gaps, lambda_l2=shrink, bagging_freq=1, bagging_fraction=0.7
    )
    folded = fold_affine(booster, Calibration(-0.7, 1.3))
    for one in (booster, folded):
        rows = _hostile(one, x)
        tables = StepTables.of(one)
        raw = one.predict(rows, raw_score=True)
        assert np.abs(tables.log_odds(rows)[:, 0] - raw).max() < 1e-12
        shap = one.predict(rows, pred_contrib=True)
        assert np.abs(tables.contributions(rows) - shap).max() < 1e-12


def test_replicates_in_one_booster_are_told_apart():
    # Replicates may differ in length.
    runs = (30, 20, 31, 5)
    boosters = [_booster(seed=seed, trees=trees)[0] for seed, trees in enumerate(runs)]
    x = _booster()[1]
    found = StepTables.of(concatenated(boosters), runs).log_odds(x)
    for group, booster in enumerate(boosters):
        assert np.abs(found[:, group] - booster.predict(x, raw_score=True)).max() < 1e-12


def test_trees_without_a_split_are_constants():
    booster, x = _booster(min_data_in_leaf=1000, trees=3)
    raw = booster.predict(x, raw_score=True)
    assert np.abs(StepTables.of(booster).log_odds(x)[:, 0] - raw).max() < 1e-12
    shap = booster.predict(x, pred_contrib=True)
    assert np.abs(StepTables.of(booster).contributions(x) - shap).max() < 1e-12


@pytest.mark.parametrize("more", [{"leaves": 4}, {"categorical": [4]}, {"zero_as_missing": True}])
def test_what_is_no_plain_stump_is_left_to_lightgbm(more):
    assert tables_of(_booster(**more)[0]) is None


def test_runs_that_do_not_cover_the_trees_have_no_tables():
    assert StepTables.of(_booster(trees=5)[0], (2, 2)) is None


def test_tables_are_made_once():
    booster, _ = _booster(trees=5)
    assert tables_of(booster) is tables_of(booster)

"""The range of a probability, and what an outcome with few events borrows from the others."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from common.errors import StridecastError
from models.estimators.prediction_interval import probability_range
from models.estimators.risk import RiskModel
from models.metrics.measures import auroc
from models.settings.risk import RiskSettings
from models.store.artifact import Provenance, load, save
from models.store.model_facts import FACTS_FILE


@pytest.fixture(scope="module")
def ranged(cohort, small, directions):
    model = RiskModel(small.model_copy(update={"range_replicates": 8}), directions)
    model.fit(cohort.x, cohort.y, cohort.athletes)
    return model.fit_range(cohort.x, cohort.y, cohort.athletes)


PROVENANCE = Provenance(
    outcome="any",
    dataset="demo",
    simulated=True,
    horizon_days=7,
    lead_days=0,
    rows=4800,
    events=400,
    athletes=120,
    trained_from="2023-01-01",
    trained_to="2023-10-01",
)


def _scores_of_refits(spread, x):
    """Raw scores of each refit by LightGBM itself."""
    starts = np.cumsum((0, *spread.trees[:-1]))
    return [
        spread.booster.predict(x, raw_score=True, start_iteration=int(start), num_iteration=trees)
        for start, trees in zip(starts, spread.trees, strict=True)
    ]


@pytest.fixture(scope="module", params=[2, 4])
def sparse(request):
    """A model of mostly null rows: LightGBM finds no split for some trees and drops them."""
    rng = np.random.default_rng(0)
    x = pd.DataFrame(rng.normal(size=(600, 5)), columns=list("abcde"))
    x = x.where(rng.random(x.shape) < [0.05, 0.05, 0.05, 0.05, 0.4])
    y = (rng.random(600) < expit(1.5 * x["e"].fillna(0) - 1.5)).astype(float)
    settings = RiskSettings(
        trees=40,
        min_data_in_leaf=40,
        feature_fraction=0.3,
        num_leaves=request.param,
        calibration_folds=3,
        range_replicates=5,
    )
    who = np.repeat(np.arange(30), 20)
    return RiskModel(settings).fit(x, y, who).fit_range(x, y, who), x


def _earlier_version(folder):
    """Take out of the facts what earlier versions did not write."""
    facts = json.loads((folder / FACTS_FILE).read_text())
    del facts["range_trees"]
    (folder / FACTS_FILE).write_text(json.dumps(facts))


def test_refits_of_unequal_length_are_told_apart(sparse):
    model, x = sparse
    spread, values = model.spread_, x.to_numpy()
    assert len(set(spread.trees)) > 1
    scores = _scores_of_refits(spread, values)
    np.testing.assert_allclose(spread.standard_error(values, 1), np.std(scores, axis=0, ddof=1))
    shap = spread.contributions(4, values)
    of_last = scores[4] - shap.sum(axis=1)
    np.testing.assert_allclose(of_last, of_last[0])


def test_the_file_says_which_trees_are_of_which_refit(sparse, tmp_path):
    model, x = sparse
    save(model, PROVENANCE, tmp_path)
    again, facts = load(tmp_path)
    assert facts.range_trees == model.spread_.trees
    for mine, theirs in zip(model.range_(x), again.range_(x), strict=True):
        np.testing.assert_allclose(theirs, mine)
    _earlier_version(tmp_path)
    with pytest.raises(StridecastError, match=r"range\.txt: \d+ trees where 100 were expected"):
        load(tmp_path)


def test_a_full_range_of_an_earlier_version_is_read(cohort, later, tmp_path):
    settings = RiskSettings(trees=4, calibration_folds=0, range_replicates=3)
    full = RiskModel(settings).fit(cohort.x, cohort.y)
    full.fit_range(cohort.x, cohort.y, cohort.athletes)
    assert full.spread_.trees == (2, 2, 2)
    save(full, PROVENANCE, tmp_path)
    _earlier_version(tmp_path)
    model, _ = load(tmp_path)
    for one, other in zip(model.range_(later.x), full.range_(later.x), strict=True):
        assert (one == other).all()


def test_the_interval_by_hand():
    low, high = probability_range(np.array([-2.0]), np.array([0.5]), 0.9)
    assert low[0] == pytest.approx(expit(-2 - 1.6448536 * 0.5))
    assert high[0] == pytest.approx(expit(-2 + 1.6448536 * 0.5))


def test_the_forecast_lies_inside_its_range(ranged, later):
    low, high = ranged.range_(later.x)
    p = ranged.predict_proba(later.x)[:, 1]
    assert (low < p).all()
    assert (p < high).all()


def test_the_standard_error_is_the_spread_of_the_refits(ranged, later):
    x = later.x.head(50).to_numpy(dtype=float)
    scores = _scores_of_refits(ranged.spread_, x)
    error = ranged.spread_.standard_error(x, 1)
    np.testing.assert_allclose(error, np.std(scores, axis=0, ddof=1))
    assert len({tuple(s) for s in scores}) == 8


def test_more_athletes_make_a_narrower_range(ranged, new_cohort, later):
    many = new_cohort(athletes=600)
    model = RiskModel(ranged.settings, ranged.monotone).fit(many.x, many.y, many.athletes)
    model.fit_range(many.x, many.y, many.athletes)
    x = later.x.to_numpy(dtype=float)
    narrow, wide = (m.spread_.standard_error(x, 1).mean() for m in (model, ranged))
    # the few trees of this test hold the small cohort's refits together, so the gap is modest
    assert narrow < 0.95 * wide


def test_the_range_is_repeatable_and_leaves_the_forecast_alone(ranged, fitted, cohort, later):
    assert (ranged.decision_function(later.x) == fitted.decision_function(later.x)).all()
    before = ranged.range_(later.x)[0]
    ranged.fit_range(cohort.x, cohort.y, cohort.athletes)
    assert (ranged.range_(later.x)[0] == before).all()


def test_a_model_without_refits_says_so(fitted, later):
    with pytest.raises(StridecastError, match="no range"):
        fitted.range_(later.x)


def test_few_events_learn_from_injuries_elsewhere(new_cohort, later, small, directions):
    cohort = new_cohort(seed=5, base=-3.2)
    knee = cohort.y * (np.random.default_rng(0).random(len(cohort.y)) < 0.15)

    def skill(**more):
        model = RiskModel(small, directions).fit(cohort.x, knee, cohort.athletes, **more)
        assert model.out_of_fold_.mean() == pytest.approx(knee.mean(), rel=0.02)
        return auroc(later.truth, model.predict_proba(later.x)[:, 1], np.ones(len(later.y)))

    assert skill(related=cohort.y) > skill() + 0.005


def test_given_folds_are_the_folds_that_are_used(cohort, small):
    folds = np.unique(cohort.athletes, return_inverse=True)[1] % 4
    model = RiskModel(small).fit(cohort.x, cohort.y, cohort.athletes, folds=folds)
    assert (model.fold_ == folds).all()
    outside = folds == 2
    plain = small.model_copy(update={"calibration_folds": 0})
    others = RiskModel(plain).fit(cohort.x[~outside], cohort.y[~outside])
    rank = np.argsort(np.argsort(others.decision_function(cohort.x[outside])))
    again = np.argsort(np.argsort(model.out_of_fold_[outside]))
    # the bins come from all rows, so that a few thresholds differ
    assert np.corrcoef(rank, again)[0, 1] > 0.95


def test_a_saved_range_says_the_same(ranged, later, tmp_path):
    save(ranged, PROVENANCE, tmp_path)
    model, _ = load(tmp_path)
    for one, other in zip(model.range_(later.x), ranged.range_(later.x), strict=True):
        assert (one == other).all()

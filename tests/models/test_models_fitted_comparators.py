"""Splines and balanced bagging held against independent computations."""

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from common.errors import StridecastError
from models.comparators.balanced_bagging import BalancedBagging, balanced_draw
from models.comparators.fitted import comparators
from models.comparators.spline_logistic import SplineLogistic
from models.metrics.measures import auroc
from models.numeric.weighted_logistic import logit
from models.settings.comparators import (
    BalancedBaggingSettings,
    ComparatorSettings,
    ForestSettings,
    LogisticSettings,
    SplineLogisticSettings,
)

QUICK = BalancedBaggingSettings(bags=3, draws_per_class=300, trees=15, calibration_folds=3)


def harrell(x, knots):
    """Restricted cubic spline in Harrell's parametrisation, another basis of the same space."""
    *inner, before, last = knots

    def cube(t):
        return np.maximum(x - t, 0) ** 3

    bends = [
        cube(t)
        - cube(before) * (last - t) / (last - before)
        + cube(last) * (before - t) / (last - before)
        for t in inner
    ]
    return np.column_stack([x, *bends])


def test_spline_logistic_without_a_penalty_is_statsmodels_fit_on_another_spline_basis(cohort):
    x = cohort.x[["spike"]].fillna(0.0)
    ours = SplineLogistic(SplineLogisticSettings(knots=4, penalty=1e-9)).fit(x, cohort.y)
    value = x["spike"].to_numpy(float)
    knots = np.quantile(value, np.linspace(0.02, 0.98, 4))
    design = sm.add_constant(harrell(np.clip(value, knots[0], knots[-1]), knots))
    theirs = sm.Logit(cohort.y, design).fit(disp=0)
    np.testing.assert_allclose(ours.predict_proba(x)[:, 1], theirs.predict(design), atol=1e-6)


def test_a_strong_penalty_leaves_the_base_rate(cohort, later):
    model = SplineLogistic(SplineLogisticSettings(penalty=1e9)).fit(cohort.x, cohort.y)
    np.testing.assert_allclose(model.predict_proba(later.x)[:, 1], cohort.y.mean(), atol=1e-3)


def test_a_balanced_draw_takes_as_many_of_each_class_of_every_athlete_with_both():
    athletes = np.repeat(["a", "b", "c", "d"], [5, 40, 10, 10])
    y = np.zeros(65)
    y[[0, 1, 2, 7, 20]] = 1  # a: 3 of 5, b: 2 of 40, c and d: none
    rows = balanced_draw(y, athletes, 100, np.random.default_rng(1))
    counts = pd.crosstab(athletes[rows], y[rows])
    assert counts.to_dict("index") == {"a": {0.0: 50, 1.0: 50}, "b": {0.0: 50, 1.0: 50}}
    assert set(rows[y[rows] == 1]) == {0, 1, 2, 7, 20}
    assert set(rows[(y[rows] == 0) & (athletes[rows] == "a")]) == {3, 4}
    with pytest.raises(StridecastError, match="no athlete has rows with and without"):
        balanced_draw(np.array([1.0, 1, 0]), ["a", "a", "b"], 10, np.random.default_rng(0))


def test_one_bag_is_lightgbm_on_the_draw_and_platt_on_scores_out_of_fold(cohort, later):
    # A draw without ties: where no row of a node misses a value, rounding decides where those go.
    settings = QUICK.model_copy(update={"bags": 1, "calibration_folds": 2, "seed": 1})
    fold = (pd.factorize(cohort.athletes)[0] % 2).astype(int)
    # Few values, each in every draw: the bins of all rows are then those of any draw.
    learnt, asked = ((one.rank(pct=True) * 10).round() for one in (cohort.x, later.x))
    model = BalancedBagging(settings).fit(learnt, cohort.y, folds=fold)
    values, nobody = learnt.to_numpy(float), np.zeros(len(cohort.y))

    def plain(inside):
        rng = np.random.default_rng(settings.seed)
        rows = balanced_draw(cohort.y[inside], nobody[inside], 300, rng)
        classifier = lgb.LGBMClassifier(
            n_estimators=15, num_leaves=8, learning_rate=0.1, max_bin=63, random_state=0,
            min_child_samples=1, min_child_weight=5.0, deterministic=True, force_row_wise=True,
            n_jobs=1, verbosity=-1,
        )  # fmt: skip
        return classifier.fit(values[inside][rows], cohort.y[inside][rows])

    def score(inside, x):
        return logit(plain(inside).predict_proba(x)[:, 1])

    raw = np.empty(len(fold))
    for k in (0, 1):
        raw[fold == k] = score(fold != k, values[fold == k])
    final = score(np.ones(len(fold), dtype=bool), asked.to_numpy(float))
    platt = LogisticRegression(C=np.inf, tol=1e-10).fit(raw[:, None], cohort.y)
    expected = expit(platt.intercept_ + platt.coef_[0] * final)
    np.testing.assert_allclose(model.predict_proba(asked)[:, 1], expected, rtol=1e-4)


def test_balanced_draws_are_calibrated_back_to_the_base_rate(cohort, later):
    raw = BalancedBagging(QUICK.model_copy(update={"calibration_folds": 0}))
    off = raw.fit(cohort.x, cohort.y).predict_proba(later.x)[:, 1]
    p = BalancedBagging(QUICK).fit(cohort.x, cohort.y, cohort.athletes).predict_proba(later.x)[:, 1]
    assert off.mean() > 3 * later.y.mean()
    assert p.mean() == pytest.approx(later.y.mean(), rel=0.15)
    assert auroc(later.y, p) > 0.65


def test_draws_per_athlete_hide_who_is_at_risk():
    """Weeks before an injury and weeks after it: within the injured the count is upside down."""
    rng = np.random.default_rng(0)
    athletes, weeks = 300, 30
    who, week = np.repeat(np.arange(athletes), weeks), np.tile(np.arange(weeks), athletes)
    hurt, when = rng.random(athletes) < 0.5, rng.integers(5, 25, athletes)
    y = (hurt[who] & (week == when[who])).astype(float)
    past = (hurt[who] & (week > when[who])).astype(np.float32)
    x = pd.DataFrame({"injuries_12m": past, "noise": rng.normal(size=len(y)).astype(np.float32)})
    plain = QUICK.model_copy(update={"calibration_folds": 0, "per_athlete": True})
    p = BalancedBagging(plain).fit(x, y, who).predict_proba(x)[:, 1]
    assert p[past == 1].mean() < p[past == 0].mean() - 0.2
    with pytest.raises(ValueError, match="pass groups="):
        BalancedBagging(plain).fit(x, y)


def test_every_comparator_has_a_name_and_tells_higher_from_lower(cohort, later):
    quick = ComparatorSettings(random_forest=ForestSettings(trees=20), loevdal_recipe=QUICK)
    known = comparators(LogisticSettings(inverse_penalty=0.1), quick)
    assert list(known) == ["logistic", "spline_logistic", "random_forest", "loevdal_recipe"]
    for name, model in known.items():
        p = model.fit(cohort.x, cohort.y, groups=cohort.athletes).predict_proba(later.x)[:, 1]
        assert auroc(later.y, p) > 0.65, name

"""The risk model: calibration folded in exactly, directions kept, numbers repeatable."""

import lightgbm as lgb
import numpy as np
import pytest
from scipy.special import expit
from sklearn.base import clone

from common.errors import StridecastError
from models.estimators.additive import AdditiveRisk
from models.estimators.booster_calibration import Calibration, average, fit_calibration, fold_affine
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel
from models.metrics.calibration_measures import calibration_intercept, calibration_slope
from models.metrics.measures import auroc
from models.settings.additive import AdditiveSettings
from models.settings.risk import RiskSettings


def booster(cohort, seed=0, rounds=30):
    data = lgb.Dataset(cohort.x.to_numpy(dtype=float), cohort.y)
    given = {"objective": "binary", "num_leaves": 6, "verbosity": -1, "num_threads": 1}
    return lgb.train(
        given | {"seed": seed, "bagging_fraction": 0.5, "bagging_freq": 1}, data, rounds
    )


def raw(model, cohort):
    return model.predict(cohort.x.to_numpy(dtype=float), raw_score=True, num_threads=1)


@pytest.mark.parametrize(
    ("intercept", "slope"), [(0.0, 1.0), (-0.4, 0.85), (1.5, 1.7), (-3.0, 0.1)]
)
def test_calibration_is_folded_in_exactly(cohort, intercept, slope):
    plain = booster(cohort)
    folded = fold_affine(plain, Calibration(intercept, slope))
    expected = intercept + slope * raw(plain, cohort)
    np.testing.assert_allclose(raw(folded, cohort), expected, atol=1e-12)
    x = cohort.x.to_numpy(dtype=float)
    np.testing.assert_allclose(folded.predict(x), expit(expected), atol=1e-12)
    parts = folded.predict(x[:200], pred_contrib=True)
    np.testing.assert_allclose(parts.sum(axis=1), expected[:200], atol=1e-10)
    again = lgb.Booster(model_str=folded.model_to_string())
    assert (raw(again, cohort) == raw(folded, cohort)).all()


def test_folding_leaves_the_given_booster_alone(cohort):
    plain = booster(cohort)
    before = raw(plain, cohort)
    fold_affine(plain, Calibration(1.0, 2.0))
    assert (raw(plain, cohort) == before).all()


def test_average_is_the_mean_of_raw_scores_in_one_booster(cohort):
    several = [booster(cohort, seed) for seed in range(3)]
    merged = average(several)
    assert merged.num_trees() == 90
    expected = np.mean([raw(one, cohort) for one in several], axis=0)
    np.testing.assert_allclose(raw(merged, cohort), expected, atol=1e-12)
    x = cohort.x.to_numpy(dtype=float)[:100]
    np.testing.assert_allclose(merged.predict(x, pred_contrib=True).sum(axis=1), expected[:100])
    again = lgb.Booster(model_str=merged.model_to_string())
    assert (raw(again, cohort) == raw(merged, cohort)).all()


def test_booster_without_a_split_becomes_the_base_rate(cohort, small):
    stump = small.model_copy(update={"min_data_in_leaf": 10**6})
    model = RiskModel(stump).fit(cohort.x, cohort.y, cohort.athletes)
    # the calibration was fitted on the folds' base rates, which differ a little
    np.testing.assert_allclose(model.predict_proba(cohort.x)[:, 1], cohort.y.mean(), rtol=1e-4)
    assert (model.contributions(cohort.x)[:, :-1] == 0).all()


def test_calibration_mends_what_was_bent():
    rng = np.random.default_rng(0)
    log_odds = rng.normal(-2, 1, 200_000)
    y = (rng.random(200_000) < expit(log_odds)).astype(float)
    bent = (log_odds - 0.5) * 1.25
    found = fit_calibration(bent, y, (0.1, 2.0))
    assert found.slope == pytest.approx(0.8, abs=0.02)
    assert found.intercept == pytest.approx(0.5, abs=0.03)


def test_the_slope_may_be_learnt_on_a_wider_outcome_the_level_never():
    rng = np.random.default_rng(0)
    log_odds = rng.normal(-3, 1, 200_000)
    wide = (rng.random(200_000) < expit(log_odds)).astype(float)
    narrow = wide * (rng.random(200_000) < 0.4)
    found = fit_calibration(2 * log_odds, narrow, (0.1, 2.0), wide)
    alone = fit_calibration(2 * log_odds, narrow, (0.1, 2.0))
    assert found.slope == fit_calibration(2 * log_odds, wide, (0.1, 2.0)).slope
    assert found.slope == pytest.approx(0.5, abs=0.01)
    assert alone.slope != found.slope
    expected = expit(found.intercept + found.slope * 2 * log_odds).sum()
    assert expected == pytest.approx(narrow.sum(), rel=1e-6)


def test_a_knee_model_borrows_its_slope_as_it_borrows_its_trees(cohort, small):
    knee = cohort.y * (np.arange(len(cohort.y)) % 3 == 0)
    model = RiskModel(small).fit(cohort.x, knee, cohort.athletes, related=cohort.y)
    target = np.maximum(knee, small.borrow * cohort.y)
    own, wide = (calibration_slope(y, model.out_of_fold_) for y in (knee, target))
    assert wide == pytest.approx(1, abs=1e-6)
    assert own != pytest.approx(1, abs=1e-4)
    assert model.out_of_fold_.mean() == pytest.approx(knee.mean(), rel=1e-6)


def test_scores_that_say_nothing_do_not_turn_the_ranking_round():
    rng = np.random.default_rng(0)
    score = rng.normal(size=5000)
    y = (rng.random(5000) < expit(-2 - score)).astype(float)  # upside down
    found = fit_calibration(score, y, (0.1, 2.0))
    assert found.slope == 0.1
    assert expit(found.intercept + 0.1 * score).mean() == pytest.approx(y.mean(), abs=1e-9)


def test_out_of_fold_forecasts_are_calibrated(cohort, fitted):
    assert calibration_intercept(cohort.y, fitted.out_of_fold_) == pytest.approx(0, abs=1e-6)
    assert calibration_slope(cohort.y, fitted.out_of_fold_) == pytest.approx(1, abs=1e-6)


def test_learns_something_about_athletes_it_has_not_seen(fitted, later):
    found = auroc(later.truth, fitted.predict_proba(later.x)[:, 1])
    best = auroc(later.truth, later.truth)
    assert (found - 0.5) / (best - 0.5) > 0.75


def test_probability_log_odds_and_contributions_agree(fitted, later):
    log_odds = fitted.decision_function(later.x)
    p = fitted.predict_proba(later.x)
    np.testing.assert_allclose(p.sum(axis=1), 1)
    np.testing.assert_allclose(p[:, 1], expit(log_odds))
    np.testing.assert_allclose(
        fitted.booster_.predict(later.x.to_numpy(float)), p[:, 1], atol=1e-12
    )
    np.testing.assert_allclose(fitted.contributions(later.x).sum(axis=1), log_odds, atol=1e-10)
    assert (fitted.predict(later.x) == (p[:, 1] > 0.5)).all()


def test_directions_of_the_catalogue_are_kept(fitted, later, directions):
    for name, sign in directions.items():
        grid = np.linspace(-3, 3, 25)
        curves = [
            fitted.decision_function(later.x.head(60).assign(**{name: np.float32(v)})) for v in grid
        ]
        steps = np.diff(np.array(curves), axis=0) * sign
        assert (steps >= -1e-12).all()
        assert (steps > 0).any()


def test_same_seed_same_numbers(cohort, fitted, small, directions):
    again = RiskModel(small, directions).fit(cohort.x, cohort.y, cohort.athletes)
    assert again.booster_.model_to_string() == fitted.booster_.model_to_string()
    other = RiskModel(small.model_copy(update={"seed": 1}), directions)
    other.fit(cohort.x, cohort.y, cohort.athletes)
    assert (other.decision_function(cohort.x) != fitted.decision_function(cohort.x)).any()


def test_thread_count_does_not_change_the_ranking(cohort, small, directions, later):
    def scores(threads):
        # few trees: two threads wait for each other busily on a shared machine
        few = small.model_copy(update={"threads": threads, "trees": 12, "calibration_folds": 0})
        model = RiskModel(few, directions).fit(cohort.x, cohort.y)
        return model.decision_function(later.x)

    one, other = scores(1), scores(2)
    assert (np.argsort(one, kind="stable") == np.argsort(other, kind="stable")).all()


def test_columns_are_found_by_name(fitted, later):
    shuffled = later.x[later.x.columns[::-1]].assign(surplus=1.0)
    assert (fitted.decision_function(shuffled) == fitted.decision_function(later.x)).all()


def test_is_cloneable(fitted, cohort):
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "booster_")
    copy.fit(cohort.x, cohort.y, cohort.athletes)
    assert (copy.decision_function(cohort.x) == fitted.decision_function(cohort.x)).all()


def test_directions_come_from_the_catalogue(new_entry):
    model = RiskModel.of_catalogue([new_entry("up", monotone=1), new_entry("free")])
    assert model.monotone == {"up": 1}


def test_ensemble_of_seeds_is_one_booster(cohort, small):
    settings = small.model_copy(update={"ensemble": 2, "trees": 20})
    model = RiskModel(settings).fit(cohort.x, cohort.y, cohort.athletes)
    assert model.booster_.num_trees() == 40
    parts = model.contributions(cohort.x[:50]).sum(axis=1)
    np.testing.assert_allclose(parts, model.decision_function(cohort.x[:50]), atol=1e-10)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x: x.drop(columns="spike"), "lacks 1 of 7 columns: spike"),
        (lambda x: x.assign(age=3), "1 feature columns are not floating point: age"),
        (lambda x: x.assign(age="old"), "not floating point: age"),
        (lambda x: x.assign(sleep=np.inf), "hold infinities: sleep"),
    ],
)
def test_bad_columns_are_named(fitted, later, change, message):
    with pytest.raises(StridecastError, match=message):
        fitted.predict_proba(change(later.x))


def test_bad_outcomes_are_refused(cohort, small):
    model = RiskModel(small)
    with pytest.raises(StridecastError, match="neither 0 nor 1"):
        model.fit(cohort.x, np.where(cohort.y == 1, np.nan, 0), cohort.athletes)
    with pytest.raises(StridecastError, match="same outcome"):
        model.fit(cohort.x, np.zeros(len(cohort.y)), cohort.athletes)
    with pytest.raises(ValueError, match="pass groups="):
        model.fit(cohort.x, cohort.y)


@pytest.mark.parametrize(
    ("model", "dated"),
    [
        (RiskModel(trees=5), False),
        (AdditiveRisk(AdditiveSettings(range_replicates=2)), False),
        (EvidenceRisk("any", RiskSettings(trees=5)), True),
    ],
)
def test_folds_that_leave_nobody_to_learn_from_are_refused(cohort, model, dated):
    given = {"dates": cohort.dates} if dated else {}
    folds = np.full(len(cohort.y), -1)
    with pytest.raises(StridecastError, match="all training rows lie in one fold"):
        model.fit(cohort.x, cohort.y, cohort.athletes, folds=folds, **given)

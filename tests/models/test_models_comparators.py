"""Logistic regression and rules: what the risk model is held against."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from models.comparators.logistic import LogisticRisk
from models.comparators.rules import RULES, Rule, fit_rules, rule_probabilities
from models.numeric.weighted_logistic import logit
from models.settings.comparators import LogisticSettings

SPIKE = Rule("spike_rule", "ratio", 1.1, "test")


def test_logistic_agrees_with_scikit_learns_pipeline(cohort, later):
    settings = LogisticSettings(inverse_penalty=0.3, winsor_sd=1e6, flag_from=0)
    ours = LogisticRisk(settings).fit(cohort.x, cohort.y)
    theirs = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True),
        StandardScaler(),
        LogisticRegression(C=0.3, max_iter=10_000, tol=1e-10),
    ).fit(cohort.x.to_numpy(float), cohort.y)
    expected = theirs.predict_proba(later.x.to_numpy(float))[:, 1]
    np.testing.assert_allclose(ours.predict_proba(later.x)[:, 1], expected, atol=1e-5)


def test_logistic_bears_empty_and_constant_columns_and_outliers(cohort):
    x = cohort.x.assign(empty=np.nan, constant=1.0)
    model = clone(LogisticRisk()).fit(x, cohort.y)
    assert "missing:empty" not in model.coefficients_
    assert "missing:spike" in model.coefficients_
    wild = x.assign(spike=np.float32(1e9))
    assert np.isfinite(model.decision_function(wild)).all()
    assert model.decision_function(wild).max() < 10


def table(values):
    return pd.DataFrame({"ratio": np.asarray(values, dtype=float)})


def test_threshold_rule_forecasts_the_rate_of_each_side():
    x = table([1.0] * 10 + [1.1] * 10 + [np.nan] * 10 + [1.2] * 10)
    y = np.zeros(40)
    y[[0, 11, 21, 30, 31, 32, 33]] = 1  # 3 of 30 spared, 4 of 10 flagged
    p = fit_rules(x, y, (SPIKE,))["spike_rule"].probability(x)
    np.testing.assert_allclose(p, [0.1] * 30 + [0.4] * 10, atol=1e-9)


def test_a_rule_is_not_turned_upside_down():
    x = table([1.0] * 20 + [2.0] * 20)
    y = np.array([1, 1, 1, 1] + [0] * 16 + [1] + [0] * 19)
    fitted = fit_rules(x, y, (SPIKE,))
    for model in fitted.values():
        np.testing.assert_allclose(model.probability(x), 5 / 40)


def test_flags_without_an_event_do_not_promise_safety_or_doom():
    x = table([1.0] * 20 + [2.0] * 5)
    y = np.array([0] * 20 + [1] * 5)
    p = fit_rules(x, y, (SPIKE,))["spike_rule"].probability(x)
    # half an event added to each cell: 0.5 / 21 and 5.5 / 6
    np.testing.assert_allclose(p, [0.5 / 21] * 20 + [5.5 / 6] * 5)


def test_score_rises_with_the_value_and_holds_the_tails():
    rng = np.random.default_rng(0)
    value = rng.lognormal(0, 0.4, 5000)
    y = (rng.random(5000) < 1 / (1 + np.exp(3 - value))).astype(float)
    model = fit_rules(table(value), y, (SPIKE,))["spike_rule_score"]
    p = model.probability(table([0.5, 1.0, 2.0, 100.0, 1e6, np.nan]))
    assert p[0] < p[1] < p[2] < p[3] == p[4]
    assert p[5] == pytest.approx(model.probability(table([np.median(value)]))[0])
    assert model.slope == pytest.approx(1.0, abs=0.3)


def test_every_published_rule_and_the_base_rate_are_scored():
    x = pd.DataFrame({rule.feature: np.linspace(0, 3, 50) for rule in RULES})
    y = (np.arange(50) % 5 == 0).astype(float)
    found = rule_probabilities(fit_rules(x, y), x, y.mean())
    names = [rule.name for rule in RULES]
    assert set(found) == {"base_rate", *names, *(f"{name}_score" for name in names)}
    np.testing.assert_allclose(found["base_rate"], 0.2)
    assert all(np.isfinite(logit(p)).all() for p in found.values())

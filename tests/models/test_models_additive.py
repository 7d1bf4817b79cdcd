"""The additive logistic model: curves by hand, penalties against scikit-learn, JSON round trip."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from common.errors import StridecastError
from models.estimators.additive import AdditiveRisk
from models.metrics.calibration_measures import calibration_slope
from models.metrics.measures import auroc
from models.numeric.ridge_logistic import fit_blocks
from models.numeric.spline import learn_terms, natural_spline
from models.settings.additive import AdditiveSettings
from models.store.artifact import Provenance, load, load_any, save
from models.store.model_facts import ADDITIVE_FILE, FACTS_FILE

PROVENANCE = Provenance(
    outcome="knee",
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


@pytest.fixture(scope="module")
def additive(cohort):
    settings = AdditiveSettings(penalty=30, bend_penalty=100, range_replicates=8)
    model = AdditiveRisk(settings).fit(cohort.x, cohort.y, cohort.athletes)
    return model.fit_range(cohort.x, cohort.y, cohort.athletes)


def test_a_natural_spline_by_hand():
    # knots 0, 1, 3: d_0(x) = (x^3 - (x-3)+^3) / 3, d_1(x) = ((x-1)+^3 - (x-3)+^3) / 2
    found = natural_spline(np.array([-1.0, 0.5, 2.0, 3.0]), (0.0, 1.0, 3.0))
    np.testing.assert_allclose(found[:, 0], [-1, 0.5, 2, 3])
    np.testing.assert_allclose(found[:, 1], [0, 0.125 / 3, 8 / 3 - 1 / 2, 27 / 3 - 8 / 2])


def test_a_natural_spline_is_a_line_beyond_its_knots():
    x = np.linspace(5, 9, 9)
    bends = natural_spline(x, (0.0, 1.0, 2.0, 4.0))[:, 1:]
    np.testing.assert_allclose(np.diff(bends, n=2, axis=0), 0, atol=1e-9)


def fit_penalised(x, *arguments, **more):
    return fit_blocks([np.column_stack([np.ones(len(x)), x])], *arguments, **more)


def test_the_penalised_fit_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(800, 4))
    y = (rng.random(800) < 1 / (1 + np.exp(1 - x[:, 0]))).astype(float)
    weights = rng.integers(0, 3, 800).astype(float)
    scale = np.sqrt([1.0, 2.0, 5.0, 9.0])  # penalty j is that of a column divided by its root
    base, found = fit_penalised(x, y, 3 * scale**2, weights)
    oracle = LogisticRegression(C=1 / 3, tol=1e-10, max_iter=1000).fit(x / scale, y, weights)
    np.testing.assert_allclose(found, oracle.coef_[0] / scale, atol=1e-5)
    assert base == pytest.approx(oracle.intercept_[0], abs=1e-5)


@pytest.mark.parametrize(("penalty", "start"), [(1e-20, None), (1.0, np.array([0.0, 60.0, -60.0]))])
def test_a_penalised_fit_without_a_minimum_is_refused(penalty, start):
    x = np.random.default_rng(0).normal(size=(200, 2))
    with pytest.raises(StridecastError, match="reached no minimum in 50 rounds"):
        fit_penalised(x, (x[:, 0] > 0.3).astype(float), np.full(2, penalty), start=start)


@pytest.mark.parametrize("unit", [1e-6, 1e-9])
def test_a_column_in_tiny_units_converges(unit):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    y = (rng.random(200) < 1 / (1 + np.exp(-x[:, 0]))).astype(float)
    _, plain = fit_penalised(x, y, np.ones(2))
    _, tiny = fit_penalised(x * unit, y, np.full(2, unit**2))
    np.testing.assert_allclose(tiny * unit, plain)


def test_terms_flag_what_is_missing_and_centre_every_column():
    rng = np.random.default_rng(0)
    values = np.column_stack([rng.normal(size=400), rng.integers(0, 2, 400), np.ones(400)])
    values[:40, 0] = np.nan
    terms = learn_terms(values.T, 4)
    assert [term.width for term in terms] == [4, 1, 0]
    assert terms[0].flagged
    columns = terms[0].columns(values[:, 0])
    assert (columns[:40, :3] == 0).all()
    np.testing.assert_allclose(columns.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(columns[40:, :3].std(axis=0), 1)
    assert terms[0].penalties(1, 5).tolist() == [1, 5, 5, 1]


def test_learns_curves_and_is_calibrated_out_of_fold(additive, cohort, later):
    found = auroc(later.truth, additive.predict_proba(later.x)[:, 1], np.ones(len(later.y)))
    best = auroc(later.truth, later.truth, np.ones(len(later.y)))
    assert (found - 0.5) / (best - 0.5) > 0.85
    assert calibration_slope(cohort.y, additive.out_of_fold_) == pytest.approx(1, abs=1e-6)


def test_contributions_sum_to_the_calibrated_log_odds(additive, later):
    parts = additive.contributions(later.x)
    assert parts.shape == (len(later.x), len(later.x.columns) + 1)
    np.testing.assert_allclose(parts.sum(axis=1), additive.decision_function(later.x), atol=1e-10)


def test_the_forecast_lies_inside_its_range(additive, later):
    low, high = additive.range_(later.x)
    p = additive.predict_proba(later.x)[:, 1]
    assert ((low < p) & (p < high)).all()
    assert (additive.predict(later.x) == (p > 0.5)).all()


def test_is_cloneable_and_repeatable(additive, cohort):
    again = clone(additive).fit(cohort.x, cohort.y, cohort.athletes)
    assert (again.coefficients_ == additive.coefficients_).all()
    with pytest.raises(StridecastError, match="no range"):
        again.range_(cohort.x)


def test_a_saved_model_says_the_same(additive, later, tmp_path):
    written = save(additive, PROVENANCE, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([ADDITIVE_FILE, FACTS_FILE])
    model, facts = load_any(tmp_path)
    assert facts == written
    assert facts.kind == "additive"
    assert (model.decision_function(later.x) == additive.decision_function(later.x)).all()
    assert (model.range_(later.x)[1] == additive.range_(later.x)[1]).all()
    with pytest.raises(StridecastError, match="kind 'additive', not a booster"):
        load(tmp_path)
    (tmp_path / ADDITIVE_FILE).write_text("{}")
    with pytest.raises(StridecastError, match="digests differ"):
        load_any(tmp_path)

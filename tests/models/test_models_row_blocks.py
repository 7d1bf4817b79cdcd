"""Models learnt from blocks of rows, and from columns as they are stored, are the same models."""

import numpy as np
import pytest

from models.comparators.balanced_bagging import BalancedBagging
from models.comparators.forest import ForestRisk
from models.comparators.logistic import LogisticRisk
from models.comparators.spline_logistic import SplineLogistic
from models.estimators.additive import AdditiveRisk
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel
from models.numeric import row_blocks
from models.numeric.row_blocks import blocks, by_blocks
from models.settings.additive import AdditiveSettings
from models.settings.comparators import BalancedBaggingSettings, ForestSettings
from models.settings.risk import RiskSettings

FEW = 700
"""Rows of a block; the cohort below has 2,400."""
QUICK = RiskSettings(trees=20, min_data_in_leaf=40, calibration_folds=3, range_replicates=3)


@pytest.fixture(scope="module")
def team(new_cohort):
    return new_cohort(athletes=60)


@pytest.mark.parametrize("rows", [0, 1, FEW - 1, FEW, FEW + 1, 4800])
def test_blocks_are_all_rows_in_order(rows, monkeypatch):
    monkeypatch.setattr(row_blocks, "ROWS_AT_ONCE", FEW)
    places = np.arange(rows)
    assert np.concatenate([places[block] for block in blocks(rows)]).tolist() == places.tolist()
    assert by_blocks(rows, lambda block: 2.0 * places[block]).tolist() == (2 * places).tolist()
    assert max(len(places[block]) for block in blocks(rows)) <= FEW


def risk(cohort, x):
    model = RiskModel(QUICK).fit(x, cohort.y, cohort.athletes)
    return model.fit_range(x, cohort.y, cohort.athletes)


def additive(cohort, x):
    settings = AdditiveSettings(penalty=30, bend_penalty=100, calibration_folds=3)
    model = AdditiveRisk(settings).fit(x, cohort.y, cohort.athletes)
    return model.fit_range(x, cohort.y, cohort.athletes)


def evidence(cohort, x):
    model = EvidenceRisk("knee", QUICK)
    hurt = np.maximum(cohort.y, np.roll(cohort.y, 1))
    model.fit(x, cohort.y, cohort.athletes, dates=cohort.dates, related=hurt)
    return model.fit_range(x, cohort.y, cohort.athletes, related=hurt)


def as_in_the_catalogue(x):
    """Columns that the evidence reads, so that its own terms are learnt as well."""
    names = {"spike": "longest_run_spike", "sleep": "sleep_quality_7d", "volume": "hours_28d"}
    return (x.abs() + 0.01).rename(columns=names)


@pytest.mark.parametrize("learnt", [risk, additive, evidence])
def test_blocks_change_a_model_by_rounding_alone(team, learnt, monkeypatch):
    x = as_in_the_catalogue(team.x)
    whole = learnt(team, x)
    monkeypatch.setattr(row_blocks, "ROWS_AT_ONCE", FEW)
    cut = learnt(team, x)
    assert cut.training_digest_ == whole.training_digest_
    np.testing.assert_allclose(cut.out_of_fold_, whole.out_of_fold_, rtol=1e-9)
    np.testing.assert_allclose(cut.predict_proba(x), whole.predict_proba(x), rtol=1e-9)
    np.testing.assert_allclose(cut.range_(x), whole.range_(x), rtol=1e-9)


@pytest.mark.parametrize("learnt", [risk, additive, evidence])
def test_numbers_as_they_are_stored_give_the_same_model(team, learnt):
    x = as_in_the_catalogue(team.x)
    assert set(map(str, x.dtypes)) == {"float32"}
    stored, wide = learnt(team, x), learnt(team, x.astype(np.float64))
    assert stored.training_digest_ == wide.training_digest_
    assert (stored.out_of_fold_ == wide.out_of_fold_).all()
    assert (stored.predict_proba(x) == wide.predict_proba(x)).all()


COMPARATORS = {
    "logistic": LogisticRisk,
    "splines": SplineLogistic,
    "forest": lambda: ForestRisk(ForestSettings(trees=5)),
    "bagging": lambda: BalancedBagging(BalancedBaggingSettings(bags=2, trees=5)),
}


@pytest.mark.parametrize("name", COMPARATORS)
def test_blocks_change_a_comparator_by_rounding_alone(team, name, monkeypatch):
    def forecast(x):
        model = COMPARATORS[name]().fit(x, team.y, team.athletes, folds=np.arange(len(x)) % 3)
        return model.predict_proba(x)[:, 1]

    whole = forecast(team.x)
    assert (forecast(team.x.astype(np.float64)) == whole).all()
    monkeypatch.setattr(row_blocks, "ROWS_AT_ONCE", FEW)
    np.testing.assert_allclose(forecast(team.x), whole, rtol=1e-8)

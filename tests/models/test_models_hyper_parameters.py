"""Hyper-parameters are plain ones: by name in the constructor, in set_params and in a search."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, GroupKFold

from models.estimators.additive import AdditiveRisk
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel
from models.settings.additive import AdditiveSettings
from models.settings.risk import RiskSettings


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [(RiskModel, "num_leaves", 3), (AdditiveRisk, "knots", 4), (EvidenceRisk, "trees", 7)],
)
def test_one_hyper_parameter_by_name(kind, name, value):
    made, told = kind(**{name: value}), kind().set_params(**{name: value})
    assert made.settings == told.settings
    assert made.get_params()[name] == clone(made).get_params()[name] == value
    # `settings` holds the value as well, so it differs too.
    others = kind().get_params()
    assert {k: v for k, v in made.get_params().items() if k not in (name, "settings")} == {
        k: v for k, v in others.items() if k not in (name, "settings")
    }


def test_a_single_one_is_put_over_given_settings():
    model = RiskModel(RiskSettings(trees=9, seed=4), {"spike": 1}, trees=11)
    assert (model.settings.trees, model.settings.seed) == (11, 4)
    model.set_params(settings=RiskSettings(seed=5), monotone=None, trees=3)
    assert (model.settings.trees, model.settings.seed, model.monotone) == (3, 5, None)


# A slip of the pen, and a tree that never splits.
@pytest.mark.parametrize("wrong", [{"num_leafs": 3}, {"num_leaves": 1}])
def test_unknown_names_and_impossible_values_are_refused(wrong):
    with pytest.raises(ValueError, match="num_lea"):
        RiskModel().set_params(**wrong)
    with pytest.raises(ValueError, match="num_lea"):
        RiskModel(**wrong)


def test_a_grid_search_chooses_by_unseen_athletes(cohort, small):
    # A search hands no athletes on to `fit`, and calibration needs them.
    plain = RiskModel(small, calibration_folds=0)
    search = GridSearchCV(
        plain, {"trees": [1, 40], "num_leaves": [2, 3]}, scoring="roc_auc", cv=GroupKFold(3)
    )
    search.fit(cohort.x, cohort.y, groups=cohort.athletes)
    table = pd.DataFrame(search.cv_results_)
    assert table["mean_test_score"].between(0.5, 1).all()
    assert search.best_estimator_.settings.trees == search.best_params_["trees"]
    assert search.best_estimator_.booster_.num_trees() == search.best_params_["trees"]
    assert plain.settings.trees == small.trees


def test_a_search_with_calibration_says_what_it_needs(cohort, small):
    search = GridSearchCV(RiskModel(small), {"trees": [1]}, error_score="raise", cv=GroupKFold(3))
    with pytest.raises(ValueError, match="calibration_folds=0"):
        search.fit(cohort.x, cohort.y, groups=cohort.athletes)


def test_the_penalty_of_the_additive_model_can_be_searched(cohort):
    plain = AdditiveRisk(AdditiveSettings(calibration_folds=0))
    # 1e9 flattens every curve, so the choice is clear.
    search = GridSearchCV(plain, {"penalty": [1.0, 1e9]}, scoring="neg_log_loss", cv=GroupKFold(3))
    search.fit(cohort.x, cohort.y, groups=cohort.athletes)
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
    assert search.best_params_ == {"penalty": 1.0}

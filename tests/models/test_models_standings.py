"""The table decides: order, verdicts and the sentence."""

import numpy as np
import pytest
from scipy.special import expit

from models.comparators.names import ORACLE
from models.evaluation.model_ranking import BEATEN, LEVEL, WON, standings, what_won
from models.evaluation.model_table import compare, evaluate
from models.evaluation.model_words import model_words
from models.numeric.weighted_logistic import logit
from models.settings.evaluation import IntervalSettings

SETTINGS = IntervalSettings(replicates=100)


@pytest.fixture(scope="module")
def found(cohort):
    rng = np.random.default_rng(0)
    close = expit(logit(cohort.truth) + rng.normal(0, 0.05, len(cohort.y)))
    models = {
        "base_rate": np.full(len(cohort.y), cohort.y.mean()),
        "additive": close,
        "risk": expit(logit(cohort.truth) + rng.normal(0, 0.06, len(cohort.y))),
        "previous_injury": expit(logit(cohort.truth) * 0.3 - 1.7),
        ORACLE: cohort.truth,
    }
    return evaluate(cohort.y, models, cohort.athletes, SETTINGS)


def test_order_is_that_of_the_brier_score_and_the_oracle_does_not_compete(found, cohort):
    table = standings(found.replicates)
    assert ORACLE not in set(table["model"])
    assert table["brier"].is_monotonic_increasing
    # Who always says the mean has the variance of the outcome as its score.
    assert table["brier"].iloc[-1] == pytest.approx(np.var(cohort.y))
    assert table["verdict"].iloc[0] == WON
    assert table["brier_gain"].isna().tolist() == [True, False, False, False]


def test_a_verdict_is_the_declared_rule_applied_to_the_first(found):
    table = standings(found.replicates).set_index("model")
    gaps = compare(found.replicates, table.index[0]).set_index("against")
    for model in table.index[1:]:
        assert table.loc[model, "verdict"] == (BEATEN if gaps.loc[model, "better"] else LEVEL)
    # The truth with noise of 0.05 and 0.06: either may come first, and the other is level.
    assert set(table.loc[["additive", "risk"], "verdict"]) == {WON, LEVEL}
    assert table.loc["base_rate", "verdict"] == BEATEN


def test_the_sentence_names_who_won_who_is_level_and_who_is_beaten(found):
    table = standings(found.replicates)
    told = what_won(table)
    assert told["won"] == table["model"].iloc[0]
    assert set(told["level"]) | set(told["beaten"]) == set(table["model"].iloc[1:])
    assert told["sentence"].startswith(
        f"The lowest Brier score is that of {model_words(told['won'])}"
    )
    assert "cannot be told from" in told["sentence"]
    assert "it is better than" in told["sentence"]
    assert model_words("some_new_model") == "some new model"

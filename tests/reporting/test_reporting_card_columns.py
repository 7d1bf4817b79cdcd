"""Each row of the card's table of comparators states what it reads."""

import pytest

from models.comparators.rules import RULES
from models.evidence.reads import features_read
from reporting.card.columns import columns_words

MODEL = {"features": ["a", "b", "c"]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_its_one_feature_as_threshold_and_as_score(rule):
    assert columns_words(rule.name, MODEL) == rule.feature
    assert columns_words(f"{rule.name}_score", MODEL) == rule.feature


@pytest.mark.parametrize("name", ["logistic", "random_forest", "additive", "somebodys_own"])
def test_whatever_is_fitted_reads_the_columns_of_the_model(name):
    assert columns_words(name, MODEL) == "the 3 of the model"
    assert columns_words(name, None) == "those of the model"


def test_the_others_say_what_they_know():
    read = f"those of {len(features_read())} that the evidence reads"
    assert columns_words("evidence_model", MODEL) == read
    assert columns_words("published_evidence", None) == read
    assert columns_words("oracle", MODEL) == "all that can be observed"
    assert columns_words("base_rate", MODEL) == "none"

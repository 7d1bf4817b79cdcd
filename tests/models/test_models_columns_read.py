"""Each row of a table of models states what it reads."""

import pytest

from models.comparators.rules import RULES
from models.evaluation.columns_read import columns_read, columns_words, count_words
from models.evidence.reads import features_read
from models.settings.risk import NO_TREES

MODEL = {"kind": "risk", "features": ["a", "b", "c"]}


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


def test_without_trees_a_model_reads_what_the_evidence_reads_and_no_more():
    """A card said that 56 features are used where the evidence reads 39 and no tree was grown."""
    read = sorted(features_read())[:3]
    facts = {"kind": "evidence", "features": [*read, "acwr_ewma"], "grown_on": ["acwr_ewma"]}
    assert columns_read(facts | {"trees_rung": NO_TREES}) == read
    assert count_words(facts | {"trees_rung": NO_TREES}) == "3 of the 4 features that it was given"
    assert count_words(facts | {"trees_rung": "stumps"}) == "4 features"
    assert count_words({"kind": "additive", "features": ["a", "b"]}) == "2 features"

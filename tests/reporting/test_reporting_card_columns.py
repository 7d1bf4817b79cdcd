"""Each row of the card's table of comparators states what it reads."""

import pytest

from models.comparators.rules import RULES
from models.estimators.residual_ladder import LADDER
from models.evidence.reads import features_read
from reporting.card.building import NO_TREES, building, files
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


def test_how_it_was_built_says_which_trees_were_grown_and_none_where_none_were():
    plain = {"kind": "evidence", "trees_rung": "no trees"}
    assert "no trees were better than none, so none were grown" in building(plain)
    assert "rung 'stumps' were better" in building(plain | {"trees_rung": "stumps"})
    assert "few-leaved boosted trees" in building({"kind": "risk"})
    assert "boosted" not in building({"kind": "additive"})
    assert building(None) == "no model was fitted"
    assert "residual.txt" in files(plain)
    assert "every coefficient" in files({"kind": "additive"})


def test_the_rung_of_this_card_is_that_of_the_ladder():
    assert LADDER[0].name == NO_TREES

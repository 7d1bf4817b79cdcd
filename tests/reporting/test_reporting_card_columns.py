"""Each row of the card's table of comparators states what it reads."""

from types import SimpleNamespace

import pytest

from models.comparators.rules import RULES
from models.estimators.residual_ladder import LADDER
from models.evidence.reads import features_read
from reporting.card.building import NO_TREES, building, files, handling, missing_told, weighting
from reporting.card.columns import columns_read, columns_words, count_told

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


def test_without_trees_a_model_reads_what_the_evidence_reads_and_no_more():
    """A card said that 56 features are used where the evidence reads 39 and no tree was grown."""
    read = sorted(features_read())[:3]
    facts = {"kind": "evidence", "features": [*read, "acwr_ewma"], "grown_on": ["acwr_ewma"]}
    assert columns_read(facts | {"trees_rung": NO_TREES}) == read
    assert count_told(facts | {"trees_rung": NO_TREES}) == "3 of the 4 features that it was given"
    assert count_told(facts | {"trees_rung": "stumps"}) == "4 features"
    assert count_told({"kind": "additive", "features": ["a", "b"]}) == "2 features"


def test_what_becomes_of_features_and_of_unknown_values_depends_on_the_model():
    evidence, trees = {"kind": "evidence"}, {"kind": "risk"}
    assert "published classes" in handling(evidence)
    assert "no categories" in handling(trees)
    assert "mean of runners" in missing_told(evidence)
    assert "mean of runners" in missing_told(None)
    assert missing_told(trees) == "unknown stays unknown and is learnt from as such"


@pytest.mark.parametrize(
    ("outcome", "rung", "is_told"),
    [("knee", "stumps", True), ("knee", NO_TREES, False), ("any", "stumps", False)],
)
def test_injuries_that_a_model_borrows_are_told(outcome, rung, is_told):
    model = {"kind": "evidence", "trees_rung": rung, "settings": {"borrow": 0.5}}
    facts = SimpleNamespace(outcome=outcome, model=model)
    assert ("counts as 0.5 of an injury" in weighting([facts])) is is_told

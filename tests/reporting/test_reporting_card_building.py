"""The card says of each kind of model how it was built, and what becomes of unknown values."""

from types import SimpleNamespace

import pytest

from models.estimators.residual_ladder import LADDER
from models.settings.risk import NO_TREES
from reporting.card.building import building, files, handling, missing_words, weighting


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


def test_what_becomes_of_features_and_of_unknown_values_depends_on_the_model():
    evidence, trees = {"kind": "evidence"}, {"kind": "risk"}
    assert "published classes" in handling(evidence)
    assert "no categories" in handling(trees)
    assert "mean of runners" in missing_words(evidence)
    assert "mean of runners" in missing_words(None)
    assert missing_words(trees) == "unknown stays unknown and is learnt from as such"


@pytest.mark.parametrize(
    ("outcome", "rung", "is_told"),
    [("knee", "stumps", True), ("knee", NO_TREES, False), ("any", "stumps", False)],
)
def test_injuries_that_a_model_borrows_are_told(outcome, rung, is_told):
    model = {"kind": "evidence", "trees_rung": rung, "settings": {"borrow": 0.5}}
    facts = SimpleNamespace(outcome=outcome, model=model)
    assert ("counts as 0.5 of an injury" in weighting([facts])) is is_told

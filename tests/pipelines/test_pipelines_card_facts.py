"""The facts of a model that the card is made of: the rung of its trees beside them."""

from common.store import write_json
from models.store.model_facts import EVIDENCE_FILE, FACTS_FILE, facts_and_trees
from pipelines.stage_parts.card_facts import _cross_validated


def test_the_rung_stands_beside_the_facts_of_a_model_that_rests_on_evidence(tmp_path):
    write_json(tmp_path / FACTS_FILE, {"kind": "evidence"})
    write_json(tmp_path / EVIDENCE_FILE, {"trees": {"rung": "stumps", "grown_on": ["hours_7d"]}})
    told = {"kind": "evidence", "trees_rung": "stumps", "grown_on": ["hours_7d"]}
    assert facts_and_trees(tmp_path) == told


def test_another_model_has_none(tmp_path):
    write_json(tmp_path / FACTS_FILE, {"kind": "additive"})
    assert facts_and_trees(tmp_path) == {"kind": "additive"}


def test_nested_cross_validation_is_quoted_where_it_was_made_and_its_absence_has_a_reason(tmp_path):
    path = tmp_path / "cross_validation.json"
    assert _cross_validated(path) == ""
    write_json(path, {"done": True, "events": 86, "sentence": "Nested: AUROC 0.61."})
    assert _cross_validated(path).startswith("Nested: AUROC 0.61. With so few injuries this is")
    write_json(
        path, {"done": False, "events": 310, "reason": "310 injuries: one test part is enough"}
    )
    told = "No nested cross-validation was made; 310 injuries: one test part is enough."
    assert _cross_validated(path) == told

"""The facts of a model that the card is made of: the rung of its trees beside them."""

from common.store import write_json
from models.store.model_facts import EVIDENCE_FILE, FACTS_FILE
from pipelines.stage_parts.card_facts import _model


def test_the_rung_stands_beside_the_facts_of_a_model_that_rests_on_evidence(tmp_path):
    write_json(tmp_path / FACTS_FILE, {"kind": "evidence"})
    write_json(tmp_path / EVIDENCE_FILE, {"trees": {"rung": "stumps", "grown_on": ["hours_7d"]}})
    assert _model(tmp_path) == {"kind": "evidence", "trees_rung": "stumps"}


def test_another_model_has_none(tmp_path):
    write_json(tmp_path / FACTS_FILE, {"kind": "additive"})
    assert _model(tmp_path) == {"kind": "additive"}

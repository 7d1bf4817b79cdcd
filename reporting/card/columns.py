"""Which columns each row of a table of models was made with: like is held against like."""

from collections.abc import Mapping
from typing import Any, Final

from models.comparators.names import BASE_RATE, EVIDENCE_MODEL, PUBLISHED_EVIDENCE
from models.comparators.rules import RULES
from models.evaluation.model_table import ORACLE
from models.evidence.reads import features_read

_SCORE: Final = "_score"


def columns_words(name: str, model: Mapping[str, Any] | None) -> str:
    """Return what a model or comparator reads, in words.

    Parameters
    ----------
    name : str
        As in the tables of the evaluation.
    model : mapping or None
        Facts of the model in use; None without one.

    Examples
    --------
    >>> columns_words("base_rate", None)
    'none'
    >>> columns_words("logistic", {"features": ["hours_7d", "sleep_h_7d"]})
    'the 2 of the model'
    """
    if name == ORACLE:
        return "all that can be observed"
    if name == BASE_RATE:
        return "none"
    rule = next((rule for rule in RULES if name.removesuffix(_SCORE) == rule.name), None)
    if rule is not None:
        return str(rule.feature)
    if name in {EVIDENCE_MODEL, PUBLISHED_EVIDENCE}:
        return f"those of {len(features_read())} that the evidence reads"
    return "those of the model" if model is None else f"the {len(model['features'])} of the model"

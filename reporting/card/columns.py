"""Which columns each row of a table of models was made with: like is held against like."""

from collections.abc import Mapping
from typing import Any, Final

from models.comparators.names import BASE_RATE, EVIDENCE_MODEL, PUBLISHED_EVIDENCE
from models.comparators.rules import RULES
from models.evaluation.model_table import ORACLE
from models.evidence.reads import features_read
from reporting.card.building import NO_TREES

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


def columns_read(model: Mapping[str, Any]) -> list[str]:
    """Return the columns that can move a forecast of a model.

    A model that rests on evidence is given those of its trees as well; without trees the evidence
    alone reads.

    Parameters
    ----------
    model : mapping
        Facts of the model; `trees_rung` and `grown_on` where it rests on evidence.

    Examples
    --------
    >>> given = ["hours_7d", "acwr_ewma"]
    >>> facts = {"kind": "evidence", "features": given, "grown_on": ["acwr_ewma"]}
    >>> columns_read(facts | {"trees_rung": "no trees"})
    ['hours_7d']
    >>> columns_read(facts | {"trees_rung": "stumps"})
    ['hours_7d', 'acwr_ewma']
    """
    if model["kind"] != "evidence":
        return list(model["features"])
    trees = set() if model.get("trees_rung") == NO_TREES else set(model.get("grown_on", ()))
    read = features_read() | trees
    return [name for name in model["features"] if name in read]


def count_told(model: Mapping[str, Any]) -> str:
    """Return how many features a model reads, and how many it was given where these are more."""
    given, read = len(model["features"]), len(columns_read(model))
    if read == given:
        return f"{given} features"
    return f"{read} of the {given} features that it was given"

"""Which columns each row of a table of models was made with; only similar rows compare."""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from models.comparators.names import BASE_RATE, EVIDENCE_MODEL, ORACLE, PUBLISHED_EVIDENCE
from models.comparators.rules import RULES
from models.evidence.reads import features_read
from models.settings.risk import NO_TREES

_SCORE: Final = "_score"
_IN_USE: Final = "risk"


class ColumnsRead(NamedTuple):
    """What one row of a table reads.

    Parameters
    ----------
    whose : {"nobody", "oracle", "rule", "evidence", "model"}
        None at all; whatever can be observed; one column of a rule; those of published evidence;
        those that the model in use was given, or of them those it reads.
    number : int or None
        How many; None where it is not known.
    feature : str
        The column of a rule.
    """

    whose: Literal["nobody", "oracle", "rule", "evidence", "model"]
    number: int | None = None
    feature: str = ""


def columns_of(name: str, model: Mapping[str, Any] | None) -> ColumnsRead:
    """Return what a model or comparator reads.

    Parameters
    ----------
    name : str
        As in the tables of the evaluation.
    model : mapping or None
        Facts of the model in use; None without one.

    Examples
    --------
    >>> columns_of("longest_run_spike", None)
    ColumnsRead(whose='rule', number=1, feature='longest_run_spike')
    """
    if name == ORACLE:
        return ColumnsRead("oracle")
    if name == BASE_RATE:
        return ColumnsRead("nobody", 0)
    rule = next((rule for rule in RULES if name.removesuffix(_SCORE) == rule.name), None)
    if rule is not None:
        return ColumnsRead("rule", 1, str(rule.feature))
    if name in {EVIDENCE_MODEL, PUBLISHED_EVIDENCE}:
        return ColumnsRead("evidence", len(features_read()))
    if model is None:
        return ColumnsRead("model")
    return ColumnsRead("model", len(columns_read(model) if name == _IN_USE else model["features"]))


def columns_words(name: str, model: Mapping[str, Any] | None) -> str:
    """Return what a model or comparator reads, in words.

    Parameters
    ----------
    name, model
        As for :func:`columns_of`.

    Examples
    --------
    >>> columns_words("base_rate", None)
    'none'
    >>> columns_words("logistic", {"kind": "risk", "features": ["hours_7d", "sleep_h_7d"]})
    'the 2 of the model'
    """
    columns = columns_of(name, model)
    if columns.whose == "rule":
        return columns.feature
    if columns.whose == "evidence":
        return f"those of {columns.number} that the evidence reads"
    if columns.whose == "model":
        return (
            "those of the model" if columns.number is None else f"the {columns.number} of the model"
        )
    return "none" if columns.whose == "nobody" else "all that can be observed"


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
    # Columns are given to the trees before it is known whether any are worth growing.
    trees = set() if model.get("trees_rung") == NO_TREES else set(model.get("grown_on", ()))
    read = features_read() | trees
    return [name for name in model["features"] if name in read]


def count_words(model: Mapping[str, Any]) -> str:
    """Return how many features a model reads, and how many it was given where these are more."""
    offered, read = len(model["features"]), len(columns_read(model))
    if read == offered:
        return f"{offered} features"
    return f"{read} of the {offered} features that it was given"

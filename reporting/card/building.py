"""How the model in use was built and what its files hold, by what it is made of."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from models.settings.risk import NO_TREES
from reporting.card.facts import OutcomeFacts

_SETTINGS: Final = "settings in params.yaml; calibration on out-of-fold forecasts"
_DIGESTS: Final = "digests in model.json"


def trees_words(model: Mapping[str, Any]) -> str:
    """Say of a model that rests on evidence which trees were worth growing; else nothing.

    Parameters
    ----------
    model : mapping
        Facts of the model, with `trees_rung` where it rests on evidence.
    """
    # Only a model that rests on evidence chose its trees from a ladder.
    rung = model.get("trees_rung")
    if rung is None:
        return ""
    if rung == NO_TREES:
        return "no trees were better than none, so none were grown"
    return f"trees of the rung '{rung}' were better than none"


def building(model: Mapping[str, Any] | None) -> str:
    """Return how a model was built.

    Parameters
    ----------
    model : mapping or None
        Facts of the model; None where none was fitted.
    """
    if model is None:
        return "no model was fitted"
    if model["kind"] == "risk":
        made = "few-leaved boosted trees with directions imposed where evidence gives one"
    elif model["kind"] == "additive":
        made = "an additive logistic model"
    else:
        made = (
            "published evidence as a prior, updated by the training rows (Laplace); trees that "
            "learn from the data alone, chosen from a declared ladder on other athletes in later "
            "weeks; both weighed on out-of-fold forecasts"
        )
        made += f": {trees_words(model)}" if trees_words(model) else ""
    return f"{made}; {_SETTINGS}"


def files(model: Mapping[str, Any] | None) -> str:
    """Return what the files of a model hold."""
    if model is None:
        return "none: published figures stand in models/evidence/coefficients.yaml"
    contents = {
        "risk": "a text file with every split and leaf",
        "additive": "a text file with every coefficient",
        "evidence": "evidence.json with every coefficient, residual.txt with every split and leaf "
        "(empty without trees)",
    }
    return f"artifacts/models: {contents[model['kind']]}, {_DIGESTS}"


def handling(model: Mapping[str, Any] | None) -> str:
    """Return what becomes of a feature before it meets a coefficient or a tree."""
    if model is None or model["kind"] == "evidence":
        return (
            "the evidence makes terms of them (docs/evidence.md): a longest-run spike by its "
            "published classes, more than one pair of shoes or not, the others as measures within "
            "their range; trees, where grown, take them as they are"
        )
    if model["kind"] == "additive":
        return "a smooth curve per feature; no categories are made of loads"
    return "as they are; no categories are made of loads"


def missing_words(model: Mapping[str, Any] | None) -> str:
    """Return what becomes of an unknown value."""
    if model is None or model["kind"] == "evidence":
        return (
            "nothing is filled in: to the evidence an unknown value counts as the mean of runners "
            "and widens the range; trees, where grown, learn from its absence"
        )
    return "unknown stays unknown and is learnt from as such"


def weighting(outcomes: Sequence[OutcomeFacts]) -> str:
    """Return what an injury of another region counts for, where a model borrows from it."""
    borrowing = [
        f"in the {outcome.outcome} model an injury of another region counts as "
        f"{outcome.model['settings']['borrow']:g} of an injury"
        for outcome in outcomes
        # "any" holds the injuries of all regions already: there is no other region to borrow from.
        if outcome.model is not None and outcome.outcome != "any" and _borrows(outcome.model)
    ]
    return "".join(f"; {sentence}" for sentence in borrowing)


def _borrows(model: Mapping[str, Any]) -> bool:
    """Whether the parts that borrow are in use: trees or curves."""
    borrows = bool(model.get("settings", {}).get("borrow"))
    # The setting stands in the file also where no trees were grown that could borrow.
    return borrows and model.get("trees_rung") != NO_TREES

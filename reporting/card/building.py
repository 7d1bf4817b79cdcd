"""How the model in use was built and what its files hold, by what it is made of."""

from collections.abc import Mapping
from typing import Any, Final

NO_TREES: Final = "no trees"
"""Name of the first rung of the ladder (models.estimators.residual_ladder)."""

_SETTINGS: Final = "settings in params.yaml; calibration on out-of-fold forecasts"
_DIGESTS: Final = "digests in model.json"


def trees_told(model: Mapping[str, Any]) -> str:
    """Say of a model that rests on evidence which trees were worth growing; else nothing.

    Parameters
    ----------
    model : mapping
        Facts of the model, with `trees_rung` where it rests on evidence.
    """
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
            "published evidence as a prior, updated by the training rows (Laplace); a declared "
            "ladder of trees on what it leaves, chosen on other athletes in later weeks"
        )
        made += f": {trees_told(model)}" if trees_told(model) else ""
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

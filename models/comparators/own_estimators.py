"""Estimators of one's own, from `extensions/estimators`: their names, and which may be promoted.

Apart from the comparators of ours, which need scikit-learn: a coach's environment goes without it.
"""

from collections.abc import Collection
from typing import Any, Final

from common.errors import StridecastError
from common.extensions import offered
from models.comparators.names import BASE_RATE, EVIDENCE_MODEL, PUBLISHED_EVIDENCE
from models.estimators.base import cloned
from models.estimators.own import OwnRisk, writes_itself
from models.settings.own import OwnSettings

TAKEN: Final = frozenset(
    {
        "logistic", "spline_logistic", "random_forest", "loevdal_recipe", "risk", "additive",
        "recalibrated", "champion", "oracle", BASE_RATE, EVIDENCE_MODEL, PUBLISHED_EVIDENCE,
        "athlete", "date", "event", "true_probability",
    }
)  # fmt: skip
"""Names that an estimator of one's own may not have: it would stand in another's place, or in that
of a column beside the forecasts."""


def own_estimators() -> dict[str, Any]:
    """Return the unfitted estimators that files in `extensions/estimators` add, by name.

    Raises
    ------
    StridecastError
        If a name is taken, offered twice or no word.
    """
    estimators: dict[str, Any] = {}
    for name, estimator in offered("estimators"):
        # Names become columns of the tables of forecasts.
        if name in TAKEN or name in estimators or not str(name).isidentifier():
            raise _unfit_name(name)
        estimators[name] = estimator
    return estimators


def check_names(rules: Collection[str]) -> None:
    """Refuse own estimators that have the name of a comparator.

    Raises
    ------
    StridecastError
        If one is: one of the two would stand in the table under the other's name.
    """
    for name in own_estimators():
        if name in rules:
            raise _unfit_name(name)


def _unfit_name(name: object) -> StridecastError:
    return StridecastError(
        f"extensions/estimators: an estimator cannot be called {name!r}",
        "choose a name of letters, digits and _ that nothing else has",
    )


def promotable() -> dict[str, OwnRisk]:
    """Return, unfitted and to be calibrated, the own estimators that can write themselves."""
    return {
        name: OwnRisk(cloned(own), OwnSettings(estimator=name))
        for name, own in own_estimators().items()
        if writes_itself(own)
    }

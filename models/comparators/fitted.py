"""Fitted comparators: what others would have built from the same rows, under one interface."""

from collections.abc import Collection
from typing import Any, Final, Protocol, Self

import numpy.typing as npt
import pandas as pd
from sklearn.base import clone

from common.arrays import Floats
from common.errors import StridecastError
from common.extensions import offered
from models.comparators.balanced_bagging import BalancedBagging
from models.comparators.forest import ForestRisk
from models.comparators.logistic import LogisticRisk
from models.comparators.names import BASE_RATE, EVIDENCE_MODEL, PUBLISHED_EVIDENCE
from models.comparators.spline_logistic import SplineLogistic
from models.estimators.own import OwnRisk, writes_itself
from models.settings.comparators import (
    ComparatorSettings,
    LogisticSettings,
)
from models.settings.own import OwnSettings


class Comparator(Protocol):
    """What a comparator can do."""

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Learn from the training rows, in the folds of the frozen split."""
        ...

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2)."""
        ...


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
    found: dict[str, Any] = {}
    for name, estimator in offered("estimators"):
        if name in TAKEN or name in found or not str(name).isidentifier():
            raise _unfit_name(name)
        found[name] = estimator
    return found


def check_names(rules: Collection[str]) -> None:
    """Refuse own estimators that are called like a rule of thumb that they are held against.

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


def promotable() -> dict[str, Comparator]:
    """Return, unfitted and to be calibrated, the own estimators that can write themselves."""
    return {
        name: OwnRisk(clone(own), OwnSettings(estimator=name))
        for name, own in own_estimators().items()
        if writes_itself(own)
    }


def comparators(logistic: LogisticSettings, others: ComparatorSettings) -> dict[str, Comparator]:
    """Return the unfitted comparators by their names in the tables, your own estimators last.

    Those of your own that can write themselves are :func:`promotable` instead.
    """
    return {
        "logistic": LogisticRisk(logistic),
        "spline_logistic": SplineLogistic(others.spline_logistic),
        "random_forest": ForestRisk(others.random_forest),
        "loevdal_recipe": BalancedBagging(others.loevdal_recipe),
        **{n: clone(own) for n, own in own_estimators().items() if not writes_itself(own)},
    }

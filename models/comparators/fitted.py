"""Fitted comparators: what others would have built from the same rows, under one interface."""

from models.comparators.balanced_bagging import BalancedBagging
from models.comparators.comparator import Comparator
from models.comparators.forest import ForestRisk
from models.comparators.logistic import LogisticRisk
from models.comparators.own_estimators import own_estimators
from models.comparators.spline_logistic import SplineLogistic
from models.estimators.base import cloned
from models.estimators.own import writes_itself
from models.settings.comparators import (
    ComparatorSettings,
    LogisticSettings,
)


def comparators(logistic: LogisticSettings, others: ComparatorSettings) -> dict[str, Comparator]:
    """Return the unfitted comparators by their names in the tables, your own estimators last.

    Those of your own that can write themselves are `promotable` instead, of `own_estimators`.
    """
    return {
        "logistic": LogisticRisk(logistic),
        "spline_logistic": SplineLogistic(others.spline_logistic),
        "random_forest": ForestRisk(others.random_forest),
        "loevdal_recipe": BalancedBagging(others.loevdal_recipe),
        **{n: cloned(own) for n, own in own_estimators().items() if not writes_itself(own)},
    }

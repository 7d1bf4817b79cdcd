"""Boosted stumps as tables: each feature's steps added up once, exact and many times as fast.

A tree of one split is a step of one feature, so that the trees' sum is, feature by feature, a step
function of its values: looking a value up in the sorted thresholds replaces a walk through every
tree. The SHAP values of a stump are its leaf less the mean of its leaves by their training rows
(Lundberg 2020, Nat Mach Intell 2:56, path-dependent; the rule of LightGBM's `pred_contrib`), all of
it the split feature's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self
from weakref import WeakKeyDictionary

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from common.arrays import Floats

_CATEGORICAL: Final = 1
_DEFAULT_LEFT: Final = 2
_MISSING: Final = 12
_NONE_MISSING: Final = 0
_NAN_MISSING: Final = 8
_LEAVES: Final = 2
Runs = tuple[int, ...]
"""Numbers of trees that belong together, one run after the other."""


class _NotStumpsError(ValueError):
    """A tree is no plain stump; the booster itself is asked then."""


@dataclass(frozen=True)
class _Stump:
    feature: int
    threshold: float
    left: float
    right: float
    unknown: float
    """Leaf of a missing value."""
    mean: float


@dataclass(frozen=True)
class _Steps:
    """One feature's steps, summed within each group of trees."""

    thresholds: Floats
    values: Floats
    """Shape (thresholds + 1, groups): the sum where so many thresholds lie below the value."""
    unknown: Floats
    """Shape (groups,): the sum where the value is missing."""
    means: Floats

    def at(self, column: Floats) -> Floats:
        """Return the sums, shape (n, groups)."""
        missing = np.isnan(column)
        # A value equal to a threshold goes left in LightGBM, hence "left" here too.
        sums = self.values[np.searchsorted(self.thresholds, column, side="left")]
        sums[missing] = self.unknown
        return np.asarray(sums)


@dataclass(frozen=True)
class StepTables:
    """What a booster of stumps says, by tables.

    Parameters
    ----------
    steps : dict of int to steps
        By the number of the feature.
    constants : ndarray of shape (groups,)
        Trees without a split.
    features : int
        Columns of the booster.
    """

    steps: dict[int, _Steps]
    constants: Floats
    features: int

    @classmethod
    def of(cls, booster: lgb.Booster, runs: Sequence[int] = ()) -> Self | None:
        """Return the tables of a booster's trees; None if not stumps.

        Each group is a run of so many trees, all of them one group without `runs`. Numeric splits
        alone; missing values as nan or not treated specially, as LightGBM trains.
        """
        try:
            trees = [_stump(text) for text in _trees(booster)]
        except _NotStumpsError:
            return None
        group_of = np.repeat(np.arange(len(runs)), runs) if runs else np.zeros(len(trees), int)
        if not trees or len(trees) != len(group_of):
            return None
        groups = max(1, len(runs))
        constants = np.zeros(groups)
        by_feature: dict[int, list[tuple[int, _Stump]]] = {}
        for group, tree in zip(group_of.tolist(), trees, strict=True):
            if isinstance(tree, float):
                constants[group] += tree
            else:
                by_feature.setdefault(tree.feature, []).append((group, tree))
        steps = {feature: _summed(own, groups) for feature, own in by_feature.items()}
        return cls(steps, constants, booster.num_feature())

    def log_odds(self, values: Floats) -> Floats:
        """Return raw scores, shape (n, groups), of values of shape (n, features)."""
        total = np.tile(self.constants, (len(values), 1))
        for feature, steps in self.steps.items():
            total += steps.at(values[:, feature])
        return np.asarray(total)

    def contributions(self, values: Floats) -> Floats:
        """Return the first group's SHAP values, shape (n, features + 1), the base value last."""
        shap_values = np.zeros((len(values), self.features + 1))
        shap_values[:, -1] = self.constants[0]
        for feature, steps in self.steps.items():
            shap_values[:, feature] = steps.at(values[:, feature])[:, 0] - steps.means[0]
            shap_values[:, -1] += steps.means[0]
        return shap_values


# Weak keys: the tables must not keep a booster alive that nobody uses any more.
_KNOWN: "WeakKeyDictionary[lgb.Booster, dict[Runs, tuple[int, StepTables | None]]]" = (
    WeakKeyDictionary()
)


def tables_of(booster: lgb.Booster, runs: Runs = ()) -> StepTables | None:
    """Return the booster's tables, made once; None where it is not of stumps."""
    by_runs, trees = _KNOWN.setdefault(booster, {}), booster.num_trees()
    # The number of trees is compared because a booster can be trained on after it was asked.
    if runs not in by_runs or by_runs[runs][0] != trees:
        by_runs[runs] = trees, StepTables.of(booster, runs)
    return by_runs[runs][1]


def _trees(booster: lgb.Booster) -> list[dict[str, str]]:
    """Return the fields of each tree of the native model text."""
    text = booster.model_to_string(num_iteration=-1).split("\nend of trees")[0]
    return [
        dict(line.split("=", 1) for line in part.splitlines() if "=" in line)
        for part in text.split("\nTree=")[1:]
    ]


def _stump(tree: dict[str, str]) -> "_Stump | float":
    if tree.get("is_linear", "0") != "0" or int(tree["num_leaves"]) > _LEAVES:
        raise _NotStumpsError
    leaves = [float(leaf) for leaf in tree["leaf_value"].split()]
    if len(leaves) == 1:
        return leaves[0]
    kind, threshold = int(tree["decision_type"]), float(tree["threshold"])
    missing = kind & _MISSING
    if kind & _CATEGORICAL or missing not in {_NONE_MISSING, _NAN_MISSING}:
        raise _NotStumpsError
    # Where training met no missing value, one is taken for 0.
    goes_left = bool(kind & _DEFAULT_LEFT) if missing == _NAN_MISSING else threshold >= 0.0
    # LightGBM weighs by training rows, so a base value from the scored rows would differ from its
    # own.
    rows = np.array([float(count) for count in tree["leaf_count"].split()])
    mean = float(rows / rows.sum() @ np.array(leaves))
    left, right = leaves
    return _Stump(
        int(tree["split_feature"]), threshold, left, right, left if goes_left else right, mean
    )


def _summed(stumps: Sequence[tuple[int, _Stump]], groups: int) -> _Steps:
    thresholds = np.unique([stump.threshold for _, stump in stumps])
    jumps: npt.NDArray[np.float64] = np.zeros((len(thresholds) + 1, groups))
    unknown, means = np.zeros(groups), np.zeros(groups)
    for group, stump in stumps:
        place = int(np.searchsorted(thresholds, stump.threshold)) + 1
        jumps[0, group] += stump.left
        jumps[place, group] += stump.right - stump.left
        unknown[group] += stump.unknown
        means[group] += stump.mean
    return _Steps(thresholds, np.cumsum(jumps, axis=0), unknown, means)

"""Random forest: the comparator that most published injury models use."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.comparators.frame import ComparatorFrame
from models.numeric.column_bins import Bins, column_bins, learn_edges
from models.numeric.forest_kernel import FIELDS, Nodes, add_shares, grow
from models.sampling.matrix_columns import number_columns
from models.settings.comparators import ForestSettings


class Tree(NamedTuple):
    """Nodes as in :mod:`models.numeric.forest_kernel`, and the share of events in each."""

    nodes: Nodes
    shares: Floats


class ForestRisk(ComparatorFrame):
    """Random forest whose probability is the mean share of events in the leaves (Breiman 2001).

    Missing values go to the better side of each split, as in the risk model. No class weights:
    they cost calibration and gain no ranking (van den Goorbergh 2022).

    Parameters
    ----------
    settings : ForestSettings, optional
        None takes the defaults.

    Attributes
    ----------
    trees_ : list of Tree

    Notes
    -----
    Rules and defaults are those of scikit-learn's forest: rows drawn with replacement, the square
    root of the columns tried at each split, Gini's impurity, leaves of enough different rows. Its
    columns are binned once, 255 bins each, where scikit-learn sorts them in every node: a tenth of
    the time, and forecasts as good (`tests/models/test_models_forest.py` holds single trees equal
    to scikit-learn's on the same draws). LightGBM's forest is no stand-in: its chance numbers pick
    the same few columns together, 28 of 60 roots one of seven where two of seven were tried.
    """

    def __init__(self, settings: ForestSettings | None = None) -> None:
        self.settings = settings

    def _learn(
        self,
        x: pd.DataFrame,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        del groups, folds
        settings = self.settings or ForestSettings()
        is_known = [not np.isnan(column).all() for column in number_columns(x, self._names)]
        # A column without a single value cannot be split.
        self.known_ = np.flatnonzero(is_known)
        names = [self._names[j] for j in self.known_]
        self.edges_ = learn_edges(number_columns(x, names))
        bins = column_bins(number_columns(x, names), len(x), self.edges_)
        rng = np.random.default_rng(settings.seed)
        self.trees_ = [_tree(bins, outcome, settings, rng) for _ in range(settings.trees)]

    def _probability(self, values: Floats) -> Floats:
        bins = column_bins(values[:, self.known_].T, len(values), self.edges_)
        total = np.zeros(len(values))
        for tree in self.trees_:
            add_shares(bins, *tree, total)
        return total / len(self.trees_)


def _tree(bins: Bins, outcome: Floats, settings: ForestSettings, rng: np.random.Generator) -> Tree:
    """Grow a tree on a draw of the rows, with replacement."""
    n = len(outcome)
    drawn = rng.integers(n, size=max(1, round(n * settings.rows_per_tree)))
    times = np.bincount(drawn, minlength=n).astype(np.float64)
    rows, least = np.flatnonzero(times), settings.min_rows_in_leaf
    # No leaf is smaller, so that no more than these are possible.
    most = 2 * max(1, len(rows) // least)
    luck = rng.random((most, len(bins)))
    nodes, shares = np.empty((most, FIELDS), dtype=np.int32), np.empty(most)
    counts = np.column_stack([times, times * outcome])
    limits = np.array([max(1, int(np.sqrt(len(bins)))), least])
    size = grow(bins, counts, rows, luck, limits, nodes, shares)
    return Tree(nodes[:size].copy(), shares[:size].copy())


def warm_up() -> None:
    """Grow a tree and ask it, so that the kernels are compiled, and loaded in this process."""
    event, probability = np.tile([0.0, 1.0], 4), np.linspace(0.1, 0.8, 8)
    forest = ForestRisk(ForestSettings(trees=1, min_rows_in_leaf=1))
    forest.fit(table := pd.DataFrame({"feature": probability}), event).predict_proba(table)

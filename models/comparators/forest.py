"""Random forest: the comparator that most published injury models use."""

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import RandomForestClassifier

from common.arrays import Floats
from models.comparators.frame import ComparatorFrame
from models.settings.comparators import ForestSettings


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
    forest_ : sklearn.ensemble.RandomForestClassifier
    """

    def __init__(self, settings: ForestSettings | None = None) -> None:
        self.settings = settings

    def _learn(
        self,
        values: Floats,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        del groups, folds
        settings = self.settings or ForestSettings()
        # A column without a single value cannot be split, and scikit-learn refuses it.
        self.known_ = ~np.isnan(values).all(axis=0)
        self.forest_ = RandomForestClassifier(
            n_estimators=settings.trees,
            min_samples_leaf=settings.min_rows_in_leaf,
            max_samples=settings.rows_per_tree,
            random_state=settings.seed,
            # Comparators are fitted side by side already, and more threads than cores wait for each
            # other.
            n_jobs=1,
        ).fit(values[:, self.known_], outcome)

    def _probability(self, values: Floats) -> Floats:
        return np.asarray(self.forest_.predict_proba(values[:, self.known_])[:, 1], dtype=float)

"""Random forest: the comparator that most published injury models use."""

from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field
from sklearn.ensemble import RandomForestClassifier

from models.comparators.frame import ComparatorFrame
from models.numeric.weighted_logistic import Floats


class ForestSettings(BaseModel):
    """Settings of the random forest.

    Parameters
    ----------
    trees : int
        Trees.
    min_rows_in_leaf : int
        Rows per leaf at least. Leaves of one row, the usual default, make shares of 0 and 1: no
        probabilities at a few events per hundred rows.
    rows_per_tree : float
        Share of the rows drawn for each tree, with replacement.
    seed : int
        Seed of the draws.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trees: Annotated[int, Field(ge=1)] = 100
    min_rows_in_leaf: Annotated[int, Field(ge=1)] = 50
    rows_per_tree: Annotated[float, Field(gt=0, le=1)] = 0.5
    seed: int = 0


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
            n_jobs=1,
        ).fit(values[:, self.known_], outcome)

    def _probability(self, values: Floats) -> Floats:
        return np.asarray(self.forest_.predict_proba(values[:, self.known_])[:, 1], dtype=float)

"""The recipe of Loevdal 2021: boosted trees on balanced draws, bagged, then Platt's calibration.

S. Loevdal, R. den Hartigh, G. Azzopardi, "Injury prediction in competitive runners with machine
learning", Int J Sports Physiol Perform 16:1522 (2021). LightGBM stands in for their XGBoost. What
is kept: as many injured as healthy rows in each draw, bags whose probabilities are averaged, a
logistic calibration at the end. What is not: their scaling of each athlete with the athlete's own
mean over all rows, later ones included.

A draw takes each injured row several times. It is learnt from as one row of that weight, and a leaf
needs as much weight, as XGBoost counts it: the trees are those of the repeated rows in four fifths
of the time.

Their draws take the same number of rows of every athlete who has both outcomes, which asks *when*
and hides *who*. Where features count past injuries this turns the ranking round, for within such
an athlete the weeks after the injury are the healthy ones: on the demo's unseen athletes the AUROC
is then 0.39 instead of 0.69. Draws from all rows are therefore the default.
"""

from functools import partial
from typing import Any, Final

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from common.errors import StridecastError
from models.comparators.frame import ComparatorFrame
from models.estimators.booster_calibration import Calibration, fit_calibration
from models.numeric.weighted_logistic import logit
from models.sampling.folds import LEAST_FOLDS
from models.sampling.matrix_columns import Stored, stored_numbers
from models.sampling.training_rows import calibration_folds
from models.settings.comparators import BalancedBaggingSettings

Rows = npt.NDArray[np.int64]

_BINS: Final = 31
"""Of each column: finer ones gain nothing on a few thousand drawn rows."""
_LEAST_IN_LEAF: Final = 5.0
"""Sum of p (1 - p) over the draws of a leaf (XGBoost's `min_child_weight`): 20 at even odds."""


class BalancedBagging(ComparatorFrame):
    """Bagged boosting on balanced draws with Platt's calibration.

    Parameters
    ----------
    settings : BalancedBaggingSettings, optional
        None takes the defaults.

    Attributes
    ----------
    boosters_ : list of lightgbm.Booster
    calibration_ : Calibration
        Affine map of the bags' log-odds, fitted out of fold.
    """

    def __init__(self, settings: BalancedBaggingSettings | None = None) -> None:
        self.settings = settings

    def _learn(
        self,
        x: pd.DataFrame,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        folds: npt.ArrayLike | None,
    ) -> None:
        settings = self.settings or BalancedBaggingSettings()
        fold = _joined(
            calibration_folds(outcome, groups, folds, settings.calibration_folds, settings.seed),
            settings.calibration_folds,
        )
        athletes = _drawn_from(len(outcome), groups, per_athlete=settings.per_athlete)
        data = _binned(stored_numbers(x, self._names), outcome, settings)
        self.boosters_ = _bags(data, np.arange(len(outcome)), outcome, athletes, settings)
        raw = np.empty(len(fold))
        for fold_number in np.unique(fold):
            outside = fold == fold_number
            bags = _bags(data, np.flatnonzero(~outside), outcome, athletes, settings)
            raw[outside] = self._by_blocks(x[outside], partial(_log_odds, bags))
        self.calibration_ = (
            # Platt's slope is free in the recipe: the bounds only refuse a ranking turned round.
            fit_calibration(raw, outcome, (0.0, 10.0)) if len(raw) else Calibration()
        )

    def _probability(self, values: Floats) -> Floats:
        raw = _log_odds(self.boosters_, values)
        return expit(self.calibration_.intercept + self.calibration_.slope * raw)


def balanced_draw(
    outcome: Floats, athletes: npt.ArrayLike, per_class: int, rng: np.random.Generator
) -> Rows:
    """Return positions of a balanced draw: of each athlete with both outcomes equally many of each.

    Parameters
    ----------
    outcome : ndarray of shape (n,)
        0 or 1.
    athletes : array-like of shape (n,)
        The athlete of each row.
    per_class : int
        Rows of each class, rounded down to the same number of every athlete, one at least.
    rng : numpy.random.Generator
        What draws, with replacement.

    Raises
    ------
    StridecastError
        If no athlete has both outcomes.

    Examples
    --------
    Athlete b was never injured and is left out:

    >>> rng = np.random.default_rng(0)
    >>> balanced_draw(np.array([0.0, 1, 0]), ["a", "a", "b"], 2, rng).tolist()
    [1, 1, 0, 0]
    """
    codes, names = pd.factorize(np.asarray(athletes), sort=True)
    injured, healthy = (
        np.bincount(codes[outcome == side], minlength=len(names)) for side in (1, 0)
    )
    both = np.flatnonzero((injured > 0) & (healthy > 0))
    if not len(both):
        raise StridecastError(
            "no athlete has rows with and without an injury",
            "balanced draws by athlete need both; fit another model",
        )
    each = max(1, per_class // len(both))
    order = np.lexsort((outcome, codes))  # by athlete, healthy rows first
    first = np.concatenate([[0], np.cumsum(injured + healthy)])[both]
    parts = [
        first + healthy[both] + rng.integers(injured[both], size=(each, len(both))),
        first + rng.integers(healthy[both], size=(each, len(both))),
    ]
    return np.asarray(order[np.concatenate([part.ravel() for part in parts])], dtype=np.int64)


def _drawn_from(
    rows: int, groups: npt.ArrayLike | None, *, per_athlete: bool
) -> npt.NDArray[np.int64]:
    """Return whose rows are drawn together: each athlete's, or all."""
    if not per_athlete:
        return np.zeros(rows, dtype=np.int64)
    if groups is None:
        raise ValueError("draws per athlete need the athletes: pass groups=")
    return np.asarray(pd.factorize(np.asarray(groups), sort=True)[0], dtype=np.int64)


def _joined(fold: Rows, most: int) -> Rows:
    """Join folds until they are no more than so many: each takes all bags once more.

    Ten folds of a split calibrate no better than five.
    """
    different, code = np.unique(fold, return_inverse=True)
    if len(different) <= most:
        return fold
    return np.asarray(code % max(LEAST_FOLDS, most), dtype=np.int64)


def _binned(values: Stored, outcome: Floats, settings: BalancedBaggingSettings) -> lgb.Dataset:
    """Bin all rows once: each bag of each fold is a subset, and no outcome shapes a bin."""
    return lgb.Dataset(values, outcome, params=_parameters(settings)).construct()


def _bags(
    data: lgb.Dataset,
    inside: Rows,
    outcome: Floats,
    athletes: Rows,
    settings: BalancedBaggingSettings,
) -> list[lgb.Booster]:
    rng = np.random.default_rng(settings.seed)
    boosters = []
    for _ in range(settings.bags):
        drawn = balanced_draw(outcome[inside], athletes[inside], settings.draws_per_class, rng)
        rows, times = np.unique(inside[drawn], return_counts=True)
        bag = data.subset(rows.tolist()).construct()
        bag.set_weight(times)
        boosters.append(lgb.train(_parameters(settings), bag, settings.trees))
    return boosters


def _parameters(settings: BalancedBaggingSettings) -> dict[str, Any]:
    return {
        # Outcomes are 0 or 1 here: nothing is borrowed from other regions, as in the recipe.
        "objective": "binary",
        "num_leaves": settings.num_leaves,
        "learning_rate": settings.learning_rate,
        "max_bin": _BINS,
        "min_data_in_leaf": 1,
        "min_sum_hessian_in_leaf": _LEAST_IN_LEAF,
        "feature_pre_filter": False,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "seed": settings.seed,
        "verbosity": -1,
    }


def _log_odds(bags: list[lgb.Booster], values: Floats) -> Floats:
    """Log-odds of the mean probability of the bags."""
    p = [np.asarray(bag.predict(values, num_threads=1), dtype=float) for bag in bags]
    # The mean of probabilities and not of log-odds, as in the recipe.
    return logit(np.mean(p, axis=0))

"""A quick model's forecasts of the rows, out of fold: what audits measure gains and losses on."""

from threading import Lock
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Bools, Floats
from models.estimators.booster_calibration import fit_calibration
from models.estimators.boosting import binned, boosted, raw_scores
from models.sampling.matrix_columns import stored_numbers
from models.sampling.training_rows import calibration_folds, checked_outcomes
from models.settings.audits import ProximitySettings
from models.settings.risk import RiskSettings


class QuickRows:
    """Feature rows that quick models learn from: checked and binned once for all of them.

    The bins hold no outcome, so that outcomes, folds and seeds share them.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Features.

    Raises
    ------
    StridecastError
        If a column is not floating point, or holds an infinity.
    """

    def __init__(self, x: pd.DataFrame) -> None:
        self._names = [str(name) for name in x.columns]
        # Row by row, as LightGBM reads them when it bins and when it forecasts.
        self._values = np.ascontiguousarray(stored_numbers(x, self._names))
        self._binned: dict[int, lgb.Dataset] = {}
        # Two threads may ask for rows at once: the bins are made by one of them.
        self._lock = Lock()

    def mean_score(
        self, y: Floats, who: npt.NDArray[Any], settings: ProximitySettings, fits: int = 1
    ) -> Floats:
        """Return the mean of several quick scores, each with a seed of its own.

        Constant where there is too little to learn from: that shows no difference, where chance
        would.

        Parameters
        ----------
        y, who
            As for :meth:`quick_score`.
        settings : ProximitySettings
            Folds, fewest events, first seed.
        fits : int
        """
        enough = settings.least_events <= y.sum() < len(y) and len(set(who)) >= settings.folds
        if not self._names or not enough:
            return np.zeros(len(y))
        seeds = range(settings.seed, settings.seed + fits)
        scores = [self.quick_score(y, who, folds=settings.folds, seed=seed) for seed in seeds]
        return np.asarray(np.mean(scores, axis=0))

    def quick_score(self, y: Floats, who: npt.ArrayLike, *, folds: int, seed: int) -> Floats:
        """Return out-of-fold forecasts of a model with settings of its own.

        The audits must stay as sharp when the risk model's settings are made cautious.

        Parameters
        ----------
        y : ndarray of shape (n,)
            Outcomes, 0 or 1.
        who : array-like of shape (n,)
            The athlete of each row.
        folds, seed : int
            Athlete-disjoint folds, and their seed.
        """
        settings = RiskSettings(
            trees=60,
            num_leaves=6,
            min_data_in_leaf=30,
            learning_rate=0.1,
            feature_fraction=0.5,
            extra_trees=False,
            calibration_folds=folds,
            seed=seed,
        )
        return self.held_out(settings, y, who)

    def held_out(
        self, settings: RiskSettings, y: Floats, who: npt.ArrayLike, *, by_rows: bool = False
    ) -> Floats:
        """Return what :class:`RiskModel` would keep as `out_of_fold_`, and fit no other model.

        Parameters
        ----------
        settings : RiskSettings
            Of the quick model; it has calibration folds.
        y, who
            As for :meth:`quick_score`.
        by_rows : bool
            As for :func:`models.estimators.boosting.boosted`.

        Raises
        ------
        StridecastError
            If an outcome is neither 0 nor 1, or only one of the two occurs.
        """
        outcome = checked_outcomes(y)
        fold = calibration_folds(outcome, who, None, settings.calibration_folds, settings.seed)
        raw = np.empty(len(outcome))
        for fold_number in np.unique(fold):
            outside = fold == fold_number
            inside = self._rows(~outside, outcome, settings)
            trees = boosted(inside, {}, settings, by_rows=by_rows)
            raw[outside] = raw_scores(trees, self._values[outside], settings.threads)
        bounds = (settings.slope_low, settings.slope_high)
        calibration = fit_calibration(raw, outcome, bounds, outcome)
        return expit(calibration.intercept + calibration.slope * raw)

    def _rows(self, mask: Bools, outcome: Floats, settings: RiskSettings) -> lgb.Dataset:
        """Return some rows with an outcome, in the bins of all."""
        with self._lock:
            if settings.max_bin not in self._binned:
                nothing = np.zeros(len(outcome))
                every = binned(self._values, nothing, self._names, settings)
                self._binned[settings.max_bin] = every
            rows = self._binned[settings.max_bin].subset(np.flatnonzero(mask).tolist())
            return rows.construct().set_label(outcome[mask])

"""A quick model's forecasts of the rows, out of fold: what audits measure gains and losses on."""

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
        if settings.max_bin not in self._binned:
            nothing = np.zeros(len(outcome))
            self._binned[settings.max_bin] = binned(self._values, nothing, self._names, settings)
        rows = self._binned[settings.max_bin].subset(np.flatnonzero(mask).tolist())
        return rows.construct().set_label(outcome[mask])

"""Forecasts by a recalibration that has not seen the athlete either."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from common.arrays import Floats
from models.estimators.booster_calibration import fit_calibration
from models.numeric.weighted_logistic import logit

_FREE = (-np.inf, np.inf)


def cross_calibrated(
    probability: Floats, event: Floats, fold: npt.NDArray[np.int64], *, slope: bool = True
) -> Floats:
    """Recalibrate each fold's forecasts by intercept and slope learnt on the other folds.

    The slope that is folded into a model is fitted on all out-of-fold rows, on which it is 1 by
    construction. Fitted without the fold it is applied to, it is not; and since an affine map in
    log-odds undoes an affine map, it does not matter whether the forecasts were calibrated before.

    Parameters
    ----------
    probability : ndarray of shape (n,)
        Out-of-fold forecasts.
    event : ndarray of shape (n,)
        Outcomes, 0 or 1.
    fold : ndarray of shape (n,)
        Fold of each row, athlete-disjoint.
    slope : bool
        Whether the slope is fitted too, or the intercept alone.

    Examples
    --------
    Forecasts that say nothing cannot be saved by stretching: the other folds' slope is chance.

    >>> p, y = np.array([0.2, 0.4] * 4), np.array([0, 1, 1, 0] * 2)
    >>> cross_calibrated(p, y, np.repeat([0, 1], 4)).round(2)
    array([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    """
    log_odds = logit(probability)
    recalibrated = np.empty(len(log_odds))
    bounds = _FREE if slope else (1.0, 1.0)
    for fold_number in np.unique(fold):
        outside = fold == fold_number
        # The slope is free here: bounds would hide how steep or how useless the forecasts are.
        learnt = fit_calibration(log_odds[~outside], event[~outside], bounds)
        recalibrated[outside] = expit(learnt.intercept + learnt.slope * log_odds[outside])
    return recalibrated

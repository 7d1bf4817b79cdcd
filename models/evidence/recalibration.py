"""Recalibration of forecasts by a few events: drawn towards no change (Feng 2022)."""

from typing import Final

import numpy as np

from common.arrays import Floats
from models.evidence.gaussian import Gaussian
from models.evidence.posterior import laplace, share_likelihood

SLOPE_SD: Final = 0.2
"""Prior spread of a calibration slope about 1."""


def recalibration(
    log_odds: Floats, event: Floats, level_sd: float, slope_sd: float = SLOPE_SD
) -> Gaussian:
    """Return the posterior of intercept and slope of the outcome on log-odds.

    Few events say little: the prior is intercept 0 and slope 1, so that forecasts which are
    calibrated already stay so (Bayesian logistic recalibration, Feng 2022).

    Parameters
    ----------
    log_odds : ndarray of shape (n,)
        Of forecasts that have not seen the outcomes.
    event : ndarray of shape (n,)
        Outcomes, 0 or 1.
    level_sd, slope_sd : float
        Prior spread of the intercept, in log-odds, and of the slope.
    """
    spread = np.diag([level_sd**2, slope_sd**2])
    prior = Gaussian(("intercept", "slope"), np.array([0.0, 1.0]), spread)
    return laplace(prior, share_likelihood(log_odds[:, None], event))

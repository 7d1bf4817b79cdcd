"""The log score: how much probability a forecast gave to what happened."""

from typing import Final

import numpy as np

from common.arrays import Floats

SMALLEST: Final = 1e-9
"""Probabilities are held so far from 0 and 1."""


def log_score(event: Floats, probability: Floats) -> Floats:
    """Return the log of the probability given to each outcome, in nats, shape (n,).

    Parameters
    ----------
    event : ndarray of shape (n,)
        Outcomes in [0, 1]; a true probability gives the expected score.
    probability : ndarray of shape (n,)
        Forecasts.
    """
    # One forecast of exactly 0 before an injury would make the mean of all rows minus infinity.
    clipped = np.clip(probability, SMALLEST, 1 - SMALLEST)
    return np.asarray(event * np.log(clipped) + (1 - event) * np.log1p(-clipped))

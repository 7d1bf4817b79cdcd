"""From prior and data to posterior: Laplace's approximation by damped Newton steps."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from common.arrays import Floats
from models.evidence.gaussian import Gaussian
from models.evidence.hazard import Hazard
from models.numeric.newton_kernel import chances

_ROUNDS: Final = 60
# A million times shorter in the end: what still falls then is rounding.
_HALVINGS: Final = 20
_TOLERANCE: Final = 1e-7

Likelihood = Callable[[Floats], tuple[float, Floats, Floats]]
"""From coefficients to log-likelihood, its gradient and the expected information."""


def laplace(prior: Gaussian, likelihood: Likelihood) -> Gaussian:
    """Return the normal at the posterior mode with the inverse of its information.

    Parameters
    ----------
    prior : Gaussian
        Coefficients before the data.
    likelihood : callable
        Of the data.
    """
    precision: Floats = np.asarray(np.linalg.inv(prior.covariance), dtype=np.float64)
    at = prior.mean.copy()
    value, gradient, information = _posterior(prior, precision, likelihood, at)
    for _ in range(_ROUNDS):
        step = np.linalg.solve(information, gradient)
        for _ in range(_HALVINGS):
            proposal = _posterior(prior, precision, likelihood, at + step)
            # Full steps overshoot where a team has few injuries; halving keeps every round from
            # going down.
            if proposal[0] >= value - _TOLERANCE:
                break
            step = step / 2
        at = at + step
        value, gradient, information = proposal
        if np.abs(step).max() < _TOLERANCE:
            break
    covariance = np.linalg.inv(information)
    # The inverse is symmetric but for rounding, and draws need it to be exactly so.
    return Gaussian(prior.names, at, (covariance + covariance.T) / 2)


def hazard_likelihood(blocks: Sequence[tuple[Hazard, Floats]]) -> Likelihood:
    """Return the likelihood of weekly events with p = 1 - exp(-hazard).

    Parameters
    ----------
    blocks : sequence of (Hazard, ndarray of shape (rows,))
        Of each block of rows: its hazard, and 1 where a new injury followed, else 0.
    """

    def likelihood(coefficients: Floats) -> tuple[float, Floats, Floats]:
        size = len(coefficients)
        value, gradient, information = 0.0, np.zeros(size), np.zeros((size, size))
        for hazard, event in blocks:
            # What a block needs on the way is many times its hazard: one block at a time.
            added = _of_block(hazard, event, coefficients)
            value, gradient, information = (
                value + added[0],
                gradient + added[1],
                information + added[2],
            )
        return value, gradient, information

    return likelihood


def _of_block(hazard: Hazard, event: Floats, coefficients: Floats) -> tuple[float, Floats, Floats]:
    """Return log-likelihood, gradient and expected information of one block of rows."""
    log_hazard = hazard.log_hazard(coefficients)
    # A first long step could make exp overflow; no week has a hazard near these ends.
    rate = np.exp(np.clip(log_hazard, -30.0, 5.0))
    jacobian = hazard.jacobian(coefficients)
    # d log p / d log H = H / (e^H - 1) where it happened, -H where it did not.
    odds = rate / np.expm1(rate)
    gradient = jacobian.T @ (event * odds - (1 - event) * rate)
    # The expected information is never negative; the observed one could be, and the step go
    # downhill.
    information = (jacobian * (rate * odds)[:, None]).T @ jacobian
    logs = event * np.log(-np.expm1(-rate)) - (1 - event) * rate
    return float(logs.sum()), gradient, information


def share_likelihood(x: Floats, is_knee: Floats) -> Likelihood:
    """Return the likelihood of which injuries were of the knee: logistic, with a leading 1.

    Parameters
    ----------
    x : ndarray of shape (injuries, terms)
        Scaled terms.
    is_knee : ndarray of shape (injuries,)
        1 for the knee, else 0.
    """
    design = np.column_stack([np.ones(len(x)), x])

    def likelihood(coefficients: Floats) -> tuple[float, Floats, Floats]:
        eta = design @ coefficients
        p = np.empty(len(eta))
        chances(eta, p)
        gradient = design.T @ (is_knee - p)
        information = (design * (p * (1 - p))[:, None]).T @ design
        return float((is_knee * eta - np.logaddexp(0, eta)).sum()), gradient, information

    return likelihood


def _posterior(
    prior: Gaussian, precision: Floats, likelihood: Likelihood, at: Floats
) -> tuple[float, Floats, Floats]:
    value, gradient, information = likelihood(at)
    apart = at - prior.mean
    pull = precision @ apart
    return value - float(apart @ pull) / 2, gradient - pull, information + precision

"""Bayesian recalibration by a few events, against an optimiser that knows no kernel."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from models.evidence.recalibration import recalibration


def outcomes(rows, seed=0):
    rng = np.random.default_rng(seed)
    log_odds = rng.normal(-2, 1, rows)
    event = (rng.random(rows) < expit(0.6 + 0.7 * log_odds)).astype(float)
    return log_odds, event


@pytest.mark.parametrize("rows", [40, 4000])
def test_the_posterior_is_the_largest_of_likelihood_and_prior(rows):
    log_odds, event = outcomes(rows)

    def lost(line):
        chance = expit(line[0] + line[1] * log_odds)
        likelihood = event @ np.log(chance) + (1 - event) @ np.log1p(-chance)
        return -likelihood + line[0] ** 2 / (2 * 0.3**2) + (line[1] - 1) ** 2 / (2 * 0.2**2)

    expected = minimize(lost, [0.0, 1.0], tol=1e-10).x
    found = recalibration(log_odds, event, level_sd=0.3, slope_sd=0.2)
    assert found.mean == pytest.approx(expected, abs=2e-3)


def test_without_an_outcome_nothing_is_learnt():
    found = recalibration(np.array([]), np.array([]), level_sd=0.5, slope_sd=0.2)
    assert found.mean == pytest.approx([0.0, 1.0])
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([0.5, 0.2])

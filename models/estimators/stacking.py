"""How evidence and trees are weighed against each other, and whether trees are worth it at all.

Bayesian logistic recalibration over two forecasts (Feng 2022, JAMIA 29:841): the log-odds are

    a + w_e x evidence + w_t x trees

with weights drawn towards a mostly trusted evidence, learnt on forecasts of athletes that neither
part has seen. Trees that learnt from nothing err in other places than published figures do, so
that both together are better than either, unless what was published is all there is.

Together the weights are expected a little below 1: injuries that nobody wrote down (12 %) and
entries without an injury (6 %) flatten what is on record, against which a perfect forecast of the
true risk has a slope of 1/1.08 to 1/1.10, and forecasts are a little too steep in later weeks.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from common.arrays import Floats
from models.estimators.booster_calibration import Calibration
from models.estimators.residual_ladder import better_than_first, log_loss
from models.evidence.gaussian import Gaussian
from models.evidence.posterior import laplace, share_likelihood
from models.numeric.weighted_logistic import fit_logistic, logit

EXPECTED_SLOPE: Final = 0.92
"""Slope of what is on record on a good forecast, before the data."""
SLOPE_SD: Final = 0.1
EXPECTED: Final = (0.7 * EXPECTED_SLOPE, 0.3 * EXPECTED_SLOPE)
"""Weights of evidence and trees before the data: both hold much of the same, so they share it."""
WEIGHT_SD: Final = 0.2
LEVEL_SD: Final = 0.3
"""Prior spread of the intercept about the base rate, in log-odds."""
LEAST_EVIDENCE: Final = 0.1
"""The evidence is never left out, nor turned round."""


@dataclass(frozen=True)
class Weights:
    """log-odds = intercept + evidence x (its log-odds) + trees x (their centred log-odds).

    Parameters
    ----------
    intercept, evidence, trees : float
        A weight of 0 leaves the trees out.
    """

    intercept: float
    evidence: float
    trees: float = 0.0

    @property
    def calibration(self) -> Calibration:
        """Return the affine map over evidence and scaled trees."""
        return Calibration(self.intercept, self.evidence)

    @property
    def scale(self) -> float:
        """Return what trees are multiplied by before that map."""
        return self.trees / self.evidence

    def log_odds(self, evidence: Floats, trees: Floats) -> Floats:
        """Return the log-odds of rows, shape (n,)."""
        return np.asarray(self.intercept + self.evidence * evidence + self.trees * trees)


def alone(evidence: Floats, event: Floats) -> Weights:
    """Return the calibration of the evidence without trees.

    Few events leave its level where it is, and turn its slope about that level.

    Parameters
    ----------
    evidence : ndarray of shape (n,)
        Its log-odds of athletes that it has not seen.
    event : ndarray of shape (n,)
        Outcomes, 0 or 1, both of which occur.
    """
    # The slope turns about the mean forecast: about 0 it would move the level of all rows as well.
    level = float(logit(expit(evidence).mean()))
    prior = Gaussian(
        ("level", "evidence"),
        np.array([level, EXPECTED_SLOPE]),
        np.diag([LEVEL_SD**2, SLOPE_SD**2]),
    )
    start, slope = laplace(prior, share_likelihood((evidence - level)[:, None], event)).mean
    return Weights(float(start - slope * level), float(slope))


def weighed(evidence: Floats, trees: Floats, event: Floats) -> Weights:
    """Return the posterior means of the weights.

    Parameters
    ----------
    evidence, trees : ndarray of shape (n,)
        Log-odds of athletes that neither has seen; those of the trees less their base rate's.
    event : ndarray of shape (n,)
        Outcomes, 0 or 1, both of which occur.
    """
    level = float(logit(event.mean()))
    prior = Gaussian(
        ("level", "evidence", "trees"),
        np.array([level, *EXPECTED]),
        np.diag([LEVEL_SD**2, WEIGHT_SD**2, WEIGHT_SD**2]),
    )
    # Less the level, so that the weights do not move it.
    terms = np.column_stack([evidence - level, trees])
    start, first, second = laplace(prior, share_likelihood(terms, event)).mean
    # The other weights depend on it and are learnt again: clipping it alone would leave a wrong
    # level.
    if first < LEAST_EVIDENCE:
        return _with_least_evidence(evidence, trees, event)
    # Trees of a negative weight would forecast the opposite of what they learnt.
    return Weights(float(start - first * level), float(first), float(max(second, 0.0)))


def stacked(
    evidence: Floats,
    trees: Floats,
    event: Floats,
    fold: npt.NDArray[np.int64],
    athletes: npt.ArrayLike,
) -> Weights:
    """Return the weights, without trees where these are not better by more than luck would be.

    Both are compared on athletes whose outcomes their weights have not seen.

    Parameters
    ----------
    evidence, trees, event
        As for :func:`weighed`.
    fold : ndarray of shape (n,)
        Fold of each row, athlete-disjoint.
    athletes : array-like of shape (n,)
        Whose rows they are.
    """
    without, both = np.empty(len(event)), np.empty(len(event))
    for fold_number in np.unique(fold):
        out = fold == fold_number
        inside = evidence[~out], trees[~out], event[~out]
        # Both sides pay for their own calibration: weights with more freedom fit seen outcomes
        # better.
        without[out] = alone(inside[0], inside[2]).log_odds(evidence[out], trees[out])
        both[out] = weighed(*inside).log_odds(evidence[out], trees[out])
    losses = {"alone": log_loss(without, event), "stacked": log_loss(both, event)}
    if better_than_first(losses, athletes) == "alone":
        return alone(evidence, event)
    return weighed(evidence, trees, event)


def _with_least_evidence(evidence: Floats, trees: Floats, event: Floats) -> Weights:
    ones = np.ones(len(event))
    start, second = fit_logistic(
        np.stack([ones, trees]), event, ones, offset=LEAST_EVIDENCE * evidence
    )
    return Weights(float(start), LEAST_EVIDENCE, float(max(second, 0.0)))

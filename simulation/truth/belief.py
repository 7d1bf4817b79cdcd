"""What can be known about the hidden state: an exact Bayes filter over frailty and tissue.

Given frailty, the tissue of the knee and that of the rest develop and are observed independently,
so the belief is P(frailty) x P(knee state | frailty) x P(elsewhere state | frailty). Frailty lives
on a grid of equally likely bins of its Gamma prior, the tissue on the chain it really follows.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc
from scipy.stats import gamma

from common.arrays import Floats, Ints
from simulation.harm.tissue import TissueChain


def frailty_grid(variance: float, points: int) -> Floats:
    """Return the means of `points` equally likely bins of a Gamma with mean 1.

    Notes
    -----
    E[X; X <= b] of a Gamma of shape k is its mean times the distribution function of shape k + 1.
    """
    if variance == 0:
        return np.ones(1)
    shape = 1 / variance
    edges = gamma.ppf(np.linspace(0, 1, points + 1), shape)
    return np.diff(gammainc(shape + 1, edges)).astype(np.float64) * points


@dataclass
class Belief:
    """``weight`` is runners x frailties; ``tissue`` is runners x region x frailties x states."""

    chain: TissueChain
    frailty: Floats
    weight: Floats
    tissue: Floats

    @classmethod
    def prior(cls, chain: TissueChain, frailty: Floats, rows: int) -> "Belief":
        """Return the belief before anything was seen."""
        points, states = len(frailty), len(chain.values)
        return cls(
            chain=chain,
            frailty=frailty,
            weight=np.full((rows, points), 1 / points),
            tissue=np.broadcast_to(chain.stationary, (rows, 2, points, states)).copy(),
        )

    def pass_day(self, hazard: Floats, hurt: Ints, likelihood: Floats | None) -> None:
        """Take in one day.

        Parameters
        ----------
        hazard : array, runners x region
            The day's hazard without frailty and tissue; 0 without running or while injured.
        hurt : array
            Region of a new injury on that day, -1 for none.
        likelihood : array, runners x region x states, optional
            Probability of the day's answers in each state.
        """
        tissue = self.tissue @ self.chain.transition
        if likelihood is not None:
            tissue *= likelihood[:, :, None, :]
        force = np.multiply.outer(self.frailty, self.chain.ratio)
        # For the hurt as well: exp(-h) h is the density of an injury, exp(-h) that of none.
        tissue *= np.exp(-hazard[:, :, None, None] * force)
        runner = np.flatnonzero(hurt >= 0)
        tissue[runner, hurt[runner]] *= hazard[runner, hurt[runner]][:, None, None] * force
        evidence = tissue.sum(axis=-1)
        # Every day: products of two years of likelihoods would fall below the smallest number.
        tissue /= evidence[..., None]
        weight = self.weight * evidence.prod(axis=1)
        self.tissue = tissue
        self.weight = weight / weight.sum(axis=1, keepdims=True)

    def risk(self, rows: Ints, load: Floats) -> Floats:
        """Return P(any), P(knee) of a new injury, mean over imagined weeks, rows x 2.

        Parameters
        ----------
        rows : array
            Runners to ask for.
        load : array, rows x draws x region x states
            Expected hazard of each imagined week for frailty 1, given the tissue state now.
        """
        unhurt = np.empty((2, len(rows), load.shape[1], len(self.frailty)))
        for region in range(2):
            survival = np.exp(-load[:, :, region, None, :] * self.frailty[:, None])
            unhurt[region] = np.einsum("amfu,afu->amf", survival, self.tissue[rows, region])
        weight = self.weight[rows]
        any_free = np.einsum("amf,af->a", unhurt[0] * unhurt[1], weight)
        knee_free = np.einsum("amf,af->a", unhurt[0], weight)
        mean = np.stack([any_free, knee_free], axis=1) / load.shape[1]
        risk: Floats = np.clip(1 - mean, 0, 1)
        return risk


@dataclass
class SharedBelief:
    """The same where both regions share one tissue state.

    ``tissue`` is runners x frailties x states.
    """

    chain: TissueChain
    frailty: Floats
    weight: Floats
    tissue: Floats

    @classmethod
    def prior(cls, chain: TissueChain, frailty: Floats, rows: int) -> "SharedBelief":
        """Return the belief before anything was seen."""
        points, states = len(frailty), len(chain.values)
        return cls(
            chain=chain,
            frailty=frailty,
            weight=np.full((rows, points), 1 / points),
            tissue=np.broadcast_to(chain.stationary, (rows, points, states)).copy(),
        )

    def pass_day(self, hazard: Floats, hurt: Ints, likelihood: Floats | None) -> None:
        """Take in one day, as :meth:`Belief.pass_day`."""
        tissue = self.tissue @ self.chain.transition
        if likelihood is not None:
            tissue *= likelihood.prod(axis=1)[:, None, :]
        force = np.multiply.outer(self.frailty, self.chain.ratio)
        tissue *= np.exp(-hazard.sum(axis=1)[:, None, None] * force)
        runner = np.flatnonzero(hurt >= 0)
        tissue[runner] *= hazard[runner, hurt[runner]][:, None, None] * force
        evidence = tissue.sum(axis=-1)
        self.tissue = tissue / evidence[..., None]
        weight = self.weight * evidence
        self.weight = weight / weight.sum(axis=1, keepdims=True)

    def risk(self, rows: Ints, load: Floats) -> Floats:
        """Return P(any), P(knee) of a new injury, mean over imagined weeks, rows x 2.

        Parameters
        ----------
        rows : array
            Runners to ask for.
        load : array, rows x draws x days x region
            Hazard of each imagined day for frailty and tissue ratio 1. A strong effect of the
            tissue needs its path day by day, not the mean of it.
        """
        free = []
        for hazard in (load.sum(axis=3), load[..., 0]):
            survival = self._survival(hazard)
            free.append(np.einsum("amfu,afu,af->a", survival, self.tissue[rows], self.weight[rows]))
        risk: Floats = np.clip(1 - np.stack(free, axis=1) / load.shape[1], 0, 1)
        return risk

    def _survival(self, hazard: Floats) -> Floats:
        """Return P(unhurt | frailty, tissue now), rows x draws x frailties x states."""
        force = np.multiply.outer(self.frailty, self.chain.ratio)
        survival: Floats = np.ones((*hazard.shape[:2], *force.shape))
        # Backwards: from the last day the chance to stay unhurt is known for every state.
        for day in reversed(range(hazard.shape[2])):
            survival = survival * np.exp(-hazard[:, :, day, None, None] * force)
            survival = survival @ self.chain.transition.T
        return survival

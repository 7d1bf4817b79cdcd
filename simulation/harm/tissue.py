"""The hidden tissue state: a Markov chain on a small grid that moves like a standard AR(1).

A chain instead of a continuous process makes the oracle's filter exact instead of approximate.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from common.arrays import Floats, Ints
from simulation.people.roster import DAYS
from simulation.settings.harm import TissueSettings


@dataclass(frozen=True, kw_only=True)
class TissueChain:
    """Grid values (mean 0, variance 1), daily transitions, stationary shares, hazard ratios."""

    values: Floats
    transition: Floats
    stationary: Floats
    ratio: Floats

    def ahead(self, days: int) -> Floats:
        """Return E[hazard ratio on day 1..days | state today], days x states."""
        rows = [self.ratio]
        for _ in range(days):
            rows.append(self.transition @ rows[-1])
        return np.stack(rows[1:])


def tissue_chain(settings: TissueSettings) -> TissueChain:
    """Build the chain by Rouwenhorst's method, which keeps an AR(1)'s variance and autocorrelation.

    Notes
    -----
    Kopecky and Suen 2010, Review of Economic Dynamics 13:701. The number of upper steps among
    ``states - 1`` two-state chains, each of which stays with probability (1 + persistence) / 2.
    """
    n, stay = settings.states, (1 + settings.persistence) / 2
    transition = np.array([[stay, 1 - stay], [1 - stay, stay]])
    for _ in range(n - 2):
        size = len(transition) + 1
        wider = np.zeros((size, size))
        wider[:-1, :-1] += stay * transition
        wider[:-1, 1:] += (1 - stay) * transition
        wider[1:, :-1] += (1 - stay) * transition
        wider[1:, 1:] += stay * transition
        # Inner rows were added to twice: halved they sum to 1 again.
        wider[1:-1] /= 2
        transition = wider
    spread = np.sqrt(n - 1)
    values = np.linspace(-spread, spread, n)
    return TissueChain(
        values=values,
        transition=transition,
        stationary=np.asarray(binom.pmf(np.arange(n), n - 1, 0.5)),
        ratio=settings.hazard_per_sd**values,
    )


def first_tissue(chain: TissueChain, rows: int, rng: np.random.Generator) -> Ints:
    """Draw states of knee and elsewhere from the stationary distribution, rows x 2."""
    return rng.choice(len(chain.values), size=(rows, 2), p=chain.stationary).astype(np.int64)


def in_common(state: Ints, settings: TissueSettings) -> Ints:
    """Return the states, the knee's for both regions where they share one."""
    return np.repeat(state[..., :1], 2, axis=-1) if settings.shared else state


def walk_tissue(chain: TissueChain, state: Ints, rng: np.random.Generator) -> Ints:
    """Move both regions' states through a week, rows x 7 x 2."""
    # Without the last height: rounding may leave it below 1, and a draw above it would be no state.
    heights = np.cumsum(chain.transition, axis=1)[:, :-1]
    aim = rng.random((DAYS, *state.shape, 1))
    days = []
    for d in range(DAYS):
        state = (heights[state] <= aim[d]).sum(axis=-1)
        days.append(state)
    return np.stack(days, axis=1)

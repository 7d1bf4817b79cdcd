"""The filter against brute force: all paths of a tiny chain written out."""

import itertools

import numpy as np
import pytest

from simulation.harm.tissue import tissue_chain, walk_tissue
from simulation.settings.harm import TissueSettings
from simulation.truth.belief import Belief, frailty_grid

CHAIN = tissue_chain(TissueSettings(states=3, persistence=0.7, hazard_per_sd=1.8))
FRAILTY = np.array([0.4, 1.6])
HAZARD = np.array([[0.1, 0.3], [0.2, 0.05], [0.4, 0.1]])
HURT = [-1, 0, -1]
GIVEN = np.array(
    [[[0.5, 0.3, 0.2], [1, 1, 1]], [[1, 1, 1], [0.1, 0.6, 0.3]], [[0.2, 0.2, 0.6], [1, 1, 1]]]
)


def by_hand():
    """P(frailty, last states | data) by summing over every path of both regions."""
    joint = np.zeros((2, 3, 3))
    # Two regions on the eve and on three days: 2 x 3^8 histories.
    for f, *path in itertools.product(range(2), *[range(3)] * 8):
        knee, other = path[:4], path[4:]
        weight = 0.5 * CHAIN.stationary[knee[0]] * CHAIN.stationary[other[0]]
        for day in range(3):
            k, o = knee[day + 1], other[day + 1]
            weight *= CHAIN.transition[knee[day], k] * CHAIN.transition[other[day], o]
            weight *= GIVEN[day, 0, k] * GIVEN[day, 1, o]
            force = FRAILTY[f] * CHAIN.ratio[[k, o]] * HAZARD[day]
            weight *= np.exp(-force.sum()) * (force[HURT[day]] if HURT[day] >= 0 else 1)
        joint[f, knee[-1], other[-1]] += weight
    return joint / joint.sum()


@pytest.fixture
def belief():
    belief = Belief.prior(CHAIN, FRAILTY, 1)
    for day in range(3):
        belief.pass_day(HAZARD[day][None], np.array([HURT[day]]), GIVEN[day][None])
    return belief


def test_the_belief_is_bayes_rule_over_all_paths(belief):
    factored = np.einsum("f,fk,fo->fko", belief.weight[0], belief.tissue[0, 0], belief.tissue[0, 1])
    assert factored == pytest.approx(by_hand(), abs=1e-12)


def test_risk_is_the_mean_over_belief_and_imagined_weeks(belief):
    load = np.array([[[[0.1, 0.2, 0.4], [0.05, 0.1, 0.2]], [[0.0, 0.0, 0.0], [0.3, 0.5, 0.9]]]])
    joint, expected = by_hand(), np.zeros(2)
    for f, k, o in itertools.product(range(2), range(3), range(3)):
        for m in range(2):
            knee, other = FRAILTY[f] * load[0, m, 0, k], FRAILTY[f] * load[0, m, 1, o]
            expected += (
                joint[f, k, o] / 2 * np.array([1 - np.exp(-knee - other), 1 - np.exp(-knee)])
            )
    assert belief.risk(np.array([0]), load)[0] == pytest.approx(expected)


def test_frailty_bins_have_the_moments_of_the_gamma():
    fine = frailty_grid(0.5, 4000)
    # A frailty multiplies the hazard: a mean other than 1 would move the incidence.
    assert fine.mean() == pytest.approx(1)
    assert fine.var() == pytest.approx(0.5, rel=0.01)
    assert frailty_grid(0, 12).tolist() == [1]


def test_the_chain_moves_like_an_autoregression():
    chain = tissue_chain(TissueSettings())
    assert chain.transition.sum(axis=1) == pytest.approx(1)
    assert chain.stationary @ chain.transition == pytest.approx(chain.stationary)
    assert chain.stationary @ chain.values**2 == pytest.approx(1)
    # 0.93 is the persistence of the default settings.
    assert chain.transition @ chain.values == pytest.approx(0.93 * chain.values)


def test_walking_follows_the_transition_matrix():
    rng = np.random.default_rng(0)
    start = np.tile(np.array([[0, 2]]), (40_000, 1))
    after = walk_tissue(CHAIN, start, rng)[:, 0]
    assert np.bincount(after[:, 0], minlength=3) / 40_000 == pytest.approx(
        CHAIN.transition[0], abs=0.01
    )
    assert np.bincount(after[:, 1], minlength=3) / 40_000 == pytest.approx(
        CHAIN.transition[2], abs=0.01
    )

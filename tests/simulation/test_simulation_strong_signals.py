"""The world with early signs: a shared strain that sleep, HRV and soreness show."""

import numpy as np
import pytest

from simulation.cohort import simulate
from simulation.harm.tissue import tissue_chain
from simulation.settings.harm import TissueSettings
from simulation.settings.observation import OracleSettings
from simulation.truth.belief import SharedBelief
from simulation.worlds import WORLDS, world

DAYS = 7


@pytest.fixture(scope="module")
def cohort(small_settings):
    settings = small_settings.model_copy(
        update={
            "athletes": 200,
            "weeks": 40,
            "oracle": OracleSettings(draws=12, frailty_points=6),
        }
    )
    return simulate(world("strong_signals", settings))


def test_both_regions_share_one_strain(cohort):
    assert (cohort.paths.tissue[..., 0] == cohort.paths.tissue[..., 1]).all()


@pytest.mark.parametrize(("channel", "sign"), [("sleep_h", -1), ("hrv", -1), ("soreness", -1)])
def test_signs_come_in_the_two_weeks_before_an_onset(cohort, channel, sign):
    answers, injuries = cohort.answers, cohort.paths.injuries
    values = {
        "sleep_h": answers.morning.sleep_h,
        "hrv": np.log(answers.morning.hrv),
        "soreness": np.where(answers.items["soreness"] < 0, np.nan, answers.items["soreness"]),
    }[channel]
    known = np.isfinite(values).sum(axis=1, keepdims=True)
    # Against the own mean: runners differ more than a runner's weeks do.
    own = values - np.nansum(values, axis=1, keepdims=True) / np.maximum(known, 1)
    first = cohort.settings.burn_in_weeks * DAYS
    onset = injuries.onset - first
    inside = (onset >= 3 * DAYS) & (onset < own.shape[1])
    before = np.array(
        [own[r, d - 14 : d] for r, d in zip(injuries.runner[inside], onset[inside], strict=True)]
    )
    assert sign * np.nanmean(before) > 0.4 * np.nanstd(own)
    assert abs(np.nanmean(own)) < 1e-9


def test_its_oracle_is_calibrated_and_sees_much(cohort):
    truth = cohort.truth.query("at_risk")
    full, seen = truth["p_any_full"].to_numpy(), truth["p_any_observable"].to_numpy()
    assert full.mean() == pytest.approx(seen.mean(), rel=0.12)
    top = seen > np.quantile(seen, 0.9)
    assert full[top].sum() > 0.45 * full.sum()


def test_the_shared_belief_is_bayes_rule_by_hand():
    chain = tissue_chain(TissueSettings(states=3, hazard_per_sd=4.0, persistence=0.8))
    frailty = np.array([0.5, 1.5])
    belief = SharedBelief.prior(chain, frailty, 1)
    likelihood = np.array([[[0.2, 0.5, 0.9], [1.0, 0.7, 0.4]]])
    hazard = np.array([[0.01, 0.03]])
    belief.pass_day(hazard, np.array([1]), likelihood)
    joint = np.full((2, 3), 0.5) * (chain.stationary @ chain.transition)
    force = np.outer(frailty, chain.ratio)
    # 0.01 + 0.03 of hazard survived so far, and an injury of the region with 0.03.
    joint = joint * likelihood.prod(axis=1)[0] * np.exp(-0.04 * force) * 0.03 * force
    joint /= joint.sum()
    assert belief.weight[0] == pytest.approx(joint.sum(axis=1))
    assert belief.tissue[0] == pytest.approx(joint / joint.sum(axis=1, keepdims=True))
    # the risk of two days, summed over every path of the strain
    days = np.array([[[[0.02, 0.01], [0.05, 0.0]]]])
    free = 0.0
    for f in range(2):
        for now in range(3):
            for one in range(3):
                for two in range(3):
                    path = chain.transition[now, one] * chain.transition[one, two]
                    gone = frailty[f] * (0.03 * chain.ratio[one] + 0.05 * chain.ratio[two])
                    free += joint[f, now] * path * np.exp(-gone)
    assert belief.risk(np.array([0]), days)[0, 0] == pytest.approx(1 - free)


def test_every_world_has_settings_of_its_own(small_settings):
    found = [one(small_settings).model_dump_json() for one in WORLDS.values()]
    assert len(set(found)) == len(WORLDS)
    assert world("first", small_settings) == small_settings

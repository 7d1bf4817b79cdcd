"""The decomposition counted by hand, its identities, and where chance is taken off."""

import numpy as np
import pytest

from models.metrics.calibration_curve import equal_groups
from models.metrics.measures import brier
from models.metrics.murphy import murphy
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=50)
# Two groups of four: 0.1 and 0.3 (mean 0.2; 1 true), 0.5 and 0.7 (mean 0.6; 3 true).
P = np.array([0.1, 0.1, 0.3, 0.3, 0.5, 0.5, 0.7, 0.7])
Y = np.array([0, 0, 0, 1, 1, 0, 1, 1])
WHO = list("abcdefgh")


def terms(y, p, reference, groups, who=WHO, settings=FEW):
    found = murphy(y, {"m": p}, reference, who, settings, groups)
    return found.set_index("term")["value"].to_dict()


def test_counted_by_hand():
    found = terms(Y, P, np.full(8, 0.4), 2)
    # (0.01 + 0.01 + 0.09 + 0.49 + 0.25 + 0.25 + 0.09 + 0.09) / 8
    assert found["brier"] == pytest.approx(1.28 / 8)
    assert found["reliability"] == pytest.approx((0.05**2 + 0.15**2) / 2)
    assert found["resolution"] == pytest.approx(0.25**2)
    assert found["uncertainty"] == pytest.approx(0.25)
    assert found["within_groups"] == pytest.approx(0.16 - (0.0125 - 0.0625 + 0.25))
    # 3/16 / (4 - 1) in both groups
    assert found["reliability_corrected"] == pytest.approx(0.0125 - 0.0625)
    assert found["resolution_corrected"] == pytest.approx(0.0625 - 0.0625 + 0.25 / 7)
    # the reference: (4 * 0.16 + 4 * 0.36) / 8 = 0.26
    assert found["brier_skill"] == pytest.approx(1 - 0.16 / 0.26)


def test_with_one_forecast_per_group_nothing_is_left_within_groups():
    found = terms(Y, np.repeat([0.2, 0.6], 4), np.full(8, 0.5), 2)
    assert found["within_groups"] == pytest.approx(0, abs=1e-12)
    assert found["brier"] == pytest.approx(
        found["reliability"] - found["resolution"] + found["uncertainty"]
    )


def test_the_terms_add_up_to_the_brier_score_on_any_forecast(cohort):
    p = np.clip(cohort.truth * 1.3, 0, 1)
    found = terms(cohort.y, p, np.full(len(p), 0.1), 10, cohort.athletes)
    assert found["brier"] == pytest.approx(brier(cohort.y, p))
    total = found["reliability"] - found["resolution"] + found["uncertainty"]
    assert total + found["within_groups"] == pytest.approx(found["brier"])
    n = len(p)
    corrected = found["reliability_corrected"] - found["resolution_corrected"]
    assert corrected + found["uncertainty"] * n / (n - 1) == pytest.approx(total)


def test_useless_forecasts_have_no_resolution_and_true_ones_no_reliability_beyond_chance():
    rng = np.random.default_rng(0)
    found = {"noise": [], "true": []}
    for _ in range(200):
        p = rng.uniform(0.01, 0.3, 400)
        y = (rng.random(400) < p).astype(float)
        who = np.arange(400)
        noise = terms(
            y, rng.permutation(p), np.full(400, 0.15), 10, who, IntervalSettings(replicates=2)
        )
        true = terms(y, p, np.full(400, 0.15), 10, who, IntervalSettings(replicates=2))
        found["noise"].append([noise["resolution"], noise["resolution_corrected"]])
        found["true"].append([true["reliability"], true["reliability_corrected"]])
    for plain, corrected in (np.mean(values, axis=0) for values in found.values()):
        assert plain > 0.002
        assert abs(corrected) < 0.0005


def test_a_constant_forecast_is_all_uncertainty_and_intervals_hold_the_value(cohort):
    rate = cohort.y.mean()
    models = {"base": np.full(len(cohort.y), rate), "true": cohort.truth}
    found = murphy(cohort.y, models, models["base"], cohort.athletes, IntervalSettings())
    base = found[found["model"] == "base"].set_index("term")
    assert base.loc["resolution", "value"] == 0
    assert base.loc["brier", "value"] == pytest.approx(base.loc["uncertainty", "value"])
    assert base.loc["brier_skill", "value"] == 0
    true = found[found["model"] == "true"].set_index("term")
    assert true.loc["brier_skill", "low"] > 0
    inside = true.loc[["brier", "resolution", "uncertainty", "brier_skill"]]
    assert ((inside["low"] < inside["value"]) & (inside["value"] < inside["high"])).all()


def test_equal_forecasts_share_a_group():
    group = equal_groups(np.repeat([0.1, 0.2, 0.3], [50, 3, 47]), 10)
    assert [set(group[:50]), set(group[50:53]), set(group[53:])] == [{0}, {1}, {2}]

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.estimators.risk import RiskModel, RiskSettings
from models.explanation.reason_stability import STABILITY_COLUMNS, _agreement, reason_stability

GROUPS = {"spike_7d": "spike", "spike_28d": "spike", "sleep": "sleep", "noise": "noise"}
SETTINGS = RiskSettings(
    trees=40, learning_rate=0.1, min_data_in_leaf=20, calibration_folds=0, range_replicates=6
)


def rows(n, rng):
    x = pd.DataFrame(rng.normal(size=(n, 4)), columns=list(GROUPS))
    logits = -1.5 + 1.4 * x["spike_7d"] + 0.4 * x["sleep"]
    return x, (rng.random(n) < 1 / (1 + np.exp(-logits))).astype(float)


@pytest.fixture(scope="module")
def model():
    x, y = rows(1500, np.random.default_rng(0))
    who = np.repeat(np.arange(150), 10)
    return RiskModel(SETTINGS).fit(x, y, groups=who).fit_range(x, y, groups=who)


def measured(table):
    return table.set_index("measure")["value"]


def test_a_strong_cause_is_found_again_by_every_refit(model):
    x, _ = rows(200, np.random.default_rng(1))
    x["spike_7d"] = np.abs(x["spike_7d"]) + 1
    found = reason_stability(model, x, GROUPS)
    assert tuple(found.columns) == STABILITY_COLUMNS
    assert measured(found)["first_again"] > 0.95
    assert measured(found)["same_direction"] > 0.8
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()


def test_reasons_of_noise_do_not_hold():
    rng = np.random.default_rng(2)
    x, _ = rows(1500, rng)
    y = (rng.random(1500) < 0.2).astype(float)
    who = np.repeat(np.arange(150), 10)
    model = RiskModel(SETTINGS).fit(x, y, groups=who).fit_range(x, y, groups=who)
    apart = {name: name for name in GROUPS}
    assert measured(reason_stability(model, x[:200], apart))["first_again"] < 0.9


def test_agreement_by_hand():
    own = np.array([[3.0, 1.0, -2.0, 0.5], [0.1, 0.4, -0.3, 0.2]])
    other = np.array([[1.0, 2.0, -2.0, 0.5], [0.1, 0.4, 0.3, -0.2]])
    found = _agreement(own, other)
    # Row 1: the refit puts the first reason second; row 2: first again.
    assert found["first_again"] == 0.5
    assert found["first_in_top_3"] == 1.0
    # Three strongest of row 1 keep their signs; of row 2 (0.4, -0.3, 0.2) one of three does.
    assert found["same_direction"] == pytest.approx((1 + 1 / 3) / 2)
    # Ranks of row 1: 4 3 1 2 against 3 4 1 2; of row 2: 2 4 1 3 against 2 4 3 1.
    assert found["rank_correlation"] == pytest.approx((0.8 + 0.2) / 2)


def test_without_refits_nothing_can_be_said():
    x, y = rows(300, np.random.default_rng(3))
    bare = RiskModel(SETTINGS).fit(x, y, groups=np.repeat(np.arange(30), 10))
    with pytest.raises(StridecastError, match="no refits"):
        reason_stability(bare, x, GROUPS)

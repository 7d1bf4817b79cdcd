"""Net benefit by the published formula, from tables counted by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.metrics.decision_curve import ALL, NONE, decision_curve, gains, thresholds
from models.metrics.resampling import Resampling
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=50)

# Ten rows: at 0.2 six are acted on, three of them rightly; at 0.5 two, one rightly.
P = np.array([0.05, 0.1, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.9])
Y = np.array([0, 0, 0, 1, 0, 1, 0, 1, 0, 1.0])


def net_benefit(y, acts, threshold):
    return gains(
        np.asarray(y, float), np.asarray(acts, bool)[:, None], np.array([threshold])
    ).mean()


@pytest.mark.parametrize(
    ("threshold", "hits", "false_alarms"), [(0.1, 4, 5), (0.2, 3, 3), (0.5, 1, 1), (0.95, 0, 0)]
)
def test_the_formula_of_vickers_and_elkin(threshold, hits, false_alarms):
    by_hand = hits / 10 - false_alarms / 10 * threshold / (1 - threshold)
    assert net_benefit(Y, threshold <= P, threshold) == pytest.approx(by_hand)


@pytest.fixture(scope="module")
def curve(cohort):
    models = {"risk": cohort.truth, "base": np.full(len(cohort.y), cohort.y.mean())}
    flags = {"coin_flag": np.arange(len(cohort.y)) % 2 == 0}
    at = thresholds(cohort.y.mean())
    return decision_curve(cohort.y, models, flags, cohort.athletes, FEW, at, "risk")


@pytest.mark.filterwarnings("ignore")  # of the package, about pandas; only its numbers matter
def test_the_curve_is_that_of_dcurves(curve, cohort):
    dcurves = pytest.importorskip("dcurves")
    at = thresholds(cohort.y.mean())
    table = pd.DataFrame({"y": np.asarray(cohort.y, dtype=int), "risk": cohort.truth})
    theirs = dcurves.dca(data=table, outcome="y", modelnames=["risk"], thresholds=list(at))
    theirs = theirs.set_index(["model", "threshold"])["net_benefit"]
    for name, strategy in (("risk", "risk"), ("all", ALL), ("none", NONE)):
        np.testing.assert_allclose(
            of(curve, strategy)["net_benefit"], theirs[name].to_numpy(), rtol=0, atol=1e-12
        )


def of(curve, strategy):
    return curve[curve["strategy"] == strategy].set_index("threshold")


def test_the_table_is_the_formula_row_by_row(curve, cohort):
    for row in curve.itertuples():
        acts = {
            "risk": cohort.truth >= row.threshold,
            "base": np.full(len(cohort.y), cohort.y.mean() >= row.threshold),
            "coin_flag": np.arange(len(cohort.y)) % 2 == 0,
            ALL: np.ones(len(cohort.y), dtype=bool),
            NONE: np.zeros(len(cohort.y), dtype=bool),
        }[row.strategy]
        assert row.net_benefit == pytest.approx(net_benefit(cohort.y, acts, row.threshold))
        assert row.acted_on == pytest.approx(acts.mean())
        assert row.low - 1e-12 <= row.net_benefit <= row.high + 1e-12


def test_treating_all_is_worth_nothing_at_the_base_rate(curve, cohort):
    at = thresholds(cohort.y.mean())
    assert of(curve, ALL).loc[at[4], "net_benefit"] == pytest.approx(0, abs=1e-12)
    assert (of(curve, NONE)[["net_benefit", "low", "high"]] == 0).all(axis=None)


def test_gains_are_those_of_the_leading_model_and_paired(curve):
    assert (of(curve, "risk")[["gain", "gain_low", "gain_high"]] == 0).all(axis=None)
    gap = of(curve, "risk")["net_benefit"] - of(curve, ALL)["net_benefit"]
    np.testing.assert_allclose(of(curve, ALL)["gain"], gap)
    against_none = of(curve, NONE)
    np.testing.assert_allclose(against_none["gain_low"], of(curve, "risk")["low"])


def test_draws_are_those_of_rows_really_repeated(cohort):
    """The interval, recomputed row by row from the same draws."""
    at = np.array([0.1])
    found = of(
        decision_curve(cohort.y, {"m": cohort.truth}, {}, cohort.athletes, FEW, at, "m"), "m"
    )
    draws = Resampling.of(cohort.y, cohort.athletes, FEW)
    values = []
    for count in draws.counts.astype(int):
        rows = np.repeat(np.arange(len(cohort.y)), count[draws.codes])
        values.append(net_benefit(cohort.y[rows], cohort.truth[rows] >= 0.1, 0.1))
    tails = [(1 - draws.level) / 2, (1 + draws.level) / 2]
    np.testing.assert_allclose(found[["low", "high"]].iloc[0], np.quantile(values, tails))


@given(st.integers(0, 10**6), st.floats(0.01, 0.9))
def test_the_true_probability_is_the_best_policy(seed, threshold):
    """In expectation nobody beats acting where the true probability reaches the threshold."""
    rng = np.random.default_rng(seed)
    truth = rng.random(50)
    best = net_benefit(truth, truth >= threshold, threshold)
    assert best >= net_benefit(truth, rng.random(50) < 0.5, threshold) - 1e-12
    assert best >= max(0.0, net_benefit(truth, np.ones(50), threshold)) - 1e-12


def test_thresholds_stay_probabilities():
    assert thresholds(0.4).max() < 1
    assert thresholds(0.02, 1, 2) == pytest.approx(0.02 * 2 ** np.array([0, 0.25, 0.5, 0.75, 1]))

"""LightGBM on top of the evidence: what is chosen, what adds up, what stays out."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from models.estimators import evidence_risk, residual_trees
from models.estimators.boosting import raw_scores
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.residual_ladder import (
    LADDER,
    best_rung,
    better_than_first,
    forward_splits,
)
from models.estimators.stacking import EXPECTED_SLOPE, alone, stacked, weighed
from models.evidence.model import EvidenceModel
from models.settings.risk import RiskSettings


def cohort(athletes=120, weeks=40, effect=0.0, seed=0):
    """Weeks at a published-like rate, and a sign before injuries that no study knows of."""
    rng = np.random.default_rng(seed)
    n = athletes * weeks
    sign = rng.standard_normal(n)
    event = (rng.random(n) < expit(-3.2 + effect * sign)).astype(float)
    x = pd.DataFrame(
        {
            "hours_28d": np.full(n, 10.0),
            "strange_sign": sign,
            # A club without such a device: trees must not learn that it has none.
            "always_null": np.full(n, np.nan),
            "noise": rng.standard_normal(n),
        }
    )
    who = np.repeat(np.arange(athletes), weeks)
    dates = pd.Series(np.tile(pd.date_range("2024-01-07", periods=weeks, freq="7D"), athletes))
    return x, event, who, dates


def fitted(**kind):
    x, event, who, dates = cohort(**kind)
    return EvidenceRisk().fit(x, event, who, dates=dates), x, event


@pytest.fixture(scope="module")
def strong():
    return fitted(effect=1.5)


@pytest.fixture(scope="module")
def weak():
    return fitted(athletes=30)


def test_without_a_sign_no_tree_is_grown_and_the_evidence_stands(weak):
    model, x, _ = weak
    assert model.rung_ == LADDER[0].name
    assert model.residual_ is None
    raw = model.evidence_.log_odds(x)
    calibrated = model.calibration_.intercept + model.calibration_.slope * raw
    assert model.decision_function(x) == pytest.approx(calibrated)


def test_a_strong_sign_that_no_study_knows_is_learnt(strong):
    model, x, event = strong
    assert model.rung_ != LADDER[0].name
    effects = pd.Series(model.contributions(x)[:, list(x.columns).index("strange_sign")])
    assert effects[x["strange_sign"] > 1].mean() > 0.5 + effects[x["strange_sign"] < -1].mean()
    assert np.corrcoef(model.decision_function(x), event)[0, 1] > 0.2


@pytest.mark.parametrize("which", ["strong", "weak"])
def test_contributions_add_up_to_the_calibrated_log_odds(which, request):
    model, x, _ = request.getfixturevalue(which)
    head = x.head(50)
    total = model.contributions(head).sum(axis=1)
    # Reasons that do not add up to the forecast would be reasons of something else.
    assert total == pytest.approx(model.decision_function(head), abs=1e-9)


def test_a_column_that_is_always_null_takes_no_place(strong):
    model, x, _ = strong
    assert "always_null" not in model.grown_on_
    at = list(x.columns).index("always_null")
    assert (model.contributions(x.head(3))[:, at] == 0).all()


def test_a_direction_is_kept():
    x, event, who, dates = cohort(effect=1.5)
    # The data say the opposite: without the constraint the curve would rise.
    against = EvidenceRisk(monotone={"strange_sign": -1}).fit(x, event, who, dates=dates)
    rows = pd.concat([x.head(1)] * 9, ignore_index=True)
    rows["strange_sign"] = np.linspace(-3, 3, 9)
    assert (np.diff(against.decision_function(rows)) <= 1e-12).all()


def test_few_events_turn_a_calibration_about_the_level_of_the_evidence():
    raw, event = np.array([-3.0, -4.0, -2.0, -3.0]), np.array([0.0, 0.0, 1.0, 0.0])
    learnt = alone(raw, event).calibration
    assert learnt.slope == pytest.approx(EXPECTED_SLOPE, abs=0.03)
    before, after = expit(raw).mean(), expit(learnt.intercept + learnt.slope * raw).mean()
    assert after == pytest.approx(before, rel=0.15), "one injury in four weeks says little"


def test_a_level_that_is_off_is_mended_where_events_are_many():
    rng = np.random.default_rng(1)
    truth = rng.normal(-3, 0.8, 60_000)
    event = (rng.random(60_000) < expit(truth)).astype(float)
    # All forecasts are twice too high on the odds: exp(0.7) is 2.0.
    learnt = alone(truth + 0.7, event)
    said = expit(learnt.log_odds(truth + 0.7, np.zeros(len(truth)))).mean()
    assert said == pytest.approx(event.mean(), rel=0.02)


def test_many_events_mend_a_slope():
    rng = np.random.default_rng(0)
    truth = rng.normal(-2, 1, 60_000)
    event = (rng.random(60_000) < expit(truth)).astype(float)
    # Log-odds twice too far from the mean ask for a slope of one half.
    found = alone(2 * truth, event).calibration
    assert found.slope == pytest.approx(0.5, abs=0.03)


def halves(n=60_000, seed=0):
    """Two parts of a true log-odds, each of which one forecast knows."""
    rng = np.random.default_rng(seed)
    one, other = rng.normal(0, 1, n), rng.normal(0, 1, n)
    event = (rng.random(n) < expit(-3 + one + other)).astype(float)
    return one, other, event, np.arange(n) % 10, np.arange(n) % 300


def test_weights_are_those_of_the_truth_where_events_are_many():
    one, other, event, fold, who = halves()
    found = stacked(one - 3, 2 * other, event, fold, who)
    # The trees' part is given doubled, so that its true weight is one half.
    assert (found.evidence, found.trees) == pytest.approx((1.0, 0.5), abs=0.06)
    assert found.scale == pytest.approx(0.5, abs=0.05)
    expected = -3 + one + other
    assert np.abs(found.log_odds(one - 3, 2 * other) - expected).mean() < 0.12


def test_few_events_leave_the_weights_near_what_was_expected():
    one, other, event, _, _ = halves(50)
    found = weighed(one - 3, other, event)
    assert 0 < event.sum() < 10
    assert (found.evidence, found.trees) == pytest.approx((0.7, 0.3), abs=0.2)


def test_trees_that_say_nothing_are_left_out_and_so_are_those_that_turn_it_round():
    one, other, event, fold, who = halves()
    noise = np.random.default_rng(1).normal(0, 1, len(one))
    # Noise, and a sign turned round: a negative weight would call good signs bad.
    for trees in (noise, -other):
        found = stacked(one - 3, trees, event, fold, who)
        assert found.trees == 0
        assert found == alone(one - 3, event)


def test_evidence_that_is_wrong_keeps_the_least_weight():
    one, other, event, _, _ = halves()
    found = weighed(-one - 3, other, event)
    assert found.evidence == 0.1
    assert found.trees > 0.5


def test_a_rung_wins_by_more_than_its_error_or_not_at_all():
    who = np.repeat(np.arange(20), 10)
    first = np.full(200, 0.1)
    # 10 x 0.05 - 190 x 0.002: a gain of 0.12 in all that one athlete of twenty brings alone.
    luck = first - np.where(who == 0, 0.05, -0.002)
    steady = first - 0.001
    assert better_than_first({"none": first, "luck": luck}, who) == "none"
    assert better_than_first({"none": first, "steady": steady}, who) == "steady"


def test_a_rung_further_up_is_taken_for_its_forecasts_and_none_without_a_split():
    event, who = np.array([0.0, 1.0] * 100), np.repeat(np.arange(20), 10)
    places = np.arange(100), np.arange(100, 200)

    def score(rung, split):
        return (2 * event[[places][split][1]] - 1) * (2.0 if rung.name == "four leaves" else 0.5)

    assert best_rung([places], score, event, who).name == "four leaves"
    assert best_rung([places], lambda *_: np.zeros(100), event, who).name == "as set"
    assert best_rung([], score, event, who).is_empty


@pytest.mark.parametrize("gap_days", [7, 42])
def test_splits_are_athlete_disjoint_and_forward_in_time(gap_days):
    _, event, who, dates = cohort(effect=1.0)
    splits = forward_splits(event, who, dates, gap_days)
    assert splits
    for early, late in splits:
        assert not set(who[early]) & set(who[late])
        apart = dates.iloc[late].min() - dates.iloc[early].max()
        assert apart >= pd.Timedelta(days=gap_days)


def test_rungs_are_tried_behind_the_whole_window_with_the_threads_of_the_settings(monkeypatch):
    x, event, who, dates = cohort(effect=1.0, athletes=40)
    asked = []

    def splits(*rows):
        asked.append(rows[-1])
        return forward_splits(*rows)

    def scores(booster, values, threads):
        asked.append(f"{threads} threads")
        return raw_scores(booster, values, threads)

    monkeypatch.setattr(evidence_risk, "forward_splits", splits)
    monkeypatch.setattr(residual_trees, "raw_scores", scores)
    settings = RiskSettings(trees=10, threads=2, calibration_folds=3)
    model = EvidenceRisk("any", settings, horizon_days=21, lead_days=14)
    model.fit(x, event, who, dates=dates)
    # 14 days of lead and 21 of horizon: an outcome reaches so far.
    assert set(asked) == {35, "2 threads"}


def test_too_few_events_to_choose_by_leave_the_first_rung():
    _, _, who, dates = cohort(athletes=10, weeks=10)
    assert forward_splits(np.zeros(100), who, dates, 7) == []


def test_the_knee_learns_its_share_from_injuries_of_any_region():
    x, hurt, who, dates = cohort(athletes=60, seed=2)
    # Every second injury is one of the knee.
    knee = hurt * (np.arange(len(hurt)) % 2)
    model = EvidenceRisk("knee").fit(x, knee, who, dates=dates, related=hurt)
    assert model.evidence_.counts.events == int(hurt.sum())
    assert model.evidence_.counts.knee == int(knee.sum())
    everyone = EvidenceModel.published("knee").predict_proba(x)[:, 1].mean()
    assert 0 < model.predict_proba(x)[:, 1].mean() < 4 * everyone

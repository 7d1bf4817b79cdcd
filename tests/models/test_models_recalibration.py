"""What is learnt anew, what it takes, and what the intervals say is needed."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from common.errors import StridecastError
from models.estimators.cross_calibration import cross_calibrated
from models.evaluation.model_table import Evaluation
from models.numeric.weighted_logistic import logit
from models.settings.evaluation import GateSettings, IntervalSettings
from models.store.gates import (
    Gate,
    GateInputs,
    audit_gate,
    cross_fitted_gates,
    incumbent_gate,
    reality_gate,
    rules_gate,
    unseen_gates,
)
from models.store.recalibration import advice, learn_recalibration


def table(slope, large):
    rows = [
        ("calibration_slope", *slope),
        ("calibration_intercept", *large),
        ("observed_expected", 1.0, 0.9, 1.1),
    ]
    columns = ["metric", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns).assign(model="model")


@pytest.mark.parametrize(
    ("slope", "large", "told"),
    [
        ((1.0, 0.8, 1.2), (0.0, -0.1, 0.1), "no recalibration is called for"),
        ((1.0, 0.8, 1.2), (0.5, 0.4, 0.6), "the intercept alone would do"),
        ((0.6, 0.4, 0.8), (0.5, 0.4, 0.6), "an intercept alone would not do"),
        ((0.6, 0.4, 0.8), (0.0, -0.1, 0.1), "an intercept alone would not do"),
        ((1.0, np.nan, np.nan), (0.0, -0.1, 0.1), "too few injuries to say"),
    ],
)
def test_the_least_change_that_the_intervals_ask_for_is_named(slope, large, told):
    assert told in advice(Evaluation(table(slope, large), None), "model")


def drawn(rows=20_000, intercept=0.5, slope=0.6, seed=0):
    rng = np.random.default_rng(seed)
    p = expit(rng.normal(-2, 1, rows))
    y = (rng.random(rows) < expit(intercept + slope * logit(p))).astype(float)
    return p, y


def test_the_intercept_alone_meets_the_event_count_and_the_slope_is_found_too():
    p, y = drawn()
    level = learn_recalibration(p, y, slope=False)
    assert level.slope == 1.0
    assert expit(level.intercept + logit(p)).sum() == pytest.approx(y.sum(), rel=1e-6)
    both = learn_recalibration(p, y, slope=True)
    assert (both.intercept, both.slope) == (
        pytest.approx(0.5, abs=0.1),
        pytest.approx(0.6, abs=0.05),
    )


@pytest.mark.parametrize(("slope", "events"), [(False, 19), (True, 99)])
def test_too_few_injuries_are_refused(slope, events):
    y = (np.arange(5000) < events).astype(float)
    with pytest.raises(StridecastError, match=f"{events} injuries are too few"):
        learn_recalibration(np.full(5000, 0.02), y, slope=slope)


def slope_of(out_of_fold, *, recalibrates):
    gates = cross_fitted_gates(
        out_of_fold, GateSettings(), IntervalSettings(replicates=100), recalibrates=recalibrates
    )
    assert [gate.gate for gate in gates] == ["slope", "level"]
    return gates[0]


@pytest.mark.parametrize("out_of_fold", [None, pd.DataFrame()])
def test_without_out_of_fold_forecasts_neither_slope_nor_level_is_shown(out_of_fold):
    gates = cross_fitted_gates(
        out_of_fold, GateSettings(), IntervalSettings(replicates=100), recalibrates=True
    )
    assert [(gate.gate, gate.passed) for gate in gates] == [("slope", False), ("level", False)]
    assert all("calibration_folds of 2 or more" in gate.sentence for gate in gates)


def test_too_few_injuries_do_not_show_calibration():
    """A slope of 1 whose interval is wide says nothing: the gate asks for the interval."""
    signal, hits = drawn(20_000)
    keep = np.arange(400)
    few = pd.DataFrame(
        {"event": hits, "probability": signal, "fold": np.arange(20_000) % 5,
         "athlete": np.arange(20_000) // 10}
    ).iloc[keep]  # fmt: skip
    gate = slope_of(few, recalibrates=True)
    assert not gate.passed
    assert "not shown to be calibrated" in gate.sentence


def test_the_point_on_unseen_athletes_has_to_lie_inside():
    rows = [
        ("risk", "calibration_slope", 1.3, 0.9, 1.7),
        ("risk", "observed_expected", 1, 0.9, 1.1),
    ]
    table = pd.DataFrame(rows, columns=["model", "metric", "value", "low", "high"])
    slope, level = unseen_gates(table, "risk", GateSettings())
    assert (slope.gate, slope.passed) == ("unseen_slope", False)
    assert (level.gate, level.passed) == ("unseen_level", True)
    assert slope.sentence.endswith("not shown to be calibrated: outside 0.8 to 1.25")


@pytest.mark.parametrize(("value", "passes"), [(0.8, True), (1.25, True), (0.79, False)])
def test_a_point_on_the_end_of_the_range_is_inside(value, passes):
    rows = [
        ("risk", "calibration_slope", value, 0.5, 1.5),
        ("risk", "observed_expected", value, 0.5, 1.5),
    ]
    table = pd.DataFrame(rows, columns=["model", "metric", "value", "low", "high"])
    assert [gate.passed for gate in unseen_gates(table, "risk", GateSettings())] == [passes] * 2


def test_an_audit_without_a_verdict_blocks_what_learns_freely_only():
    audits = {"timing": {"passed": True, "status": "not judged", "sentence": "12 injuries"}}
    assert not audit_gate(audits).passed
    assert audit_gate(audits, judged=False).passed
    warned = {"late": {"passed": True, "status": "warned", "sentence": ""}}
    assert audit_gate(warned).passed
    assert audit_gate(warned).sentence.endswith("to be read: late")


def test_a_slope_fitted_on_the_rows_it_is_judged_on_is_one_whatever_the_model():
    """Why the gate fits it without the fold: noise then shows."""
    rng = np.random.default_rng(1)
    p, y = expit(rng.normal(-3, 0.5, 3000)), (rng.random(3000) < 0.05).astype(float)
    fold = np.arange(3000) % 5
    who = np.arange(3000) // 10
    told = pd.DataFrame({"event": y, "probability": p, "fold": fold, "athlete": who})
    assert not slope_of(told, recalibrates=True).passed
    signal, hits = drawn(20_000)
    fold = np.arange(20_000) % 5
    who = np.arange(20_000) // 10
    good = pd.DataFrame({"event": hits, "probability": signal, "fold": fold, "athlete": who})
    assert slope_of(good, recalibrates=True).passed
    # As it is, the slope is 0.6, and the gate says so of a model that may not learn it anew.
    assert slope_of(good, recalibrates=False).number == pytest.approx(0.6, abs=0.05)
    shifted = cross_calibrated(signal, hits, fold, slope=False)
    assert np.ptp(logit(shifted) - logit(signal)) < 0.1


def test_each_fold_takes_the_line_of_all_the_others():
    signal, hits = drawn(3000)
    fold = np.repeat([0, 1, 2], 1000)
    hits = np.where(fold == 2, 1 - hits, hits)  # one fold unlike the others
    found = cross_calibrated(signal, hits, fold)
    for one in range(3):
        other = fold != one
        design = logit(signal)[:, None]
        line = LogisticRegression(C=np.inf, tol=1e-8).fit(design[other], hits[other])
        expected = line.predict_proba(design[~other])[:, 1]
        assert found[~other] == pytest.approx(expected, abs=1e-3)


def compared(**rows):
    columns = ["auroc_gain", "auroc_low", "auroc_high", "brier_gain", "brier_low", "brier_high"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=[*columns, "better"])
    return frame.rename_axis("against")


def test_every_rule_has_to_be_beaten_and_the_closest_is_named():
    sure = (0.1, 0.05, 0.15, 0.001, 0.0005, 0.002, True)
    close = (0.02, -0.01, 0.05, 0.0001, -0.0001, 0.0003, False)
    both = compared(acwr=sure, previous_injury=close)
    gate = rules_gate(both, ("acwr", "previous_injury"))
    assert not gate.passed
    assert gate.sentence.startswith(
        "better than 1 of 2 rules, not than previous_injury: AUROC +0.02"
    )
    assert rules_gate(both, ("acwr",)).passed


@pytest.mark.parametrize(
    ("auroc_high", "brier_high", "passed"),
    [(0.01, 0.001, True), (-0.01, 0.001, False), (0.01, -0.001, False)],
)
def test_surely_worse_in_one_measure_is_worse_than_the_incumbent(auroc_high, brier_high, passed):
    row = (-0.02, -0.05, auroc_high, -0.002, -0.003, brier_high, False)
    assert incumbent_gate(compared(champion=row), "champion").passed is passed


def test_no_audit_is_no_green_audit():
    assert not audit_gate(None).passed
    assert audit_gate({"units": {"passed": True, "sentence": ""}}).passed
    assert audit_gate({"units": {"passed": False, "sentence": "jumps"}}).sentence == "units: jumps"


def test_a_model_equal_to_the_one_in_use_is_not_worse():
    same = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, False)
    assert incumbent_gate(compared(champion=same), "champion").passed


def test_the_limit_says_whether_an_audit_without_a_verdict_blocks():
    audits = {"units": {"passed": True, "sentence": ""}}
    assert audit_gate(audits).limit == "no audit failed, none without a verdict"
    assert audit_gate(audits, judged=False).limit == "no audit failed"


@pytest.mark.parametrize(
    ("model", "data", "sentence"),
    [
        (True, True, "learnt from simulated athletes, would score simulated ones"),
        (False, False, "learnt from real athletes, would score real ones"),
        (False, True, "learnt from real athletes, would score simulated ones"),
        (True, False, "learnt from simulated athletes, would score real ones: refused"),
    ],
)
def test_a_simulated_model_scores_nobody_real(model, data, sentence):
    evidence = GateInputs(
        audits=None, out_of_fold=None, recalibrates=False, tested=pd.DataFrame(), predictions={},
        candidate="risk", rules=(), incumbent="base_rate", model_simulated=model,
        data_simulated=data, learns_freely=True,
    )  # fmt: skip
    gate = reality_gate(evidence)
    assert (gate.passed, gate.sentence) == (not sentence.endswith("refused"), sentence)


@pytest.mark.parametrize(("number", "told"), [(0.9, 0.9), (float("nan"), None), (None, None)])
def test_what_was_not_measured_is_null_in_json(number, told):
    gate = Gate("slope", passed=False, number=number, limit="", sentence="")
    assert gate.plain()["number"] == told

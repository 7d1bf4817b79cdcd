"""The unfavourable figure stands first, with its reason; favourable ones are not dressed up."""

from typing import Any

import pandas as pd
import pytest

from models.settings.evaluation import GateSettings
from reporting.card.facts import OutcomeFacts
from reporting.card.outcome import outcome_section
from reporting.card.verdict import verdict

LIMITS = GateSettings()
PARTS = pd.DataFrame(
    [
        {"part": "train", "rows": 2000, "athletes": 40, "events": 50},
        {"part": "test", "rows": 800, "athletes": 13, "events": 30},
    ]
).assign(first_date="2023-01-01", last_date="2023-12-31")
NEEDED = pd.DataFrame(
    [
        {
            "measure": "calibration_slope", "target_width": 0.4, "events": 30,
            "needed_events": 160, "enough": False,
        }
    ]
)  # fmt: skip


def numbers(value: float | None, low: float | None = None, high: float | None = None):
    return {"value": value, "low": low, "high": high}


def facts(model: dict[str, Any], **more: Any) -> OutcomeFacts:
    metrics = {"risk": {"auroc": numbers(0.7, 0.65, 0.75)} | model} | more.pop("metrics", {})
    return OutcomeFacts(
        outcome="any", horizon_days=7, lead_days=0, in_use="risk", model=None, metrics=metrics,
        parts=PARTS, folds=pd.DataFrame(), sample_size="-", enough=True, censored=0, **more,
    )  # fmt: skip


def text(model: dict[str, Any], **more: Any) -> str:
    return " ".join(verdict(facts(model, **more), LIMITS))


GOOD = {
    "calibration_slope": numbers(1.04, 0.9, 1.2), "observed_expected": numbers(0.98, 0.9, 1.1),
}  # fmt: skip


def test_what_the_gates_would_let_through_is_told_without_a_fault():
    said = text(GOOD)
    assert "Unfavourable" not in said
    assert "slope 1.04 (0.9 to 1.2)" in said


@pytest.mark.parametrize(
    ("slope", "says"),
    [
        (numbers(0.76, 0.6, 1.1), "high forecasts are too high and low ones too low"),
        # Within the gates, and yet an interval that lies wholly below 1.
        (numbers(0.85, 0.75, 0.95), "high forecasts are too high and low ones too low"),
        (numbers(1.3, 0.9, 1.6), "high forecasts are too low and low ones too high"),
    ],
    ids=["outside the gates", "inside, interval beside 1", "too flat"],
)
def test_a_slope_that_is_off_stands_first_with_its_direction(slope, says):
    first = verdict(facts(GOOD | {"calibration_slope": slope}), LIMITS)[0]
    assert first.startswith("Unfavourable: not shown to be calibrated. The calibration slope")
    assert says in first
    assert "observed to expected" not in first


def test_a_level_that_is_off_says_which_way():
    assert "forecasts are too low" in text(GOOD | {"observed_expected": numbers(1.3, 1.01, 1.6)})
    assert "forecasts are too high" in text(GOOD | {"observed_expected": numbers(0.7, 0.5, 0.9)})


def test_the_reason_is_what_was_measured():
    off = GOOD | {"calibration_slope": numbers(0.7, 0.5, 0.9)}
    said = text(off, validation=NEEDED)
    assert "The test part holds 30 injuries" in said
    assert "as narrow as 0.4 160 are needed" in said
    # 50 of 2000 and 30 of 800 weeks.
    assert "train 2.50% and test 3.75%" in said
    # Real athletes have no oracle.
    assert "oracle" not in said
    assert "needed" not in text(off, validation=NEEDED.assign(enough=True))


@pytest.mark.parametrize(
    ("true", "says"),
    [
        (numbers(0.95, 0.86, 1.05), "whose interval holds 1"),
        (numbers(0.7, 0.6, 0.8), "not 1 either"),
    ],
)
def test_the_truth_excuses_the_draw_or_does_not(true, says):
    off = GOOD | {"calibration_slope": numbers(0.7, 0.5, 0.9), "slope_true": true}
    oracle = {"oracle": {"calibration_slope": numbers(0.81, 0.66, 0.96)}}
    said = text(off, metrics=oracle)
    assert "has 0.81 (0.66 to 0.96) on the same rows" in said
    assert says in said


def test_weeks_that_are_not_told_apart_are_told():
    assert "own weeks apart" in text(GOOD | {"when_slope": numbers(0.7, -0.1, 1.4)})
    assert "own weeks apart" not in text(GOOD | {"when_slope": numbers(0.9, 0.3, 1.4)})


def test_information_stands_beside_ranking():
    shares = {
        "share_of_oracle": numbers(0.91, 0.89, 0.93), "information_share": numbers(0.79, 0.7, 0.8),
    }  # fmt: skip
    assert "0.91 (0.89 to 0.93) by ranking and of 0.79 (0.7 to 0.8) by information" in text(
        GOOD | shares
    )


def test_unknown_is_not_called_calibrated():
    said = text({"calibration_slope": numbers(None)})
    assert "not known" in said
    assert "Calibration on unseen athletes" not in said


def test_it_is_the_second_sentence_of_the_section():
    off = facts(GOOD | {"calibration_slope": numbers(0.7, 0.5, 0.9)})
    _, sentences, _ = outcome_section(off, LIMITS)
    assert sentences[1].startswith("Unfavourable")


@pytest.mark.parametrize(("low", "is_told"), [(-0.1, True), (0.01, False)])
def test_a_lead_over_the_rules_that_is_not_shown_is_told(low, is_told):
    row = {"threshold": 0.02, "acted_on": 0.2, "net_benefit": 0.01, "low": 0.0, "high": 0.02}
    gain = {"gain": 0.1, "gain_low": low, "gain_high": 0.3}
    curve = pd.DataFrame([row | gain | {"strategy": name} for name in ("risk", "acwr_above_1_5")])
    assert ("at none of 1 thresholds" in text(GOOD, curve=curve)) is is_told

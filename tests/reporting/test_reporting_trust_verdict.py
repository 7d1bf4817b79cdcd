"""The page says first what is unfavourable of its forecasts, and why."""

import numpy as np
import pandas as pd
import pytest

from models.settings.evaluation import GateSettings
from reporting.weekly.trust_verdict import verdict_words

GATES = GateSettings()
_TOO_FEW = "There were too few injuries to show whether it is calibrated on unseen athletes: "


def figures(slope=(1.0, 0.9, 1.1), level=(1.0, 0.8, 1.2), others=(), oracle=None):
    """Return the figures of a risk model with an AUROC of 0.7, and of `others` (name, AUROC)."""
    rows = [
        ("risk", "calibration_slope", *slope),
        ("risk", "observed_expected", *level),
        ("risk", "auroc", 0.7, 0.6, 0.8),
        *((name, "auroc", value, 0.6, 0.8) for name, value in others),
    ]
    if oracle:
        rows += [("oracle", "calibration_slope", *oracle), ("oracle", "auroc", 0.9, 0.8, 1.0)]
    return pd.DataFrame(rows, columns=["model", "metric", "value", "low", "high"])


def test_a_calibrated_forecast_that_ranks_best_says_so_with_its_intervals():
    told = verdict_words(figures(others=[("logistic", 0.69)]), GATES)
    assert told == [
        "Calibrated on unseen athletes, as far as their injuries show: slope 1.00 (0.90 to "
        "1.10), observed over expected injuries 1.00 (0.80 to 1.20); 1 is right."
    ]


@pytest.mark.parametrize(
    ("slope", "says"),
    [
        ((0.7, 0.4, 1.1), "high forecasts are too high"),
        # Within the gates, and yet surely not 1.
        ((0.9, 0.85, 0.95), "high forecasts are too high"),
        ((1.3, 0.9, 1.7), "high forecasts are too low"),
        ((1.1, 1.05, 1.2), "high forecasts are too low"),
    ],
)
def test_a_slope_outside_the_gates_or_beside_one_is_unfavourable(slope, says):
    told = " ".join(verdict_words(figures(slope=slope), GATES))
    assert told.startswith("Unfavourable: not shown to be calibrated")
    assert says in told
    assert "Observed over expected" not in told


def test_the_level_is_held_to_the_same_gates():
    told = " ".join(verdict_words(figures(level=(1.4, 1.1, 1.8)), GATES))
    assert "Observed over expected injuries 1.40 (1.10 to 1.80)" in told
    assert "too low" in told


def test_on_simulated_runners_the_oracle_says_how_much_is_chance():
    told = " ".join(verdict_words(figures(slope=(0.7, 0.4, 1.1), oracle=(0.75, 0.5, 1.0)), GATES))
    assert "knows all that can be observed has 0.75 (0.50 to 1.00)" in told
    assert "other models rank" not in told, "the oracle does not compete"


def test_whoever_ranks_as_well_is_named():
    told = verdict_words(figures(others=[("logistic", 0.7), ("additive", 0.6)]), GATES)
    assert told[-1] == (
        "Unfavourable: on these weeks other models rank at least as well: logistic regression."
    )


def test_what_was_not_measured_is_not_called_calibrated():
    unknown = (np.nan, np.nan, np.nan)
    told = verdict_words(figures(slope=unknown, level=unknown), GATES)
    assert told[0].startswith("There were too few injuries to tell whether it is calibrated.")
    half = verdict_words(figures(slope=unknown), GATES)[0]
    assert half.startswith(_TOO_FEW)
    assert "slope not known, observed over expected injuries 1.00 (0.80 to 1.20)" in half
    without_interval = verdict_words(figures(level=(1.0, np.nan, np.nan)), GATES)[0]
    assert without_interval.startswith(_TOO_FEW)
    bad = verdict_words(figures(slope=unknown, level=(1.4, 1.1, 1.8)), GATES)[0]
    assert bad.startswith("Unfavourable")


def test_the_gates_are_those_of_the_project():
    wide = GateSettings(slope_low=0.5)
    assert verdict_words(figures(slope=(0.7, 0.4, 1.1)), wide)[0].startswith("Calibrated")

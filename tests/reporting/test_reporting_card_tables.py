"""Net benefit beside the best rule, and the strongest predictors of both parts."""

import numpy as np
import pandas as pd
import pytest

from reporting.card.net_benefit import net_benefit_table, surely_better_than_rules
from reporting.card.predictors import predictor_table

THRESHOLDS = [0.01 * 2 ** (step / 4) for step in range(13)]


def curve(rule_low: float) -> pd.DataFrame:
    """The model has 0.02 everywhere; leads by 0.003 over one rule, 0.001 over the other."""
    gains = {
        "risk": (0.0, 0.0, 0.0), "treat_all": (0.005, 0.004, 0.006),
        "previous_injury_score": (0.001, rule_low, 0.002),
        "ten_percent_rule": (0.003, 0.002, 0.004), "logistic": (-0.001, -0.002, 0.0),
    }  # fmt: skip
    return pd.DataFrame(
        [
            {
                "strategy": name, "threshold": at, "acted_on": 0.25, "net_benefit": 0.02,
                "low": 0.01, "high": 0.03, "gain": gain, "gain_low": low, "gain_high": high,
            }
            for name, (gain, low, high) in gains.items()
            for at in THRESHOLDS
        ]
    )  # fmt: skip


def test_net_benefit_is_told_at_four_thresholds_beside_the_rule_that_comes_closest():
    table = net_benefit_table(curve(-0.001), "risk")
    assert list(table["threshold"]) == ["1.0%", "2.0%", "4.0%", "8.0%"]
    assert list(table.iloc[0, 1:]) == [
        "25%", "20 (10 to 30)", "5 (4 to 6)", "1 (-1 to 2)",
    ]  # fmt: skip


@pytest.mark.parametrize(("low", "better"), [(-0.001, 0), (0.0, 0), (0.0005, 4)])
def test_the_lead_over_the_best_rule_counts_where_its_interval_lies_above_zero(low, better):
    assert surely_better_than_rules(curve(low), "risk") == (better, 4)


def test_a_model_without_a_curve_has_no_table():
    assert net_benefit_table(curve(0.0), "somebodys_own").empty
    assert surely_better_than_rules(curve(0.0), "somebodys_own") == (0, 0)
    alone = curve(0.0)[lambda rows: rows["strategy"] == "risk"]
    assert set(net_benefit_table(alone, "risk")["more than the best rule"]) == {"unknown"}


def test_predictors_are_told_of_both_parts_and_of_few_athletes_not_at_all():
    rows = pd.DataFrame(
        {
            "athlete": [f"a{i}" for i in range(8)] + ["b0", "b1"],
            "part": ["train"] * 8 + ["test"] * 2,
            "hours": [*range(1, 6), np.nan, np.nan, np.nan, 1.0, 2.0],
        }
    )
    table = predictor_table(rows, ["hours"], {"hours": "running time (h)"})
    assert list(table.iloc[0]) == [
        "running time (h)", "3 (2 to 4), 62%", "known of fewer than 5 athletes",
    ]  # fmt: skip

"""The replayed season as a page and as Markdown: right figures, all escaped, nobody named."""

import re

import numpy as np
import pandas as pd
import pytest

from common.language import speaking
from reporting.backtest.page import backtest_markdown, render_backtest
from reporting.backtest.sentences import flag_words, injury_words, method_words, murphy_words
from reporting.backtest.tables import BacktestFrames, budget_table, interval
from reporting.charts.season import season_chart

SUMMARY = {
    "dataset": "northside", "simulated": False, "outcome": "any", "model": "risk",
    "first": "2024-01-07", "last": "2024-01-21", "weeks": 3, "horizon_days": 7,
    "retrain_every": 4, "trainings": 1, "athletes": 30, "teams": 1, "per_team": 2,
    "forecasts": 90, "verified": 88, "events": 4, "expected": 3.6,
    "unscored": {"injured": 5, "newcomer": 1},
    # Leads of 2 and 7 days are 4.5 on average.
    "flags": {"made": 6, "led": 2, "late": 1, "unknown": 0, "nothing": 3,
              "lead_days": {"2": 1, "7": 1}},
    "injuries": {"new": 5, "unscored": 1, "flagged": 2, "earlier": 1, "missed": 1},
}  # fmt: skip
MODELS = ("risk", "base_rate")


def long(column, names, value=0.5):
    rows = [
        {"model": m, column: name, "value": value, "low": 0.4, "high": 0.6}
        for m in MODELS
        for name in names
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def frames():
    metrics = ["auroc", "calibration_slope", "observed_expected", "brier"]
    terms = [
        "brier", "reliability", "resolution", "uncertainty", "within_groups",
        "reliability_corrected", "resolution_corrected", "brier_skill",
    ]  # fmt: skip
    budget = pd.DataFrame(
        [
            {
                "model": m, "flags_per_team_week": k, "precision": 0.1, "precision_low": 0.05,
                "precision_high": 0.2, "recall": 0.3, "recall_low": 0.2, "recall_high": 0.4,
                "lead_days": np.nan if m == "base_rate" else 4.6, "false_alarms_per_season": 3.0,
            }
            for m in MODELS
            for k in (1, 3)
        ]
    )  # fmt: skip
    days = pd.to_datetime(["2024-01-07", "2024-01-14", "2024-01-21"])
    counts = {"scored": 29, "injured": 1, "not_scored": 0, "flags": 2, "flags_that_led": 1}
    weeks = pd.DataFrame(
        {"date": days, **counts, "injuries": [2, 0, 3], "injuries_flagged": [1, 0, 1],
         "expected": [1.2, 1.3, 1.1]}
    )  # fmt: skip
    flags = pd.DataFrame(
        {
            "athlete": ["a<script>", "b2"], "team": ["<b>x</b>", None], "date": days[:2],
            "probability": [0.2, 0.1], "led": [True, False], "lead_days": [3.0, np.nan],
            "late_days": [np.nan, np.nan],
        }
    )  # fmt: skip
    calibration = pd.DataFrame(
        {"predicted": [0.01, 0.05], "observed": [0.02, 0.04], "low": [0.0, 0.01],
         "high": [0.03, 0.09], "rows": [44, 44], "events": [1.0, 3.0]}
    )  # fmt: skip
    decomposition = long("term", terms, 0.02)
    return BacktestFrames(
        metrics=long("metric", metrics),
        decomposition=decomposition,
        calibration=calibration,
        alert_budget=budget,
        weeks=weeks,
        flags=flags,
    )


def test_sentences_carry_the_counts():
    assert flag_words(SUMMARY) == (
        "With 2 names per team and week the lists made 6 flags: 2 were followed by an injury "
        "within 7 days, 1 more by one within 28 days, 3 by none. Those within the horizon came 4.5 "
        "days before the injury on average."
    )
    assert injury_words(SUMMARY).startswith("Of 5 new injuries, 2 were on the last list")
    told = method_words(SUMMARY)
    assert "5 injured, 1 too new" in told
    # 90 made and 88 verified.
    assert "2 forecasts have no outcome" in told
    assert "no outcome" not in method_words(SUMMARY | {"forecasts": 88})


def test_a_season_is_told_in_the_language_spoken(frames):
    with speaking("de"):
        page = render_backtest(SUMMARY, frames)
        assert flag_words(SUMMARY).endswith("Die zutreffenden kamen im Mittel 4,5 Tage vorher.")
    assert '<html lang="de">' in page
    for english in (
        "Verification",
        "Flags followed",
        "Flags without",
        "Week by week",
        "Groups of",
        "How it was",
        " to ",
    ):
        assert english not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_murphy_in_words_never_counts_luck_as_a_loss():
    terms = {
        "uncertainty": {"value": 0.02},
        "resolution_corrected": {"value": 0.0005},
        "reliability_corrected": {"value": -0.0001},
        "brier_skill": {"value": -0.01},
    }
    told = murphy_words(terms)
    # 0.0005 of 0.02; a negative loss is the luck of a short season and no gain.
    assert "resolved 2.5 % and lost 0.0 %" in told
    assert told.endswith("score is 1.0 % higher than that of the base rate known at the time.")


def test_intervals_are_told_where_they_exist():
    assert interval({"value": 0.7, "low": 0.6, "high": 0.8}, 2) == "0.70 (0.60 to 0.80)"
    assert interval({"value": 0.7, "low": np.nan, "high": np.nan}, 2) == "0.70"
    assert interval({"value": np.nan, "low": np.nan, "high": np.nan}, 2) == "undefined"


def test_the_budget_begins_with_the_model_and_random_flags_have_no_lead_of_their_own(frames):
    rows = budget_table(frames.alert_budget, "risk").rows
    assert [row[:2] for row in rows] == [
        ("1", "Risk model"), ("1", "Base rate for everyone"),
        ("3", "Risk model"), ("3", "Base rate for everyone"),
    ]  # fmt: skip
    assert rows[0][2:] == ("10.0 % (5.0 to 20.0)", "30.0 % (20.0 to 40.0)", "4.6", "3.0")
    # A flag drawn at random leads by chance alone.
    assert rows[1][4] == "none"


def test_the_model_in_use_comes_first_also_where_it_is_one_of_the_others(frames):
    rows = budget_table(frames.alert_budget, "base_rate").rows
    assert [row[:2] for row in rows] == [
        ("1", "Base rate for everyone"),
        ("3", "Base rate for everyone"),
    ]
    both = frames.alert_budget.replace({"model": {"risk": "evidence_model"}})
    assert budget_table(both, "base_rate").rows[0][1] == "Base rate for everyone"


def test_the_page_escapes_names_and_the_markdown_has_none(frames):
    page = render_backtest(SUMMARY, frames)
    assert "a&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>x</b>" not in page
    assert "simulated" not in page
    assert "Demo" in render_backtest(SUMMARY | {"simulated": True}, frames)
    text = backtest_markdown(SUMMARY, frames)
    assert "script" not in text
    assert "b2" not in text
    assert text.count("\n## ") == 5


def test_the_chart_draws_a_bar_per_week_with_an_injury(frames):
    chart = str(season_chart(frames.weeks))
    bars, listed = (
        re.search(f'<path class="{css}" d="([^"]*)"', chart)[1].count("M") for css in ("bar", "now")
    )
    # The week without an injury has no bar, not one of height 0.
    assert (bars, listed) == (2, 2)
    assert "5 new injuries, 2 of them on the week" in chart
    # Three weeks of one month share its label.
    assert chart.count("Jan") == 1

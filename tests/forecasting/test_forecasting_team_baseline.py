"""What is the athlete's own and what the team's: medians by hand, and what they do to reasons."""

import dataclasses
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from forecasting.reasons.ranked import reasons
from forecasting.reasons.team_baseline import team_medians
from forecasting.scoring.week import score_week
from forecasting.settings import ReasonSettings
from tests.forecasting.conftest import entry

NAMES = ["ann", "bo", "cy", "dee", "eve", "fay"]
CATALOGUE = (
    entry("hours_28d", "load", "running time", "h"),
    entry("longest_run_spike", "load", "longest run against the 30 days before", decimals=2),
    entry("injuries_12m", "history", "injuries in 12 months", changeable=False),
)
# Hours weigh most for everybody; ann's spike and bo's injuries are their own.
EFFECTS = pd.DataFrame(
    {
        "hours_28d": [1.0, 0.9, 0.8, 0.9, 1.6, 0.0],
        "longest_run_spike": [0.5, 0.0, 0.0, 0.0, 0.0, 0.0],
        "injuries_12m": [-0.2, 0.4, -0.2, -0.2, -0.2, -0.2],
    }
)
ROWS = pd.DataFrame(
    {"athlete": NAMES, "hours_28d": [20.0, 18, 16, 18, 40, 4], "longest_run_spike": 1.4,
     "injuries_12m": 1.0}
)  # fmt: skip


def test_medians_are_those_of_the_team_and_of_all_where_it_is_small():
    values = pd.DataFrame({"x": [1.0, 2, 3, 4, 100, 7, 8]}, index=list("abcdefg"))
    teams = pd.Series(["t"] * 5 + [None, "u"])
    # The five of t have 3; a team of one and an unknown one take 4, the median of all.
    assert team_medians(values, teams)["x"].tolist() == [3, 3, 3, 3, 3, 4, 4]
    assert team_medians(values)["x"].tolist() == [4] * 7
    assert team_medians(values[:4])["x"].isna().all()


def test_contributions_are_split_in_the_teams_and_the_athletes_own_and_keep_their_sum():
    told = reasons(ROWS, EFFECTS, CATALOGUE, "any", settings=ReasonSettings(least_log_odds=0.0))
    # The middle of six sorted effects: (0.9 + 0.9) / 2, 0 and -0.2.
    medians = {"hours_28d": 0.9, "longest_run_spike": 0.0, "injuries_12m": -0.2}
    for row in told.to_dict("records"):
        own = row["contribution_log_odds"] - medians[row["feature"]]
        assert row["beyond_team_log_odds"] == pytest.approx(own)
    sums = told.groupby("athlete")["contribution_log_odds"].sum()
    assert sums.to_dict() == pytest.approx(
        dict(zip(NAMES, EFFECTS.sum(axis=1), strict=True)), abs=1e-12
    )


def test_reasons_come_by_how_far_they_lie_beyond_the_team():
    told = reasons(ROWS, EFFECTS, CATALOGUE, "any")
    first = told.drop_duplicates("athlete").set_index("athlete")["feature"]
    assert first[["ann", "bo", "eve"]].tolist() == [
        "longest_run_spike",
        "injuries_12m",
        "hours_28d",
    ]
    for _, part in told[told["direction"] == "for"].groupby("athlete"):
        assert all(a >= b for a, b in pairwise(part["beyond_team_log_odds"]))


def test_with_too_few_for_a_median_the_strongest_reason_comes_first():
    told = reasons(ROWS[:4], EFFECTS[:4], CATALOGUE, "any")
    assert set(told.drop_duplicates("athlete")["feature"]) == {"hours_28d"}
    assert (told["beyond_team_log_odds"] == told["contribution_log_odds"]).all()


def test_the_main_reason_sets_apart_or_is_said_to_hold_for_most(forecaster, as_of):
    status = pd.DataFrame(
        {"athlete": NAMES, "team": "Track", "status": "running", "status_note": "",
         "last_record": as_of, "days_since_record": pd.array([0] * 6, dtype="Int64")}
    )  # fmt: skip
    model = dataclasses.replace(
        forecaster,
        predict_proba=lambda rows: np.full((len(rows), 2), 0.5),
        contributions=lambda rows: EFFECTS,
    )
    scores = score_week(
        ROWS.assign(date=as_of), model, status, as_of, CATALOGUE, data_simulated=True
    ).scores
    told = scores.set_index("athlete")["main_reason"]
    assert told["ann"].startswith("A run of the past 7 days was 40 % above")
    assert told["bo"] == "1 injury in the past 12 months"
    # 40 h in four weeks; the team's median is 18 h.
    assert told["eve"].startswith("10.0 h of running a week (mean of 28 days; team's median 4.5 h)")
    assert told["cy"].startswith("As for most of the team: 4.0 h of running a week")

"""Scores that know the plan: chance, place, reasons and sums, on a hand-made team."""

import numpy as np
import pandas as pd
import pytest

from features.week_ahead.run_days import run_days
from features.week_ahead.week import Before, ComingWeek
from forecasting.planning.ahead import Ahead
from forecasting.planning.planned_scores import Scored, planned_scores
from forecasting.planning.rules_of_thumb import seen_before
from forecasting.planning.team_plan import TeamPlan
from forecasting.reasons.ranked import REASON_COLUMNS
from forecasting.settings import BandSettings
from models.evidence.figures import packaged
from models.week_ahead.effects import prior_effects
from models.week_ahead.hours import HoursBefore

NAMES = ("a", "b", "c")
DAY = pd.Timestamp("2024-11-24")  # a Sunday
CHANCE = np.array([0.020, 0.030, 0.025])
SESSIONS = pd.DataFrame(
    {
        "athlete": ["a"], "sport": ["run"], "local_date": [DAY], "moving_min": [90.0],
        "duration_min": [90.0], "distance_km": [15.0], "rpe": [4.0],
    }
)  # fmt: skip


def week(longest):
    km = np.array([[8.0, 0, 8, 0, 8, 0, one] for one in longest])
    return ComingWeek(km, km.copy(), 6 * km, np.zeros(km.shape, dtype=bool))


def team(longest, has_plan):
    hours = np.log(week([14.0] * 3).hours + packaged().exposure.least_hours)
    ahead = Ahead(
        probability=CHANCE,
        low=CHANCE / 2,
        high=CHANCE * 2,
        base_rate=0.02,
        hours_before=HoursBefore(hours, hours, hours),
        before=Before(np.full(3, 15.0), np.zeros(3, dtype=bool)),
        pace=np.full(3, 6.0),
        effects=prior_effects(),
    )
    rows = pd.DataFrame({"athlete": NAMES, "date": DAY})
    run = run_days(SESSIONS, rows["athlete"], DAY)
    seen = seen_before(run, rows)
    usual = np.array([True, True, False])
    return TeamPlan(
        rows, ahead, week([14.0] * 3), week(longest), usual, np.array(has_plan), seen, run
    )


def scored(outcome="any", share=1.0, model="published evidence"):
    p = share * np.array([*CHANCE, np.nan])
    scores = pd.DataFrame(
        {
            "athlete": [*NAMES, "hurt"],
            "team": "one",
            "outcome": outcome,
            "model": model,
            "probability": p,
            "probability_low": p / 2,
            "probability_high": p * 2,
            "base_rate": share * 0.017,
            "ratio_to_base": p / (share * 0.017),
            "band": None,
            "rank": pd.Series([3, 1, 2, pd.NA], dtype="Int64"),
            "main_reason": ["hours", "hours", "hours", None],
            "ratio_to_population": p / 0.015,
            "ratio_to_own_usual": 1.0,
            "changeable_factor": 1.5,
        }
    )
    reason = dict.fromkeys(REASON_COLUMNS, "x") | {
        "outcome": outcome, "value": 1.0, "contribution_log_odds": 0.1, "odds_factor": 1.1,
        "changeable": True, "direction": "for", "known": True, "beyond_team_log_odds": 0.1,
    }  # fmt: skip
    why = pd.DataFrame([reason | {"athlete": name} for name in NAMES])
    base = np.log(p[:3] / (1 - p[:3]))
    blocks = pd.DataFrame(
        {
            "athlete": list(NAMES), "outcome": outcome, "block": "base",
            "contribution_log_odds": base, "known_features": 0,
        }
    )  # fmt: skip
    return Scored(scores, why, blocks)


def planned(longest=(32.0, 14.0, 14.0), has_plan=(True, True, False), **changes):
    return planned_scores(scored(**changes), team(longest, has_plan), BandSettings())


def of(found, athlete):
    return found.scores.set_index("athlete").loc[athlete]


def test_a_long_run_raises_chance_multiples_and_place_and_is_the_main_reason():
    found = planned()
    one = of(found, "a")
    assert one["probability"] > 0.030
    assert one["rank"] == 1
    assert one["week_ahead"] == "plan"
    assert one["probability_without_plan"] == pytest.approx(0.020)
    ratio = one["probability"] / 0.020
    assert one["ratio_to_base"] == pytest.approx(one["probability"] / 0.017)
    assert one["ratio_to_own_usual"] == pytest.approx(ratio)
    assert one["probability_low"] < one["probability"] < one["probability_high"]
    assert one["main_reason"] == (
        "Planned: 56.0 km in the coming week, the longest run 32.0 km on Sunday"
    )
    assert one["band"] == "high"  # 1.2 times the base rate without the plan


def test_the_hazard_by_hand():
    """H x (hours / usual)^0.75 x published ratio^0.6: 32 km after 15 km is above 100 %: 2.28."""
    effects, figures = prior_effects(), packaged().exposure
    level, hours, _, _, spike, pairs = effects.coefficients.mean
    log_hours = np.log(5.6 + figures.least_hours) - np.log(3.8 + figures.least_hours)
    log = level + hours * log_hours + spike * (np.log(2.28) - 0.12) - pairs * 0.5
    hazard = -np.log1p(-0.020) * np.exp(log)
    assert of(planned(), "a")["probability"] == pytest.approx(1 - np.exp(-hazard), rel=1e-6)


def test_contributions_still_sum_to_the_log_odds():
    found = planned()
    total = found.blocks.groupby("athlete")["contribution_log_odds"].sum()
    for name in NAMES:
        p = of(found, name)["probability"]
        assert total[name] == pytest.approx(np.log(p / (1 - p)))


def test_who_has_no_plan_stays_as_forecast_and_it_is_said_of_which_week():
    found = planned(has_plan=(True, False, False))
    for name, chance, which in (("b", 0.030, "usual"), ("c", 0.025, "none")):
        assert of(found, name)["probability"] == chance
        assert of(found, name)["week_ahead"] == which
        assert pd.isna(of(found, name)["probability_without_plan"])
        assert of(found, name)["main_reason"] == "hours"
    hurt = of(found, "hurt")
    assert pd.isna(hurt["probability"])
    assert pd.isna(hurt["rank"])
    assert pd.isna(hurt["week_ahead"])


def test_the_knee_moves_by_the_same_ratio_of_hazards():
    any_, knee = planned(), planned(outcome="knee", share=0.3)

    def moved(found, before):
        return np.log1p(-of(found, "a")["probability"]) / np.log1p(-before)

    assert moved(knee, 0.006) == pytest.approx(moved(any_, 0.020))


def test_everyones_base_rate_is_moved_by_no_plan():
    found = planned_scores(
        scored(model="base rate for everyone"),
        team((32.0, 14.0, 14.0), (True, True, False)),
        BandSettings(),
        untouched=("base rate for everyone",),
    )
    assert found.scores["probability"].iloc[:3].tolist() == CHANCE.tolist()
    assert found.reasons["feature"].eq("x").all()


def test_a_week_off_lowers_the_chance_and_is_said_in_words():
    nothing = ComingWeek(*(np.zeros((3, 7)) for _ in range(3)), np.zeros((3, 7), dtype=bool))
    idle = team((14.0, 14.0, 14.0), (True, False, False))
    found = planned_scores(
        scored(), TeamPlan(**{**idle.__dict__, "planned": nothing}), BandSettings()
    )
    assert of(found, "a")["probability"] < 0.020
    (row,) = found.reasons[found.reasons["feature"] == "planned_week"].to_dict("records")
    assert row["direction"] == "against"
    assert row["sentence"] == "Planned: no running in the coming week"
    assert of(found, "a")["main_reason"] == "hours"

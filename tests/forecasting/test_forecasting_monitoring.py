"""Drift, the alarm on calibration, findings and verdict, against hand-made data."""

import numpy as np
import pandas as pd
import pytest

from common.language import speaking
from forecasting.monitoring.calibration_watch import (
    WEEKS_TO_FALSE_ALARM,
    evidence_of_shift,
    figures,
)
from forecasting.monitoring.drift import missing_drift, psi, psi_limit, spans, value_drift
from forecasting.monitoring.verdict import Unseen, monitor

LAST = pd.Timestamp("2024-11-24")
NO_ACTIONS = pd.DataFrame({"athlete": ["nobody"], "date": [LAST], "did": [""]})


def test_psi_by_hand():
    # Two bins split at 2: 2 of 4 and 2 of 4 against 1 of 4 and 3 of 4, half a count added.
    a, r = np.array([1.5, 3.5]) / 5, np.array([2.5, 2.5]) / 5
    expected = ((a - r) * np.log(a / r)).sum()
    found = psi(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 3.0, 4.0]), bins=2)
    assert found == pytest.approx(expected)
    assert psi(np.arange(50.0), np.arange(50.0)) == 0


def test_the_limit_allows_for_small_samples():
    assert psi_limit(10_000, 10_000) == 0.25
    # The 99.9 % point of chi-squared with 4 degrees of freedom is 18.467 (tables).
    assert psi_limit(20, 20) == pytest.approx(18.467 * 0.1, abs=1e-3)


def test_noise_rarely_passes_the_limit():
    rng = np.random.default_rng(0)
    hits = sum(
        psi(rng.normal(size=30), rng.normal(size=30)) > psi_limit(30, 30) for _ in range(1000)
    )
    assert hits <= 10


def feature_rows(weeks=8, athletes=40, shift=0.0, lost=0.0, seed=0):
    rng = np.random.default_rng(seed)
    level = rng.normal(size=athletes)
    parts = []
    for week in range(weeks):
        late = week >= weeks - 2
        x = level + 0.5 * rng.normal(size=athletes) + (shift if late else 0)
        y = np.where(
            rng.random(athletes) < (lost if late else 0), np.nan, rng.normal(size=athletes)
        )
        parts.append(
            pd.DataFrame({
                "athlete": [f"a{i}" for i in range(athletes)],
                "date": LAST - pd.Timedelta(days=7 * (weeks - 1 - week)),
                "x": x, "y": y, "history_days": float(100 + 7 * week),
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_a_shift_is_found_and_the_calendar_is_none():
    before, now = spans(feature_rows(shift=2.0))
    table = value_drift(before, now).set_index("feature")
    assert table["drifted"].to_dict() == {"x": True, "y": False}


def test_lost_values_are_found():
    before, now = spans(feature_rows(lost=0.9))
    table = missing_drift(before, now).set_index("feature")
    assert table["drifted"].to_dict() == {"x": False, "y": True}
    assert table.loc["y", "missing_before"] == 0


@pytest.mark.parametrize(("weeks", "athletes"), [(3, 40), (8, 9)])
def test_too_little_is_not_compared(weeks, athletes):
    assert spans(feature_rows(weeks, athletes)) is None


def test_the_evidence_of_one_week_by_hand():
    p, y = np.array([0.1, 0.2]), np.array([1.0, 0.0])
    ratios = [k**1 / ((0.9 + 0.1 * k) * (0.8 + 0.2 * k)) for k in (0.25, 0.5, 2, 4)]
    assert evidence_of_shift(np.array([0, 0]), p, y) == pytest.approx(np.mean(ratios))
    two = [a * (1 + 1 / (0.9 + 0.1 * k)) for k, a in zip(
        (0.25, 0.5, 2, 4), [k / (0.9 + 0.1 * k) for k in (0.25, 0.5, 2, 4)], strict=True
    )]  # fmt: skip
    found = evidence_of_shift(np.array([0, 1]), np.array([0.1, 0.1]), np.array([0.0, 1.0]))
    assert found == pytest.approx(np.mean(two))


def test_right_forecasts_seldom_alarm_however_often_one_looks():
    rng = np.random.default_rng(1)
    alarms, weeks = 0, 0
    for _ in range(40):
        p = rng.uniform(0.005, 0.06, (52, 50))
        y = (rng.random(p.shape) < p).astype(float)
        for end in range(4, 53, 4):
            week = np.repeat(np.arange(end), 50)
            weeks += 4
            alarms += evidence_of_shift(week, p[:end].ravel(), y[:end].ravel()) >= 200
    assert alarms * WEEKS_TO_FALSE_ALARM <= 2 * weeks


def test_figures_by_hand():
    made = pd.DataFrame({"probability": 0.1, "base_rate": 0.2, "event": [1.0] * 2 + [0.0] * 8})
    found = figures(made)
    assert (found["events"], found["expected"]) == (2, pytest.approx(1.0))
    # Garwood's exact interval of 2 events: 0.2422 to 7.2247.
    assert (found["oe_low"], found["oe_high"]) == pytest.approx((0.2422, 7.2247), abs=1e-4)
    assert found["slope"] is None
    assert found["brier_skill"] == pytest.approx(1 - 0.17 / 0.16)


def weekly(weeks=8, athletes=60, odds=1.0, seed=0):
    rng = np.random.default_rng(seed)
    parts = []
    for week in range(weeks):
        p = rng.uniform(0.01, 0.08, athletes)
        true = odds * p / (1 - p + odds * p)
        parts.append(
            pd.DataFrame({
                "athlete": [f"a{i}" for i in range(athletes)], "outcome": "any", "model": "m",
                "as_of": LAST - pd.Timedelta(days=7 * (weeks - 1 - week)), "probability": p,
                "base_rate": 0.04, "status": "running", "device": "garmin", "last_record": LAST,
                "event": (rng.random(athletes) < true).astype(float),
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def verdict(forecasts, rows=None, actions=NO_ACTIONS):
    return monitor(forecasts, feature_rows() if rows is None else rows, actions, 7)


def test_right_forecasts_on_steady_data_are_fine():
    report = verdict(weekly())
    assert (report["verdict"], report["findings"]) == ("fine", [])
    assert report["sentence"].startswith("any injury: ")


def test_forecasts_far_too_low_ask_for_recalibration():
    report = verdict(weekly(odds=5.0))
    assert report["verdict"] == "recalibrate"
    assert "O/E" in report["sentence"]


def test_forecasts_without_any_order_ask_for_training():
    made = weekly(weeks=60)
    spread = np.log(made["probability"] / 0.035) * 2.5
    made["probability"] = (0.035 * np.exp(spread)).clip(0.001, 0.6)
    made["event"] = made["event"].sample(frac=1, random_state=0).to_numpy()
    report = verdict(made)
    assert report["verdict"] == "retrain"
    assert "slope" in report["sentence"]


def test_data_come_before_models():
    report = verdict(
        weekly(odds=5.0), feature_rows(shift=3.0).assign(z=lambda t: t["x"], w=lambda t: t["x"])
    )
    assert report["verdict"] == "check the data"
    assert {finding["kind"] for finding in report["findings"]} == {"value_drift", "calibration"}


def test_the_silent_one_is_named_and_dated():
    made = weekly()
    gone = (made["athlete"] == "a3") & (made["as_of"] == LAST)
    made.loc[gone, ["status", "last_record"]] = ["silent", LAST - pd.Timedelta(days=11)]
    made.loc[gone, ["probability", "event"]] = np.nan
    report = verdict(made)
    assert report["silent"] == [{"athlete": "a3", "since": "2024-11-13"}]
    assert report["verdict"] == "fine"


@pytest.mark.parametrize(("changed", "expected"), [(1, "fine"), (30, "check the data")])
def test_one_new_device_is_a_notice_and_half_the_team_an_alarm(changed, expected):
    made = weekly()
    who = made["athlete"].isin([f"a{i}" for i in range(changed)])
    made.loc[who & (made["as_of"] == LAST), "device"] = "stryd"
    report = verdict(made)
    assert len(report["new_devices"]) == changed
    assert report["verdict"] == expected


def test_acted_and_not_acted_stand_apart():
    made = weekly()
    week = made["as_of"].min()
    actions = pd.DataFrame(
        {"athlete": ["a1", "a2"], "date": week + pd.to_timedelta([7, 99], unit="D"), "did": "rest"}
    )
    groups = {
        outcome["group"]: outcome["forecasts"]
        for outcome in verdict(made, actions=actions)["outcomes"]
    }
    # a1's action falls into the horizon of its own week and on the as-of day of the next.
    assert groups == {"all": 480, "acted": 2, "not acted": 478}


def test_forecasts_of_an_earlier_model_do_not_count():
    made = weekly(odds=5.0)
    made.loc[made["as_of"] < LAST, "model"] = "earlier"
    assert verdict(made)["outcomes"][0]["forecasts"] == 60


def test_before_any_horizon_has_passed_nothing_is_claimed():
    report = verdict(weekly().assign(event=np.nan))
    assert (report["verdict"], report["sentence"]) == (
        "too early to tell",
        "no forecast period is over yet",
    )


def test_a_handful_of_injuries_is_said_to_be_too_few():
    one = weekly(weeks=2).assign(event=0.0)
    one.loc[one.index[:4], "event"] = 1.0
    early = verdict(one)
    assert early["verdict"] == "too early to tell"
    assert "too few to judge the forecasts yet" in early["sentence"]
    assert early["findings"] == []
    assert "any injury: 4 new injuries, " in early["sentence"]
    single = one.assign(event=[1.0] + [0.0] * (len(one) - 1))
    assert verdict(single)["sentence"].startswith("any injury: 1 new injury, ")
    one.loc[one.index[:5], "event"] = 1.0
    assert "too few" not in verdict(one)["sentence"]
    assert verdict(one)["verdict"] == "fine"


def test_injuries_of_forecasts_that_were_acted_on_make_nothing_fine():
    made = weekly(weeks=2).assign(event=0.0)
    first = made.index[made["as_of"] == made["as_of"].min()]
    made.loc[first[:5], "event"] = 1.0
    acted = {"athlete": ["a3", "a4"], "date": made["as_of"].min(), "did": "rest"}
    report = verdict(made, actions=pd.DataFrame(acted))
    assert report["verdict"] == "too early to tell"
    assert report["sentence"].startswith("any injury: 3 new injuries, ")
    assert report["sentence"].endswith("(without forecasts that somebody acted on)")
    assert verdict(made)["verdict"] == "fine"
    assert "acted on" not in verdict(made)["sentence"]


@pytest.mark.parametrize(
    ("outcome", "english", "german"),
    [("lower_leg", "lower leg injury: ", "Verletzung: Unterschenkel: "),
     ("mtss", "medial tibial stress syndrome: ", "Schienbeinkantensyndrom: "),
     ("severe", "severe injury (more than 28 days): ",
      "schwere Verletzung (mehr als 28 Tage): ")],
)  # fmt: skip
def test_every_outcome_has_words_in_every_language(outcome, english, german):
    made = weekly().assign(outcome=outcome)
    assert verdict(made)["sentence"].startswith(english)
    with speaking("de"):
        assert verdict(made)["sentence"].startswith(german)


def test_a_week_without_records_is_never_fine():
    unseen = Unseen(LAST, (LAST,))
    report = monitor(weekly(), feature_rows(), NO_ACTIONS, 7, unseen)
    assert report["verdict"] == "too early to tell"
    assert report["sentence"].startswith(
        "no record after 24 Nov 2024: the week after 24 Nov 2024 cannot be judged"
    )
    # An alarm of the weeks that were seen stands above it.
    assert monitor(weekly(odds=5.0), feature_rows(), NO_ACTIONS, 7, unseen)["verdict"] == (
        "recalibrate"
    )


def test_who_fell_silent_long_ago_is_old_news():
    made = weekly()
    gone = (made["athlete"] == "a3") & (made["as_of"] == LAST)
    made.loc[gone, ["status", "last_record"]] = ["silent", LAST - pd.Timedelta(days=29)]
    assert verdict(made)["silent"] == []

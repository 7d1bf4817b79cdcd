"""Families of features worked by hand, every member: weeks, answers, strength, gait."""

import math

import pandas as pd
import pytest

from features.catalogue.entry import BLOCKS
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue
from tests.features.timelines import day, features_on, run, table

EVERYTHING = FeatureSettings(blocks=BLOCKS)
RUNS, RIDES, LIFTS = (2, 9, 16, 23, 26), (1, 8, 15, 22), (3, 17, 24)


@pytest.fixture(scope="module")
def month():
    """Four weeks that end on day 27: weeks of days 21-27, 14-27 and 0-27."""
    hills = {"ascent_m": 50.0, "descent_m": 100.0, "hard_km": 2.0, "hard_min": 10.0}
    sessions = [
        *(run(on, 10, 60, **hills) for on in RUNS),
        *(run(on, 25, 60, sport="ride") for on in RIDES),
        run(25, 1, 30, sport="swim"),
        *(run(on, 0, 40, sport="strength") for on in LIFTS),
        run(5, 5, 60, sport="walk"),
        run(20, 8, 60, sport="hike"),
    ]
    exercise = table(
        "a", [0, 10, 20, 26, 27], exercise="squat", target=["hip"] * 4 + ["mobility"],
        sets=[3.0, 4.0, 5.0, 6.0, 9.0], prescribed_sets=[4.0] * 5,
    )  # fmt: skip
    return features_on(27, sessions=sessions, exercise=exercise)


def test_weeks_by_hand(month):
    hand = {
        # Runs of days 16, 23 and 26 are 3 h; the walk of 5 km and the hike of 8 km are walking.
        "hours_14d": 3, "runs_7d": 2, "walking_28d_km": 13,
        "ascent_14d_m": 150, "descent_7d_m": 200, "descent_28d_m": 500,
        "hard_7d_km": 4, "hard_14d_km": 6, "hard_28d_km": 10, "hard_14d_min": 30,
        # A ride of 60 min a week and the swim of 30 min on day 25: 60 + 30, 120 + 30, 240 + 30.
        "cross_training_7d_min": 90, "cross_training_14d_min": 150, "cross_training_28d_min": 270,
        "strength_training_7d_min": 40, "strength_training_14d_min": 80,
        "strength_training_28d_min": 120,
        # The 9 sets of day 27 are mobility and no strength; 18 of 4 x 4 prescribed sets were done.
        "exercise_7d_sets": 6, "exercise_14d_sets": 11, "exercise_28d_sets": 18,
        "exercise_adherence_28d": 18 / 16,
        # All at RPE 5. Last week: two runs 120, ride 60, swim 30, strength 40 are 250 min.
        "srpe_7d": 5 * 250, "srpe_14d": 5 * (250 + 220), "srpe_28d": 5 * (250 + 560),
        # Uncoupled: the 560 min of days 0 to 20 alone, without the last week.
        "acwr_srpe_uncoupled": (1250 / 7) / (2800 / 21),
    }  # fmt: skip
    assert {name: month[name] for name in hand} == pytest.approx(hand, rel=1e-6)


def test_weighted_ratio_of_load_by_hand(month):
    minutes = dict.fromkeys((*RUNS, *RIDES, 5, 20), 60) | dict.fromkeys(LIFTS, 40) | {25: 30}
    loads = [5.0 * minutes.get(on, 0) for on in range(28)]
    short = long = loads[0]
    for load in loads[1:]:
        # Weights of 2 / (N + 1) for N of 7 and 28 days (Williams 2017).
        short, long = short + (load - short) * 2 / 8, long + (load - long) * 2 / 29
    assert month["acwr_srpe_ewma"] == pytest.approx(short / long)


# Value of an answer v between 0 and 1: base + span x v.
ITEMS = {
    "sleep_h": ("sleep_h", 5, 4),
    "resting_hr": ("resting_hr_bpm", 40, 20),
    "hrv": ("hrv_rmssd_ms", 50, 40),
} | {
    name: (name, 0, 1)
    for name in ("sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness")
}


@pytest.mark.parametrize("name", ITEMS)
def test_answers_by_hand(name):
    """0.2 and 0.4 in turn for 28 days, then 0.6, 0.6 and 0.8 on days 30, 32 and 34."""
    column, base, span = ITEMS[name]
    answers = [*[0.2, 0.4] * 14, 0.6, 0.6, 0.8]
    values = {column: [base + span * v for v in answers]}
    got = features_on(34, wellness=table("a", [*range(28), 30, 32, 34], **values))
    assert got[f"{name}_latest"] == pytest.approx(base + span * 0.8)
    assert got[f"{name}_7d"] == pytest.approx(base + span * 2 / 3)
    # Least squares through 0.6, 0.6 and 0.8, two days apart: 0.2 in four days.
    assert got[f"{name}_slope_7d"] == pytest.approx(span * 0.05)
    # The three answers of the week itself stay out of the mean and the spread they are held
    # against.
    spread = 0.1 * math.sqrt(28 / 27)
    assert got[f"{name}_deviation"] == pytest.approx((2 / 3 - 0.3) / spread, rel=1e-5)


FORCES = [f.name.removesuffix("_n_kg") for f in catalogue(["strength"]) if f.unit == "N/kg"]
TESTS = [(force, "N", f"{force}_n_kg", 70.0) for force in FORCES] + [
    ("side_plank", "s", "side_plank_s", 1.0),
    ("calf_raise", "reps", "calf_raise_reps", 1.0),
]


@pytest.mark.parametrize(("test", "unit", "name", "over"), TESTS)
def test_strength_by_hand(test, unit, name, over):
    """200 and 240 on day 0, 250 and 300 on day 20, at 70 kg: means of 220 and 275."""
    rows = table(
        "a", [0, 0, 20, 20], test=test, metric="best", unit=unit, device="one",
        side=["left", "right"] * 2, value=[200.0, 240.0, 250.0, 300.0],
    )  # fmt: skip
    body = table("a", [0], mass_kg=70.0)
    got = features_on(30, length=40, strength=rows, body=body, settings=EVERYTHING)
    assert got[name] == pytest.approx(275 / over)
    assert got[f"{test}_side_difference_pct"] == pytest.approx(100 * 50 / 300)
    # 275 against 220.
    assert got[f"{test}_change_pct"] == pytest.approx(25)


LAB = [f.name for f in catalogue(["gait"]) if f.name.startswith("lab_")]
METRICS = [n for n in LAB if not n.endswith(("_change", "_side_difference"))]


@pytest.mark.parametrize("name", METRICS)
def test_gait_tests_by_hand(name):
    """10 and 14 on day 0, 15 and 13 on day 20, same device and speed: means of 12 and 14."""
    rows = table(
        "a", [0, 0, 20, 20], metric=name.removeprefix("lab_"), unit="as named", device="lab",
        side=["left", "right"] * 2, value=[10.0, 14.0, 15.0, 13.0], speed_m_s=3.0,
    )  # fmt: skip
    got = features_on(30, length=40, gait=rows, settings=EVERYTHING)
    assert got[name] == 14
    for kind in ("change", "side_difference"):
        if f"{name}_{kind}" in LAB:
            assert got[f"{name}_{kind}"] == 2


DEVICE = {
    "cadence": ("cadence_spm", "spm", 160.0, 168.0),
    "step_length": ("step_length_m", "m", 1.0, 1.1),
    "vertical_oscillation": ("vertical_oscillation_mm", "mm", 90.0, 80.0),
    "ground_contact": ("ground_contact_ms", "ms", 250.0, 240.0),
    "vertical_ratio": ("vertical_ratio_pct", "pct", 8.0, 7.5),
    "contact_imbalance": ("balance_left_pct", "pct", 49.0, 52.0),
    "form_decay": ("form_decay_pct", "pct", 2.0, 5.0),
}


@pytest.mark.parametrize("name", DEVICE)
def test_running_dynamics_by_hand(name):
    """Five runs of one value, four weeks later three of another, same watch and speed."""
    column, unit, before, now = DEVICE[name]
    sessions = [
        run(on, 10, 60, dynamics_source="watch", **{column: before if on < 28 else now})
        for on in (0, 3, 6, 9, 12, 40, 43, 46)
    ]
    got = features_on(46, sessions=sessions, settings=EVERYTHING)
    if name == "contact_imbalance":
        # Either side may be the stronger one: the distance from 50 % counts.
        before, now = abs(before - 50), abs(now - 50)
    assert got[f"{name}_28d_{unit}"] == pytest.approx(now)
    assert got[f"{name}_28d_change"] == pytest.approx(now - before, rel=1e-5)


def test_the_families_are_whole():
    assert len(FORCES) == 7
    assert len(METRICS) == 11
    assert pd.Timestamp(day(0)).day_of_week == 0

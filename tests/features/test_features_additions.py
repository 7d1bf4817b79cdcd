"""Impact, surfaces, close hard days, slopes, heartbeats and sides, worked by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from features.kernels.trend import rolling_slope
from tests.features.timelines import day, features_on, run, table

MASS = table("a", [0], mass_kg=70.0)


def week(**more):
    return [run(on, 9.0, 50.0, cadence_spm=170.0, **more) for on in range(0, 28, 4)]


@pytest.mark.parametrize(
    ("more", "factor"),
    [
        ({}, 1.0),
        ({"descent_m": 0.0, "ascent_m": 300.0}, 1.0),
        ({"descent_m": 9000 * math.tan(math.radians(9))}, 1.54),
        ({"descent_m": 9000 * math.tan(math.radians(9)) / 2}, 1.27),
    ],
)
def test_impact_load(more, factor):
    got = features_on(27, sessions=week(**more), body=MASS)
    each = 170 * 50 * 70 * 9.80665 * 1.6 * factor / 1e6  # 9 km in 50 min are 3 m/s
    assert got["impact_28d_mn"] == pytest.approx(7 * each)
    assert got["impact_per_km_28d"] == pytest.approx(each / 9)


def test_impact_rises_with_speed_and_takes_step_length_for_steps():
    fast = [run(on, 15.0, 50.0, step_length_m=1.5) for on in range(0, 28, 4)]  # 5 m/s, 10,000 steps
    got = features_on(27, sessions=fast, body=MASS)
    assert got["impact_28d_mn"] == pytest.approx(7 * 10_000 * 70 * 9.80665 * 2.3 / 1e6)


def test_impact_without_a_body_mass_or_steps_is_unknown():
    assert np.isnan(features_on(27, sessions=week())["impact_28d_mn"])
    plain = [run(on, 9.0, 50.0) for on in range(0, 28, 4)]
    assert np.isnan(features_on(27, sessions=plain, body=MASS)["impact_28d_mn"])


def test_surface_shares_are_those_of_the_named_kilometres():
    sessions = [
        run(0, 10, surface="trail"), run(2, 30, surface="road"), run(4, 20, surface="track"),
        run(6, 100),
    ]  # fmt: skip
    got = features_on(27, sessions=sessions)
    assert got["trail_share_28d"] == pytest.approx(10 / 60)
    assert got["track_share_28d"] == pytest.approx(20 / 60)
    assert got["treadmill_share_28d"] == 0


def test_hard_days_close_together():
    hard = {0: 8, 2: 7, 5: 9, 6: 7, 8: 6}
    got = features_on(27, sessions=[run(on, rpe=float(rpe)) for on, rpe in hard.items()])
    assert got["hard_days_close_28d"] == pytest.approx(2 / 5)
    assert got["hard_days_share_28d"] == pytest.approx(4 / 5)


def test_heartbeats_per_kilometre():
    before = [run(on, 10, 50, hr_mean=150.0) for on in range(0, 21, 3)]
    now = [run(on, 10, 50, hr_mean=165.0) for on in range(21, 27, 2)]
    got = features_on(27, sessions=[*before, *now])
    assert got["heartbeats_per_km_7d"] == pytest.approx(165 * 50 / 10)
    assert got["heartbeats_per_km_change"] == pytest.approx(1.1)
    assert got["heartbeats_7d_k"] == pytest.approx(3 * 165 * 50 / 1000)
    assert got["heartbeats_28d_k"] == pytest.approx((7 * 150 + 3 * 165) * 50 / 1000)


def test_pain_against_the_own_past():
    usual = [1.0, 3.0] * 14  # mean 2, sample standard deviation sqrt(28 / 27)
    rating = [*usual, 5.0, 5.0, 6.0]
    on = [*range(28), 30, 32, 34]
    got = features_on(34, pain=table("a", on, region="knee", pain_0_10=rating, when="after"))
    assert got["pain_latest"] == 6
    assert got["pain_slope_7d"] == pytest.approx(0.25)
    assert got["pain_deviation"] == pytest.approx((16 / 3 - 2) / math.sqrt(28 / 27))


def test_slope_of_a_week_with_gaps():
    got = features_on(6, wellness=table("a", [0, 2, 6], mood=[0.2, 0.4, 0.8]))
    assert got["mood_slope_7d"] == pytest.approx(0.1)
    assert np.isnan(features_on(6, wellness=table("a", [0, 6], mood=0.5))["mood_slope_7d"])


def test_the_slope_kernel_starts_anew_with_each_athlete():
    values = np.array([1, 2, np.nan, 4, 10, 10, 10], dtype=np.float32)
    got = rolling_slope(values, np.array([0, 4, 7]), 3, 2)
    np.testing.assert_allclose(got, [np.nan, 1, 1, 1, np.nan, 0, 0])


def injuries(*rows):
    """Rows are (region, side, onset day)."""
    return pd.DataFrame(
        {
            "athlete": "a",
            "region": [r[0] for r in rows],
            "side": [r[1] for r in rows],
            "onset_date": [day(r[2]) for r in rows],
            "return_date": [day(r[2] + 5) for r in rows],
            "source": "hand",
        }
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("knee", "left", 0), ("knee", "left", 100)], 1),
        ([("knee", "left", 0), ("knee", "right", 100)], 0),
        ([("knee", "left", 0), ("foot", "left", 100)], 0),
        ([("knee", "both", 0), ("knee", "right", 100), ("knee", "left", 200)], 2),
        ([("knee", None, 0), ("knee", "left", 100)], 0),
        # A return was written between them: the later one is a recurrence, however soon.
        ([("knee", "left", 0), ("knee", "left", 20)], 1),
        ([("knee", None, 0), ("knee", "left", 20), ("knee", "left", 100)], 1),
    ],
)
def test_same_region_and_side(rows, expected):
    got = features_on(300, injuries=injuries(*rows))
    assert got["same_side_recurrences_24m"] == expected


RUNS = [run(on, 10, 50, rpe=5.0, hr_mean=150.0) for on in (0, 8, 16, 20)]


@pytest.mark.parametrize(
    ("ride", "minutes"),
    [
        ({"rpe": 3.0, "hr_mean": 140.0}, 90 * 3 / 5),  # the answer comes first
        ({"rpe": 10.0}, 90 * 2),
        ({"rpe": None, "hr_mean": 120.0}, 90 * 120 / 150),
        ({"rpe": None}, math.nan),  # of unknown effort, not easy
        ({"rpe": 3.0, "minutes": math.nan}, math.nan),
    ],
)
def test_other_sports_count_by_their_effort_against_the_usual_run(ride, minutes):
    sports = ("ride", "swim", "strength", "walk", "other")
    for sport in sports:
        told = {"km": math.nan, "minutes": 90.0, "sport": sport} | ride
        got = features_on(27, sessions=[*RUNS, run(25, **told)])
        assert got["other_sports_effort_7d_min"] == pytest.approx(minutes, nan_ok=True)


def test_without_three_runs_that_tell_it_nobody_knows_the_usual_effort():
    ride = run(25, 30.0, 90.0, rpe=4.0, sport="ride", hr_mean=120.0)
    rated = [one | {"rpe": 5.0 if at < 2 else None} for at, one in enumerate(RUNS)]
    by_heart = features_on(27, sessions=[*rated, ride])["other_sports_effort_28d_min"]
    assert by_heart == pytest.approx(90 * 120 / 150)
    silent = [one | {"hr_mean": None} for one in rated]
    assert np.isnan(features_on(27, sessions=[*silent, ride])["other_sports_effort_28d_min"])
    assert features_on(27, sessions=RUNS)["other_sports_effort_28d_min"] == 0


def test_who_rides_because_of_a_pain_keeps_the_yardstick_of_the_runs_before():
    rides = [run(on, 30.0, 60.0, rpe=4.0, sport="ride") for on in range(21, 120, 2)]
    got = features_on(120, sessions=[*RUNS, *rides])
    assert got["other_sports_effort_28d_min"] == pytest.approx(14 * 60 * 4 / 5)

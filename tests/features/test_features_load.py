"""Load formulas worked by hand, and against the `acwr` package."""

import acwr
import numpy as np
import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from tests.features.cohort import from_frames
from tests.features.timelines import day, features_on, roster, run, runs

# Four weeks: 30, 40, 20 and 45 km. The longest runs are 12, 15, 8 and 20 km.
FOUR_WEEKS = [
    10, 0, 8, 0, 12, 0, 0,
    10, 0, 15, 0, 15, 0, 0,
    6, 0, 6, 0, 8, 0, 0,
    10, 0, 15, 0, 0, 20, 0,
]  # fmt: skip


def test_volumes_and_ratios_of_four_weeks():
    got = features_on(27, sessions=runs(FOUR_WEEKS))
    hand = {
        "distance_7d_km": 45,
        "distance_14d_km": 65,
        "distance_28d_km": 135,
        "hours_7d": 3,
        "hours_28d": 12,
        "srpe_7d": 3 * 300,
        "runs_28d": 12,
        "acwr_uncoupled": (45 / 7) / (90 / 21),
        "acwr_coupled": (45 / 7) / (135 / 28),
        "acute_over_constant": 45 / 7 / (100 / 23),  # days 0-22 are the first with 23 known
        "week_change": 45 / 20,
        # weekly distances 30, 40, 20, 45: slope (3 * 45 + 20 - 40 - 3 * 30) / 10 = 2.5
        "ramp_4w": 2.5 / 33.75,
        "longest_run_7d_km": 20,
        "longest_run_30d_km": 20,  # 28 of 30 days are known
        "longest_run_share_7d": 20 / 45,
        "longest_run_spike_today": 0,
        "rest_days_7d": 4,
        "rest_days_28d": 16,
        "days_since_rest": 0,
        "days_since_run": 1,
        "hard_days_share_28d": 0,
    }
    assert {name: got[name] for name in hand} == pytest.approx(hand, rel=1e-6)


def test_a_steady_runner_has_an_acwr_of_one_not_a_quarter():
    got = features_on(90, sessions=runs([8.0] * 91))
    for name in (
        "acwr_uncoupled",
        "acwr_coupled",
        "acwr_ewma",
        "acute_over_constant",
        "week_change",
    ):
        assert got[name] == pytest.approx(1), name
    assert got["ramp_4w"] == pytest.approx(0)
    assert got["form"] == pytest.approx(0)
    assert got["fitness_42d"] == pytest.approx(300)


def test_monotony_and_strain():
    minutes = [30, 0, 60, 0, 90, 0, 0]
    got = features_on(6, sessions=runs([1 if m else 0 for m in minutes], minutes=minutes))
    load = np.array(minutes) * 5.0
    monotony = load.mean() / load.std(ddof=1)
    assert got["monotony_7d"] == pytest.approx(monotony)
    assert got["strain_7d"] == pytest.approx(900 * monotony)


def test_monotony_of_equal_days_has_no_denominator():
    got = features_on(6, sessions=runs([5.0] * 7))
    assert np.isnan(got["monotony_7d"])
    assert np.isnan(got["strain_7d"])


def test_a_denominator_of_zero_gives_null():
    got = features_on(
        34,
        sessions=[
            run(0, 0.0, sport="other"),
            *(run(d, sport="ride") for d in range(5, 28, 7)),
            run(33, 10),
        ],
    )
    for name in (
        "acwr_uncoupled",
        "week_change",
        "longest_run_spike",
        "longest_time_spike",
    ):
        assert np.isnan(got[name]), name
    assert got["acwr_coupled"] == pytest.approx(4)
    assert np.isnan(got["acute_over_constant"])  # one run is no level to compare with


@pytest.mark.parametrize(
    ("kilometres", "today", "week"),
    [
        ([10] + [0] * 26 + [15], 1.5, 1.5),
        ([10] + [0] * 24 + [15, 0, 0], 0, 1.5),
        ([10] + [0] * 25 + [15, 18], 1.2, 1.5),  # 18 is compared with yesterday's 15
        ([10] + [0] * 15 + [20] + [0] * 10 + [15], 0.75, 0.75),
        ([10] + [0] * 28 + [20], 2, 2),  # 29 days ago is among the 30 before
        ([10] + [0] * 29 + [20], 2, 2),  # and so is 30 days ago
        ([10] + [0] * 30 + [20], np.nan, np.nan),  # 31 days ago is not
        ([10] + [0] * 30 + [20, 0], 0, np.nan),  # nothing to compare with is not no spike
        ([10] + [0] * 30 + [20, 10], 0.5, np.nan),
        ([10] + [0] * 40, 0, 0),
    ],
)
def test_longest_run_spike(kilometres, today, week):
    rides = [run(on, 0.0, sport="ride", hour=18) for on in range(0, len(kilometres), 5)]
    got = features_on(len(kilometres) - 1, sessions=[*runs(kilometres), *rides])
    assert got["longest_run_spike_today"] == pytest.approx(today, nan_ok=True)
    assert got["longest_run_spike"] == pytest.approx(week, nan_ok=True)


def test_the_spike_is_of_one_session_not_of_the_day():
    sessions = [
        run(0, 10),
        *(run(d, 5) for d in range(2, 27, 4)),
        run(27, 8, hour=7),
        run(27, 9, hour=17),
    ]
    assert features_on(27, sessions=sessions)["longest_run_spike_today"] == pytest.approx(0.9)


def test_time_has_its_own_spike():
    sessions = [run(0, 10, 60), *(run(d, 5, 30) for d in range(2, 27, 4)), run(27, 10, 90)]
    got = features_on(27, sessions=sessions)
    assert got["longest_run_spike_today"] == pytest.approx(1)
    assert got["longest_time_spike_today"] == pytest.approx(1.5)


def test_streaks_and_rest():
    sessions = [run(0), run(2), run(3), run(4, sport="ride"), run(5), run(6)]
    got = features_on(6, sessions=sessions)
    assert got["days_since_rest"] == 5
    assert got["run_streak_days"] == 2
    assert got["rest_days_7d"] == 1
    assert got["days_since_run"] == 0


@pytest.mark.parametrize(("unknown", "expected"), [(1, 60), (2, np.nan)])
def test_a_window_needs_four_fifths_of_its_days(unknown, expected):
    kilometres = [10, 10, 10, 10, 10, 10, 10]
    for on in range(unknown):
        kilometres[on] = np.nan
    sessions = [run(on, km) for on, km in enumerate(kilometres)]
    assert features_on(6, sessions=sessions)["distance_7d_km"] == pytest.approx(
        expected, nan_ok=True
    )


def test_the_share_of_known_days_is_a_parameter():
    sessions = [run(on, np.nan if on < 3 else 10.0) for on in range(7)]
    settings = FeatureSettings(known_share=0.5)
    assert features_on(6, sessions=sessions, settings=settings)["distance_7d_km"] == 40


def test_rest_days_do_not_outvote_runs_that_were_not_measured():
    got = features_on(27, sessions=[run(on, rpe=np.nan) for on in (1, 4, 12, 20)])
    assert got["runs_28d"] == 4
    for name in ("hard_28d_min", "hard_share_28d", "srpe_28d", "ascent_28d_m", "strain_7d"):
        assert np.isnan(got[name]), name


def test_a_week_of_rest_says_nothing_about_what_an_athlete_never_measures():
    never = features_on(14, sessions=[run(0, rpe=np.nan), run(5, rpe=np.nan)])
    usually = features_on(14, sessions=[run(0, hard_min=9, ascent_m=5), run(5, hard_min=8)])
    assert never["distance_7d_km"] == usually["distance_7d_km"] == 0
    assert np.isnan([never["hard_7d_min"], never["srpe_7d"], usually["ascent_7d_m"]]).all()
    assert usually["hard_7d_min"] == usually["srpe_7d"] == 0


@pytest.mark.parametrize(
    ("rpe", "load"),
    [
        ([4, 6, 8, np.nan, np.nan], 60 * (4 + 6 + 8 + 6 + 6)),
        ([4, 6, np.nan, np.nan, np.nan], 60 * (4 + 6 + 5 + 5 + 5)),
        ([4, np.nan, np.nan, np.nan, np.nan], np.nan),
    ],
)
def test_an_unrated_session_counts_with_the_usual_effort(rpe, load):
    got = features_on(13, sessions=[run(2 * on, rpe=r) for on, r in enumerate(rpe)])
    assert got["srpe_14d"] == pytest.approx(load, nan_ok=True)


def test_the_unrated_part_of_a_day_is_filled_and_the_rated_part_kept():
    sessions = [
        run(0, minutes=60, rpe=4),
        run(1, minutes=30, rpe=8),
        run(1, minutes=20, rpe=np.nan, hour=17),
    ]
    usual = (60 * 4 + 30 * 8) / 90
    got = features_on(6, sessions=sessions)
    assert got["srpe_7d"] == pytest.approx(60 * 4 + 30 * 8 + 20 * usual)


def test_the_share_of_hard_days_is_of_the_rated_ones():
    rpe = [8, 3, np.nan, 7, 6, np.nan]
    got = features_on(27, sessions=[run(2 * on, rpe=r) for on, r in enumerate(rpe)])
    assert got["hard_days_share_28d"] == pytest.approx(2 / 4)


def test_hard_share_counts_the_measured_runs_only():
    hard = [10, 0, 20, 0, np.nan, 0, 0]
    sessions = [run(on, hard_min=h) for on, h in enumerate(hard)]
    got = features_on(6, sessions=sessions)
    assert got["hard_share_7d"] == pytest.approx(30 / 360)
    assert got["hard_7d_min"] == pytest.approx(30)


def test_banister_by_hand():
    minutes = [60.0] * 70 + [120.0]
    got = features_on(70, sessions=runs([10] * 71, minutes=minutes))
    slow, fast = 1 - np.exp(-1 / 42), 1 - np.exp(-1 / 7)
    assert got["fitness_42d"] == pytest.approx(300 + slow * 300)
    assert got["load_fatigue_7d"] == pytest.approx(300 + fast * 300)
    assert got["form"] == pytest.approx((slow - fast) * 300)


@pytest.fixture(scope="module")
def random_year():
    rng = np.random.default_rng(4)
    kilometres = np.where(rng.random(200) < 0.3, 0, rng.gamma(4, 2.5, 200).round(2))
    minutes = (kilometres * 6).round(1)
    sessions = pd.DataFrame(runs(kilometres, minutes=minutes))
    tables = from_frames({"athletes": roster(200), "sessions": sessions})
    index = pd.date_range(day(0), day(199))
    ours = feature_matrix(tables, FeatureSettings(), index).set_index("date")
    return ours, pd.Series(kilometres, index=index), pd.Series(minutes * 5, index=index)


@pytest.mark.parametrize(
    ("name", "method"), [("acwr_uncoupled", "rau"), ("acwr_coupled", "rac"), ("acwr_ewma", "ewma")]
)
def test_acwr_agrees_with_the_acwr_package(random_year, name, method):
    ours, kilometres, _ = random_year
    theirs = acwr.acwr(kilometres, method=method).iloc[34:]
    np.testing.assert_allclose(ours[name].iloc[34:], theirs, rtol=1e-5)


def test_monotony_and_strain_agree_with_the_acwr_package(random_year):
    ours, _, load = random_year
    np.testing.assert_allclose(
        ours["monotony_7d"].iloc[6:], acwr.monotony(load).iloc[6:], rtol=1e-5
    )
    np.testing.assert_allclose(ours["strain_7d"].iloc[6:], acwr.strain(load).iloc[6:], rtol=1e-5)

"""Gait worked by hand: one source, matched speed, own past."""

import numpy as np
import pytest

from features.catalogue.settings import FeatureSettings
from tests.features.timelines import features_on, run, table

GAIT = FeatureSettings(blocks=("gait",))


def trial(day, side, value, speed=3.0, device="A"):
    return (day, side, value, speed, device)


def on(last, *rows, metric="peak_hip_adduction_deg", sessions=()):
    names = ("side", "value", "speed_m_s", "device")
    columns = {name: [r[i + 1] for r in rows] for i, name in enumerate(names)}
    gait = table("a", [r[0] for r in rows], metric=metric, unit="deg", **columns)
    return features_on(last, settings=GAIT, sessions=sessions, gait=gait)


def test_latest_trial_its_sides_and_its_past_at_a_matched_speed():
    rows = [
        trial(0, "left", 10.0), trial(0, "right", 12.0),
        trial(5, "both", 30.0, speed=3.3),
        trial(6, "both", 40.0, device="B"),
        trial(7, "both", 13.0, speed=3.25),
        trial(9, "left", 15.0), trial(9, "right", 18.0),
    ]  # fmt: skip
    got = on(20, *rows)
    assert got["lab_peak_hip_adduction_deg"] == 16.5
    assert got["lab_peak_hip_adduction_deg_side_difference"] == 3
    # 11 of both sides at 3.0 m/s and 13 at 3.25; 3.3 m/s and device B are no past of it.
    assert got["lab_peak_hip_adduction_deg_change"] == pytest.approx(16.5 - (11 + 13) / 2)
    assert got["days_since_gait_test"] == 11


@pytest.mark.parametrize(
    ("speed", "device", "expected"),
    [
        (3.0, "A", 4.0), (3.25, "A", 4.0), (3.26, "A", np.nan), (3.0, "B", np.nan),
        (np.nan, "A", np.nan),
    ],
)  # fmt: skip
def test_only_the_same_device_at_a_matched_speed_is_a_past(speed, device, expected):
    got = on(9, trial(0, "both", 10.0), trial(5, "both", 14.0, speed=speed, device=device))
    assert got["lab_peak_hip_adduction_deg"] == 14
    assert got["lab_peak_hip_adduction_deg_change"] == pytest.approx(expected, nan_ok=True)


def watch(days, cadence, source="watch", km=12.0, **more):
    return [run(d, km, 60.0, cadence_spm=cadence, dynamics_source=source, **more) for d in days]


def test_a_month_is_that_of_the_source_worn_last():
    runs = [*watch([1, 2, 3], 180.0, "pod"), *watch([10, 12, 14], 160.0), *watch([15], 166.0)]
    got = features_on(20, settings=GAIT, sessions=runs)
    # The watch was worn last: the pod's 180 belong to another series.
    assert got["cadence_28d_spm"] == pytest.approx((3 * 160 + 166) / 4)
    assert np.isnan(got["cadence_28d_change"])
    later = features_on(20, settings=GAIT, sessions=[*runs, *watch([18], 181.0, "pod")])
    assert later["cadence_28d_spm"] == pytest.approx((3 * 180 + 181) / 4)


def test_dynamics_of_an_unnamed_source_are_left_out():
    runs = [*watch([1, 2, 3], 170.0), *watch([4, 5], 200.0, None)]
    assert features_on(9, settings=GAIT, sessions=runs)["cadence_28d_spm"] == 170


@pytest.mark.parametrize(("runs", "expected"), [(2, np.nan), (3, 170.0)])
def test_a_month_needs_three_runs(runs, expected):
    got = features_on(27, settings=GAIT, sessions=watch(range(runs), 170.0))
    assert got["cadence_28d_spm"] == pytest.approx(expected, nan_ok=True)


def test_change_is_against_earlier_runs_of_the_source_at_the_same_speed():
    past = [
        *watch(range(5), 160.0),
        # 16 km an hour is another speed than 12.
        *watch(range(5, 10), 190.0, km=16.0),
        *watch(range(10, 15), 175.0, "pod"),
    ]
    now = watch([40, 42, 44], 168.0)
    got = features_on(50, settings=GAIT, sessions=[*past, *now])
    assert got["cadence_28d_change"] == pytest.approx(8)
    # Four earlier runs are one too few for a past.
    fewer = features_on(50, settings=GAIT, sessions=[*past[1:], *now])
    assert np.isnan(fewer["cadence_28d_change"])


def test_imbalance_is_the_distance_from_even_and_form_decay_is_kept():
    runs = [
        *watch([1], 170.0, balance_left_pct=48.0, form_decay_pct=2.0),
        *watch([2, 3], 170.0, balance_left_pct=51.0, form_decay_pct=5.0),
    ]
    got = features_on(9, settings=GAIT, sessions=runs)
    # 2, 1 and 1 away from 50 %: a mean of signed values would hide a change of side.
    assert got["contact_imbalance_28d_pct"] == pytest.approx(4 / 3)
    assert got["form_decay_28d_pct"] == 4

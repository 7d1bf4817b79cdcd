"""Strength worked by hand."""

import numpy as np
import pytest

from features.catalogue.settings import FeatureSettings
from tests.features.timelines import features_on, table

STRENGTH = FeatureSettings(blocks=("strength",))


def made(*rows, **more):
    """Rows are (day, test, side, value, unit, device)."""
    names = ("test", "side", "value", "unit", "device")
    columns = {name: [r[i + 1] for r in rows] for i, name in enumerate(names)}
    return table("a", [r[0] for r in rows], metric="peak_force", **columns, **more)


def on(last, *rows, mass=((0, 60.0),), **more):
    body = table("a", [d for d, _ in mass], mass_kg=[m for _, m in mass])
    return features_on(last, settings=STRENGTH, strength=made(*rows), body=body, **more)


def pair(day, test, left, right, unit="N", device="one"):
    return [(day, test, "left", left, unit, device), (day, test, "right", right, unit, device)]


def test_force_per_kilogram_takes_the_mass_of_the_day_of_the_test():
    rows = pair(5, "knee_extension", 270.0, 300.0)
    got = on(20, *rows, mass=[(0, 60.0), (4, 57.0), (6, 90.0)])
    # The mean of 270 and 300 N; 57 kg is the last mass by day 5, and 90 kg came later.
    assert got["knee_extension_n_kg"] == pytest.approx(285 / 57)
    # 30 N of the stronger side's 300 N.
    assert got["knee_extension_side_difference_pct"] == pytest.approx(10)
    assert got["days_since_strength_test"] == 15


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    # Without a limb length a torque is no force.
    [("N", 120.0, 2.0), ("kg", 12.0, 12 * 9.80665 / 60), ("N/kg", 2.0, 2.0), ("Nm", 120.0, np.nan)],
)
def test_units_of_force(unit, value, expected):
    got = on(9, (1, "hip_abduction", "both", value, unit, "one"))
    assert got["hip_abduction_n_kg"] == pytest.approx(expected, nan_ok=True)
    assert np.isnan(got["hip_abduction_side_difference_pct"])


def test_a_torque_counts_as_the_force_at_the_limb_length_of_its_own_side():
    rows = pair(1, "knee_extension", 120.0, 100.0, unit="Nm")
    body = table("a", [0], mass_kg=[50.0])
    strength = made(*rows, limb_length_cm=[40.0, 32.0])
    got = features_on(9, settings=STRENGTH, strength=strength, body=body)
    left, right = 120 / 0.40, 100 / 0.32  # 300 and 312.5 N
    assert got["knee_extension_n_kg"] == pytest.approx((left + right) / 2 / 50)
    assert got["knee_extension_side_difference_pct"] == pytest.approx(100 * (1 - left / right))
    unknown = made(*rows, limb_length_cm=[np.nan, np.nan])
    without = features_on(9, settings=STRENGTH, strength=unknown, body=body)
    assert np.isnan(without["knee_extension_n_kg"])
    assert without["knee_extension_side_difference_pct"] == pytest.approx(100 * (1 - 100 / 120))


def test_no_mass_by_the_day_of_the_test_gives_no_force_per_kilogram():
    got = on(9, *pair(1, "knee_extension", 270.0, 300.0), mass=[(2, 60.0)])
    assert np.isnan(got["knee_extension_n_kg"])
    assert got["knee_extension_side_difference_pct"] == pytest.approx(10)


def test_change_is_against_all_earlier_tests_of_the_same_series():
    rows = [
        *pair(0, "hip_abduction", 100.0, 100.0),
        *pair(10, "hip_abduction", 110.0, 130.0),
        *pair(20, "hip_abduction", 500.0, 500.0, device="other"),
        *pair(30, "hip_abduction", 11.0, 11.0, unit="Nm"),
        *pair(40, "hip_abduction", 121.0, 121.0),
    ]
    # 120 against 100; 121 against the mean of 100 and 120. Another device or unit is another
    # series.
    for last, expected in ((9, np.nan), (10, 20.0), (20, np.nan), (30, np.nan), (45, 10.0)):
        got = on(last, *rows)["hip_abduction_change_pct"]
        assert got == pytest.approx(expected, nan_ok=True), last


def test_ratios_need_both_tests_of_one_day():
    rows = [
        *pair(0, "hip_abduction", 100.0, 100.0),
        *pair(0, "hip_adduction", 120.0, 130.0),
        *pair(7, "hip_abduction", 300.0, 300.0),
        *pair(7, "knee_flexion", 150.0, 150.0),
        *pair(7, "knee_extension", 250.0, 350.0),
    ]
    got = on(9, *rows)
    # The 300 N of day 7 stand without an adduction of that day.
    assert got["hip_abduction_adduction_ratio"] == pytest.approx(100 / 125)
    assert got["hamstring_quadriceps_ratio"] == pytest.approx(0.5)


def test_core_calf_and_ankle():
    rows = [*pair(3, "side_plank", 40.0, 80.0, unit="s"), (3, "calf_raise", "left", 25, "reps", "")]
    body = table("a", [1, 4, 9], ankle_dorsiflexion_deg=[38.0, 41.0, 50.0])
    got = features_on(8, settings=STRENGTH, strength=made(*rows), body=body)
    assert got["side_plank_s"] == 60
    assert got["side_plank_side_difference_pct"] == 50
    assert got["calf_raise_reps"] == 25
    # The 50 degrees of day 9 are in the future of day 8.
    assert got["ankle_dorsiflexion_deg"] == 41


def test_the_never_tested_are_null_throughout():
    got = features_on(9, settings=STRENGTH, body=table("a", [0], mass_kg=60.0))
    values = [value for name, value in got.items() if name not in ("athlete", "date")]
    assert np.isnan(values).all()


def test_a_test_from_before_the_observation_counts_with_its_date():
    got = on(3, *pair(-10, "knee_extension", 270.0, 300.0), mass=[(-30, 57.0)])
    # 285 N at 57 kg.
    assert got["knee_extension_n_kg"] == pytest.approx(5)
    assert got["days_since_strength_test"] == 13

"""Strength and gait beside other runners: by hand, and nothing where nothing is known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecasting.reasons.measured import measured
from forecasting.reasons.runner_norms import GAIT, STRENGTH, Norm, strength_norm
from reporting.athlete.measured import measured_views

ROOT = Path(__file__).parents[2]
DAY = pd.Timestamp("2024-11-24")
TESTED = pd.Timestamp("2024-10-24")


def strength(*trials, unit="kg", test="hip_abduction", day=TESTED):
    rows = [
        {"athlete": "a", "date": day, "test": test, "side": side, "metric": "peak_force",
         "value": value, "unit": unit}
        for side, value in trials
    ]  # fmt: skip
    columns = ["athlete", "date", "test", "side", "metric", "value", "unit"]
    return pd.DataFrame(rows, columns=columns)


def gait(*values, day=TESTED, metric="peak_hip_adduction_deg", speed=2.5):
    rows = [
        {"athlete": "a", "date": day, "metric": metric, "side": side, "value": value,
         "unit": "deg", "device": "lab", "speed_m_s": speed}
        for side, value in values
    ]  # fmt: skip
    columns = ["athlete", "date", "metric", "side", "value", "unit", "device", "speed_m_s"]
    return pd.DataFrame(rows, columns=columns)


def table(tests=None, trials=None, mass=70.0, mass_on=TESTED, **person):
    spm, cadence = person.pop("spm", None), person.pop("cadence", (170.0, None, 180.0))
    people = {"athlete": "a", "sex": "male", "birth_year": 2000.0} | person
    sessions = pd.DataFrame(
        {
            "athlete": ["a"] * 3,
            "local_date": pd.to_datetime(["2024-11-20", "2024-11-22", "2024-11-26"]),
            "cadence_spm": np.array(cadence, dtype="float64"),
        }
    )  # fmt: skip
    tables = {
        "athletes": pd.DataFrame([people]),
        "strength": strength() if tests is None else tests,
        "gait": gait() if trials is None else trials,
        "body": pd.DataFrame({"athlete": ["a"], "date": [mass_on], "mass_kg": [mass]}),
        "sessions": sessions,
    }
    rows = pd.DataFrame({"athlete": ["a"], "date": [DAY], "cadence_28d_spm": [spm]})
    return measured(tables, rows.astype({"cadence_28d_spm": "float64"}), DAY)


def test_the_best_trials_of_both_sides_per_kg_of_that_day():
    one = table(strength(("left", 20.0), ("left", 24.0), ("right", 30.0))).iloc[0]
    assert one["name"] == "hip_abduction_n_kg"
    # The best of two trials, from kilograms to newtons, at 70 kg.
    assert one["left"] == pytest.approx(24 * 9.80665 / 70, abs=1e-4)
    assert one["right"] == pytest.approx(30 * 9.80665 / 70, abs=1e-4)
    assert one["value"] == pytest.approx(27 * 9.80665 / 70, abs=1e-4)
    # 6 of the stronger side's 30 kg.
    assert one["apart_pct"] == pytest.approx(20.0)
    assert (one["norm_low"], one["norm_middle"], one["norm_high"]) == (2.88, 3.60, 4.62)


# In 2024 those born in 1994 are 30 and those born in 1985 are 39: the only decade with a range.
@pytest.mark.parametrize(
    ("born", "runners"), [(2000, 27), (1995, 27), (1994, 17), (1985, 17), (1984, 27), (None, 27)]
)
def test_the_range_is_that_of_the_age_where_ten_were_tested(born, runners):
    one = table(strength(("left", 20.0), ("right", 30.0)), birth_year=born).iloc[0]
    assert one["norm_runners"] == runners


@pytest.mark.parametrize(
    ("person", "lacks"),
    [({"sex": "female"}, "not men"), ({"sex": None}, "no sex"), ({"mass": None}, "no body mass"),
     # A mass that was weighed after the test is not that of its day.
     ({"mass_on": DAY}, "no body mass")],
)  # fmt: skip
def test_what_nobody_knows_is_held_against_nothing_and_says_why(person, lacks):
    one = table(strength(("left", 20.0), ("right", 30.0)), **person).iloc[0]
    assert pd.isna(one["norm_low"])
    assert one["norm_lacks"] == lacks
    assert one["name"] == ("hip_abduction_kg" if lacks == "no body mass" else "hip_abduction_n_kg")


def test_a_test_of_which_no_runners_are_known_is_stated_and_held_against_nothing():
    one = table(strength(("left", 40.0), ("right", 50.0), test="knee_extension")).iloc[0]
    assert one["value"] == pytest.approx(45 * 9.80665 / 70, abs=1e-4)
    assert one[["norm_low", "norm_lacks"]].isna().all()


def test_one_side_alone_is_no_difference_and_seconds_are_no_force():
    one = table(strength(("left", 20.0))).iloc[0]
    assert pd.isna(one["apart_pct"])
    assert pd.isna(one["right"])
    plank = table(strength(("left", 60.0), ("right", 90.0), unit="s", test="side_plank")).iloc[0]
    assert (plank["name"], plank["value"], plank["unit"]) == ("side_plank_s", 75.0, "s")


def test_the_latest_day_counts_and_nothing_later_than_the_forecast():
    tests = pd.concat(
        [strength(("left", 20.0), day=TESTED - pd.Timedelta(days=30)), strength(("left", 21.0)),
         strength(("left", 22.0), day=DAY + pd.Timedelta(days=1))]
    )  # fmt: skip
    trials = pd.concat(
        [gait(("left", 9.0), ("right", 12.0)), gait(("left", 3.0), day=DAY + pd.Timedelta(days=1))]
    )
    found = table(tests, trials)
    assert list(found["date"]) == [TESTED, TESTED]
    assert found["left"].iloc[0] == pytest.approx(21 * 9.80665 / 70, abs=1e-4)
    assert tuple(found.iloc[1][["value", "norm_middle", "norm_runners"]]) == (10.5, 7.1, 46)


def test_what_was_never_measured_is_absent():
    assert table().empty


def test_the_watchs_mean_is_of_the_day_of_its_last_run():
    one = table(spm=171.0).iloc[0]
    assert (one["kind"], one["name"], one["value"]) == ("watch", "cadence_28d_spm", 171.0)
    assert one["date"] == pd.Timestamp("2024-11-20")
    assert pd.isna(one["norm_low"])


@pytest.mark.parametrize("spm", [None, 171.0])
def test_a_team_without_any_cadence_on_record_is_measured(spm):
    assert table(spm=spm, cadence=(None, None, None)).empty


def test_the_ranges_are_those_of_the_documents():
    hips = (ROOT / "docs/reference_ranges.md").read_text(encoding="utf-8")
    for test, norms in STRENGTH.items():
        for norm in norms:
            row = f"| {test.replace('_', ' ')} | {norm.group} | {norm.runners} |"
            assert f"{row} {norm.middle:.2f} ({norm.low:.2f}-{norm.high:.2f}) |" in hips
    legs = (ROOT / "docs/gait.md").read_text(encoding="utf-8")
    for metric, norms in GAIT.items():
        for norm in norms:
            row = f"| `{metric}` | {norm.group} | {norm.runners} |"
            assert f"{row} {norm.middle:.1f} ({norm.low:.1f}-{norm.high:.1f}) |" in legs


def test_nobody_is_held_against_the_other_sex():
    assert isinstance(strength_norm("hip_abduction", "male", 35), Norm)
    assert isinstance(strength_norm("hip_abduction", "female", 35), str)
    assert strength_norm("knee_flexion", "female", 35) == ""


def test_of_what_a_plate_measures_one_metric_is_stated_and_never_a_mixture():
    jumps = pd.concat(
        [
            strength(("both", 2400.0), unit="N", test="cmj"),
            strength(("left", 900.0), ("right", 700.0), unit="N", test="cmj").assign(
                metric="braking_force"
            ),
            strength(("both", 0.8), unit="s", test="imtp").assign(metric="time_to_peak_force"),
            strength(("both", 39.0), unit="cm", test="drop_jump").assign(
                metric="jump_height_flight"
            ),
            strength(("both", 35.0), unit="cm", test="drop_jump").assign(
                metric="jump_height_impulse"
            ),
        ]
    )
    found = table(jumps).set_index("name")
    assert list(found.index) == ["cmj_n_kg", "drop_jump_cm"]
    # A height by flight time is greater by bent knees: the impulse is the sounder of the two.
    assert found["metric"].tolist() == ["peak_force", "jump_height_impulse"]
    assert found["value"].tolist() == [pytest.approx(2400 / 70, abs=1e-4), 35.0]
    assert found["left"].isna().all()
    labels = [view.label for view in measured_views(table(jumps).to_dict("records"))]
    assert labels == ["Countermovement jump (peak force)", "Drop jump"]


def test_a_test_known_by_its_mean_alone_is_stated():
    means = strength(("left", 20.0), ("right", 30.0)).assign(metric="mean_force")
    assert table(means).iloc[0]["metric"] == "mean_force"
    both = pd.concat([means, strength(("left", 22.0))])
    assert table(both).iloc[0]["metric"] == "peak_force"


def test_a_value_of_an_untold_leg_is_held_against_nobody():
    one = table(strength(("both", 60.0))).iloc[0]
    assert pd.isna(one["norm_low"])
    assert one["norm_lacks"] == "no side"


@pytest.mark.parametrize("unit", ["Nm", "Nm/kg"])
def test_a_torque_is_held_against_no_force_and_says_so(unit):
    tests = strength(("left", 60.0), ("right", 70.0), unit=unit)
    (view,) = measured_views(table(tests).to_dict("records"))
    assert (view.strip, view.others) == (None, "other runners were measured in N: not comparable")
    assert table(strength(("left", 60.0), unit="Nm", test="knee_extension"))["norm_lacks"].isna()[0]


# The published runners ran at 2.5 m/s.
@pytest.mark.parametrize(
    ("speed", "lacks"), [(2.5, None), (2.7, None), (3.5, "other speed"), (None, None)]
)
def test_gait_at_another_speed_is_held_against_nobody(speed, lacks):
    one = table(trials=gait(("left", 9.0), ("right", 12.0), speed=speed)).iloc[0]
    assert (one["norm_lacks"] if lacks else None) == lacks
    assert pd.isna(one["norm_low"]) == (lacks is not None)


def test_of_several_speeds_the_one_that_others_ran_is_stated():
    trials = pd.concat([gait(("left", 9.0), speed=speed) for speed in (2.0, 3.5)])
    trials = pd.concat([trials, gait(("left", 7.0), speed=2.5)])
    one = table(trials=trials).iloc[0]
    assert (one["value"], one["norm_runners"]) == (7.0, 46)

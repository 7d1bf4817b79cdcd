"""Values per stride: recovered from known gait, whatever units, signs and axes it is told in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.vocabulary import GAIT_METRICS
from ingest.gait.analysis import analyse
from ingest.gait.axes import aligned
from ingest.gait.kinetics import body_weight, kinetics
from ingest.gait.marker_angles import angles_from_markers
from ingest.gait.marker_names import known_markers
from ingest.gait.signs import HIP_TURNED, HIP_UNKNOWN, KNEE_TURNED, LIST_TURNED
from ingest.gait.summary import PLAUSIBLE, speed_mismatch, summarise_values
from ingest.gait.trial import Contact, Force, Motion, Trial
from ingest.readers.motion.rows import value_rows
from tests.ingest.gait_signals import G, Gait, angles, forces, markers, motion

GAIT = Gait(seconds=4.0)


def table(trial):
    found = analyse(trial)
    return {(one.metric, one.side): one for one in summarise_values(found.values)}, found


@given(st.floats(150, 195), st.floats(0.19, 0.26), st.floats(2.3, 5.0), st.booleans())
@settings(max_examples=12, deadline=None)
def test_cadence_times_step_length_is_the_speed(cadence, contact_s, speed, treadmill):
    gait = Gait(cadence, contact_s, speed, treadmill, seconds=4.0)
    values, found = table(Trial(motion(gait)))
    assert found.mode == "running"
    assert found.speed_m_s == pytest.approx(speed, rel=0.02)
    assert values["cadence_spm", "both"].value == pytest.approx(cadence, rel=0.01)
    for side in ("left", "right"):
        length = values["step_length_m", side].value
        assert cadence / 60 * length == pytest.approx(speed, rel=0.02)
        assert values["contact_ms", side].value == pytest.approx(1000 * contact_s, abs=10)
    assert speed_mismatch(list(values.values()), found.speed_m_s) == 0.0


def test_angles_of_stance():
    values, found = table(Trial(motion(GAIT)))
    for side in ("left", "right"):
        assert values["peak_knee_flexion_deg", side].value == pytest.approx(42, abs=0.5)
        assert values["peak_hip_adduction_deg", side].value == pytest.approx(13, abs=0.5)
        assert values["contralateral_pelvic_drop_deg", side].value == pytest.approx(6, abs=0.5)
    assert values["trunk_lean_deg", "both"].value == pytest.approx(8, abs=0.1)
    assert found.repairs == {}
    assert {metric for metric, _ in values} <= set(GAIT_METRICS)


def test_what_is_not_measured_is_absent():
    bare, _ = table(Trial(motion(GAIT, with_angles=False)))
    assert {metric for metric, _ in bare} == {
        "cadence_spm", "step_length_m", "contact_ms", "vertical_oscillation_mm",
    }  # fmt: skip
    force, found = table(Trial(forces=forces(GAIT)))
    assert {metric for metric, _ in force} == {
        "cadence_spm", "contact_ms", "peak_braking_force_bw",
    }  # fmt: skip
    assert found.speed_m_s is None


@given(
    knee=st.sampled_from([1, -1]),
    right=st.sampled_from([1, -1]),
    left=st.sampled_from([1, -1]),
    tilt=st.sampled_from([1, -1]),
)
@settings(max_examples=16, deadline=None)
def test_the_sign_convention_of_the_model_does_not_matter(knee, right, left, tilt):
    signs = {
        "knee_flexion_right": knee,
        "knee_flexion_left": knee,
        "hip_adduction_right": right,
        "hip_adduction_left": left,
        "pelvis_list": tilt,
    }
    told = {name: signs.get(name, 1) * one for name, one in angles(GAIT).items()}
    values, found = table(Trial(Motion(GAIT.time, told, markers(GAIT))))
    wanted, _ = table(Trial(motion(GAIT)))
    assert {key: one.value for key, one in values.items()} == pytest.approx(
        {key: one.value for key, one in wanted.items()}
    )
    codes = {
        code
        for code, turned in (
            (KNEE_TURNED, knee < 0),
            (HIP_TURNED, min(right, left) < 0),
            (LIST_TURNED, tilt < 0),
        )
        if turned
    }
    assert set(found.repairs) == codes


def test_a_hip_whose_sign_the_data_do_not_tell_is_absent():
    told = angles(GAIT) | {"hip_adduction_left": np.full_like(GAIT.time, 7.0)}
    values, found = table(Trial(Motion(GAIT.time, told, markers(GAIT))))
    assert ("peak_hip_adduction_deg", "left") not in values
    assert ("peak_hip_adduction_deg", "right") in values
    assert HIP_UNKNOWN in found.repairs


def test_left_is_left():
    """Mirror the runner: what was right is left, and nothing else changes."""
    told = angles(GAIT)
    told["hip_adduction_right"] = told["hip_adduction_right"] * 1.5
    told["knee_flexion_right"] = told["knee_flexion_right"] + 5
    places = markers(GAIT)
    here, _ = table(Trial(Motion(GAIT.time, told, places)))
    swap = {"left": "right", "right": "left", "both": "both"}
    mirrored = {_swapped(name): one for name, one in told.items()}
    mirrored["pelvis_list"] = -mirrored["pelvis_list"]
    there, _ = table(
        Trial(Motion(GAIT.time, mirrored, {_swapped(k): v for k, v in places.items()}))
    )
    assert {(m, swap[s]): one.value for (m, s), one in there.items()} == pytest.approx(
        {key: one.value for key, one in here.items()}
    )
    assert here["peak_hip_adduction_deg", "right"].value > 1.3 * (
        here["peak_hip_adduction_deg", "left"].value
    )


def _swapped(name):
    if name.endswith("_right"):
        return name.removesuffix("right") + "left"
    return name.removesuffix("left") + "right" if name.endswith("_left") else name


@given(st.permutations([0, 1, 2]), st.tuples(*[st.sampled_from([1, -1])] * 3))
@settings(max_examples=24, deadline=None)
def test_the_axes_of_the_laboratory_do_not_matter(order, signs):
    turn = np.eye(3)[order] * np.array(signs)
    if np.linalg.det(turn) < 0:
        turn = -turn  # laboratories are right-handed
    places = markers(GAIT)
    sacrum = {"sacrum": places.pop("pelvis")}
    straight = aligned(places | sacrum)
    turned = aligned({name: one @ turn for name, one in (places | sacrum).items()})
    for name, one in straight.items():
        np.testing.assert_allclose(turned[name], one, atol=1e-9)


def test_loading_rate_and_braking_of_a_force_drawn_by_hand():
    time = np.arange(0, 0.4, 0.0005)
    at, height = [0.1, 0.13, 0.15, 0.2, 0.34], [0.0, 1200.0, 1000.0, 1600.0, 0.0]
    vertical = np.interp(time, at, height, left=0, right=0)
    forward = np.interp(time, [0.1, 0.16, 0.22, 0.28, 0.34], [0, -210, 0, 180, 0], left=0, right=0)
    contact = Contact("left", 0.1, 0.34)
    values = kinetics(Force(time, vertical, forward, "left"), [contact], 700.0)
    # 1,200 N in 30 ms are 40,000 N/s; the filter rounds the peak a little.
    assert values["vertical_loading_rate_bw_s", "left"][0] == pytest.approx(40000 / 700, rel=0.1)
    assert values["peak_braking_force_bw", "left"] == pytest.approx([0.3], rel=0.01)
    backward = kinetics(Force(time, vertical, -forward, "left"), [contact], 700.0)
    assert backward["peak_braking_force_bw", "left"] == pytest.approx([0.3], rel=0.01)


def test_a_landing_without_an_impact_peak_has_no_loading_rate():
    time = np.arange(0, 0.4, 0.0005)
    smooth = 1500 * np.sin(np.pi * np.clip((time - 0.1) / 0.24, 0, 1))
    values = kinetics(Force(time, smooth, 0 * time, "left"), [Contact("left", 0.1, 0.34)], 700.0)
    assert ("vertical_loading_rate_bw_s", "left") not in values


@given(st.floats(45, 95), st.floats(150, 195))
@settings(max_examples=10, deadline=None)
def test_the_force_tells_the_weight(mass, cadence):
    gait = Gait(cadence=cadence, mass=mass, seconds=3.0)
    from ingest.gait.force_contacts import contacts_from_force  # beside its use

    plates = [(force, contacts_from_force(force)) for force in forces(gait)]
    assert body_weight(plates) == pytest.approx(mass * G, rel=0.01)


def test_plates_take_the_side_of_the_foot_that_the_markers_saw():
    named = forces(GAIT)
    plates = tuple(Force(one.time, one.vertical, one.forward) for one in named)
    values, _ = table(Trial(motion(GAIT), plates))
    assert values["peak_braking_force_bw", "right"].value == pytest.approx(0.3, rel=0.02)
    assert values["peak_braking_force_bw", "left"].value == pytest.approx(0.3, rel=0.02)
    assert ("peak_braking_force_bw", "none") not in values


def test_angles_of_a_leg_drawn_by_hand():
    """Right knee 0.1 m inward of the line hip to ankle; pelvis lower on the left."""
    one = {
        "hip_right": (0.0, 0.9, 0.10),
        "knee_right": (0.0, 0.5, 0.00),
        "ankle_right": (0.0, 0.1, 0.10),
        "asis_right": (0.1, 1.00, 0.12),
        "asis_left": (0.1, 0.98, -0.12),
    }
    markers_ = {name: np.array([place]) for name, place in one.items()}
    found = angles_from_markers(markers_)
    lean = np.degrees(np.arctan2(0.1, 0.4))
    drop = np.degrees(np.arctan2(0.02, 0.24))
    assert found["pelvis_list"] == pytest.approx([-drop])
    assert found["hip_adduction_right"] == pytest.approx([lean + drop])
    assert found["knee_adduction_right"] == pytest.approx([-2 * lean])  # valgus is negative
    bent = markers_ | {"ankle_right": np.array([[-0.4, 0.5, 0.0]])}
    assert angles_from_markers(bent)["knee_flexion_right"][0] > 80


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["RHEE", "LHEE", "RTOE"], {"heel_right", "heel_left", "toe_right"}),
        (["anna:RCAL", "anna:RMT2"], {"heel_right", "toe_right"}),
        (["R.Heel", "R.Toe.Tip", "V.Sacral"], {"heel_right", "toe_right", "sacrum"}),
        (["r_calc_study", "r_toe_study"], {"heel_right", "toe_right"}),
        (["r met", "l heel", "r asis", "c7"], {"toe_right", "heel_left", "asis_right", "neck"}),
        (["L_FCC", "L_FM1", "L_IAS", "L_IPS"], {"heel_left", "toe_left", "asis_left", "psis_left"}),
        (["boite:gauche", "EPICl", "*12"], set()),
    ],
)
def test_marker_names(labels, names):
    assert set(known_markers(labels)) == names


def test_every_metric_has_bounds():
    assert set(PLAUSIBLE) == set(GAIT_METRICS)


def test_a_dropped_hip_is_in_the_account_of_its_file():
    told = angles(GAIT) | {"hip_adduction_left": np.full_like(GAIT.time, 7.0)}
    values, found = table(Trial(Motion(GAIT.time, told, markers(GAIT))))
    rows, account = value_rows(list(values.values()), None, found.repairs, "a.mot", "opensim")
    assert account.repairs == {HIP_UNKNOWN: 1}
    assert not rows["repaired"].any()

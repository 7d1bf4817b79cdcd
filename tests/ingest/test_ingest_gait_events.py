"""Gait events against contacts that are known exactly, and running told from walking."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.gait.angle_contacts import contacts_from_angles
from ingest.gait.force_contacts import contacts_from_force
from ingest.gait.marker_contacts import (
    contacts_from_markers,
    ground_velocity,
    speed_over_ground,
)
from ingest.gait.running import mode_of_contacts, mode_of_motion
from ingest.gait.trial import Contact, Force, Motion
from tests.ingest.gait_signals import Gait, forces, markers, motion, worst_ms

TOLERANCE_MS = 10.0

runners = st.builds(
    Gait,
    cadence=st.floats(150, 195),
    contact_s=st.floats(0.19, 0.26),
    speed=st.floats(2.3, 5.0),
    treadmill=st.booleans(),
    rate=st.sampled_from([100.0, 120.0, 200.0, 250.0]),
    begin=st.floats(0.0, 0.3),
    seconds=st.just(3.0),
)


def by_start(contacts):
    return sorted(contacts, key=lambda one: one.start)


@given(runners)
@settings(max_examples=15, deadline=None)
def test_force_events_are_within_ten_milliseconds(gait):
    found = by_start(one for force in forces(gait) for one in contacts_from_force(force))
    assert max(worst_ms(found, gait)) < TOLERANCE_MS


@given(runners, st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_marker_events_are_within_ten_milliseconds_with_a_trembling_marker(gait, seed):
    noise = np.random.default_rng(seed)
    shaken = {k: v + noise.normal(0, 0.0003, v.shape) for k, v in markers(gait).items()}
    found = contacts_from_markers(Motion(gait.time, {}, shaken).prepared())
    assert max(worst_ms(found, gait)) < TOLERANCE_MS


# The pelvis' fall ends the later the longer the contact is beside the flight; with hardly any
# flight the method's one delay is no longer within 10 ms.
@given(runners.filter(lambda gait: gait.contact_s < 0.72 * gait.step))
@settings(max_examples=15, deadline=None)
def test_angle_events_are_within_ten_milliseconds(gait):
    found = contacts_from_angles(motion(gait, with_feet=False).prepared())
    assert max(worst_ms(found, gait)) < TOLERANCE_MS


@pytest.mark.parametrize("treadmill", [True, False])
def test_ground_and_speed_are_measured(treadmill):
    gait = Gait(speed=3.4, treadmill=treadmill)
    prepared = motion(gait).prepared()
    assert ground_velocity(prepared) == pytest.approx(-3.4 if treadmill else 0.0, abs=0.05)
    assert speed_over_ground(prepared) == pytest.approx(3.4, abs=0.05)


def test_a_noisy_plate_does_not_stutter_and_a_cut_contact_is_left_out():
    time = np.arange(0, 1, 0.001)
    force = np.zeros_like(time)
    force[:100] = 900.0  # the recording begins in mid-stance
    force[400:640] = 900.0
    force += 12 * np.sin(2 * np.pi * 15 * time)
    found = contacts_from_force(Force(time, force, 0 * time, "left"))
    assert len(found) == 1
    assert found[0].start == pytest.approx(0.4, abs=0.01)
    assert found[0].end == pytest.approx(0.64, abs=0.01)


def test_a_light_touch_is_no_contact():
    time = np.arange(0, 1, 0.001)
    touch = np.where((time > 0.3) & (time < 0.6), 40.0, 0.0)  # above 20 N, never above 50 N
    assert contacts_from_force(Force(time, touch, 0 * time)) == []


@pytest.mark.parametrize(
    ("contacts", "mode"),
    [
        ([Contact("right", 0, 0.24), Contact("left", 0.35, 0.6)], "running"),
        ([Contact("right", 0, 0.70), Contact("left", 0.55, 1.2)], "walking"),
        ([Contact("right", 0, 0.24), Contact("right", 0.7, 0.94)], "unknown"),
        ([Contact("none", 0, 0.24), Contact("none", 0.35, 0.6)], "running"),
        ([Contact("right", 0, 0.24), Contact("left", 1.1, 1.3)], "unknown"),  # a step unseen
        ([], "unknown"),
    ],
)
def test_flight_and_double_support(contacts, mode):
    assert mode_of_contacts(contacts) == mode


def test_the_bounce_of_the_pelvis_tells_a_runner_from_a_walker():
    gait = Gait()
    runner = motion(gait, with_feet=False).prepared()
    assert mode_of_motion(runner) == "running"
    upside_down = {"pelvis": runner.markers["pelvis"] * np.array([1, -1, 1])}
    assert mode_of_motion(Motion(runner.time, runner.angles, upside_down)) == "walking"
    still = {"pelvis": np.ones_like(runner.markers["pelvis"])}
    assert mode_of_motion(Motion(runner.time, runner.angles, still)) == "unknown"
    assert mode_of_motion(Motion(runner.time, {}, runner.markers)) == "unknown"


def test_a_lost_marker_loses_its_contacts_only():
    gait = Gait()
    lost = markers(gait)
    lost["toe_left"] = lost["toe_left"].copy()
    lost["toe_left"][(gait.time > 2.0) & (gait.time < 3.5)] = np.nan
    found = contacts_from_markers(Motion(gait.time, {}, lost).prepared())
    left = [one for one in found if one.side == "left"]
    right = [one for one in found if one.side == "right"]
    assert not [one for one in left if one.end > 2.0 and one.start < 3.5]
    assert len(right) - len(left) in {2, 3}
    assert len(left) >= 5


def test_a_short_gap_is_bridged():
    gait = Gait()
    full, holed = markers(gait), markers(gait)
    holed["toe_left"] = holed["toe_left"].copy()
    holed["toe_left"][(gait.time > 2.0) & (gait.time < 2.05)] = np.nan
    want, got = (
        contacts_from_markers(Motion(gait.time, {}, one).prepared()) for one in (full, holed)
    )
    assert len(want) == len(got)
    for one, other in zip(want, got, strict=True):
        assert one.start == pytest.approx(other.start, abs=0.01)

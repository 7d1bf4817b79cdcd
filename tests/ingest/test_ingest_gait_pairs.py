"""Motion and force of one trial in two files: the force serves the motion, if the clocks agree."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ingest.dataset.settings import load_config
from ingest.gait.clocks import clocks_agree
from ingest.readers.base import ReadContext
from ingest.reading.containers import Item
from ingest.reading.files import read_folder
from tests.ingest.club_files import SETTINGS, write
from tests.ingest.gait_files import grf, kinematics, modern, storage, trc
from tests.ingest.gait_signals import Gait, forces, motion

GAIT = Gait(seconds=4.0, treadmill=False)
DAY = "2024-03-05"


def mot(columns):
    return storage(columns, modern(columns))


IK = mot(kinematics(GAIT))
PLATES = mot(grf(GAIT, ("ground_force", "1_ground_force")))


@pytest.fixture
def trial(tmp_path):
    """Read files of one folder and day: name -> content."""

    def read(**files):
        write(tmp_path / "dataset.yaml", SETTINGS)
        config = load_config(tmp_path)
        context = ReadContext(config, tmp_path, pd.Timestamp(config.observed_to))
        items = []
        for name, content in files.items():
            source = f"r1/{DAY}/{name.replace('__', '.')}"
            write(tmp_path / source, content)
            items.append(Item(source, tmp_path / source))
        folder = read_folder(items, context, needs_roster=False)
        named = {account.source.rsplit("/", 1)[-1]: account for account in folder.accounts}
        return named, folder.records.get("gait", pd.DataFrame(columns=["metric", "device", "side"]))

    return read


def of(gait, device):
    return {
        (row.metric, row.side): row.value for row in gait[gait["device"] == device].itertuples()
    }


def test_the_force_names_the_contacts_and_takes_the_sides_of_the_motion(trial):
    accounts, gait = trial(run1_ik__mot=IK, run1_grf__mot=PLATES)
    values = of(gait, "opensim_kinematics")
    assert set(gait["device"]) == {"opensim_kinematics"}
    for side in ("left", "right"):
        # Force sees the ground within 3 ms; the motion alone is off by up to 10 ms.
        assert values["contact_ms", side] == pytest.approx(240, abs=4)
        assert values["peak_braking_force_bw", side] == pytest.approx(0.3, rel=0.03)
        assert values["peak_knee_flexion_deg", side] == pytest.approx(42, abs=1)
    assert "run1_ik.mot" in accounts["run1_grf.mot"].ignored
    assert accounts["run1_grf.mot"].read == 0


def test_markers_are_served_too(trial):
    _, gait = trial(run1__trc=trc(GAIT), run1_forces__mot=PLATES)
    assert of(gait, "motion_capture")["peak_braking_force_bw", "left"] == pytest.approx(
        0.3, rel=0.03
    )


def late(seconds):
    columns = grf(GAIT)
    return mot(columns | {"time": columns["time"] + seconds})


@pytest.mark.parametrize(
    "files",
    [
        {"run1_ik__mot": IK, "run2_grf__mot": PLATES},  # another trial by name
        {"run1_ik__mot": IK, "run1_grf__mot": late(0.12)},  # another clock
        {"run1_ik__mot": IK, "run1_grf__mot": late(60.0)},  # another time altogether
        {"run1_ik__mot": IK, "run1_grf__mot": PLATES, "run1_grf__sto": PLATES},  # which one?
    ],
)
def test_files_that_are_no_pair_are_read_alone(trial, files):
    accounts, gait = trial(**files)
    alone, _ = trial(run1_ik__mot=IK)
    assert {"opensim_kinematics", "opensim_force"} == set(gait["device"])
    assert ("peak_braking_force_bw", "left") not in of(gait, "opensim_kinematics")
    assert accounts["run1_ik.mot"].summary() == alone["run1_ik.mot"].summary()
    assert not any(account.ignored for account in accounts.values())


def test_the_force_of_a_motion_that_is_no_use_is_not_lost(trial):
    slow = {name: values[::10] for name, values in kinematics(GAIT).items()}
    accounts, gait = trial(run1_ik__mot=mot(slow), run1_grf__mot=PLATES)
    assert list(accounts["run1_ik.mot"].rejects["reason"]) == ["sampled_too_slowly"]
    assert set(gait["device"]) == {"opensim_force"}


def test_a_stance_that_only_the_force_saw_whole_has_no_angle():
    """The motion begins in the middle of a contact that the force recorded from its start."""
    from ingest.gait.analysis import analyse  # beside its use
    from ingest.gait.trial import Motion, Trial

    whole = motion(GAIT)
    first = next(one for one in GAIT.every_contact if one.start > 1.0)
    cut = whole.time > first.start + 0.16
    part = Motion(
        whole.time[cut],
        {name: one[cut] for name, one in whole.angles.items()},
        {name: one[cut] for name, one in whole.markers.items()},
    )
    strides = vars(analyse(Trial(part, forces(GAIT))))["values"]
    late_peaks = strides["peak_knee_flexion_deg", first.side]
    assert len(strides["contact_ms", first.side]) > len(late_peaks) > 0
    assert late_peaks == pytest.approx([42] * len(late_peaks), abs=0.5)


@pytest.mark.parametrize(
    ("shift", "agrees"), [(0.0, True), (0.02, True), (0.08, False), (9, False)]
)
def test_in_step(shift, agrees):
    moved = tuple(replace(force, time=force.time + shift) for force in forces(GAIT))
    assert clocks_agree(motion(GAIT), moved) is agrees
    swapped = {"right": "left", "left": "right"}
    other = tuple(replace(one, side=swapped[one.side]) for one in moved)
    assert not clocks_agree(motion(GAIT), other)


def test_a_motion_that_shows_no_contact_cannot_contradict():
    still = replace(motion(GAIT), markers={}, angles={})
    assert clocks_agree(still, forces(GAIT))
    assert not clocks_agree(replace(still, time=np.array([100.0, 101.0])), forces(GAIT))

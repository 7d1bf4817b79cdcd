"""Every trap of gait files, generated: what goes in, what comes out, what is said."""

import numpy as np
import pandas as pd
import pytest

from ingest.readers.motion.c3d import contacts_of_events, forces_of
from ingest.readers.motion.storage import read_storage
from ingest.readers.motion.trajectories import read_trc
from ingest.readers.registry import FileRefused
from tests.ingest.gait_files import grf, kinematics, modern, storage, trc, write_c3d
from tests.ingest.gait_looks import DAY, GAIT, context, look, values_of
from tests.ingest.gait_signals import Gait, forces


def check_runner(parsed, *, angles_too=True):
    values = values_of(parsed)
    assert values["cadence_spm", "both"] == pytest.approx(170, rel=0.01)
    assert values["contact_ms", "left"] == pytest.approx(240, abs=12)
    if angles_too:
        assert values["peak_knee_flexion_deg", "right"] == pytest.approx(42, abs=1)
        assert values["peak_hip_adduction_deg", "left"] == pytest.approx(13, abs=1)
        assert values["trunk_lean_deg", "both"] == pytest.approx(8, abs=0.1)
    frame = parsed.records["gait"]
    assert set(frame["athlete"]) == {"r1"}
    assert set(frame["date"]) == {pd.Timestamp(DAY)}
    assert parsed.account.read == len(frame)
    return values


__all__ = ["context"]  # a fixture, used by its name

COLUMNS = kinematics(GAIT)


@pytest.mark.parametrize(
    ("content", "repairs"),
    [
        (storage(COLUMNS, modern(COLUMNS)), set()),
        # The older header, without a line that says degrees or radians.
        (storage(COLUMNS, ["name x", f"datacolumns {len(COLUMNS)}", "datarows 800"]), set()),
        (
            storage(
                COLUMNS, ["name x", f"datacolumns {len(COLUMNS)}", "datarows 800"], padding="\t" * 9
            ),
            set(),
        ),
        # Copies by some programs have commas and cells of padding.
        (storage(COLUMNS, modern(COLUMNS), delimiter=",", padding=",,,,"), set()),
        (storage(COLUMNS, modern(COLUMNS), delimiter="   "), set()),
        (storage(COLUMNS, modern(COLUMNS), tail="\t\t"), set()),
        (storage(COLUMNS, modern(COLUMNS), end="\r\n"), set()),
        (storage(COLUMNS, modern({**COLUMNS, "time": [0]})), {"row_count_of_header_wrong"}),
        (
            storage(COLUMNS, modern(COLUMNS)) + "1\t2\t3" + "\t4" * 99 + "\n",
            {"row_count_of_header_wrong", "rows_of_wrong_length_dropped"},
        ),
        (
            storage({k: np.append(v, v[-1]) for k, v in COLUMNS.items()}, ["datarows 801"]),
            {"rows_with_time_not_increasing_dropped"},
        ),
        (
            storage({f"/jointset/j/{k}/value" if k != "time" else k: v for k, v in COLUMNS.items()},
                    modern(COLUMNS)),
            set(),
        ),
    ],
)  # fmt: skip
def test_storage_variants(context, content, repairs):
    parsed = look(context, content)
    check_runner(parsed)
    assert set(parsed.account.repairs) == repairs


def test_radians_and_a_knee_that_bends_backward(context):
    # Models of the gait2392 kind count flexion of the knee as negative.
    columns = kinematics(GAIT, knee=-1.0)
    turn = {k: v if k == "time" or (k.startswith("pelvis_t") and k != "pelvis_tilt")
            else np.radians(v) for k, v in columns.items()}  # fmt: skip
    parsed = look(context, storage(turn, modern(turn, degrees="no")))
    check_runner(parsed)
    assert set(parsed.account.repairs) == {"knee_flexion_sign_turned"}
    assert parsed.account.repaired == 2


def test_overground_running_tells_speed_and_step_length(context):
    gait = Gait(seconds=4.0, treadmill=False, speed=3.1)
    columns = kinematics(gait)
    parsed = look(context, storage(columns, modern(columns)))
    values = check_runner(parsed)
    speed = parsed.records["gait"]["speed_m_s"].iloc[0]
    assert speed == pytest.approx(3.1, rel=0.01)
    assert values["cadence_spm", "both"] / 60 * values["step_length_m", "left"] == pytest.approx(
        speed, rel=0.05
    )


def test_a_treadmill_without_foot_markers_has_no_speed(context):
    parsed = look(context, storage(COLUMNS, modern(COLUMNS)))
    assert parsed.records["gait"]["speed_m_s"].isna().all()
    assert "step_length_m" not in set(parsed.records["gait"]["metric"])


@pytest.mark.parametrize(
    ("names", "sides"),
    [
        (("R_ground_force", "L_ground_force"), {"left", "right"}),
        (("ground_force_r", "ground_force_l"), {"left", "right"}),
        (("ground_force", "1_ground_force"), {"none"}),
    ],
)
def test_force_columns(context, names, sides):
    columns = grf(GAIT, names)
    parsed = look(context, storage(columns, modern(columns)))
    frame = parsed.records["gait"]
    assert set(frame.loc[frame["metric"] == "contact_ms", "side"]) == sides
    braking = frame.loc[frame["metric"] == "peak_braking_force_bw", "value"]
    assert braking.to_numpy() == pytest.approx(0.3, rel=0.03)


@pytest.mark.parametrize(
    ("settings", "repairs"),
    [
        ({}, set()),
        ({"unit": "m"}, set()),
        ({"unit": "cm"}, set()),
        ({"delimiter": ","}, set()),
        ({"tail": "\t"}, set()),
        ({"end": "\r\n"}, set()),
        ({"blank": False}, set()),
        ({"gap": "NaN"}, set()),
        ({"gap": "nan"}, set()),
        ({"gap": "NAN"}, set()),
        # Some programs write three zeros for a marker that no camera saw.
        ({"gap": "0.0"}, set()),
        # Public files give wrong numbers here: the rows count.
        ({"NumFrames": 7}, {"frame_count_of_header_wrong"}),
        ({"NumMarkers": 2}, {"marker_count_of_header_wrong"}),
        ({"DataRate": "100.0"}, {"rate_of_header_wrong"}),
    ],
)
def test_trc_variants(context, settings, repairs):
    parsed = look(context, trc(GAIT, **settings), f"r1/{DAY}_trial.trc")
    values = check_runner(parsed, angles_too=False)
    assert set(parsed.account.repairs) == repairs
    assert parsed.records["gait"]["speed_m_s"].iloc[0] == pytest.approx(3.2, rel=0.02)
    assert values["step_length_m", "right"] == pytest.approx(3.2 * GAIT.step, rel=0.03)


def test_trc_names_that_stand_a_column_too_far_right():
    text = trc(GAIT).replace("Frame#\tTime\t", "Frame#\tTime\t\t", 1)
    assert set(read_trc(text.encode()).markers) == {"RHEE", "LHEE", "RTOE", "LTOE", "SACR"}


def test_trc_in_scientific_notation_is_read():
    text = trc(Gait(seconds=0.1))
    head, body = text.split("\n\n", 1)
    rows = [line.split("\t") for line in body.strip().split("\n")]
    rows = ["\t".join(c and f"{float(c):.6E}" for c in row) for row in rows]
    found = read_trc("\n".join((head, "", *rows)).encode())
    np.testing.assert_allclose(
        found.markers["SACR"], read_trc(text.encode()).markers["SACR"], atol=1e-5
    )


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"Units": "furlong"}, "unknown_unit"),
        ({"Units": ""}, "unknown_unit"),
    ],
)
def test_trc_refused(context, settings, reason):
    with pytest.raises(FileRefused) as refused:
        look(context, trc(GAIT, **settings), f"r1/{DAY}/t.trc")
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("settings"),
    [
        {},
        {"units": ("m",)},
        {"units": ("mm", "m", "cm")},
        {"prefix": "anna:"},
        {"with_forces": False},
    ],
)
def test_c3d_variants(context, settings):
    parsed = look(context, lambda path: write_c3d(path, GAIT, **settings), f"r1/{DAY}/t.c3d")
    values = check_runner(parsed, angles_too=False)
    assert parsed.records["gait"]["speed_m_s"].iloc[0] == pytest.approx(3.2, rel=0.02)
    assert not any("bw" in metric for metric, _ in values)
    codes = {"force_plates_unreadable"} if settings.get("with_forces", True) else set()
    assert set(parsed.account.repairs) == codes


@pytest.mark.parametrize("down", [1.0, -1.0])
def test_plates_in_the_axes_of_the_laboratory(down):
    """Forward is y here and z up or down; a plate that nobody steps on is left out."""
    plates = [
        {"force": np.vstack([0 * force.vertical, force.forward, down * force.vertical])}
        for force in forces(GAIT)
    ]
    unused = {"force": np.zeros((3, len(plates[0]["force"][0])))}
    recording = {
        "header": {"analogs": {"frame_rate": 1000.0}},
        "data": {"platform": [*plates, unused]},
    }
    found = forces_of(recording)
    assert len(found) == 2
    for one, force in zip(found, forces(GAIT), strict=True):
        np.testing.assert_allclose(one.vertical, force.vertical)
        np.testing.assert_allclose(one.forward, force.forward)
        assert one.side == "none"


def test_a_damaged_c3d_is_refused(context):
    whole = context.root / "whole.c3d"
    write_c3d(whole, GAIT)
    with pytest.raises(FileRefused) as refused:
        look(context, whole.read_bytes()[:700], f"r1/{DAY}/t.c3d")
    assert refused.value.reason in {"damaged_file", "no_records", "no_gait", "unknown_unit"}


@pytest.mark.parametrize(
    ("labels", "contexts", "sides"),
    [
        (["Foot Strike", "Foot Off"], ["Left", "Left"], ["left"]),
        (["RHS", "RTO"], [], ["right"]),
        (["Foot Strike", "Foot Off"], [], []),
        # The left foot strikes and the right one leaves: that is no contact of one foot.
        (["LHS", "RTO"], [], []),
        (["General", "Foot Off"], ["Left", "Left"], []),
    ],
)
def test_marked_events(labels, contexts, sides):
    found = contacts_of_events(labels, contexts, np.array([0.1, 0.34]))
    assert [one.side for one in found] == sides
    assert all((one.start, one.end) == (0.1, 0.34) for one in found)


def walker():
    """Turn the pelvis' path upside down: low while the legs are apart."""
    columns = kinematics(GAIT)
    return columns | {"pelvis_ty": 1.9 - columns["pelvis_ty"]}


ARM = {"time": GAIT.time, "elbow_flexion": GAIT.time}


@pytest.mark.parametrize(
    ("columns", "name", "reason"),
    [
        (walker(), f"r1/{DAY}/t.mot", "walking"),
        (ARM, f"r1/{DAY}/t.mot", "no_gait"),
        (COLUMNS, "r1/t.mot", "no_date"),
        (COLUMNS, "r1/2031-01-01/t.mot", "impossible_date"),
        (COLUMNS, f"nobody/{DAY}/t.mot", "unknown_athlete"),
        # At an eighth of the rate a contact lasts a few samples only.
        ({k: v[::8] for k, v in COLUMNS.items()}, f"r1/{DAY}/t.mot", "sampled_too_slowly"),
        ({k: v for k, v in COLUMNS.items() if k != "pelvis_ty"}, f"r1/{DAY}/t.mot", "gait_unknown"),
        ({k: v[:1] for k, v in COLUMNS.items()}, f"r1/{DAY}/t.mot", "no_records"),
    ],
)
def test_refused_files(context, columns, name, reason):
    with pytest.raises(FileRefused) as refused:
        look(context, storage(columns, modern(columns)), name)
    assert refused.value.reason == reason
    assert len(refused.value.sentence) > 20


def test_the_day_of_the_file_beats_that_of_its_folder(context):
    parsed = look(context, storage(COLUMNS, modern(COLUMNS)), f"r1/2024-01-01/{DAY}_run.mot")
    check_runner(parsed)


def test_an_implausible_value_is_reported_not_hidden(context):
    # 13 degrees become 52, which no hip does: a model or a marker is wrong.
    columns = COLUMNS | {"hip_adduction_l": 4 * COLUMNS["hip_adduction_l"]}
    parsed = look(context, storage(columns, modern(columns)))
    rejects = parsed.account.rejects
    assert list(rejects["record"]) == ["peak_hip_adduction_deg left"]
    assert "runners lie between -5 and 30" in rejects["sentence"].iloc[0]
    assert ("peak_hip_adduction_deg", "left") not in values_of(parsed)


def test_in_degrees_may_be_absent():
    text = storage(COLUMNS, ["name x", "datarows 800"])
    assert read_storage(text.encode()).in_degrees
    assert not read_storage(storage(COLUMNS, ["nRows=800", "inDegrees=no"]).encode()).in_degrees


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("t.mot", "\n0.500000\t", "\n1e12\t", "time_jumps"),
        ("t.mot", "\n0.500000\t", "\ninf\t", None),
        ("t.trc", "\t0.500000\t", "\t-inf\t", None),
    ],
)
def test_a_time_that_cannot_be_is_borne_or_refused(context, name, old, new, reason):
    text = storage(COLUMNS, modern(COLUMNS)) if name == "t.mot" else trc(GAIT)
    assert text.count(old) == 1
    if reason is None:
        assert look(context, text.replace(old, new), f"r1/{DAY}/{name}").account.rejected == 0
        return
    with pytest.raises(FileRefused) as refused:
        look(context, text.replace(old, new), f"r1/{DAY}/{name}")
    assert refused.value.reason == reason

"""Every trap of gait files, generated: what goes in, what comes out, what is said."""

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ingest.contracts import conform
from ingest.dataset import load_config
from ingest.harmonise.gait import gait_of_strides
from ingest.readers import FileRefused, ReadContext, find_reader
from ingest.readers.motion.c3d import contacts_of_events, forces_of
from ingest.readers.motion.storage import read_storage
from ingest.readers.motion.trajectories import read_trc
from tests.ingest.club_files import SETTINGS, write
from tests.ingest.gait_files import grf, kinematics, modern, storage, trc, write_c3d
from tests.ingest.gait_signals import Gait, angles, forces

GAIT = Gait(seconds=4.0)
DAY = "2024-03-05"
SHARED = Path(os.environ.get("STRIDECAST_SHARED", "../shared"))


@pytest.fixture
def context(tmp_path):
    write(tmp_path / "dataset.yaml", SETTINGS)
    config = load_config(tmp_path)
    return ReadContext(config, tmp_path, pd.Timestamp(config.observed_to), frozenset({"r1"}))


def look(context, content, name=f"r1/{DAY}/trial.mot"):
    """Read a generated file by the reader that recognises it."""
    path = context.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return find_reader(path).read(path, context)


def values_of(parsed):
    frame = parsed.records["gait"]
    conform("gait", frame.drop(columns=["record", "repaired"]))
    return {(row.metric, row.side): row.value for row in frame.itertuples()}


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


COLUMNS = kinematics(GAIT)


@pytest.mark.parametrize(
    ("content", "repairs"),
    [
        (storage(COLUMNS, modern(COLUMNS)), set()),
        (storage(COLUMNS, ["name x", f"datacolumns {len(COLUMNS)}", "datarows 800"]), set()),
        (
            storage(
                COLUMNS, ["name x", f"datacolumns {len(COLUMNS)}", "datarows 800"], padding="\t" * 9
            ),
            set(),
        ),
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
        ({"gap": "0.0"}, set()),
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
        {"force": np.vstack([0 * one.vertical, one.forward, down * one.vertical])}
        for one in forces(GAIT)
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
        (["LHS", "RTO"], [], []),
        (["General", "Foot Off"], ["Left", "Left"], []),
    ],
)
def test_marked_events(labels, contexts, sides):
    found = contacts_of_events(labels, contexts, np.array([0.1, 0.34]))
    assert [one.side for one in found] == sides
    assert all((one.start, one.end) == (0.1, 0.34) for one in found)


RUNSCRIBE = (
    "datetime, time (s), stride_pace (mi/min), step_rate (s/min), stride_length (ft),"
    " contact_time (ms), braking_gs \n"
    "datetime, , power, cadence, , , \n"
)


def stride(second, rate=165.0, contact=280.0, pace=8.0, length=8.0):
    return f"2024-03-05 10:30:{second:06.3f}, {second}, {pace}, {rate}, {length}, {contact}, 7.1\n"


@pytest.mark.parametrize(("name", "foot"), [("run_right.csv", "right"), ("run.csv", "none")])
def test_runscribe(context, name, foot):
    rows = "".join(stride(second) for second in range(5))
    parsed = look(context, RUNSCRIBE + rows + stride(6, contact="x"), f"r1/{name}")
    values = values_of(parsed)
    assert values["contact_ms", foot] == 280.0
    assert values["step_length_m", "both"] == pytest.approx(8 * 0.3048 / 2)
    assert parsed.records["gait"]["speed_m_s"].iloc[0] == pytest.approx(1609.344 / 480)
    assert (parsed.account.read, parsed.account.accepted, parsed.account.rejected) == (6, 5, 1)


def test_runscribe_walking_strides_are_refused_one_by_one(context):
    rows = stride(1) + stride(2) + stride(3, rate=130.0, contact=600.0)
    parsed = look(context, RUNSCRIBE + rows, "r1/left.csv")
    assert list(parsed.account.rejects["reason"]) == ["walking"]
    assert parsed.records["gait"]["strides"].max() == 2


def test_runscribe_whose_speed_contradicts_is_said(context):
    rows = "".join(stride(second, length=4.0) for second in range(4))
    parsed = look(context, RUNSCRIBE + rows, "r1/left.csv")
    assert list(parsed.account.rejects["reason"]) == ["speed_mismatch"]
    assert "step_length_m" not in set(parsed.records["gait"]["metric"])


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
    columns = COLUMNS | {"hip_adduction_l": 4 * COLUMNS["hip_adduction_l"]}
    parsed = look(context, storage(columns, modern(columns)))
    rejects = parsed.account.rejects
    assert list(rejects["record"]) == ["peak_hip_adduction_deg left"]
    assert "runners lie between -5 and 30" in rejects["sentence"].iloc[0]
    assert ("peak_hip_adduction_deg", "left") not in values_of(parsed)


BMC = "Time\tHip_Z\tHip_X\tHip_Y\tKnee_Z\tKnee_X\tKnee_Y\tAnkle_Z\tAnkle_X\tAnkle_Y\n"


def bmc_trial(*, adduction=-1.0, more=0.0):
    gait = Gait(cadence=160, contact_s=0.26, seconds=3.0, rate=1000.0)
    first, _, second = [one for one in gait.every_contact if one.start > 0.5][:3]
    side, told = first.side, angles(gait)
    at = np.linspace(first.start, second.start, 101)
    curves = {name: np.interp(at, gait.time, one) for name, one in told.items()}
    rows = [
        [n, -curves[f"hip_flexion_{side}"][n], adduction * curves[f"hip_adduction_{side}"][n], 0,
         curves[f"knee_flexion_{side}"][n] + more, 5, 0, 0, 0, 0]
        for n in range(101)
    ]  # fmt: skip
    return BMC + "\n".join("\t".join(f"{cell:.6f}" for cell in row) for row in rows) + "\n"


def test_bmc_strides_become_one_trial_with_a_speed(context):
    who = replace(context, athletes=frozenset({"g01s01"}))
    strides = [
        look(who, bmc_trial(more=n), f"{DAY}/trials/g01s01t{n:02d}.txt").records["gait_strides"]
        for n in (1, 2, 5)
    ]
    listed = "\tGroup\tSubject\tTrial\tFilename\tSpeed\tAge\tHeight\tMass\n" + "".join(
        f"{n}\tBMC\t1\t{n}\t{name}\t2.5\t22.0\t181.0\t62.0\n"
        for n, name in enumerate(("g01s01t01.txt", "g01s01t02.txt", "g01s01t05.txt", "other.txt"))
    )
    metadata = look(who, listed, f"{DAY}/metadata.txt")
    assert list(metadata.account.rejects["reason"]) == ["bad_Filename"]
    gait = gait_of_strides(pd.concat(strides), metadata.records["gait_trials"])
    conform("gait", gait)
    knee = gait[gait["metric"] == "peak_knee_flexion_deg"].iloc[0]
    assert knee["value"] == pytest.approx(44, abs=0.3)  # 42 and 1, 2, 5 more: the median
    assert knee["spread"] == pytest.approx(2.0, abs=0.01)
    assert (knee["strides"], knee["speed_m_s"]) == (3, 2.5)
    assert knee["source"] == f"{DAY}/trials"
    hip = gait[gait["metric"] == "peak_hip_adduction_deg"].iloc[0]
    assert hip["value"] == pytest.approx(13, abs=0.3)
    assert gait_of_strides(pd.concat(strides), None)["speed_m_s"].isna().all()


def test_a_bmc_stride_against_the_convention_has_no_adduction(context):
    parsed = look(context, bmc_trial(adduction=1.0), f"r1/{DAY}/g01s01t01.txt")
    assert set(parsed.records["gait_strides"]["metric"]) == {"peak_knee_flexion_deg"}
    assert set(parsed.account.repairs) == {"hip_adduction_sign_unknown_dropped"}


def test_a_bmc_stride_whose_curve_jumps_is_refused(context):
    rows = bmc_trial().split("\n")
    cells = rows[31].split("\t")
    rows[31] = "\t".join([*cells[:2], f"{float(cells[2]) - 25:.6f}", *cells[3:]])
    with pytest.raises(FileRefused, match="a marker was lost") as refused:
        look(context, "\n".join(rows), f"r1/{DAY}/g01s01t01.txt")
    assert refused.value.reason == "curve_jumps"


def test_in_degrees_may_be_absent():
    text = storage(COLUMNS, ["name x", "datarows 800"])
    assert read_storage(text.encode()).in_degrees
    assert not read_storage(storage(COLUMNS, ["nRows=800", "inDegrees=no"]).encode()).in_degrees


OUTCOMES = {
    "osim_subject02_running_arms_ik.mot": None,
    "osim_running_grf.mot": None,
    "runscribe_run_37075right_first600.csv": None,
    "opencap_walking1_videoAndMocap.mot": "walking",
    "osim_walking5.c3d": "walking",
    "osim_walking5_markers.trc": "sampled_too_slowly",
    "osim_trc_blanks_missing.trc": "gait_unknown",
    "osim_trc_crlf.trc": "gait_unknown",
    "osim_trc_eformat.trc": "no_gait",
    "osim_trc_nans.trc": "no_gait",
    "pyomeca_inverse_kin.mot": "no_gait",
    "pyomeca_markers.trc": "no_gait",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="real gait files are not here")
@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_real_files(context, name):
    content = (SHARED / "samples" / "gait" / name).read_bytes()
    if OUTCOMES[name]:
        with pytest.raises(FileRefused) as refused:
            look(context, content, f"r1/{DAY}/{name}")
        assert refused.value.reason == OUTCOMES[name]
    elif "runscribe" not in name:
        assert look(context, content, f"r1/{DAY}/{name}").account.rejected == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="real gait files are not here")
def test_real_running_agrees_with_what_was_published(context):
    """Hamner et al. 2010 (J Biomech 43:2709) published this runner's trial: 3.96 m/s."""
    name = "osim_subject02_running_arms_ik.mot"
    parsed = look(context, (SHARED / "samples" / "gait" / name).read_bytes(), f"r1/{DAY}/{name}")
    values = values_of(parsed)
    speed = parsed.records["gait"]["speed_m_s"].iloc[0]
    assert speed == pytest.approx(3.96, rel=0.05)
    length = (values["step_length_m", "left"] + values["step_length_m", "right"]) / 2
    assert values["cadence_spm", "both"] / 60 * length == pytest.approx(speed, rel=0.05)
    for side in ("left", "right"):
        assert 35 < values["peak_knee_flexion_deg", side] < 60
        assert 5 < values["peak_hip_adduction_deg", side] < 20


@pytest.mark.skipif(not SHARED.is_dir(), reason="real gait files are not here")
def test_real_strides_lie_where_runners_do(context):
    """Novacheck 1998 (Gait Posture 7:77): running knees bend by about 45 degrees in stance."""
    read, refused = [], []
    with zipfile.ZipFile(SHARED / "data" / "rbds" / "bmc_ric_trials.zip") as archive:
        for name in sorted(one for one in archive.namelist() if one.startswith("trials/"))[::20]:
            try:
                read.append(look(context, archive.read(name), f"r1/{DAY}/{Path(name).name}"))
            except FileRefused as one:
                refused.append(one.reason)
    assert set(refused) == {"curve_jumps"}
    assert len(refused) < 0.06 * len(read)
    strides = pd.concat([one.records["gait_strides"] for one in read])
    knee, hip = (
        strides.loc[strides["metric"] == metric, "value"]
        for metric in ("peak_knee_flexion_deg", "peak_hip_adduction_deg")
    )
    assert knee.between(30, 55).mean() > 0.95
    assert hip.between(0, 20).all()
    assert 35 < knee.median() < 50
    assert 4 < hip.median() < 15
    for one in read:
        assert one.account.read == len(one.records["gait_strides"]) + one.account.rejected


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


def test_a_bmc_stride_that_is_no_text_is_refused(context):
    with pytest.raises(FileRefused) as refused:
        look(context, bmc_trial().encode()[:900] + b"\xff\xfe\t", f"r1/{DAY}/g01s01t01.txt")
    assert refused.value.reason == "wrong_length"

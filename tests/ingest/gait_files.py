"""Gait files as laboratories write them, made from a known runner."""

import ezc3d
import numpy as np

from tests.ingest.gait_signals import angles, forces, markers, pelvis

OPENSIM = {
    "hip_flexion": "hip_flexion",
    "hip_adduction": "hip_adduction",
    "knee_flexion": "knee_angle",
}
LABELS = {
    "heel_right": "RHEE", "heel_left": "LHEE", "toe_right": "RTOE", "toe_left": "LTOE",
    "pelvis": "SACR",
}  # fmt: skip


def kinematics(gait, knee=1.0):
    """Return coordinate name -> column, as OpenCap's models name them; `knee=-1` as gait2392."""
    told = angles(gait)
    columns = {"time": gait.time}
    for axis, values in zip("xyz", pelvis(gait).T, strict=True):
        columns[f"pelvis_t{axis}"] = values
    columns["pelvis_tilt"] = np.full_like(gait.time, 3.0)
    columns["lumbar_extension"] = np.full_like(gait.time, -11.0)
    columns["pelvis_list"] = told["pelvis_list"]
    for ours, theirs in OPENSIM.items():
        for side in ("right", "left"):
            sign = knee if theirs == "knee_angle" else 1.0
            columns[f"{theirs}_{side[0]}"] = sign * told[f"{ours}_{side}"]
    return columns


def grf(gait, names=("R_ground_force", "L_ground_force")):
    """Return the force columns of both feet."""
    right, left = forces(gait)
    columns = {"time": right.time}
    for name, force in zip(names, (right, left), strict=True):
        columns[f"{name}_vx"] = force.forward
        columns[f"{name}_vy"] = force.vertical
        columns[f"{name}_vz"] = 0 * force.vertical
    return columns


def storage(columns, header, delimiter="\t", padding="", end="\n", tail=""):
    """Return a .mot file: header lines, endheader, names, numbers."""
    lines = [line + padding for line in (*header, "endheader")]
    lines.append(delimiter.join(columns))
    table = np.column_stack(list(columns.values()))
    lines += [delimiter.join(f"{one:.6f}" for one in row) + tail for row in table]
    return end.join(lines) + end


def modern(columns, *, degrees="yes"):
    """Return OpenSim's present header."""
    return [
        "Coordinates", "version=1", f"nRows={len(columns['time'])}", f"nColumns={len(columns)}",
        f"inDegrees={degrees}", "",
    ]  # fmt: skip


def trc(gait, *, unit="mm", delimiter="\t", tail="", end="\n", gap="", blank=True, **header):
    """Return a TRC file of the feet and the sacrum; every 97th frame loses a marker."""
    per = {"mm": 1000.0, "cm": 100.0, "m": 1.0}[unit]
    places = {LABELS[name]: one * per for name, one in markers(gait).items()}
    names = list(places)
    told = {
        "DataRate": f"{gait.rate:.2f}", "CameraRate": f"{gait.rate:.2f}",
        "NumFrames": len(gait.time), "NumMarkers": len(names), "Units": unit,
        "OrigDataRate": gait.rate, "OrigDataStartFrame": 1, "OrigNumFrames": len(gait.time),
    } | header  # fmt: skip
    d = delimiter
    lines = [
        d.join(("PathFileType", "4", "(X/Y/Z)", "made.trc")) + tail,
        d.join(told) + tail,
        d.join(str(one) for one in told.values()) + tail,
        d.join(("Frame#", "Time", *(f"{name}{d}{d}" for name in names))) + tail,
        d.join(("", "", *(f"{axis}{n + 1}" for n in range(len(names)) for axis in "XYZ"))) + tail,
        *([""] if blank else []),
    ]
    for at, time in enumerate(gait.time):
        cells = [str(at + 1), f"{time:.6f}"]
        for number, name in enumerate(names):
            # Each marker is lost in frames of its own.
            lost = at % 97 == 13 + number
            cells += [gap] * 3 if lost else [f"{one:.5f}" for one in places[name][at]]
        lines.append(d.join(cells) + tail)
    return end.join(lines) + end


def write_c3d(path, gait, *, units=("mm",), prefix="", with_forces=True):
    """Write a C3D of a laboratory with z up: markers, two type-2 plates."""
    places = markers(gait)
    file = ezc3d.c3d()
    names = list(places)
    told = (units * len(names))[: len(names)]
    per = [{"mm": 1000.0, "m": 1.0, "cm": 100.0}[one] for one in told]
    points = np.ones((4, len(names), len(gait.time)))
    for at, name in enumerate(names):
        forward, up, right = places[name].T * per[at]
        points[:3, at] = forward, -right, up
    parameters = file["parameters"]
    parameters["POINT"]["RATE"]["value"] = [gait.rate]
    parameters["POINT"]["LABELS"]["value"] = tuple(prefix + LABELS[name] for name in names)
    parameters["POINT"]["UNITS"]["value"] = units if len(units) == 1 else told
    file["data"]["points"] = points
    if with_forces:
        _plates(file, gait)
    file.write(str(path))


def _plates(file, gait):
    """Add plates as some programs write them: counts are fractional, which no library takes."""
    rate = 5 * gait.rate
    plates = forces(gait, rate)
    count = 5 * len(gait.time)
    analogs = np.zeros((1, 12, count))
    for plate, force in enumerate(plates):
        # A plate measures the foot's action, in axes of its own: z down.
        analogs[0, 6 * plate + 0] = -force.forward[:count]
        analogs[0, 6 * plate + 2] = -force.vertical[:count]
    parameters = file["parameters"]
    parameters["ANALOG"]["RATE"]["value"] = [rate]
    parameters["ANALOG"]["LABELS"]["value"] = tuple(
        f"{kind}{plate}" for plate in (1, 2) for kind in ("Fx", "Fy", "Fz", "Mx", "My", "Mz")
    )
    parameters["ANALOG"]["UNITS"]["value"] = ("N", "N", "N", "Nmm", "Nmm", "Nmm") * 2
    file["data"]["analogs"] = analogs
    corners = np.zeros((3, 4, 2))
    for plate in range(2):
        left = -600.0 * plate
        corners[:, :, plate] = np.array(
            [[600, left, 0], [600, left - 500, 0], [0, left - 500, 0], [0, left, 0]]
        ).T
    file.add_parameter("FORCE_PLATFORM", "USED", [2.0])
    file.add_parameter("FORCE_PLATFORM", "TYPE", [2.0, 2.0])
    file.add_parameter("FORCE_PLATFORM", "ZERO", [1.0, 0.0])
    file.add_parameter("FORCE_PLATFORM", "CORNERS", corners)
    file.add_parameter("FORCE_PLATFORM", "ORIGIN", np.zeros((3, 2)))
    file.add_parameter("FORCE_PLATFORM", "CHANNEL", np.arange(1.0, 13.0).reshape(2, 6).T)

"""The columns of an OpenSim table: joint angles and positions, or ground reaction forces."""

import re
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.axes import aligned
from ingest.gait.marker_angles import angles_from_markers
from ingest.gait.marker_names import known_markers
from ingest.gait.trial import Force, Motion, Side
from ingest.readers.motion.storage import Storage, radians_as_degrees

_JOINTS: Final = {
    "hip_flexion": "hip_flexion",
    "hip_adduction": "hip_adduction",
    "knee_angle": "knee_flexion",
    "knee_adduction": "knee_adduction",
}
_SIDES: Final[dict[str, Side]] = {"r": "right", "l": "left", "right": "right", "left": "left"}
_FORCE: Final = re.compile(r"^(.*(?:force|grf).*?)_?v([xyz])$", re.IGNORECASE)


def forces_of(storage: Storage) -> tuple[Force, ...]:
    """Return the ground reaction forces: y points up, x forward, and the name tells the foot.

    `ground_force_vy` and `1_ground_force_vy` name no foot; neither is guessed.
    """
    by_plate: dict[str, dict[str, Floats]] = {}
    for name, values in storage.columns.items():
        match = _FORCE.match(name)
        if match:
            by_plate.setdefault(match.group(1), {})[match.group(2).lower()] = np.nan_to_num(values)
    return tuple(
        Force(storage.time, axes["y"], axes["x"], _side(name))
        for name, axes in by_plate.items()
        # Columns of a plate that recorded nothing are all 0.
        if {"x", "y"} <= axes.keys() and axes["y"].any()
    )


def motion_of(storage: Storage) -> Motion | None:
    """Return the kinematics with canonical names, None unless both knees and hips are there."""
    angles = {
        f"{ours}_{side}": radians_as_degrees(storage, storage.columns[f"{theirs}_{letter}"])
        for theirs, ours in _JOINTS.items()
        for letter, side in (("r", "right"), ("l", "left"))
        if f"{theirs}_{letter}" in storage.columns
    }
    needed = {f"{joint}_{side}" for joint in ("hip_flexion", "knee_flexion") for side in _BOTH}
    if not needed <= angles.keys():
        return None
    columns = {
        name: radians_as_degrees(storage, storage.columns[name])
        for name in ("pelvis_tilt", "pelvis_list", "lumbar_extension")
        if name in storage.columns
    }
    if "pelvis_list" in columns:
        angles["pelvis_list"] = columns["pelvis_list"]
    if {"pelvis_tilt", "lumbar_extension"} <= columns.keys():
        # Both turn backward about the axis to the right; together they are the trunk's lean.
        angles["trunk_lean"] = -(columns["pelvis_tilt"] + columns["lumbar_extension"])
    markers = _markers(storage)
    from_markers = angles_from_markers(markers)
    feet = {name: angle for name, angle in from_markers.items() if name.startswith("foot_pitch")}
    return Motion(storage.time, {**angles, **feet}, {**markers, **_pelvis(storage)})


_BOTH: Final = ("right", "left")


def _markers(storage: Storage) -> dict[str, Floats]:
    labels = [name[:-3] for name in storage.columns if name.endswith("_tx")]
    return aligned(
        {
            name: np.column_stack([storage.columns[f"{label}_t{axis}"] for axis in "xyz"])
            for name, label in known_markers(labels).items()
            if all(f"{label}_t{axis}" in storage.columns for axis in "xyz")
        }
    )


def _pelvis(storage: Storage) -> dict[str, Floats]:
    names = [f"pelvis_t{axis}" for axis in "xyz"]
    if any(name not in storage.columns for name in names):
        return {}
    return {"pelvis": np.column_stack([storage.columns[name] for name in names])}


def _side(name: str) -> Side:
    parts = re.split(r"[^a-z]+", name.lower())
    return next((_SIDES[part] for part in parts if part in _SIDES), "none")

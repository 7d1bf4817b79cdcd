"""Angles from joint centres and pelvis markers, projected into the planes of the runner's path."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from common.arrays import Floats

_OUTWARD: Final = {"right": 1.0, "left": -1.0}


def angles_from_markers(markers: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the angles for which all markers are there, in degrees.

    Frontal-plane angles are projections: they agree with a joint's own axes while the leg moves
    straight ahead.

    Parameters
    ----------
    markers : mapping of str to array of shape (n, 3)
        Forward, up, right; see :func:`ingest.gait.axes.aligned`.
    """
    angles: dict[str, Floats] = {}
    if {"asis_right", "asis_left"} <= markers.keys():
        across = markers["asis_right"] - markers["asis_left"]
        angles["pelvis_list"] = _degrees(-across[:, 1], across[:, 2])
    # With front markers alone the pelvis' point lies too far forward, and every trunk leans back.
    rear = {"psis_right", "psis_left"} <= markers.keys() or "sacrum" in markers
    if rear and "asis_right" in markers and "asis_left" in markers and "neck" in markers:
        trunk = markers["neck"] - markers["pelvis"]
        angles["trunk_lean"] = _degrees(trunk[:, 0], trunk[:, 1])
    for side, outward in _OUTWARD.items():
        angles |= _foot(markers, side) | _leg(markers, side, outward, angles.get("pelvis_list"))
    return angles


def _foot(markers: Mapping[str, Floats], side: str) -> dict[str, Floats]:
    names = (f"heel_{side}", f"toe_{side}")
    if any(name not in markers for name in names):
        return {}
    sole = markers[names[1]] - markers[names[0]]
    return {f"foot_pitch_{side}": _degrees(sole[:, 1], sole[:, 0])}


def _leg(
    markers: Mapping[str, Floats], side: str, outward: float, pelvis_list: Floats | None
) -> dict[str, Floats]:
    names = tuple(f"{joint}_{side}" for joint in ("hip", "knee", "ankle"))
    if any(name not in markers for name in names):
        return {}
    hip, knee, ankle = (markers[name] for name in names)
    thigh, shank = knee - hip, ankle - knee
    inward = [_degrees(-outward * segment[:, 2], -segment[:, 1]) for segment in (thigh, shank)]
    cosine = np.sum(thigh * shank, axis=1) / (
        np.linalg.norm(thigh, axis=1) * np.linalg.norm(shank, axis=1)
    )
    angles = {
        # Rounding can lead just beyond 1, of which arccos is NaN.
        f"knee_flexion_{side}": np.degrees(np.arccos(np.clip(cosine, -1, 1))),
        f"hip_flexion_{side}": _degrees(thigh[:, 0], -thigh[:, 1]),
        f"knee_adduction_{side}": inward[1] - inward[0],
    }
    if pelvis_list is not None:
        angles[f"hip_adduction_{side}"] = inward[0] - outward * pelvis_list
    return angles


def _degrees(opposite: Floats, adjacent: Floats) -> Floats:
    return np.asarray(np.degrees(np.arctan2(opposite, adjacent)), dtype=float)

"""The directions of a laboratory, found in the markers: no file says reliably which axis is up."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from common.arrays import Floats

_UPPER: Final = ("sacrum", "asis_right", "asis_left", "psis_right", "psis_left")


def aligned(markers: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the markers in axes forward, up, right, with ``pelvis`` added.

    Up is the axis along which the pelvis lies furthest from the feet, forward the horizontal
    direction from heels to toes, averaged over the trial and turned to the nearest axis of the
    laboratory where that is within ten degrees.

    Parameters
    ----------
    markers : mapping of str to array of shape (n, 3)
        By canonical name, in m, any axes.

    Returns
    -------
    dict of str to array of shape (n, 3)
        Empty unless a pelvis marker and heel and toe of one foot are there.
    """
    upper = [markers[name] for name in _UPPER if name in markers]
    soles = [
        (markers[f"heel_{side}"], markers[f"toe_{side}"])
        for side in ("right", "left")
        if f"heel_{side}" in markers and f"toe_{side}" in markers
    ]
    if not upper or not soles:
        return {}
    pelvis = np.mean(upper, axis=0)
    legs = _mean(np.concatenate([pelvis - heel for heel, _ in soles]))
    feet = _mean(np.concatenate([toe - heel for heel, toe in soles]))
    if not (np.isfinite(legs).all() and np.isfinite(feet).all()):
        return {}
    up = _axis(legs)
    # Toes lie lower than heels or higher: only the part along the ground is forward.
    forward = feet - (feet @ up) * up
    forward = _snapped(forward / np.linalg.norm(forward))
    frame = np.column_stack([forward, up, np.cross(forward, up)])
    return {name: marker @ frame for name, marker in {**markers, "pelvis": pelvis}.items()}


def _mean(vectors: Floats) -> Floats:
    known = vectors[np.isfinite(vectors).all(axis=1)]
    return known.mean(axis=0) if len(known) else np.full(3, np.nan)


def _axis(vector: Floats) -> Floats:
    at = int(np.argmax(np.abs(vector)))
    axis = np.zeros(3)
    axis[at] = np.sign(vector[at])
    return axis


def _snapped(direction: Floats) -> Floats:
    nearest = _axis(direction)
    return nearest if direction @ nearest > np.cos(np.radians(10)) else direction

"""What a laboratory recorded in one trial, and the ground contacts found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

import numpy as np

from common.arrays import Floats
from ingest.gait.signals import fine_grid, prepare

Side = Literal["left", "right", "none"]
FEET: Final[tuple[Side, Side]] = ("right", "left")


class Contact(NamedTuple):
    """One foot on the ground: which, from when to when (s)."""

    side: Side
    start: float
    end: float


@dataclass(frozen=True)
class Motion:
    """Sampled kinematics.

    Parameters
    ----------
    time : array of shape (n,)
        Seconds, increasing.
    angles : mapping of str to array of shape (n,)
        Degrees, by canonical name: ``knee_flexion_right``, ``hip_adduction_left``,
        ``hip_flexion_*``, ``knee_adduction_*``, ``pelvis_list`` (right side down positive),
        ``trunk_lean`` (forward positive), ``foot_pitch_*`` (toe up positive).
    markers : mapping of str to array of shape (n, 3)
        Metres, forward, up, right: ``heel_right``, ``toe_left``, ``pelvis`` ...
    """

    time: Floats
    angles: Mapping[str, Floats] = field(default_factory=dict)
    markers: Mapping[str, Floats] = field(default_factory=dict)

    def prepared(self) -> "Motion":
        """Return the motion on an even, fine grid, without noise and short gaps."""
        # One even grid for all curves: velocities are differences between its points.
        grid = fine_grid(self.time)
        angles = {name: prepare(self.time, angle, grid) for name, angle in self.angles.items()}
        markers = {
            name: np.column_stack([prepare(self.time, marker[:, axis], grid) for axis in range(3)])
            for name, marker in self.markers.items()
        }
        return Motion(grid, angles, markers)


@dataclass(frozen=True)
class Force:
    """Ground reaction force under one foot or one plate, in N; `side` is none for a plate."""

    time: Floats
    vertical: Floats
    forward: Floats
    side: Side = "none"


@dataclass(frozen=True)
class Trial:
    """One recording.

    Parameters
    ----------
    motion : Motion, optional
        Kinematics.
    forces : tuple of Force
        Ground reaction forces.
    body_weight_n : float, optional
        Weight, where the file tells it.
    speed_m_s : float, optional
        Speed, where the file tells it.
    marked : tuple of Contact
        Contacts that the laboratory marked in the file.
    repairs : tuple of str
        What the reader had to mend.
    """

    motion: Motion | None = None
    forces: tuple[Force, ...] = ()
    body_weight_n: float | None = None
    speed_m_s: float | None = None
    marked: tuple[Contact, ...] = ()
    repairs: tuple[str, ...] = ()

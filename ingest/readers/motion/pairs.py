"""Motion and ground reaction force of one trial, written into two files.

Two files of a folder are one trial if their names are the same but for the words that say what they
hold, such as `run1_ik.mot` and `run1_grf.mot`. They are read together only if their clocks agree,
as far as the motion shows its contacts: a laboratory may start them separately.
"""

import re
from pathlib import Path
from typing import Final

from ingest.gait.clocks import clocks_agree
from ingest.gait.trial import Force, Motion
from ingest.readers.base import FileRefused, Neighbour, ReadContext
from ingest.readers.motion.frames import demand_rate
from ingest.readers.motion.opensim_columns import forces_of, motion_of
from ingest.readers.motion.storage import is_storage, read_storage
from ingest.readers.motion.trajectories import motion_of_markers, read_trc

STORAGE: Final = "opensim"
MARKERS: Final = "trc"
_CONTENTS: Final = frozenset(
    {
        "ik", "grf", "grfs", "force", "forces", "forceplate", "forceplates", "fp", "kinematics",
        "kinetics", "motion", "markers", "marker", "coordinates", "external", "loads",
    }
)  # fmt: skip


def trial_name(source: str) -> str:
    """Return a file's name without its ending and the words that say what it holds.

    Examples
    --------
    >>> trial_name("r1/2025-11-13/Run1_IK.mot") == trial_name("r1/2025-11-13/run1-grf.mot")
    True
    >>> trial_name("r1/run1_ik.mot") == trial_name("r1/run2_grf.mot")
    False
    """
    name = re.split(r"[/!]", source)[-1].lower()
    words = re.split(r"[^a-z0-9]+", re.sub(r"\.[a-z0-9]+$", "", name))
    return " ".join(word for word in words if word and word not in _CONTENTS)


def forces_beside(motion: Motion, context: ReadContext) -> tuple[Force, ...]:
    """Return the force of the trial's other file, none unless there is one and it is in step."""
    candidates = [forces for neighbour in context.beside if (forces := _forces(neighbour))]
    # With two candidates either may be wrong: contacts are then told by the motion alone.
    return candidates[0] if len(candidates) == 1 and clocks_agree(motion, candidates[0]) else ()


def motion_beside(forces: tuple[Force, ...], context: ReadContext) -> str:
    """Return the source of the motion that this force serves, empty if there is none.

    A second file of forces makes it unclear which of them serves, so that neither does.
    """
    if any(_forces(neighbour) for neighbour in context.beside):
        return ""
    for neighbour in context.beside:
        motion = _motion(neighbour)
        if motion is not None and clocks_agree(motion, forces):
            return neighbour.source
    return ""


def _forces(neighbour: Neighbour) -> tuple[Force, ...]:
    try:
        content = neighbour.path.read_bytes()
        return forces_of(read_storage(content)) if is_storage(content) else ()
    except (FileRefused, OSError):
        return ()


def _motion(neighbour: Neighbour) -> Motion | None:
    """Return the motion of a file, None where it has none that would be used."""
    try:
        return _motion_of(neighbour.path)
    except (FileRefused, OSError):
        return None


def _motion_of(path: Path) -> Motion | None:
    content = path.read_bytes()
    if is_storage(content):
        storage = read_storage(content)
        # A motion that its own reader refuses serves nobody.
        demand_rate(storage.time)
        return None if forces_of(storage) else motion_of(storage)
    trajectories = read_trc(content)
    demand_rate(trajectories.time)
    return motion_of_markers(trajectories.time, trajectories.markers)

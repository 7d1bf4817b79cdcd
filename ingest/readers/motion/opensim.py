"""OpenSim and OpenCap: joint angles of inverse kinematics, and ground reaction forces.

The two are files of their own; where they are of one trial, its force serves its motion.
"""

from dataclasses import replace
from pathlib import Path

from ingest.gait.trial import Trial
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.motion.frames import demand_rate
from ingest.readers.motion.opensim_columns import forces_of, motion_of
from ingest.readers.motion.pairs import (
    MARKERS,
    STORAGE,
    forces_beside,
    motion_beside,
    trial_name,
)
from ingest.readers.motion.rows import parsed_trial
from ingest.readers.motion.storage import Storage, is_storage, read_storage
from ingest.records.account import ignored_file


class OpenSimReader(Reader):
    """One trial of joint angles, with or without markers, or of ground reaction forces."""

    kind = STORAGE
    version = 2
    description = (
        "OpenSim and OpenCap storage (.mot, .sto): joint angles, or ground reaction forces, of one"
        " running trial; force beside motion of the same trial (`run1_ik.mot`, `run1_grf.mot`)"
        " serves it; the day stands in the name of the file or of a folder"
    )
    reads_along = frozenset({STORAGE, MARKERS})

    def sniff(self, head: bytes) -> bool:
        """Recognise the header of a storage file."""
        return is_storage(head)

    def meets_as(self, source: str) -> str:
        """Return the trial's name."""
        return trial_name(source)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the trial; see :class:`ingest.readers.base.Reader`."""
        storage = read_storage(path.read_bytes())
        if forces_of(storage):
            return self._forces(storage, path, context)
        motion = motion_of(storage)
        if motion is None:
            raise FileRefused(
                "no_gait", "no column is a leg's angle or a ground reaction force; export those"
            )
        demand_rate(storage.time)
        trial = Trial(motion, forces_beside(motion, context), repairs=storage.repairs)
        return parsed_trial(trial, path, context, self.kind, "opensim_kinematics")

    def _forces(self, storage: Storage, path: Path, context: ReadContext) -> Parsed:
        forces = forces_of(storage)
        demand_rate(storage.time)
        served = motion_beside(forces, context)
        # By itself as well the force would make a second trial of the same steps.
        if served:
            reason = f"the force of the trial in {served}; read with it"
            return Parsed(replace(ignored_file(context.source(path), reason), kind=self.kind))
        trial = Trial(None, forces, repairs=storage.repairs)
        return parsed_trial(trial, path, context, self.kind, "opensim_force")

"""Marker trajectories in OpenSim's TRC format, read with the ground reaction force of the trial."""

from pathlib import Path
from typing import Final

from ingest.gait.trial import Trial
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.motion.frames import demand_rate
from ingest.readers.motion.pairs import MARKERS, STORAGE, forces_beside, trial_name
from ingest.readers.motion.rows import parsed_trial
from ingest.readers.motion.trajectories import motion_of_markers, read_trc
from ingest.readers.text.delimited import BOM

_MARK: Final = b"PathFileType"


class TrcReader(Reader):
    """One trial of marker trajectories."""

    kind = MARKERS
    version = 2
    description = (
        "Marker trajectories (.trc): timing, step length and what the markers allow, of one running"
        " trial; a force file of the same trial serves it; the day stands in the name of the file"
        " or of a folder"
    )
    reads_along = frozenset({STORAGE})

    def sniff(self, head: bytes) -> bool:
        """Recognise the first word of the format."""
        return head.removeprefix(BOM).lstrip().startswith(_MARK)

    def meets_as(self, source: str) -> str:
        """Return the trial's name."""
        return trial_name(source)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the trial; see :class:`ingest.readers.base.Reader`."""
        trajectories = read_trc(path.read_bytes())
        demand_rate(trajectories.time)
        motion = motion_of_markers(trajectories.time, trajectories.markers)
        trial = Trial(motion, forces_beside(motion, context), repairs=trajectories.repairs)
        return parsed_trial(trial, path, context, self.kind, "motion_capture")

"""C3D: markers, force plates and events of one trial."""

import re
from pathlib import Path
from typing import Any, Final

import numpy as np

from common.arrays import Floats
from common.untyped import Untyped
from ingest.gait.force_contacts import ON_N
from ingest.gait.trial import Contact, Force, Side, Trial
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.motion.frames import demand_rate
from ingest.readers.motion.rows import parsed_trial
from ingest.readers.motion.trajectories import motion_of_markers
from ingest.readers.motion.units import metres_per

NO_PLATES: Final = "force_plates_unreadable"
_MAGIC: Final = 0x50
_PROCESSORS: Final = (84, 85, 86)
_BLOCK: Final = 512
_GRAVITY: Final = 9.80665
_STRIKE: Final = re.compile(r"strike|contact|^[lr]?(?:hs|fs|ic)$", re.IGNORECASE)
_OFF: Final = re.compile(r"off|^[lr]?to$", re.IGNORECASE)
# Farther than any laboratory in any unit of the format: a kilometre in millimetres.
_FURTHEST: Final = 1e6
_LONGEST_CONTACT_S: Final = 1.5


class C3dReader(Reader):
    """One trial of markers with or without force plates."""

    kind = "c3d"
    version = 1
    is_native = True
    description = (
        "C3D motion capture with or without force plates: timing, step length, angles, loading rate"
        " and braking force of one running trial; the day stands in the name of the file or of a"
        " folder"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the header's key and the processor type of the parameter block."""
        if len(head) < _BLOCK or head[1] != _MAGIC or head[0] < 1:
            return False
        # The header names the block of the parameters, whose fourth byte is the processor.
        at = (head[0] - 1) * _BLOCK + 3
        return at < len(head) and head[at] in _PROCESSORS

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the trial; see :class:`ingest.readers.base.Reader`."""
        recording, repairs = _open(path)
        parameters = recording["parameters"]
        points = _places(recording["data"]["points"])
        rate = float(recording["header"]["points"]["frame_rate"])
        if rate <= 0 or points.shape[2] < 2:  # a rate needs two frames
            raise FileRefused("no_records", "no marker frames in the file; export it again")
        time = np.arange(points.shape[2]) / rate
        demand_rate(time)
        labels = _texts(parameters, "POINT", "LABELS")
        factors = _factors(_texts(parameters, "POINT", "UNITS"), points.shape[1])
        markers = {
            label: points[:3, at].T * factors[at]
            for at, label in enumerate(labels[: points.shape[1]])
        }
        trial = Trial(
            motion_of_markers(time, markers),
            forces_of(recording),
            _weight(parameters),
            marked=tuple(_marked(recording)),
            repairs=repairs,
        )
        return parsed_trial(trial, path, context, self.kind, "motion_capture")


def _places(points: Floats) -> Floats:
    """Return positions, unknown where a damaged file holds what no laboratory does."""
    sensible = np.isfinite(points) & (np.abs(np.nan_to_num(points)) < _FURTHEST)
    return np.where(sensible, points, np.nan)


def forces_of(recording: Untyped) -> tuple[Force, ...]:
    """Return the plates' forces: up is the axis of the largest mean, forward the livelier other.

    A plate on which nobody stepped is left out.
    """
    rate = float(recording["header"]["analogs"]["frame_rate"])
    forces = []
    for plate in _plates(recording["data"]):
        force = np.nan_to_num(np.asarray(plate["force"], dtype=float))
        if force.shape[1] == 0 or rate <= 0:
            continue
        up = int(np.argmax(np.abs(force.mean(axis=1))))
        vertical = force[up] * np.sign(force[up].mean())
        loaded = vertical > ON_N
        if not loaded.any():
            continue
        flat = [axis for axis in range(3) if axis != up]
        forward = max(flat, key=lambda axis: float(np.std(force[axis, loaded])))
        forces.append(Force(np.arange(force.shape[1]) / rate, vertical, force[forward]))
    return tuple(forces)


def _plates(data: Untyped) -> Untyped:
    return data["platform"] if "platform" in data else ()  # noqa: SIM401 - ezc3d's own mapping


def contacts_of_events(labels: list[str], contexts: list[str], times: Floats) -> list[Contact]:
    """Return the contacts that the laboratory marked.

    An event whose side neither its context nor its label tells (`Foot Strike` without a context,
    but not `LHS`) is left out, and so is a strike without the off of the same foot.
    """
    marked: dict[tuple[Side, bool], list[float]] = {}
    for at, label in enumerate(labels[: len(times)]):
        side = _side_of_event(label, contexts[at] if at < len(contexts) else "")
        strikes, leaves = bool(_STRIKE.search(label)), bool(_OFF.search(label))
        if side != "none" and strikes != leaves:
            marked.setdefault((side, strikes), []).append(float(times[at]))
    sides: tuple[Side, Side] = ("right", "left")
    return sorted(
        (
            Contact(side, start, end)
            for side in sides
            for start in marked.get((side, True), [])
            for end in [min((t for t in marked.get((side, False), []) if t > start), default=None)]
            if end is not None and end - start < _LONGEST_CONTACT_S
        ),
        key=lambda contact: contact.start,
    )


def _open(path: Path) -> tuple[Any, tuple[str, ...]]:
    """Return the recording; plates that cannot be computed are left out, as a repair."""
    import ezc3d  # heavy, and few teams need it

    try:
        return ezc3d.c3d(str(path), extract_forceplat_data=True), ()
    except (RuntimeError, ValueError, OSError, IndexError):
        pass
    try:
        # A file whose plates are described wrongly still holds its markers.
        return ezc3d.c3d(str(path)), (NO_PLATES,)
    except (RuntimeError, ValueError, OSError, IndexError):
        raise FileRefused("damaged_file", "the C3D file is damaged; export it again") from None


def _marked(recording: Untyped) -> list[Contact]:
    parameters = recording["parameters"]
    times = np.asarray(_value(parameters, "EVENT", "TIMES"), dtype=float)
    if times.size == 0:
        return []
    # Each time is a pair: minutes and seconds, counted from the first frame of the recording.
    first = recording["header"]["points"]["first_frame"]
    begin = first / float(recording["header"]["points"]["frame_rate"])
    seconds = 60 * times[0] + times[1] - begin
    labels = _texts(parameters, "EVENT", "LABELS")
    return contacts_of_events(labels, _texts(parameters, "EVENT", "CONTEXTS"), seconds)


def _side_of_event(label: str, context: str) -> Side:
    words: tuple[tuple[Side, str], ...] = (("left", "l"), ("right", "r"))
    for side, letter in words:
        if context.strip().lower() == side or side in label.lower():
            return side
        if re.fullmatch(rf"{letter}(?:hs|fs|ic|to)", label.strip().lower()):
            return side
    return "none"


def _weight(parameters: Untyped) -> float | None:
    mass = np.ravel(_value(parameters, "PROCESSING", "Bodymass"))
    return float(mass[0]) * _GRAVITY if mass.size and mass[0] > 0 else None


def _factors(units: list[str], count: int) -> list[float]:
    """Return metres per unit of each marker: one unit for all, or one each."""
    if len(units) == count:
        return [metres_per(unit) for unit in units]
    return [metres_per(units[0] if units else "")] * count


def _value(parameters: Untyped, group: str, name: str) -> Untyped:
    return parameters[group][name]["value"] if name in parameters.get(group, ()) else []


def _texts(parameters: Untyped, group: str, name: str) -> list[str]:
    return [str(text).strip() for text in _value(parameters, group, name)]

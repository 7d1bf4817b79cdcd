"""Marker trajectories: what a TRC file holds, and the kinematics that labelled markers tell."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from common.arrays import Floats
from common.text.decoding import decode
from ingest.gait.axes import aligned
from ingest.gait.marker_angles import angles_from_markers
from ingest.gait.marker_names import known_markers
from ingest.gait.signals import sampling_rate
from ingest.gait.trial import Motion
from ingest.readers.base import FileRefused
from ingest.readers.motion.numbers import delimiter_of, number_table
from ingest.readers.motion.units import metres_per
from ingest.readers.text.delimited import BOM

_HEADER_LINES: Final = 5
_RATE_OFF: Final = 0.05
NAMES_AT: Final = 2


@dataclass(frozen=True)
class Trajectories:
    """Markers over time in metres, by their labels, and what had to be mended."""

    time: Floats
    markers: dict[str, Floats]
    repairs: tuple[str, ...]


def motion_of_markers(time: Floats, markers: dict[str, Floats]) -> Motion:
    """Return the kinematics that labelled markers tell.

    Raises
    ------
    FileRefused
        If the markers of feet and pelvis are not there.
    """
    named = aligned({name: markers[label] for name, label in known_markers(markers).items()})
    if not named:
        raise FileRefused(
            "no_gait",
            "no markers of pelvis, heel and toe are recognised; name them as common marker sets do,"
            " such as RHEE, RTOE, RASI, SACR",
        )
    return Motion(time, angles_from_markers(named), named)


def read_trc(content: bytes) -> Trajectories:
    """Read a TRC file.

    Names stand every third column, but programs shift them, so their order counts. Gaps are empty,
    a kind of NaN, or three zeros. The number of frames and the rate of the header are only
    compared: what the rows say holds.

    Raises
    ------
    FileRefused
        If the header is not whole or its unit unknown.
    """
    lines = decode(content.removeprefix(BOM)).split("\n")
    if len(lines) <= _HEADER_LINES:
        raise FileRefused("no_records", "the header has five lines, then frames; export it again")
    delimiter = delimiter_of(lines[3])
    settings = dict(zip(_cells(lines[1], delimiter), _cells(lines[2], delimiter), strict=False))
    # The first two cells head the frame's number and its time.
    names = [name for name in _cells(lines[3], delimiter) if name][NAMES_AT:]
    if not names:
        raise FileRefused("no_markers", "the fourth line names no marker; export the file again")
    body = [line for line in lines[_HEADER_LINES:] if line.strip(" \t,")]
    table = number_table(body, delimiter, NAMES_AT + 3 * len(names), time_at=1)
    time, places = table.cells[:, 1], table.cells[:, NAMES_AT:].reshape(-1, len(names), 3)
    # Some programs write 0, 0, 0 for a marker that no camera saw; no marker lies at the origin.
    lost = ~np.isfinite(places).all(axis=2) | (places == 0).all(axis=2)
    metres = np.where(lost[:, :, None], np.nan, places * metres_per(settings.get("Units", "")))
    return Trajectories(
        time,
        {name: metres[:, at] for at, name in enumerate(names)},
        (*table.repairs, *_header_repairs(settings, len(body), len(names), time)),
    )


def _header_repairs(
    settings: dict[str, str], frames: int, markers: int, time: Floats
) -> tuple[str, ...]:
    rate = _number(settings.get("DataRate", ""))
    flaws = (
        (_number(settings.get("NumFrames", "")) != frames, "frame_count_of_header_wrong"),
        (_number(settings.get("NumMarkers", "")) != markers, "marker_count_of_header_wrong"),
        # Rates such as 59.94 and 60 are the same clock; real headers were off by a factor.
        (abs(sampling_rate(time) / rate - 1) > _RATE_OFF, "rate_of_header_wrong"),
    )
    return tuple(code for seen, code in flaws if seen)


def _cells(line: str, delimiter: str | None) -> list[str]:
    return [cell.strip() for cell in line.split(delimiter)]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")

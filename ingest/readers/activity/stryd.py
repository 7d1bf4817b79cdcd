"""Stryd's CSV of one run, a row per second.

Power is in watts per kilogram and stays unread: the file does not tell the body mass. 0 is how the
pod writes that it measured nothing, which the track's means leave out. Vertical oscillation is in
centimetres.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.activity.track import Track, make_track, summarise
from ingest.readers.activity.track.dynamics import DYNAMICS, mean_dynamics, plausible
from ingest.readers.activity.track.form import form_decay_pct
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest
from ingest.readers.text.numerals import decimal_mark, plain
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import Sheet, to_number

_NEEDED: Final = frozenset({"Timestamp", "Power (w/kg)", "Stryd Distance (meters)"})
_CHANNELS: Final = {
    "distance_m": ("Stryd Distance (meters)", 1.0),
    "speed_m_s": ("Stryd Speed (m/s)", 1.0),
    "altitude_m": ("Stryd Elevation (m)", 1.0),
    "heart_rate": ("Heart Rate (bpm)", 1.0),
    "cadence": ("Cadence (spm)", 1.0),
    "vertical_oscillation_mm": ("Vertical Oscillation (cm)", 10.0),
    "ground_contact_ms": ("Ground Time (ms)", 1.0),
    "vertical_ratio_pct": ("Vertical Ratio", 1.0),
}
_TELLING: Final = ("Power (w/kg)", "Stryd Speed (m/s)", "Vertical Oscillation (cm)")
_LARGEST: Final = 1e11
"""No time or distance of a run comes near it; such a cell is damaged."""


class StrydReader(Reader):
    """One run as Stryd exports it."""

    kind = "stryd_csv"
    version = 1
    description = "Stryd CSV of one run, a row per second: distance, heart rate, running dynamics"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the run; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        grid = read_grid(content, _is_header)
        places = {name: at for at, name in reversed(list(enumerate(grid.header)))}
        track = _track(grid.sheet(context.source(path), self.kind, places))
        # The file is one run: a broken row cannot be refused as a record of its own.
        repairs = (*track.repairs, *(("rows_of_wrong_length_dropped",) if grid.shifted else ()))
        row = SessionRow(
            record="run",
            start=float(track.time[0]),
            # The pod is worn on a shoe and its CSV names no sport.
            sport="run",
            numbers=_numbers(track),
            dynamics_source="stryd",
            repairs=repairs,
        )
        return parsed_sessions([row], path, context, self.kind, digest(content))


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED


def _track(sheet: Sheet) -> Track:
    # These columns always have decimals, so that they show which mark the file uses.
    mark = decimal_mark(pd.concat([sheet.text(name) for name in _TELLING]))

    def values(column: str) -> Floats:
        numbers = to_number(plain(sheet.text(column), mark))
        return np.where(np.abs(numbers) < _LARGEST, numbers, np.nan)

    channels = {name: values(column) * factor for name, (column, factor) in _CHANNELS.items()}
    track = make_track(values("Timestamp"), channels)
    if not len(track):
        raise FileRefused("no_records", "no row has a time; export the run again")
    return track


def _numbers(track: Track) -> dict[str, float]:
    dynamics = {name: track.get(name) for name in DYNAMICS if track.knows(name)}
    contact = plausible("ground_contact_ms", track.get("ground_contact_ms"))
    return {
        **summarise(track, "run"),
        **mean_dynamics(track, dynamics),
        "form_decay_pct": form_decay_pct(track, contact),
    }

"""WHOOP's workouts: local times beside the offset of the clock, metres, beats."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.activity.session_list import Measure, kinds, measured, usable_sessions
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.offsets import offset_s
from ingest.records.examination import NEEDED_DAY, Columns, Sheet
from ingest.records.local_clock import parse_local
from ingest.sessions.camp_clock import OFFSET
from ingest.sessions.list_clocks import ZONELESS

_START: Final = "Workout start time"
_NEEDED: Final = frozenset({_START, "Activity name", "Duration (min)"})
_MEASURES: Final = {
    "duration_min": Measure("Duration (min)"),
    "distance_km": Measure("Distance (meters)", 1 / 1000, zero=True),
    "ascent_m": Measure("Altitude gain (meters)", zero=True),
    "hr_mean": Measure("Average HR (bpm)"),
    "hr_max": Measure("Max HR (bpm)"),
}


class WhoopWorkoutsReader(Reader):
    """The workouts of a WHOOP account."""

    kind = "whoop_workouts"
    version = 2
    owner_by_folder = True
    description = "WHOOP `workouts.csv`: sessions with heart rate, distance where GPS was on"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the workouts; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        sheet = read_delimited(content).sheet(context.source(path), self.kind)
        columns = _times(sheet, context) | kinds(sheet, "Activity name")
        columns |= measured(sheet, _MEASURES)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _times(sheet: Sheet, context: ReadContext) -> Columns:
    """Return start and local day; without an offset the clock is the team's."""
    written = parse_local(sheet.text(_START)).astype("datetime64[ns]")
    expected = "a time such as 2024-05-06 18:30:00"
    local = sheet.check_time(_START, NEEDED_DAY, written, context.last_day, expected)
    ahead = offset_s(sheet.text("Cycle timezone"))
    known = ~np.isnan(ahead)
    shift = pd.to_timedelta(np.nan_to_num(ahead), unit="s")
    by_offset = (local - shift).dt.tz_localize("UTC")
    # The row's own offset counts: the athlete may have been abroad.
    start = by_offset.where(known, sheet.utc(local, context.config.time_zone))
    return {
        "start": start,
        "local_date": local.dt.normalize(),
        ZONELESS: pd.Series(~known, index=local.index),
        OFFSET: ahead,
    }

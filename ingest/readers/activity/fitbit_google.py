"""Fitbit's exercises as Google exports them since it took the accounts over: one CSV a month.

Instants are UTC, the offset of the watch's clock stands beside them; distances are in millimetres.
What an athlete typed by hand stands in columns of its own. The file's speeds are not read: they do
not agree with distance and time.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.activity.session_list import Measure, kinds, measured, usable_sessions
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.offsets import offset_s
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import nanoseconds
from ingest.sessions.camp_clock import OFFSET
from ingest.sessions.list_clocks import ZONELESS

_NEEDED: Final = frozenset({"exercise_id", "exercise_start", "exercise_end", "activity_name"})
_TYPED: Final = {
    "tracker_total_distance_mm": "manually_logged_total_distance_mm",
}
"""Column of the tracker -> column of what was typed instead."""
_MEASURES: Final = {
    "distance_km": Measure("tracker_total_distance_mm", 1e-6, zero=True),
    "ascent_m": Measure("tracker_total_altitude_mm", 1e-3, zero=True),
    "hr_mean": Measure("tracker_avg_heart_rate"),
    "hr_max": Measure("tracker_peak_heart_rate"),
}


class GoogleExercisesReader(Reader):
    """Activities of a Google account with a Fitbit watch."""

    kind = "fitbit_google_exercises"
    version = 2
    owner_by_folder = True
    description = (
        "Fitbit exercises of a Google account, `UserExercises_*.csv`: sessions with heart rate; UTC"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        sheet = read_delimited(content).sheet(context.source(path), self.kind)
        for tracked, typed in _TYPED.items():
            # The tracker writes 0 for a session that was entered by hand.
            known = to_number(sheet.text(tracked)) > 0
            sheet.put(tracked, sheet.text(tracked).where(known, sheet.text(typed)))
        columns = _times(sheet, context)
        columns |= kinds(sheet, "activity_name")
        columns |= measured(sheet, _MEASURES)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _times(sheet: Sheet, context: ReadContext) -> Columns:
    """Return start, local day and minutes; the day is that of the watch's clock."""
    start, end = (_instants(sheet, name) for name in ("exercise_start", "exercise_end"))
    offset = offset_s(sheet.text("utc_offset"))
    # Without an offset the day is that of UTC: better than none.
    ahead = pd.to_timedelta(offset, unit="s").fillna(pd.Timedelta(0))
    local = (start + ahead).dt.tz_localize(None)
    expected = "an instant such as 2024-05-06T06:00:00Z"
    checked = sheet.check_time("exercise_start", NEEDED_DAY, local, context.last_day, expected)
    minutes = (end - start).dt.total_seconds().to_numpy() / 60
    return {
        "start": start.where(checked.notna()),
        "local_date": checked.dt.normalize(),
        "duration_min": np.where(minutes > 0, minutes, np.nan),
        ZONELESS: False,
        OFFSET: offset,
    }


def _instants(sheet: Sheet, name: str) -> pd.Series:
    times = pd.to_datetime(sheet.text(name), utc=True, errors="coerce", format="ISO8601")
    instants: pd.Series = nanoseconds(times.dt.tz_localize(None)).dt.tz_localize("UTC")
    return instants

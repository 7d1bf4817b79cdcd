"""Strava's `activities.csv` as it was until 2019: eleven to thirteen columns, seconds and metres.

The list had each column once: id, date, name, type, description, elapsed_time, distance and the
file. Distances are metres, times seconds; dates are UTC without saying so, as in later lists.
"""

from pathlib import Path
from typing import Final

from ingest.readers.activity.session_list import (
    Measure,
    kinds,
    measured,
    moments,
    usable_sessions,
)
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.dates import read_clocks
from ingest.readers.text.delimited import header_of, read_delimited

_NEEDED: Final = frozenset({"id", "date", "name", "type", "elapsed_time", "distance"})
_MEASURES: Final = {
    "duration_min": Measure("elapsed_time", 1 / 60),
    "distance_km": Measure("distance", 1 / 1000, zero=True),
}


class StravaOldListReader(Reader):
    """The activity list of a Strava export before 2019."""

    kind = "strava_activities_old_csv"
    version = 1
    description = (
        "Strava `activities.csv` of before 2019 (`id, date, name, type, ...`): sessions with"
        " seconds and metres; UTC; the folder names the athlete"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        sheet = read_delimited(content).sheet(context.source(path), self.kind)
        clocks = read_clocks(
            sheet.text("date"), stated_day_first=context.day_first(sheet.source), by_program=True
        )
        # UTC, as in the later lists, although the file does not say so.
        columns = moments(sheet, "date", clocks, context, clock="utc")
        columns |= kinds(sheet, "type") | measured(sheet, _MEASURES)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)

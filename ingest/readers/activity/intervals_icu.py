"""intervals.icu's activity list as CSV: metres, seconds, local start.

Columns are named as in its programming interface. Running cadence is that of one foot.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.readers.activity.session_list import (
    Measure,
    both_feet,
    kinds,
    measured,
    moments,
    only_on_foot,
    usable_sessions,
)
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.dates import read_clocks
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import Columns, Sheet

_NEEDED: Final = frozenset({"start_date_local", "type", "moving_time"})
_MEASURES: Final = {
    "duration_min": Measure("elapsed_time", 1 / 60),
    "moving_min": Measure("moving_time", 1 / 60),
    "distance_km": Measure("distance", 1 / 1000, zero=True),
    "ascent_m": Measure("total_elevation_gain", zero=True),
    "hr_mean": Measure("average_heartrate"),
    "hr_max": Measure("max_heartrate"),
    "power_w": Measure("icu_average_watts"),
    "cadence_spm": Measure("average_cadence"),
    "rpe": Measure("icu_rpe"),
}


class IntervalsIcuReader(Reader):
    """The activity list of intervals.icu."""

    kind = "intervals_icu_csv"
    version = 1
    description = (
        "intervals.icu activities as CSV: sessions with heart rate, power, cadence and exertion;"
        " local time"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        grid = read_grid(content, _is_header)
        # Backwards, so that of two columns with one name the first counts.
        places = {name: at for at, name in reversed(list(enumerate(grid.header)))}
        sheet = grid.sheet(context.source(path), self.kind, places)
        columns = _columns(sheet, context)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED


def _columns(sheet: Sheet, context: ReadContext) -> Columns:
    elapsed = sheet.text("elapsed_time")
    # Lists without elapsed time have the time in motion alone.
    sheet.put("elapsed_time", elapsed.fillna(sheet.text("moving_time")))
    sheet.put("average_cadence", both_feet(sheet.text("average_cadence")))
    # Types are one word, such as VirtualRun, and names of sports are told by words.
    sheet.put("type", sheet.text("type").str.replace(r"(?<=[a-z])(?=[A-Z])", " ", regex=True))
    # The column is local time whatever stands behind it.
    text = sheet.text("start_date_local").str.replace("T", " ").str.removesuffix("Z")
    clocks = read_clocks(text, stated_day_first=context.day_first(sheet.source), by_program=True)
    columns = moments(sheet, "start_date_local", clocks, context, clock="local")
    columns |= kinds(sheet, "type")
    columns |= measured(sheet, _MEASURES)
    columns["cadence_spm"] = only_on_foot(columns, "cadence_spm")
    is_run = (pd.Series(columns["sport"]) == "run").to_numpy()
    columns["shoe_id"] = sheet.text("gear").where(is_run)
    return columns

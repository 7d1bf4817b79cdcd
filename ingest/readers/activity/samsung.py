"""Samsung Health's exercises: a CSV whose first line describes the file, its second the columns.

Columns carry the name of the data type in front, with or without by version. Instants are UTC and
the offset of the phone's clock stands beside them; durations are in milliseconds, distances in
metres. Sports are numbers.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.activity.session_list import Measure, measured, only_on_foot, usable_sessions
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.offsets import offset_s
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import NEEDED_DAY, Columns, Sheet
from ingest.records.local_clock import nanoseconds
from ingest.sessions.camp_clock import OFFSET
from ingest.sessions.list_clocks import ZONELESS

_PREFIX: Final = "com.samsung.health.exercise."
_NEEDED: Final = frozenset({"start_time", "exercise_type", "duration", "time_offset"})
_SPORTS: Final = {
    "1001": ("walk", None), "1002": ("run", None), "1003": ("run", "trail"),
    "11007": ("ride", None), "13001": ("hike", None), "14001": ("swim", None),
    "15002": ("strength", None), "15003": ("ride", None), "15005": ("run", "treadmill"),
}  # fmt: skip
"""Samsung's numbers -> sport and surface; every other number is `other`."""
_MEASURES: Final = {
    "duration_min": Measure("duration", 1 / 60_000),
    "distance_km": Measure("distance", 1 / 1000, zero=True),
    "ascent_m": Measure("altitude_gain", zero=True),
    "descent_m": Measure("altitude_loss", zero=True),
    "hr_mean": Measure("mean_heart_rate"),
    "hr_max": Measure("max_heart_rate"),
    "cadence_spm": Measure("mean_cadence"),
}


class SamsungExerciseReader(Reader):
    """The exercises of a Samsung account."""

    kind = "samsung_exercise"
    version = 2
    # The export names nobody: whose it is follows from the folder it lies in.
    owner_by_folder = True
    description = (
        "Samsung Health `com.samsung.shealth.exercise.*.csv`: sessions with heart rate and cadence;"
        " UTC"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the exercises; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        grid = read_grid(content, _is_header)
        # Backwards, so that of two columns with one name the first counts.
        places = {_bare(name): at for at, name in reversed(list(enumerate(grid.header)))}
        sheet = grid.sheet(context.source(path), self.kind, places)
        columns = _times(sheet, context) | _sports(sheet) | measured(sheet, _MEASURES)
        # On a bicycle the same column counts turns of the pedals.
        columns["cadence_spm"] = only_on_foot(columns, "cadence_spm")
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _bare(name: str) -> str:
    return name.removeprefix(_PREFIX)


def _is_header(row: Row) -> bool:
    return {_bare(name) for name in row} >= _NEEDED


def _times(sheet: Sheet, context: ReadContext) -> Columns:
    text = sheet.text("start_time")
    naive = nanoseconds(pd.to_datetime(text, errors="coerce", format="ISO8601"))
    offset = offset_s(sheet.text("time_offset"))
    # Without an offset the day is that of UTC, which may be wrong at night only.
    ahead = pd.to_timedelta(np.nan_to_num(offset), unit="s")
    expected = "an instant such as 2024-05-06 06:00:00.000"
    local = sheet.check_time("start_time", NEEDED_DAY, naive + ahead, context.last_day, expected)
    start = naive.where(local.notna()).dt.tz_localize("UTC")
    return {"start": start, "local_date": local.dt.normalize(), ZONELESS: False, OFFSET: offset}


def _sports(sheet: Sheet) -> Columns:
    numbers = sheet.text("exercise_type")
    unknown = ~numbers.isin(list(_SPORTS)).to_numpy()
    sheet.repair(unknown, "unknown_activity_type_is_other")
    meanings = [_SPORTS.get(str(number), ("other", None)) for number in numbers]
    index = numbers.index
    return {
        "sport": pd.Series([sport for sport, _ in meanings], index=index, dtype="str"),
        "surface": pd.Series([surface for _, surface in meanings], index=index, dtype="str"),
    }

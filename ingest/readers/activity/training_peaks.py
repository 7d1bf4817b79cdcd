"""TrainingPeaks' `workouts.csv`: planned and done workouts by day.

The file has days, no times; hours are decimal. A planned workout that was not done has neither time
nor distance.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.activity.session_list import Measure, days, kinds, measured, usable_sessions
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.day_only import sessions_of_days
from ingest.readers.text.numerals import as_text, decimal_mark, plain
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import Columns, Sheet, to_number

_NEEDED: Final = frozenset({"WorkoutDay", "WorkoutType", "TimeTotalInHours", "DistanceInMeters"})
_HARD_ZONES: Final = tuple(f"HRZone{zone}Minutes" for zone in range(4, 11))
_MEASURES: Final = {
    "duration_min": Measure("TimeTotalInHours", 60),
    "distance_km": Measure("DistanceInMeters", 1 / 1000, zero=True),
    "power_w": Measure("PowerAverage"),
    "hr_mean": Measure("HeartRateAverage"),
    "hr_max": Measure("HeartRateMax"),
    "hard_min": Measure("hard", zero=True),
    "rpe": Measure("Rpe"),
}


class TrainingPeaksReader(Reader):
    """The workout list that TrainingPeaks exports."""

    kind = "training_peaks_csv"
    version = 1
    description = (
        "TrainingPeaks `workouts.csv`: done workouts with heart rate, power, zones and exertion;"
        " day only, so their time of day is set to noon and after"
    )

    def sniff(self, path: Path, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the workouts; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        grid = read_grid(content, _is_header)
        places = {name: at for at, name in reversed(list(enumerate(grid.header)))}
        sheet = grid.sheet(context.source(path), self.kind, places)
        _make_plain(sheet)
        _refuse_planned(sheet)
        columns: Columns = {**kinds(sheet, "WorkoutType"), **measured(sheet, _MEASURES)}
        columns |= sessions_of_days(sheet, days(sheet, "WorkoutDay", context), columns, context)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED


def _make_plain(sheet: Sheet) -> None:
    telling = [sheet.text("TimeTotalInHours"), sheet.text("DistanceInMeters")]
    mark = decimal_mark(pd.concat(telling))
    for one in _MEASURES.values():
        sheet.put(one.cell, plain(sheet.text(one.cell), mark))
    zones = np.array([to_number(plain(sheet.text(name), mark)) for name in _HARD_ZONES])
    known = ~np.isnan(zones).all(axis=0)
    hard = np.where(known, np.nansum(zones, axis=0), np.nan)
    sheet.put("hard", as_text(hard, sheet.text("hard")))


def _refuse_planned(sheet: Sheet) -> None:
    done = sheet.text("TimeTotalInHours").notna() | sheet.text("DistanceInMeters").notna()
    sheet.reject(
        ~done.to_numpy(),
        "not_done",
        lambda _: "planned, without time and distance: not done; nothing needs mending",
    )

"""TrainingPeaks' `workouts.csv`: planned and done workouts by day.

The file has days, no times; hours are decimal. A planned workout that was not done has neither time
nor distance: it is a plan, and no session.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.activity.session_list import (
    Measure,
    days,
    kinds,
    measured,
    planned_size,
    usable_sessions,
)
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.day_only import sessions_of_days
from ingest.readers.text.numerals import as_text, decimal_mark, plain
from ingest.readers.text.plan_words import PLANNED_AHEAD, kind_of
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.account import Account
from ingest.records.examination import NEEDED_DAY, Columns, Mask, Sheet, to_number

_PLANNED: Final = ("PlannedDuration", "PlannedDistanceInMeters")
Refused = Sequence[tuple[str, str, str]]
_NEEDED: Final = frozenset({"WorkoutDay", "WorkoutType", "TimeTotalInHours", "DistanceInMeters"})
# An account may have up to ten zones, and the fourth is the first hard one.
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
        "TrainingPeaks `workouts.csv`: planned and done workouts with heart rate, power, zones,"
        " exertion;"
        " day only, so their time of day is set to noon and after"
    )

    def sniff(self, head: bytes) -> bool:
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
        done, planned = _done(sheet), _has_plan(sheet)
        ahead, rest = _plans(_part(sheet, planned & ~done), athlete, context)
        # Its account is left out: a workout that was done counts once, as a session.
        followed, _ = _plans(_part(sheet, planned & done), athlete, context)
        # What was neither planned nor done is refused below, so that no row vanishes.
        sheet = _part(sheet, done | ~planned, grid.shifted)
        _refuse_empty(sheet)
        columns: Columns = {**kinds(sheet, "WorkoutType"), **measured(sheet, _MEASURES)}
        columns |= sessions_of_days(sheet, days(sheet, "WorkoutDay", context), columns, context)
        parsed = usable_sessions(sheet, {"athlete": athlete, **columns}, content)
        plans = pd.concat([ahead, followed], ignore_index=True)
        records = {**parsed.records, "plans": plans} if len(plans) else parsed.records
        return Parsed(parsed.account.with_part(rest), records)


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED


def _make_plain(sheet: Sheet) -> None:
    telling = [sheet.text("TimeTotalInHours"), sheet.text("DistanceInMeters")]
    mark = decimal_mark(pd.concat(telling))
    planned = [name for name in _PLANNED if name in sheet.cells]
    for cell in (*(measure.cell for measure in _MEASURES.values()), *planned):
        sheet.put(cell, plain(sheet.text(cell), mark))
    zones = np.array([to_number(plain(sheet.text(name), mark)) for name in _HARD_ZONES])
    known = ~np.isnan(zones).all(axis=0)
    hard = np.where(known, np.nansum(zones, axis=0), np.nan)
    sheet.put("hard", as_text(hard, sheet.text("hard")))


def _done(sheet: Sheet) -> Mask:
    done = sheet.text("TimeTotalInHours").notna() | sheet.text("DistanceInMeters").notna()
    return done.to_numpy(dtype=bool)


def _has_plan(sheet: Sheet) -> Mask:
    """Say which workouts were planned; an export without these columns has no plans."""
    if not set(_PLANNED) <= set(sheet.cells.columns):
        return np.zeros(len(sheet), dtype=bool)
    values = [to_number(sheet.arrow(name)) for name in _PLANNED]
    return np.asarray(values[0] > 0) | np.asarray(values[1] > 0)


def _part(sheet: Sheet, rows: Mask, refused: Refused = ()) -> Sheet:
    return Sheet(sheet.source, sheet.kind, sheet.cells[rows].copy(), refused)


def _plans(sheet: Sheet, athlete: str, context: ReadContext) -> tuple[pd.DataFrame, Account]:
    """Return the planned side of workouts; days to come are what a plan is for."""
    if not len(sheet):
        return sheet.finish({"athlete": athlete})
    words = sheet.text("Title") if "Title" in sheet.cells else sheet.text("WorkoutType")
    columns: Columns = {
        "athlete": athlete,
        "date": sheet.day("WorkoutDay", NEEDED_DAY, context.last_day + PLANNED_AHEAD),
        "sport": kinds(sheet, "WorkoutType")["sport"],
        "planned_duration_min": planned_size(sheet, "PlannedDuration", "planned_duration_min", 60),
        "planned_distance_km": planned_size(
            sheet, "PlannedDistanceInMeters", "planned_distance_km", 1 / 1000
        ),
        "intensity": pd.Series(
            [kind_of(str(word)) for word in words], index=words.index, dtype="str"
        ),
    }
    return sheet.finish(columns)


def _refuse_empty(sheet: Sheet) -> None:
    sheet.reject(
        ~_done(sheet),
        "not_done",
        lambda _: "neither planned nor done: no time and no distance; nothing needs mending",
    )

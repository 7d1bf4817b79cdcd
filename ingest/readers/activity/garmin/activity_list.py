"""Garmin Connect's `Activities.csv`, in any account language, style of numbers and unit.

Times are local without a zone. "--" is missing, and so is 0 for everything a sensor measures. The
header follows the language and the kinds of activities in the list. Each file is settled once: its
decimal mark, the order of day and month if a spreadsheet rewrote the dates, and its unit of
distance.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.readers.activity.garmin.column_names import is_garmin_list, is_known_language, positions
from ingest.readers.activity.garmin.units import to_kilometres
from ingest.readers.activity.session_list import (
    Measure,
    dynamics_source,
    kinds,
    measured,
    moments,
    only_on_foot,
    usable_sessions,
)
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.dates import read_clocks
from ingest.readers.text.numerals import (
    as_cells,
    decimal_mark,
    is_plain,
    minutes,
    plain_cells,
)
from ingest.readers.text.tabular import find_header, read_grid
from ingest.records.examination import Columns, Sheet, to_number

_DURATIONS: Final = ("Time", "Moving Time", "Elapsed Time")
# Calories and steps are no evidence: with them a comma may part thousands.
_TELLING: Final = (
    "Distance", "Aerobic TE", "Avg Stride Length", "Avg Vertical Ratio",
    "Avg Vertical Oscillation",
)  # fmt: skip
_BARE: Final = r"^\s*-?\d+([.,]\d+)?\s*$"
_NUMBERS: Final = (
    *_TELLING, "Avg HR", "Max HR", "Avg Run Cadence", "Total Ascent", "Total Descent",
    "Avg Ground Contact Time", "Avg Power",
)  # fmt: skip
_MEASURES: Final = {
    "distance_km": Measure("Distance", zero=True),
    "ascent_m": Measure("Total Ascent", zero=True),
    "descent_m": Measure("Total Descent", zero=True),
    "hr_mean": Measure("Avg HR"),
    "hr_max": Measure("Max HR"),
    "power_w": Measure("Avg Power"),
    "cadence_spm": Measure("Avg Run Cadence"),
    "step_length_m": Measure("Avg Stride Length"),
    "vertical_oscillation_mm": Measure("Avg Vertical Oscillation", 10),
    "ground_contact_ms": Measure("Avg Ground Contact Time"),
    "vertical_ratio_pct": Measure("Avg Vertical Ratio"),
    "balance_left_pct": Measure("Avg GCT Balance"),
}


class GarminListReader(Reader):
    """The activity list that Garmin Connect exports."""

    kind = "garmin_activities_csv"
    version = 3
    description = (
        "Garmin Connect `Activities.csv`, any language: sessions with heart rate, power and"
        " running dynamics; local time; the folder names the athlete"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns, by name or by the one that stays untranslated."""
        return find_header(head, is_garmin_list) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        grid = read_grid(content, is_garmin_list)
        sheet = grid.sheet(context.source(path), self.kind, positions(grid.header))
        if not is_known_language(grid.header):
            sheet.repair(np.ones(len(sheet), dtype=bool), "unknown_language_columns_by_place")
        _make_plain(sheet)
        columns = _columns(sheet, context)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _make_plain(sheet: Sheet) -> None:
    """Write numbers with a decimal point, durations in minutes, the balance as its left share."""
    mark = decimal_mark(sheet.arrows(_TELLING))
    if mark != "." or not is_plain(sheet.arrows(_NUMBERS)):
        sheet.put_text(_NUMBERS, plain_cells(sheet.arrows(_NUMBERS), mark))
    durations = sheet.arrows(_DURATIONS)
    if pc.any(pc.match_substring_regex(durations, _BARE)).as_py():
        for name in _DURATIONS:
            _refuse_bare(sheet, name)
    sheet.put_text(_DURATIONS, as_cells(minutes(durations), durations))
    if not sheet.known("Avg GCT Balance").any():
        return
    balance = sheet.text("Avg GCT Balance")
    left = balance.str.extract(r"^(\d{1,2}(?:[.,]\d+)?)\s*%", expand=False)
    sheet.put("Avg GCT Balance", left.str.replace(",", ".").fillna(balance))


def _refuse_bare(sheet: Sheet, name: str) -> None:
    """Refuse a duration that is a bare number: hours, minutes and seconds look alike."""
    cells = sheet.arrow(name)
    looks_bare = pc.fill_null(pc.match_substring_regex(cells, _BARE), fill_value=False)
    if not pc.any(looks_bare).as_py():
        return
    bare = np.asarray(looks_bare.to_numpy(zero_copy_only=False)) & (to_number(cells) != 0)
    sheet.reject(
        bare,
        "duration_without_unit",
        lambda row: (
            f"{name} is {row[name]!r}: a number without a unit where Garmin writes hh:mm:ss;"
            " export the list again and do not convert the column"
        ),
    )


def _columns(sheet: Sheet, context: ReadContext) -> Columns:
    clocks = read_clocks(
        sheet.text("Date"), stated_day_first=context.day_first(sheet.source), by_program=True
    )
    columns = moments(sheet, "Date", clocks, context, clock="local")
    sheet.repair(clocks.altered, "date_in_local_form")
    columns |= kinds(sheet, "Activity Type")
    columns |= _durations(sheet)
    to_kilometres(sheet, columns)
    columns |= measured(sheet, _MEASURES)
    columns["cadence_spm"] = only_on_foot(columns, "cadence_spm")
    columns["dynamics_source"] = dynamics_source(columns, "garmin")
    return columns


def _durations(sheet: Sheet) -> Columns:
    """Return elapsed and moving time; lists without them have the timer's time only."""
    timer = _duration(sheet, "duration_min", "Time")
    elapsed = _duration(sheet, "duration_min", "Elapsed Time")
    moving = _duration(sheet, "moving_min", "Moving Time")
    return {
        # Elapsed time cannot be shorter than the timer's; where it is, it was written wrongly.
        "duration_min": np.fmax(elapsed, timer),
        "moving_min": np.where(np.isnan(moving), timer, moving),
    }


def _duration(sheet: Sheet, name: str, cell: str) -> NDArray[np.float64]:
    return np.asarray(measured(sheet, {name: Measure(cell)})[name], dtype=float)

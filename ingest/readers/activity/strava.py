"""Strava's `activities.csv`, in any account language.

Columns are taken by position: names are translated, some stand twice, and some are replaced by an
error message of the exporter. The first Distance is for display (account's unit, localized); the
second is in metres. New columns are only ever added before the last one. Dates are UTC without
saying so. Cadence is per foot. Short lists with headings of their own are read by
:mod:`ingest.readers.activity.strava_short`.
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
from ingest.readers.text.numerals import decimal_mark, plain
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import Columns, Sheet, to_number
from ingest.records.rules import rule_of
from ingest.sessions.day_only import MARK

POSITIONS: Final = {
    "Activity Date": 1,
    "Activity Type": 3,
    "Elapsed Time (display)": 5,
    "Activity Gear": 11,
    "Filename": 12,
    "Elapsed Time": 15,
    "Moving Time": 16,
    "Distance": 17,
    "Elevation Gain": 20,
    "Elevation Loss": 21,
    "Average Cadence": 29,
    "Max Heart Rate": 30,
    "Average Heart Rate": 31,
    "Average Watts": 33,
    "Perceived Exertion": 43,
}
_NUMBERS: Final = (
    "Elapsed Time (display)", "Elapsed Time", "Moving Time", "Distance", "Elevation Gain",
    "Elevation Loss", "Average Cadence", "Max Heart Rate", "Average Heart Rate", "Average Watts",
    "Perceived Exertion",
)  # fmt: skip
_TELLING: Final = ("Distance", "Elevation Gain", "Average Cadence")
# Elapsed time, distance and highest heart rate: for display, and raw further right.
_TWICE: Final = ((5, 15), (6, 17), (7, 30))
_LEAST_COLUMNS: Final = 60
_MEASURES: Final = {
    "duration_min": Measure("Elapsed Time", 1 / 60),
    "moving_min": Measure("Moving Time", 1 / 60),
    "distance_km": Measure("Distance", 1 / 1000, zero=True),
    "ascent_m": Measure("Elevation Gain", zero=True),
    "descent_m": Measure("Elevation Loss", zero=True),
    "hr_mean": Measure("Average Heart Rate"),
    "hr_max": Measure("Max Heart Rate"),
    "power_w": Measure("Average Watts"),
    "cadence_spm": Measure("Average Cadence"),
    "rpe": Measure("Perceived Exertion"),
}


class StravaActivitiesReader(Reader):
    """The activity list of a Strava bulk export."""

    kind = "strava_activities_csv"
    version = 3
    description = (
        "Strava `activities.csv` of a bulk export, any language: sessions with heart rate, power,"
        " cadence, exertion and shoe; UTC; the folder names the athlete"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by the columns that stand twice."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        grid = read_grid(content, _is_header)
        sheet = grid.sheet(context.source(path), self.kind, POSITIONS)
        _make_plain(sheet)
        columns = _columns(sheet, context)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _is_header(row: Row) -> bool:
    """Say whether the doubled columns stand where they always do, whatever they are called."""
    return len(row) >= _LEAST_COLUMNS and all(row[a] == row[b] != "" for a, b in _TWICE)


def _make_plain(sheet: Sheet) -> None:
    mark = decimal_mark(pd.concat([sheet.text(name) for name in _TELLING]))
    for name in _NUMBERS:
        sheet.put(name, plain(sheet.text(name), mark))
    sheet.put("Average Cadence", both_feet(sheet.text("Average Cadence")))
    # Entries by hand of some years have no second elapsed time; both are in seconds.
    display = sheet.cells["Elapsed Time (display)"]
    sheet.put("Elapsed Time", sheet.text("Elapsed Time").fillna(display))
    _without_forgotten_days(sheet)


def _without_forgotten_days(sheet: Sheet) -> None:
    """Take the time in motion for the whole where a watch ran on for days."""
    elapsed, moving = (to_number(sheet.text(name)) for name in ("Elapsed Time", "Moving Time"))
    longest = 60 * rule_of("sessions", "duration_min").high
    days = (elapsed > longest) & (moving > 0) & (moving <= longest)
    sheet.repair(days, "elapsed_time_of_days_time_in_motion_taken")
    sheet.put("Elapsed Time", sheet.text("Elapsed Time").mask(days, sheet.text("Moving Time")))


def _typed_by_hand(sheet: Sheet, times: pd.Series) -> "pd.Series[bool]":
    """Return which entries were typed: without a file, at a whole minute.

    Their time of day is what somebody remembered, or what the form proposed: like a diary's line
    they are the recording of their day that is like them.
    """
    whole_minute = pd.Series(times, index=sheet.cells.index).dt.second.eq(0)
    typed: pd.Series[bool] = sheet.text("Filename").isna() & whole_minute
    return typed


def _columns(sheet: Sheet, context: ReadContext) -> Columns:
    clocks = read_clocks(
        sheet.text("Activity Date"),
        stated_day_first=context.day_first(sheet.source),
        by_program=True,
    )
    # UTC, although the file does not say so: checked against the weather data of an activity.
    columns = moments(sheet, "Activity Date", clocks, context, clock="utc")
    columns |= kinds(sheet, "Activity Type")
    columns |= measured(sheet, _MEASURES)
    columns["cadence_spm"] = only_on_foot(columns, "cadence_spm")
    columns[MARK] = _typed_by_hand(sheet, clocks.times)
    is_run = (pd.Series(columns["sport"]) == "run").to_numpy()
    columns["shoe_id"] = sheet.text("Activity Gear").where(is_run)
    return columns

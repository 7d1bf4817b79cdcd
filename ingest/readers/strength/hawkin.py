"""Hawkin Dynamics: the CSV of tests, one row per trial, heights in metres.

The header is that of the metric dictionary: a label with its unit in brackets ("Jump Height(m)")
or the package's own form ("jump_height_m"). Timestamps are Unix seconds; a date without a clock is
local. Every row is one trial, so that a value is both the best and the mean of one repetition and
the metric keeps its plain name.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.strength.test_names import hawkin_tests
from ingest.readers.strength.vald_sides import plain_name
from ingest.readers.strength.values import (
    Metric,
    long_strength,
    metric_columns,
    refuse_without_value,
    test_names,
)
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.tabular import Grid, Row, find_header, read_grid
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import nanoseconds

DEVICE: Final = "hawkin"
_METRICS: Final = (
    Metric("jump_height_impulse", "jumpheightm", "cm", "both", 100.0),
    Metric("peak_propulsive_force", "peakpropulsiveforcen", "N", "both"),
    Metric("peak_propulsive_power", "peakpropulsivepowerw", "W", "both"),
    Metric("braking_force", "avgbrakingforcen", "N", "both"),
    Metric("braking_force", "leftavgbrakingforcen", "N", "left"),
    Metric("braking_force", "rightavgbrakingforcen", "N", "right"),
    Metric("rsi_modified", "mrsi", "m/s", "both"),
    Metric("time_to_takeoff", "timetotakeoffs", "s", "both"),
    Metric("peak_force", "peakforcen", "N", "both"),
)
_ATHLETE: Final = ("athletename", "athlete", "name")
_TEST: Final = ("testtypename", "testtype", "type")
_TIME: Final = ("timestamp", "date")
_TAGS: Final = ("tagnames", "tags")
# Bounds that tell seconds from milliseconds, and from days written as one number (20240501).
_YEAR_2000: Final = 946684800.0
_YEAR_5138: Final = 1e11


class HawkinReader(Reader):
    """One trial per row."""

    kind = "hawkin"
    version = 2
    description = "Hawkin Dynamics CSV of tests: CMJ, drop jump and mid-thigh pull by trial"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by a column that only Hawkin names so, beside athlete and test."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the trials; see :class:`ingest.readers.base.Reader`."""
        grid = read_grid(path.read_bytes(), _is_header)
        places = _places(grid)
        sheet = grid.sheet(context.source(path), self.kind, places)
        athlete, test, time = (_first(places, names) for names in (_ATHLETE, _TEST, _TIME))
        metrics = tuple(metric for metric in _METRICS if metric.cell in places)
        columns: Columns = {
            "athlete": named_athlete(sheet, athlete, context),
            "date": _day(sheet, time, context),
            "test": test_names(sheet, test, _tests(sheet, test)),
            "reps": np.ones(len(sheet)),
            **metric_columns(sheet, metrics),
        }
        refuse_without_value(sheet, columns, metrics)
        frame, account = sheet.finish(columns)
        return Parsed(account, {"strength": long_strength(frame, metrics, DEVICE)})


def _tests(sheet: Sheet, test: str) -> pd.Series:
    """Return the tests by type and tags: a pull is told by its tag, a variant too."""
    tags = [sheet.text(name).fillna("") for name in _TAGS if name in sheet.cells.columns]
    names = sheet.text(test)
    return hawkin_tests(names, tags[0] if tags else pd.Series("", index=names.index, dtype="str"))


def _is_header(row: Row) -> bool:
    names = {_key(name) for name in row}
    shared = (names & set(spellings) for spellings in (_ATHLETE, _TEST, _TIME))
    return all(shared) and bool(
        # Names that other vendors use, too (height, peak force), do not make a list Hawkin's.
        names & {metric.cell for metric in _METRICS[1:] if metric.name != "peak_force"}
    )


def _key(name: str) -> str:
    return plain_name(name)


def _places(grid: Grid) -> dict[str, int]:
    return {_key(name): at for at, name in reversed(list(enumerate(grid.header)))}


def _first(places: dict[str, int], names: tuple[str, ...]) -> str:
    return next(name for name in names if name in places)


def _day(sheet: Sheet, column: str, context: ReadContext) -> pd.Series:
    """Return local days of Unix seconds, of instants with a zone, or of local days."""
    text = sheet.text(column)
    seconds = to_number(sheet.arrow(column))
    usable = np.where((seconds > _YEAR_2000) & (seconds < _YEAR_5138), seconds, np.nan)
    unix = pd.to_datetime(pd.Series(usable, index=text.index), unit="s", errors="coerce", utc=True)
    local = unix.dt.tz_convert(context.config.time_zone).dt.tz_localize(None)
    days = pd.to_datetime(text.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    times = nanoseconds(local).fillna(nanoseconds(days))
    checked = sheet.check_time(column, NEEDED_DAY, times, context.last_day, "a timestamp")
    midnight: pd.Series = checked.dt.normalize()
    return midnight

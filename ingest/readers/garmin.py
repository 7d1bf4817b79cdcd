"""Garmin Connect's `Activities.csv`, English headers of 2020 and 2025.

Times are local without a zone; numbers have a decimal point and comma thousands, or, in accounts
with another locale, a decimal comma: the Distance column of the file decides. "--" is missing, and
0 is missing for everything a sensor measures. Pool lengths put swims into metres.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clock import parse_local
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.delimited import demand_columns, header_of, read_delimited
from ingest.readers.garmin_activity_types import SPORT_OF, SURFACE_OF
from ingest.rules import rule_of
from ingest.sheet import NEEDED_DAY, Columns, Floats, Sheet, to_number

OLD_NAMES: Final = {
    "Activity Time": "Time",
    "Elev Gain": "Total Ascent",
    "Elev Loss": "Total Descent",
}
"""Column names of the 2020 export -> those of today."""

_NEEDED: Final = ("Activity Type", "Date", "Distance", "Time")
_SENSORS: Final = {
    "hr_mean": ("Avg HR", 1.0),
    "hr_max": ("Max HR", 1.0),
    "power_w": ("Avg Power", 1.0),
    "cadence_spm": ("Avg Run Cadence", 1.0),
    "step_length_m": ("Avg Stride Length", 1.0),
    "vertical_oscillation_mm": ("Avg Vertical Oscillation", 10.0),
    "ground_contact_ms": ("Avg Ground Contact Time", 1.0),
    "vertical_ratio_pct": ("Avg Vertical Ratio", 1.0),
}
"""Column of the contract -> Garmin's column and the factor to the contract's unit; 0 is missing."""
_DYNAMICS: Final = ("vertical_oscillation_mm", "ground_contact_ms", "vertical_ratio_pct")
_SWIM_METRES_FROM: Final = 30.0


class GarminActivitiesReader(Reader):
    """The activity list that Garmin Connect exports."""

    kind = "garmin_activities_csv"
    version = 1
    description = (
        "Garmin Connect `Activities.csv` (English): sessions with heart rate, power and running"
        " dynamics; local time; the folder names the athlete"
    )

    def sniff(self, path: Path, head: bytes) -> bool:  # noqa: ARG002 - content decides
        """Recognise the file by two columns that no other export has together."""
        return {"Activity Type", "Favorite"} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        parsed = read_delimited(content)
        parsed.cells.columns = [OLD_NAMES.get(name, name) for name in parsed.cells.columns]
        demand_columns(parsed.cells.columns, _NEEDED)
        sheet = parsed.sheet(context.source(path), self.kind)
        columns = _columns(sheet, context)
        _refuse_without_load(sheet, columns)
        frame, account = sheet.finish({"athlete": athlete, **columns})
        return Parsed(account, {"sessions": frame})


def _columns(sheet: Sheet, context: ReadContext) -> Columns:
    expected = "a local time such as 2025-11-13 18:35:58 (a spreadsheet may have changed it)"
    local = sheet.check_time(
        "Date", NEEDED_DAY, parse_local(sheet.text("Date")), context.last_day, expected
    )
    kind = sheet.text("Activity Type").str.lower()
    sport = kind.map(SPORT_OF).astype("str")
    sheet.repair((kind.notna() & sport.isna()).to_numpy(), "unknown_activity_type_is_other")
    comma = _has_decimal_comma(sheet.text("Distance"))
    columns: Columns = {
        "start": sheet.utc(local, context.config.time_zone),
        "local_date": local.dt.normalize(),
        "sport": sport.fillna("other"),
        "surface": kind.map(SURFACE_OF).astype("str"),
    }
    columns["distance_km"] = _distance(sheet, sport, decimal_comma=comma)
    columns |= _durations(sheet)
    for name, column in (("ascent_m", "Total Ascent"), ("descent_m", "Total Descent")):
        columns[name] = _number(sheet, column, name, decimal_comma=comma)
    for name, (column, factor) in _SENSORS.items():
        columns[name] = _sensor(sheet, column, name, factor, decimal_comma=comma)
    columns["dynamics_source"] = _dynamics_source(columns)
    return columns


def _distance(sheet: Sheet, sport: pd.Series, *, decimal_comma: bool) -> Floats:
    values = _parse(sheet, "Distance", decimal_comma=decimal_comma)
    metres = (sport == "swim").to_numpy() & (values >= _SWIM_METRES_FROM)
    sheet.repair(metres, "swim_metres_to_km")
    values = np.where(metres, values / 1000, values)
    rule = rule_of("sessions", "distance_km", strict=True)
    checked = sheet.check_number("Distance", rule, values)
    return np.where(checked == 0, np.nan, checked)


def _durations(sheet: Sheet) -> Columns:
    rule = rule_of("sessions", "duration_min", strict=True)
    timer = sheet.check_number("Time", rule, minutes(sheet.arrow("Time")))
    soft = rule_of("sessions", "moving_min")
    elapsed = sheet.check_number("Elapsed Time", soft, minutes(sheet.arrow("Elapsed Time")))
    moving = sheet.check_number("Moving Time", soft, minutes(sheet.arrow("Moving Time")))
    return {
        "duration_min": np.where(np.isnan(elapsed), timer, elapsed),
        "moving_min": np.where(np.isnan(moving) | (moving == 0), timer, moving),
    }


def _sensor(sheet: Sheet, column: str, name: str, factor: float, *, decimal_comma: bool) -> Floats:
    values = _parse(sheet, column, decimal_comma=decimal_comma)
    silent = values == 0
    checked = sheet.check_number(
        column, rule_of("sessions", name), np.where(silent, _inside(name), values * factor)
    )
    return np.where(silent, np.nan, checked)


def _inside(name: str) -> float:
    """Return a value the rule accepts, so that a silent sensor is not counted as a repair."""
    return rule_of("sessions", name).low


def _number(sheet: Sheet, column: str, name: str, *, decimal_comma: bool) -> Floats:
    values = _parse(sheet, column, decimal_comma=decimal_comma)
    return sheet.check_number(column, rule_of("sessions", name), values)


def _parse(sheet: Sheet, column: str, *, decimal_comma: bool) -> Floats:
    text = sheet.arrow(column)
    if decimal_comma:
        text = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
    return to_number(pc.replace_substring(text, ",", ""))


def _has_decimal_comma(distance: pd.Series) -> bool:
    """Tell "5,81" from "1,381": a comma before two final digits, and no point in the file."""
    has_point = distance.str.contains(".", regex=False).any()
    return bool(not has_point and distance.str.contains(r",\d{1,2}$").any())


def minutes(text: Any) -> Floats:  # noqa: ANN401 - a Series or an Arrow array
    """Return durations such as "00:53:55", "00:04:53.4" or "02:51.43" in minutes.

    Examples
    --------
    >>> minutes(pd.Series(["01:30:00", "02:51", "soon"], dtype="str"))
    array([90.  ,  2.85,   nan])
    """
    cells = pa.array(text, type=pa.large_string(), from_pandas=True)
    # hh:mm:ss without its colons is the number hhmmss, which is quick to take apart.
    shaped = pc.match_substring_regex(cells, r"^(\d+:)?\d{1,2}:\d{2}(\.\d+)?$")
    digits = to_number(pc.replace_substring(pc.if_else(shaped, cells, None), ":", ""))
    hours, rest = np.divmod(digits, 10_000)
    whole_minutes, seconds = np.divmod(rest, 100)
    return hours * 60 + whole_minutes + seconds / 60


def _dynamics_source(columns: Columns) -> pd.Series:
    known = pd.DataFrame({name: columns[name] for name in _DYNAMICS}).notna().any(axis=1)
    return pd.Series("garmin", index=known.index, dtype="str").where(known)


def _refuse_without_load(sheet: Sheet, columns: Columns) -> None:
    load = pd.DataFrame({name: columns[name] for name in ("duration_min", "distance_km")})
    empty = load.isna().all(axis=1).to_numpy()
    sheet.reject(empty, "no_duration_no_distance", lambda _: "neither a time nor a distance")

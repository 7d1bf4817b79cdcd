"""Gait values: a column per metric and side, or a row per value."""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.sheets.deciding.kind import measures_in
from ingest.readers.sheets.kinds.day_of_test import days_of_tests
from ingest.readers.sheets.table import Part, Table, amount_of
from ingest.readers.sheets.words.headings import unit_of
from ingest.readers.sheets.words.measure_headings import (
    MeasureHeading,
    gait_heading,
    side_letters,
)
from ingest.records.examination import Columns

DEVICE: Final = "unstated"
_KMH: Final = 3.6
_MPH: Final = 2.23694
_MIN_KM: Final = 1000 / 60
_STEPS_FROM: Final = 120.0
_UNITS: Final = {
    "cadence_spm": "spm",
    "step_length_m": "m",
    "contact_ms": "ms",
    "vertical_oscillation_mm": "mm",
    "vertical_loading_rate_bw_s": "bw/s",
    "peak_braking_force_bw": "bw",
}
_FACTORS: Final = {
    ("step_length_m", "cm"): 0.01,
    ("step_length_m", "mm"): 0.001,
    ("contact_ms", "s"): 1000.0,
    ("vertical_oscillation_mm", "cm"): 10.0,
    ("vertical_oscillation_mm", "m"): 1000.0,
}
_BOOK: Final = ("source", "record", "repaired")


def read_gait(table: Table) -> Part:
    """Return gait values; what a heading gives in another unit is brought to the metric's own."""
    if "value" in table.columns:
        return _read_long(table)
    athlete = table.athlete()
    day = days_of_tests(table)
    _, columns = measures_in(table.assigned)
    letters = side_letters([column.column.heading for column in columns])
    headings = [gait_heading(column.column.heading, letters) for column in columns]
    usable = [
        (column, heading)
        for column, heading in zip(columns, headings, strict=True)
        if heading.aggregate != "asymmetry"
    ]
    speeds = [
        _speeds(_values(table, column.column.cells), heading.unit)
        for column, heading in usable
        if heading.name == "speed"
    ]
    speed = speeds[0] if speeds else np.full(len(table), np.nan)
    values = [
        (heading, _converted(_values(table, column.column.cells), heading))
        for column, heading in usable
        if heading.name != "speed"
    ]
    empty = np.logical_and.reduce(
        [np.isnan(numbers) for _, numbers in values] or [np.ones(len(table), dtype=bool)]
    )
    table.refuse(empty, "nothing_measured", "no gait value is written in it")
    for heading, measured in values:
        wrong = ~np.isnan(measured) & ~_plausible(heading.name, measured)
        table.sheet.repair(wrong, f"bad_{heading.name}_set_null")
        measured[wrong] = np.nan
    frame, account = table.sheet.finish(
        {"athlete": athlete, "date": day, "speed_m_s": speed, "place": np.arange(len(table))}
    )
    rows = [_rows(frame, heading, numbers) for heading, numbers in values]
    gait_rows = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
    return Part({"gait": gait_rows} if len(gait_rows) else {}, account)


def _values(table: Table, cells: list) -> Floats:  # type: ignore[type-arg] # cells of a column
    numbers = []
    for cell in cells:
        amount = amount_of(cell, table.mark)
        numbers.append(np.nan if amount is None or amount.value is None else amount.value)
    return np.array(numbers, dtype=float)


def _speeds(values: Floats, unit: str) -> Floats:
    """Return speeds in m/s; without a unit, more than 6.5 is km/h: no test runs at 23 km/h."""
    divisor = {"km/h": _KMH, "mph": _MPH, "m/s": 1.0}.get(unit)
    if unit == "min/km":
        return _MIN_KM / values
    if divisor is None:
        known = values[~np.isnan(values)]
        divisor = _KMH if len(known) and float(np.median(known)) > 6.5 else 1.0  # noqa: PLR2004 - as said
    result = values / divisor
    return np.where((result >= 0.3) & (result <= 12), result, np.nan)  # noqa: PLR2004 - the contract's


def _converted(values: Floats, heading: MeasureHeading) -> Floats:
    factor = _FACTORS.get((heading.name, heading.unit), 1.0)
    known = values[~np.isnan(values)]
    middle = float(np.median(known)) if len(known) else np.nan
    # One unit for the whole column, by its middle: single cells may be mistyped.
    if not heading.unit:
        factor = _factor_by_values(heading.name, middle)
    # Below 120 the steps of one foot were counted.
    if heading.name == "cadence_spm" and middle < _STEPS_FROM:
        factor = 2.0
    return values * factor


def _factor_by_values(metric: str, middle: float) -> float:
    """Return the factor of a column without a unit: its numbers fit one unit only."""
    if metric == "vertical_oscillation_mm" and middle < 20:  # 20 mm is nobody's, 20 cm neither
        return 10.0
    if metric == "contact_ms" and middle < 1:
        return 1000.0
    if metric == "step_length_m" and middle > 10:  # cm
        return 0.01
    return 1.0


def _plausible(metric: str, values: Floats) -> np.ndarray:
    limits = {
        "cadence_spm": (100, 260),
        "contact_ms": (80, 600),
        "vertical_oscillation_mm": (10, 250),
        "step_length_m": (0.2, 3),
    }
    low, high = limits.get(metric, (-1000, 1000))
    return (values >= low) & (values <= high)


def _rows(frame: pd.DataFrame, heading: MeasureHeading, values: Floats) -> pd.DataFrame:
    rows = frame[["athlete", "date", "speed_m_s", *_BOOK]].assign(
        metric=heading.name,
        side=heading.side or "both",
        value=values[frame["place"].to_numpy(dtype=int)],
        unit=_UNITS.get(heading.name, "deg"),
        device=DEVICE,
    )
    return rows[rows["value"].notna()]


def _read_long(table: Table) -> Part:
    athlete = table.athlete()
    day = days_of_tests(table)
    names = table.texts("metric") if "metric" in table.columns else table.texts("test")
    headings = [
        gait_heading(f"{name} {side} ({unit})")
        for name, side, unit in zip(names, table.texts("side"), table.texts("unit"), strict=True)
    ]
    raw = table.numbers("value").numeric
    units = [unit_of(f"x ({text})") for text in table.texts("unit")]
    values = np.array(
        [
            _converted(np.array([value]), heading._replace(unit=unit or heading.unit))[0]
            for value, heading, unit in zip(raw, headings, units, strict=True)
        ]
    )
    table.refuse(
        np.array([heading.name in {"", "speed"} for heading in headings], dtype=bool),
        "unknown_metric",
        "the gait value is none that is known; data/README.md lists those read",
    )
    table.refuse(np.isnan(values), "nothing_measured", "no value is written in it")
    index = table.sheet.cells.index
    columns: Columns = {
        "athlete": athlete,
        "date": day,
        "speed_m_s": np.full(len(table), np.nan),
        "metric": pd.Series([heading.name for heading in headings], index=index, dtype="str"),
        "side": pd.Series(
            [heading.side or "both" for heading in headings], index=index, dtype="str"
        ),
        "value": values,
        "unit": pd.Series(
            [_UNITS.get(heading.name, "deg") for heading in headings], index=index, dtype="str"
        ),
        "device": pd.Series(DEVICE, index=index, dtype="str"),
    }
    frame, account = table.sheet.finish(columns)
    return Part({"gait": frame} if len(frame) else {}, account)

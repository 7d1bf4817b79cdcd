"""A diary that keeps distance and pace tells the time, and one of time and pace the distance."""

import re
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.sheets.table import Table

FROM_PACE: Final = {"duration_min": "duration_from_pace", "distance_km": "distance_from_pace"}
"""Column -> the repair that names where it comes from."""
_CLOCK: Final = re.compile(r"\s*(\d{1,2})\s*[:'\u2019\u2032]\s*([0-5]\d)(?:[:.]([0-5]\d))?(?!\d)")
_PER_MILE: Final = re.compile(r"/\s*mi|min(?:utes)?\s*(?:/|per|a)\s*mi|per mile", re.IGNORECASE)
_MILE_KM: Final = 1.609344
_FEWEST: Final = 2
"""Rows that must be paces before a column of times is one."""
_FASTEST: Final = 2.3
_SLOWEST: Final = 20.0
"""Minutes per kilometre between which somebody is on foot."""


def with_pace(table: Table, minutes: Floats, km: Floats) -> tuple[Floats, Floats]:
    """Return minutes and kilometres, one filled in from the other and the pace of its row.

    A pace is typed with a colon or a minute sign; "5.30" may be 5:30 or five and a third, and is
    left alone. Where time and distance are both known the pace adds nothing.
    """
    if "pace" in table.columns:
        pace = _paces(table, "pace")
    elif "duration_min" in table.columns and _are_paces(table, km):
        # The column held paces all along: as lengths its numbers would be runs of five minutes.
        pace, minutes = _paces(table, "duration_min"), np.full(len(km), np.nan)
    else:
        return minutes, km
    timed = np.where(np.isnan(minutes), km * pace, minutes)
    measured = np.where(np.isnan(km), minutes / pace, km)
    table.sheet.repair(np.isnan(minutes) & ~np.isnan(timed), FROM_PACE["duration_min"])
    table.sheet.repair(np.isnan(km) & ~np.isnan(measured), FROM_PACE["distance_km"])
    return timed, measured


def _are_paces(table: Table, km: Floats) -> bool:
    """Say whether a column of times is one of paces: "Tempo" is time in Italy, pace in Germany.

    It is where no reading of a colon makes a run of its row's distance, and each is a pace.
    """
    clocks = _paces(table, "duration_min")
    has_both = ~np.isnan(km) & np.array(
        [bool(text.strip()) for text in table.texts("duration_min")]
    )
    as_minutes, as_hours = clocks / km, 60 * clocks / km
    none_fits = (as_minutes < _FASTEST) & (as_hours > _SLOWEST)
    return int(has_both.sum()) >= _FEWEST and bool(none_fits[has_both].all())


def _paces(table: Table, name: str) -> Floats:
    """Return minutes per kilometre, NaN where a cell is none of somebody on foot."""
    heading = table.columns[name].column.heading
    distance = table.columns.get("distance_km")
    in_miles = bool(_PER_MILE.search(heading)) or (
        distance is not None
        and "/km" not in heading.lower().replace(" ", "")
        and (distance.unit == "mi" or "mile" in distance.column.heading.lower())
    )
    values = [_minutes(text, in_miles=in_miles) for text in table.texts(name)]
    pace = np.array(values, dtype=np.float64)
    return np.where((pace >= _FASTEST) & (pace <= _SLOWEST), pace, np.nan)


def _minutes(text: str, *, in_miles: bool) -> float:
    r"""Return a pace per kilometre; a spreadsheet shows 5:30 as 05:30:00 or as 00:05:30.

    Examples
    --------
    >>> [_minutes(text, in_miles=False) for text in ("5:30", "5'30\"/km", "05:30:00", "00:05:30")]
    [5.5, 5.5, 5.5, 5.5]
    >>> round(_minutes("8:03 /mi", in_miles=False), 2), _minutes("12 km/h", in_miles=False)
    (5.0, nan)
    """
    match = _CLOCK.match(text)
    if match is None:
        return np.nan
    first, second, third = (int(part or 0) for part in match.groups())
    value = first + second / 60 if first else second + third / 60
    return value / _MILE_KM if in_miles or _PER_MILE.search(text) else value

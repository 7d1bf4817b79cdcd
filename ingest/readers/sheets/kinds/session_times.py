"""How long the sessions of a form or list lasted, and when they began."""

import re
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.sheets.kinds.clock_lengths import other_readings
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.amounts import Amount
from ingest.readers.sheets.words.person_names import person_names
from ingest.readers.sheets.words.running_sessions import other_sport_in
from ingest.readers.text.day_only import REPAIR, after_noon
from ingest.records.examination import Columns
from ingest.records.rules import rule_of
from ingest.sessions.day_only import MARK

_MOST_HOURS: Final = 6.0
_TIME: Final = re.compile(r"(?<![\d:.])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_MOST_CLOCK_HOURS: Final = 3
"""Runs of 4 to 6 minutes are rarer than runs of one to three hours."""
_FASTEST_RUN: Final = 2.3
_FASTEST_RIDE: Final = 0.8
_SLOWEST: Final = 20.0
"""Minutes per kilometre."""


def minutes_of(table: Table, km: Floats) -> Floats:
    """Return durations in minutes, from minutes, hours, or clocks of either."""
    name = "duration_min" if "duration_min" in table.columns else "duration_h"
    if name not in table.columns:
        return _times_among_distances(table, km)
    unit = table.columns[name].unit or ("h" if name == "duration_h" else "")
    amounts = table.numbers(name).amounts
    clocks = [amount.clock for amount in amounts if amount is not None and amount.clock]
    # One reading for the whole column: a first part above six cannot be hours of a run.
    as_hours = not clocks or max(clock[0] for clock in clocks) <= _MOST_HOURS
    bare = [
        amount.value
        for amount in amounts
        if amount is not None and amount.value is not None and not amount.unit
    ]
    in_hours = unit == "h" or (not unit and bool(bare) and max(bare) <= _MOST_HOURS)
    values = np.array(
        [_as_minutes(amount, in_hours=in_hours, as_hours=as_hours) for amount in amounts],
        dtype=float,
    )
    return in_range(table, name, "duration_min", np.where(values == 0, np.nan, values))


def by_the_other_colon(table: Table, minutes: Floats, km: Floats) -> Floats:
    """Return lengths with "1:05" read as the distance or the other rows of its column tell."""
    if "duration_min" not in table.columns:
        return minutes
    other = other_readings(table.numbers("duration_min").amounts, minutes, km)
    table.sheet.repair(~np.isnan(other), "duration_min_read_by_its_distance_or_column")
    return np.where(np.isnan(other), minutes, other)


def _times_among_distances(table: Table, km: Floats) -> Floats:
    """Return the times that stand in a column of distances: "5k 27:10", or "24:31" alone.

    What is no time of that distance is a pace or a time of day: "10 km @ 5:30", "12 km 18:30".
    """
    values = np.full(len(table), np.nan)
    for at, text in enumerate(table.texts("distance_km")):
        fastest = _FASTEST_RIDE if other_sport_in(text, of_distance=True) else _FASTEST_RUN
        if (match := _TIME.search(text)) is not None:
            readings = _readings(*match.groups())
            fitting = [minutes for minutes in readings if fastest <= minutes / km[at] <= _SLOWEST]
            values[at] = next(iter(readings if np.isnan(km[at]) else fitting), np.nan)
    table.sheet.repair(~np.isnan(values), "time_in_a_column_of_distances")
    return in_range(table, "distance_km", "duration_min", values)


def _readings(first: str, second: str, third: str | None) -> list[float]:
    """Return minutes, the likelier first: "1:05" is an hour and five, "24:31" has seconds."""
    if third is not None:
        return [int(first) * 60 + int(second) + int(third) / 60]
    as_hours, as_minutes = int(first) * 60.0 + int(second), int(first) + int(second) / 60
    is_long = int(first) <= _MOST_CLOCK_HOURS
    return [as_hours, as_minutes] if is_long else [as_minutes, as_hours]


def _as_minutes(amount: Amount | None, *, in_hours: bool, as_hours: bool) -> float:
    if amount is None:
        return np.nan
    if amount.clock:
        first, second, *rest = (*amount.clock, 0)
        third = rest[0] if len(amount.clock) > 2 else 0  # h:mm:ss
        if as_hours or (len(amount.clock) > 2 and first <= _MOST_HOURS):  # h:mm:ss
            return first * 60 + second + third / 60
        return first + second / 60
    if amount.value is None:
        return np.nan
    # Hours, Stunden, uur, timmar and ore; a "t" alone is Scandinavian.
    hours = amount.unit.startswith(("h", "st", "u", "ti", "o")) or amount.unit == "t"
    return amount.value * 60 if hours or (in_hours and not amount.unit) else amount.value


def in_range(table: Table, column: str, name: str, values: Floats) -> Floats:
    """Return values of a column of sessions, null where no session can have them, as a repair."""
    rule = rule_of("sessions", name)
    wrong = ~np.isnan(values) & ~((values >= rule.low) & (values <= rule.high))
    table.sheet.repair(wrong, f"bad_{column}_set_null")
    return np.where(wrong, np.nan, values)


def moments_of(table: Table, day: pd.Series, minutes: Floats, is_session: np.ndarray) -> Columns:
    """Return start and local day; several sessions of a day without a time follow one another."""
    clock = _clock(table, day)
    unknown = pd.Series(is_session, index=day.index) & clock.isna()
    table.sheet.repair(unknown.to_numpy(), REPAIR)
    names = pd.Series(person_names(table.texts), index=day.index)
    key = names + day.dt.strftime("%Y-%m-%d").fillna("")
    noon = after_noon(day.where(unknown), pd.Series(minutes, index=day.index), key)
    local = clock.fillna(pd.Series(noon, index=day.index)).astype("datetime64[ns]")
    return {
        "start": table.sheet.utc(local, table.context.config.time_zone),
        "local_date": day,
        MARK: unknown,
    }


def _clock(table: Table, day: pd.Series) -> pd.Series:
    """Return the day with the time of a column of times, or of the day's own cell."""
    times = []
    for cell, base in zip(table.cells("time"), day, strict=True):
        context = (
            None
            if cell is None or pd.isna(base)
            # Any day will do: a time of day alone is no date to the reader of dates.
            else table.days.read(cell._replace(text=f"2000-01-01 {cell.text}", kind="t"))
        )
        moment = context.moment if context else None
        known = moment is not None and (moment.hour or moment.minute)
        times.append(
            base + (pd.Timestamp(moment) - pd.Timestamp(moment).normalize())
            if known and moment
            else pd.NaT
        )
    return pd.Series(times, index=day.index, dtype="datetime64[ns]")

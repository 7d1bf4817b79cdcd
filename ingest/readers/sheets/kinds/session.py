"""Sessions that a form or a hand-kept list holds."""

import re
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.activity.session_list import FASTEST_M_S, ON_FOOT, kinds
from ingest.readers.activity.sport_names import activity
from ingest.readers.sheets.deciding.running_totals import are_running_totals
from ingest.readers.sheets.kinds.paces import with_pace
from ingest.readers.sheets.kinds.session_times import (
    by_the_other_colon,
    in_range,
    minutes_of,
    moments_of,
)
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.amounts import Amount, read_amount
from ingest.readers.sheets.words.headings import unit_of
from ingest.readers.sheets.words.person_names import person_names
from ingest.readers.sheets.words.running_sessions import is_running_session, other_sport_in
from ingest.readers.sheets.words.sport_of_titles import other_sport_of
from ingest.readers.sheets.words.stated_scale import stated_scale
from ingest.records.examination import Columns
from ingest.sessions.day_only import MARK

SESSION_COLUMNS: Final = (
    "start",
    "local_date",
    "sport",
    "surface",
    "duration_min",
    "distance_km",
    "rpe",
    "hr_mean",
    "hr_max",
    "ascent_m",
    "shoe_id",
    MARK,
)
_LOADS: Final = ("duration_min", "duration_h", "distance_km")
_MILE_KM: Final = 1.609344
_LONGEST_KM: Final = 300.0
_MOST_RUN_KM: Final = 100.0
"""Of a list whose distances rise from run to run beyond it, the distances are sums."""
_MOST_RPE: Final = 10.0
_BORG: Final = (6.0, 20.0)
"""Borg's first scale of exertion (1970), of which some clubs are still fond."""
_RUN: Final = "run"
_FAST: Final = 3.5
_SLOW: Final = 8.0
"""Minutes per kilometre between which somebody runs: faster is a ride, slower may be a walk."""
_SOLE_WORD: Final = re.compile(r"[^\W\d_]{3,}[.!]?")
_EXTRA: Final = ("hr_mean", "hr_max", "ascent_m")


def sessions_of(table: Table, day: pd.Series) -> Columns:
    """Return the columns of sessions; a row without time and distance holds none.

    The start is the time of day where a column tells it, else noon and after. A list without a
    sport is one of runs, as a named repair.
    """
    index = table.sheet.cells.index
    nothing = np.full(len(table), np.nan)
    if not {"duration_min", "duration_h", "distance_km"} & set(table.columns):
        return {"duration_min": nothing, "distance_km": nothing}
    km = _kilometres(table)
    minutes = minutes_of(table, km)
    minutes, km = with_pace(table, by_the_other_colon(table, minutes, km), km)
    is_session = ~(np.isnan(minutes) & np.isnan(km))
    columns: Columns = {"duration_min": minutes, "distance_km": km, "rpe": _rpe(table)}
    columns |= {name: _checked(table, name) for name in _EXTRA}
    pace = np.divide(minutes, km, out=np.full(len(table), np.nan), where=km > 0)
    columns |= _sport(table, is_session, pace)
    fast = (
        is_session
        & (km * 1000 > FASTEST_M_S * minutes * 60)
        & pd.Series(columns["sport"]).isin(ON_FOOT).to_numpy()
    )
    table.refuse(
        fast, "impossible_speed", "faster than anyone runs: cells are mixed up or a unit is wrong"
    )
    columns["shoe_id"] = pd.Series(
        [text or None for text in table.texts("shoe")], index=index, dtype="str"
    )
    return columns | moments_of(table, day, minutes, is_session)


def _sport(table: Table, is_session: np.ndarray, pace: Floats) -> Columns:
    """Return sports; a description that names none is a run if it went at a runner's pace."""
    if "sport" in table.columns:
        written = table.sheet.text("sport")
        # "Rest" in place of a sport is an answer, so that the row is not refused as empty.
        np.logical_or(table.worded, written.map(_is_rest).to_numpy(dtype=bool), out=table.worded)
        described = written.map(is_running_session, na_action="ignore").fillna(value=False)
        is_run = described.to_numpy(dtype=bool)
        unnamed = written.map(_names_no_sport, na_action="ignore").fillna(value=False)
        at_pace = unnamed.to_numpy(dtype=bool) & ~is_run & (pace >= _FAST) & (pace <= _SLOW)
        table.sheet.put("sport", written.mask(is_run | at_pace, _RUN))
        table.sheet.repair(is_run & is_session, "sport_by_its_description_run_taken")
        table.sheet.repair(at_pace & is_session, "sport_by_its_pace_run_taken")
        return {**kinds(table.sheet, "sport")}
    # What stands beside the amount of a row is nearer than the title of the sheet.
    written = _sports_beside_amounts(table)
    if other := other_sport_of(_named_around(table)):
        table.sheet.repair(is_session & written.isna().to_numpy(), "sport_by_its_title_taken")
        table.sheet.put("sport", written.fillna(other))
        return {**kinds(table.sheet, "sport")}
    table.sheet.repair(is_session & written.isna().to_numpy(), "sport_not_told_run_taken")
    table.sheet.put("sport", written.fillna(_RUN))
    return {**kinds(table.sheet, "sport")}


def _named_around(table: Table) -> list[str]:
    """Return the headings of times and distances, titles, and the names of tab and file."""
    loads = [table.columns[name] for name in _LOADS if name in table.columns]
    return [*(load.column.heading for load in loads), *table.around]


def _sports_beside_amounts(table: Table) -> pd.Series:
    """Return the other sport that alone stands beside a time or a distance, as in "30 bike".

    A remark that is the name of a sport and nothing else is one, too: "40 km", "Rad".
    """
    names = [name for name in _LOADS if name in table.columns]
    sports: list[str | None] = [None] * len(table)
    for name in names:
        for at, text in enumerate(table.texts(name)):
            if words := other_sport_in(text, of_distance=name == "distance_km"):
                sports[at] = words
    for at, text in enumerate(table.texts("comment")):
        if sports[at] is None and _SOLE_WORD.fullmatch(text.strip()):
            sports[at] = other_sport_in(text, of_distance=False) or None
    return pd.Series(sports, index=table.sheet.cells.index, dtype="str")


def _names_no_sport(text: str) -> bool:
    return not activity(text).known


def _is_rest(text: object) -> bool:
    """Return whether a diary says in place of a session that there was none."""
    amount = read_amount(text) if isinstance(text, str) else None
    return amount is not None and amount.word in {"rest", "away", "none"}


def _kilometres(table: Table) -> Floats:
    if "distance_km" not in table.columns:
        return np.full(len(table), np.nan)
    km = kilometres(table, "distance_km", most=_LONGEST_KM)
    # Nought kilometres are a day of rest or a distance that nobody measured, and no session.
    np.logical_or(table.worded, km == 0, out=table.worded)
    return np.where(km == 0, np.nan, km)


def kilometres(table: Table, name: str, most: float) -> Floats:
    """Return distances in kilometres; a column of metres is told by its unit or its numbers.

    Parameters
    ----------
    most : float
        Longest distance in km that one cell can hold.
    """
    column = table.columns[name]
    unit = column.unit or unit_of(f"x {column.column.heading}")
    miles = unit == "mi" or "mile" in column.column.heading.lower().replace("mileage", "")

    def in_km(amount: Amount) -> float | None:
        if amount.value is None:
            return None
        in_miles = amount.unit.startswith("mi") or (miles and not amount.unit.startswith("k"))
        metres = amount.unit == "m" or (unit == "m" and not amount.unit)
        return amount.value * (_MILE_KM if in_miles else 0.001 if metres else 1.0)

    values = table.numbers(name, in_km).numeric
    if _are_totals(table, name, values, most):
        return np.full(len(table), np.nan)
    known = values[~np.isnan(values) & (values > 0)]
    # Half of the cells beyond any distance: the column holds metres.
    if len(known) and not unit and float(np.median(known)) > most:
        table.sheet.repair(~np.isnan(values), f"{name}_in_metres")
        values = values / 1000
    return in_range(table, name, "distance_km", values)


def _are_totals(table: Table, name: str, values: Floats, most: float) -> bool:
    """Say whether a column holds running totals; its rows are refused if they tell no time."""
    heading = table.columns[name].column.heading
    people = person_names(table.texts)
    several = most == _LONGEST_KM
    if not are_running_totals(heading, values, people, _MOST_RUN_KM if several else most):
        return False
    lengths = [name for name in ("duration_min", "duration_h") if name in table.columns]
    timed = np.logical_or.reduce(
        [table.sheet.known(name) for name in lengths] or [np.zeros(len(table), dtype=bool)]
    )
    table.refuse(
        ~np.isnan(values) & ~timed,
        "running_total",
        "it is the sum of the kilometres up to then, and not those of a session or week",
    )
    table.sheet.leave_out(f"column {heading}", "running totals, not the kilometres of each row")
    return True


def _rpe(table: Table) -> Floats:
    """Return exertion on 0-10; what the heading does not explain is left unread, as a repair.

    Borg's scale of 6 to 20 and any other whose ends the heading names are stretched to 0-10: the
    ends mean the same, no exertion at all and the greatest there is.
    """
    if "rpe" not in table.columns:
        return np.full(len(table), np.nan)
    values = table.numbers("rpe").numeric
    known = ~np.isnan(values)
    heading = table.columns["rpe"].column.heading
    stated = stated_scale(heading, "rpe")
    low, high = stated.low, stated.high
    # "Borg" alone may also be his scale of 0-10; answers below 6 show that it is.
    if high is None and "borg" in heading.lower() and known.any():
        low, high = _BORG if np.nanmin(values) >= _BORG[0] else (None, None)
    if high not in {None, _MOST_RPE} and low is not None and _fits(values, low, high):
        table.sheet.repair(known, f"rpe_from_{low:g}_to_{high:g}")
        return (values - low) / (high - low) * _MOST_RPE
    if known.any() and (high not in {None, _MOST_RPE} or float(np.nanmax(values)) > _MOST_RPE):
        table.sheet.repair(~np.isnan(values), "rpe_not_on_0_10_set_null")
        return np.full(len(table), np.nan)
    return values


def _fits(values: Floats, low: float, high: float) -> bool:
    """Return whether a scale runs upwards from nought, one or six and holds every answer."""
    known = values[~np.isnan(values)]
    return low in {0.0, 1.0, _BORG[0]} and bool(((known >= low) & (known <= high)).all())


def _checked(table: Table, name: str) -> Floats:
    if name not in table.columns:
        return np.full(len(table), np.nan)
    return in_range(table, name, name, table.numbers(name).numeric)

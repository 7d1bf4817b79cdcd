"""What every list of sessions has in common: a clock, a name of the activity, measured values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from common.arrays import Floats
from ingest.readers.activity.sport_names import activity
from ingest.readers.base import Parsed, ReadContext, digest
from ingest.readers.text.dates import Clocks
from ingest.readers.text.numerals import as_text
from ingest.records.examination import FIRST_DAY, NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import midnight, parse_day, to_local
from ingest.records.rules import rule_of
from ingest.records.text_columns import TEXT
from ingest.sessions.list_clocks import ZONELESS

FASTEST_M_S: Final = 12.0
"""No one runs, walks or hikes a whole session faster; such a row has its cells mixed up."""
BOTH_FEET_FROM: Final = 120.0
ON_FOOT: Final = ("run", "walk", "hike")
WALKING: Final = ("walk", "hike")
"""A run that is too fast is kept and named as a session to check; a walk has its cells mixed up."""
_DYNAMICS: Final = (
    "vertical_oscillation_mm", "ground_contact_ms", "vertical_ratio_pct", "balance_left_pct",
)  # fmt: skip
_CORE: Final = ("duration_min", "distance_km")


@dataclass(frozen=True)
class Measure:
    """Where a column of the sessions contract comes from.

    Parameters
    ----------
    cell : str
        Column of the sheet.
    factor : float
        File's unit -> contract's unit.
    zero : bool
        Whether 0 is a value; otherwise it is how the program writes a missing one.
    """

    cell: str
    factor: float = 1.0
    zero: bool = False


def measured(sheet: Sheet, measures: Mapping[str, Measure]) -> Columns:
    """Return numeric columns of the contract, checked against its ranges.

    A duration or distance that is no number, or out of range, refuses its record; anything else
    becomes null as a named repair.
    """
    numbers = sheet.numbers([measure.cell for measure in measures.values()])
    return {
        name: _values(sheet, name, measure, cells)
        for (name, measure), cells in zip(measures.items(), numbers, strict=True)
    }


def _values(sheet: Sheet, name: str, measure: Measure, cells: Floats) -> Floats:
    rule = rule_of("sessions", name, strict=name in _CORE)
    values = cells * measure.factor
    zero_is_missing = (values == 0) & (not measure.zero)
    # A 0 for "missing" passes the check as the lowest value, for it is no wrong number.
    checked = sheet.check_number(measure.cell, rule, np.where(zero_is_missing, rule.low, values))
    return np.where(zero_is_missing, np.nan, checked)


def moments(
    sheet: Sheet,
    cell: str,
    clocks: Clocks,
    context: ReadContext,
    *,
    clock: Literal["utc", "local"],
) -> Columns:
    """Return start and local day; what is unreadable, ambiguous or impossible is refused.

    Parameters
    ----------
    clock : {"utc", "local"}
        Which clock the program writes; `clocks` of the dataset's settings overrules it.
    """
    sheet.reject(
        clocks.ambiguous,
        f"ambiguous_{cell}",
        lambda row: (
            f"{cell} {row[cell]!r} can be read day first or month first, and the file does not"
            " settle it; export the file again and do not save it in a spreadsheet"
        ),
    )
    # Before the general check, for an unset clock calls for another remedy than a mistyped date.
    refuse_early(sheet, cell, clocks.times)
    times = sheet.check_time(
        cell, NEEDED_DAY, clocks.times, context.last_day, "a date with a time; export again"
    )
    return on_clock(sheet, times, context, clock=clock)


def on_clock(
    sheet: Sheet, times: pd.Series, context: ReadContext, *, clock: Literal["utc", "local"]
) -> Columns:
    """Return start and local day of naive times on the program's clock."""
    zone = context.config.time_zone
    if context.config.clocks.get(sheet.kind, clock) == "utc":
        start = times.dt.tz_localize("UTC")
        day = to_local(start, zone).dt.normalize()
        return {"start": start, "local_date": day, ZONELESS: False}
    return {"start": sheet.utc(times, zone), "local_date": midnight(times), ZONELESS: True}


def days(sheet: Sheet, cell: str, context: ReadContext) -> pd.Series:
    """Return ISO days; what is unreadable, impossible or in the future is refused."""
    refuse_early(sheet, cell, parse_day(sheet.text(cell)))
    return sheet.day(cell, NEEDED_DAY, context.last_day)


def kinds(
    sheet: Sheet, cell: str, settled: NDArray[np.bool_] | None = None
) -> dict[str, pd.Series]:
    """Return sport and surface by the name of the activity; a name no one knows is `other`.

    Parameters
    ----------
    settled : array of bool, optional
        Records whose name the reader knows itself; they are no repair.
    """
    cells = sheet.arrow(cell).dictionary_encode()
    # A list has a few names and hundreds of sessions; a session without a name stands last.
    meanings = [activity(name) for name in [*cells.dictionary.to_pylist(), ""]]
    which = pc.fill_null(cells.indices, len(meanings) - 1)
    unknown = np.array([not meaning.known for meaning in meanings], dtype=bool)[which.to_numpy()]
    if settled is not None:
        unknown &= ~settled
    sheet.repair(unknown, "unknown_activity_type_is_other")
    words = {
        "sport": [meaning.sport for meaning in meanings],
        "surface": [meaning.surface for meaning in meanings],
    }
    return {
        name: pd.Series(pa.array(of_each, TEXT).take(which), index=sheet.index, dtype="str")
        for name, of_each in words.items()
    }


def refuse_early(sheet: Sheet, cell: str, times: pd.Series) -> None:
    """Refuse records from before such programs existed."""
    sheet.reject(
        times.to_numpy() < FIRST_DAY.to_datetime64(),
        f"impossible_{cell}",
        lambda row: (
            f"{cell} is {row[cell]!r}, before {FIRST_DAY.year}: the clock was not set; correct the"
            " date in the program and export again"
        ),
    )


def only_on_foot(columns: Columns, name: str) -> Floats:
    """Return a column for runs, walks and hikes; a cyclist's cadence is none of steps."""
    on_foot = among(columns, ON_FOOT)
    return np.where(on_foot, np.asarray(columns[name], dtype=float), np.nan)


def among(columns: Columns, sports: Sequence[str]) -> NDArray[np.bool_]:
    """Tell records of some sports."""
    is_one = pc.is_in(pa.array(columns["sport"], TEXT), value_set=pa.array(sports, TEXT))
    return np.asarray(is_one.to_numpy(zero_copy_only=False), dtype=bool)


def both_feet(cadence: pd.Series) -> pd.Series:
    """Return cells of running cadence as steps of both feet; below 120 it is that of one foot."""
    values = to_number(cadence)
    return as_text(np.where(values < BOTH_FEET_FROM, values * 2, values), cadence)


def dynamics_source(columns: Columns, name: str) -> pd.Series:
    """Return the program's name where a record has running dynamics."""
    dynamics = [np.asarray(pd.notna(columns[key])) for key in _DYNAMICS if key in columns]
    is_known = np.logical_or.reduce(dynamics)
    names = pc.if_else(pa.array(is_known), pa.scalar(name, TEXT), pa.scalar(None, TEXT))
    return pd.Series(names, dtype="str")


def usable_sessions(sheet: Sheet, columns: Columns, content: bytes) -> Parsed:
    """Return the sessions of a list, without those that :func:`refuse_unusable` refuses."""
    refuse_unusable(sheet, columns)
    frame, account = sheet.finish({**columns, "source_hash": digest(content)})
    return Parsed(account, {"sessions": frame})


def refuse_unusable(sheet: Sheet, columns: Columns) -> None:
    """Refuse records without any load, and walks faster than anyone can be on foot."""
    duration = np.asarray(columns["duration_min"], dtype=float)
    distance = np.asarray(columns["distance_km"], dtype=float)
    sheet.reject(
        # Written so, because a comparison with an unknown distance is false.
        np.isnan(duration) & ~(distance > 0),
        "no_duration_no_distance",
        lambda _: "neither a time nor a distance; enter one of them in the program, or delete it",
    )
    sheet.reject(
        among(columns, WALKING) & (distance * 1000 > FASTEST_M_S * duration * 60),
        "impossible_speed",
        lambda _: (
            f"faster than {FASTEST_M_S:g} m/s on foot: cells are mixed up or the unit is wrong;"
            " export again"
        ),
    )


def planned_size(sheet: Sheet, cell: str, column: str, factor: float) -> Floats:
    """Return a planned size; 0 stands for none, an impossible one is set null and counted.

    Parameters
    ----------
    sheet : Sheet
        The rows.
    cell : str
        Column of the file.
    column : str
        Column of the table `plans`.
    factor : float
        To its unit.
    """
    values = to_number(sheet.arrow(cell)) * factor
    # Programs write 0 where nothing was entered; as a plan it would be a rest day.
    is_planned = values > 0
    checked = sheet.check_number(cell, rule_of("plans", column), np.where(is_planned, values, 0.0))
    return np.where(is_planned, checked, np.nan)

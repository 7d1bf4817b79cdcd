"""What strength readers share: checked values, unused sensors, and one row per value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.base import ReadContext
from ingest.readers.text.dates import Clocks, read_clocks
from ingest.readers.text.numerals import plain
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import to_local
from ingest.records.rules import Rule

VALUE: Final = Rule("number", needed=False, strict=False, low=0, high=20000)
COUNT: Final = Rule("number", needed=False, strict=False, low=0, high=500)


@dataclass(frozen=True)
class Metric:
    """One value of a record.

    Parameters
    ----------
    name : str
        Metric of the strength table. ``peak_force`` is the highest force of the best repetition,
        ``mean_force`` the mean of the repetitions' highest forces; the prefix ``mean_`` always
        means: over repetitions.
    cell : str
        Column of the sheet.
    unit : str
        Unit of the table, as the file gives it: N and Nm are kept.
    side : str
        Side, where the record itself has none.
    factor : float
        File's unit -> table's unit.
    """

    name: str
    cell: str
    unit: str
    side: str = ""
    factor: float = 1.0


def metric_columns(sheet: Sheet, metrics: Sequence[Metric], mark: str = ".") -> Columns:
    """Return the values of the metrics by cell name, null where no number or impossible.

    A value of 0 is how the programs write that nothing was measured.
    """
    columns: Columns = {}
    for metric in metrics:
        numbers = to_number(plain(sheet.text(metric.cell), mark)) * metric.factor
        checked = sheet.check_number(metric.cell, VALUE, numbers)
        # A strength of 0 would look like the worst of the team.
        columns[metric.cell] = np.where(checked == 0, np.nan, checked)
    return columns


def refuse_unused(sheet: Sheet, cell: str) -> pd.Series:
    """Refuse records of a sensor with 0 repetitions: what it shows is noise; return the counts."""
    counts = sheet.number(cell, COUNT)
    sheet.reject(
        counts == 0, "unused_sensor", lambda _: "0 repetitions: this sensor was not used; its"
        " value is noise, nothing to do",
    )  # fmt: skip
    return pd.Series(counts, index=sheet.cells.index)


def refuse_without_value(sheet: Sheet, columns: Columns, metrics: Sequence[Metric]) -> None:
    """Refuse records in which no metric has a value."""
    empty = np.logical_and.reduce([np.isnan(np.asarray(columns[m.cell])) for m in metrics])
    sheet.reject(empty, "no_value", lambda _: "no value that is read; export with forces included")


def test_names(sheet: Sheet, cell: str, tests: pd.Series) -> pd.Series:
    """Return the tests, refusing records whose test is not in the vocabulary."""
    sheet.reject(
        tests.isna().to_numpy(),
        "unknown_test",
        lambda row: f"{cell} {row.get(cell, '')!r} is none of the tests that are read",
    )
    return tests


def day_of(
    sheet: Sheet, date: str, time: str | None, context: ReadContext, *, utc: bool
) -> pd.Series:
    """Return the local day of a date and a clock time in two columns, or of one timestamp.

    Parameters
    ----------
    utc : bool
        Whether the format writes UTC; a test in the evening then may fall on another day.
    """
    text = sheet.text(date)
    # Noon for an unknown time stays on its day in nearly every zone.
    clock = None if time is None else sheet.text(time).fillna("12:00")
    clocks = _iso(text) if clock is None else read_clocks(text.str.cat(clock, sep=" "))
    sheet.reject(
        # A guess between 3 April and 4 March would move a test by a month unnoticed.
        clocks.ambiguous,
        f"ambiguous_{_code(date)}",
        lambda _: "the date can be read day first or month first; export again, unedited",
    )
    times = sheet.check_time(date, NEEDED_DAY, clocks.times, context.last_day, "a date")
    # VALD writes UTC for some devices and local time for others; settings may say otherwise.
    if context.config.clocks.get(sheet.kind, "utc" if utc else "local") == "utc":
        times = to_local(times.dt.tz_localize("UTC"), context.config.time_zone)
    midnight: pd.Series = times.dt.normalize()
    return midnight


def long_strength(frame: pd.DataFrame, metrics: Sequence[Metric], device: str) -> pd.DataFrame:
    """Return one row per value of records with one column per metric.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns athlete, date, test, reps, side (unless the metrics name it), book-keeping, and
        one per metric's cell.
    device : str
        Column of the table.
    """
    parts = [_values(frame, metric) for metric in metrics if metric.cell in frame]
    columns = ["athlete", "date", "test", "side", "metric", "value", "unit", "reps"]
    whole = pd.concat(parts, ignore_index=True) if parts else frame.iloc[:0]
    whole = whole.reindex(columns=[*columns, "source", "record", "repaired"])
    # Values of two devices differ more than two athletes do: a series must be able to keep them
    # apart.
    return whole.assign(device=device)


def _values(frame: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    known = frame[frame[metric.cell].notna()]
    side = metric.side or known["side"]
    return known.assign(metric=metric.name, value=known[metric.cell], unit=metric.unit, side=side)


def _iso(text: pd.Series) -> Clocks:
    """Parse timestamps such as 2024-05-06T17:12:33.123Z; all of them are UTC."""
    instants = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=True)
    nowhere = np.zeros(len(text), dtype=bool)
    return Clocks(instants.dt.tz_localize(None).astype("datetime64[us]"), nowhere, nowhere)


def _code(column: str) -> str:
    return column.strip().lower().replace(" ", "_")

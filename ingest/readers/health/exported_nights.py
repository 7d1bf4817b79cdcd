"""Nights in account exports: WHOOP's `sleeps.csv` and Samsung Health's sleep files.

WHOOP writes local times beside the offset and marks naps; Samsung writes UTC beside the offset. A
night belongs to the day of waking up; naps are no nights.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import refuse_empty
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.offsets import offset_s
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import nanoseconds, parse_local
from ingest.records.rules import rule_of

_WHOOP: Final = frozenset({"Sleep onset", "Wake onset", "Asleep duration (min)", "Nap"})
_SAMSUNG: Final = frozenset({"start_time", "end_time", "time_offset"})
_PREFIX: Final = "com.samsung.health.sleep."
_LONGEST_H: Final = 16.0
_SHORTEST_H: Final = 2.0
"""Shorter sleep of a Samsung watch is a nap: the file does not say so."""


class WhoopSleepsReader(Reader):
    """One row per sleep of a WHOOP account."""

    kind = "whoop_sleeps"
    version = 1
    owner_by_folder = True
    description = "WHOOP `sleeps.csv`: hours asleep by the day of waking up, without naps"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _WHOOP

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the nights; see :class:`ingest.readers.base.Reader`."""
        sheet = read_delimited(path.read_bytes()).sheet(context.source(path), self.kind)
        naps = sheet.text("Nap").str.lower().isin(["true", "yes", "1"]).to_numpy(dtype=bool)
        sheet.reject(naps, "not_main_sleep", lambda _: "a nap, not a night")
        day = parse_local(sheet.text("Wake onset")).dt.normalize().astype("datetime64[ns]")
        hours = to_number(sheet.text("Asleep duration (min)")) / 60
        return _nights(sheet, context, path, "Wake onset", day, hours)


class SamsungSleepReader(Reader):
    """One row per sleep of a Samsung Health account."""

    kind = "samsung_sleep"
    version = 1
    owner_by_folder = True
    description = (
        "Samsung Health `com.samsung.shealth.sleep.*.csv`: hours in bed by the day of waking up"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by the name of its data type, which its first line holds."""
        # Other files of Samsung have start, end and offset, too: only
        # the first line tells the data type.
        kind = head.lstrip(b"\xef\xbb\xbf").split(b",", 1)[0].strip()
        named = kind in {b"com.samsung.shealth.sleep", b"com.samsung.health.sleep"}
        return named and find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the nights; see :class:`ingest.readers.base.Reader`."""
        grid = read_grid(path.read_bytes(), _is_header)
        places = {_bare(name): at for at, name in reversed(list(enumerate(grid.header)))}
        sheet = grid.sheet(context.source(path), self.kind, places)
        start, end = (_utc(sheet, name) for name in ("start_time", "end_time"))
        ahead = pd.to_timedelta(np.nan_to_num(offset_s(sheet.text("time_offset"))), unit="s")
        hours = (end - start).dt.total_seconds().to_numpy(dtype=float) / 3600
        naps = hours < _SHORTEST_H
        sheet.reject(naps, "not_main_sleep", lambda _: "a nap, not a night")
        # By its end: a night belongs to the day of waking up.
        return _nights(sheet, context, path, "end_time", (end + ahead).dt.normalize(), hours)


def _bare(name: str) -> str:
    return name.removeprefix(_PREFIX)


def _is_header(row: Row) -> bool:
    return {_bare(name) for name in row} >= _SAMSUNG


def _utc(sheet: Sheet, name: str) -> pd.Series:
    text = sheet.text(name)
    return nanoseconds(pd.to_datetime(text, errors="coerce", format="ISO8601"))


def _nights(
    sheet: Sheet, context: ReadContext, path: Path, column: str, day: pd.Series, hours: Floats
) -> Parsed:
    """Return the nights; what is longer than anybody sleeps is unknown, as a repair."""
    expected = "a time such as 2024-05-06 06:50:00"
    date = sheet.check_time(column, NEEDED_DAY, day, context.last_day, expected)
    rule = rule_of("wellness", "sleep_h")
    long = hours > min(_LONGEST_H, float(rule.high or _LONGEST_H))
    sheet.repair(long, "impossible_sleep_set_null")
    columns: Columns = {
        "athlete": context.athlete_of(path),
        "date": date,
        "sleep_h": np.where(long | (hours <= 0), np.nan, hours),
        "rank": 1,
        "at": np.arange(len(sheet)),
    }
    refuse_empty(sheet, columns, ("sleep_h",))
    frame, account = sheet.finish(columns)
    return Parsed(account, {"wellness": frame})

"""WHOOP's account export: days with recovery and sleep. Clocks are local; 0 is no measurement."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import refuse_empty
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import parse_local
from ingest.records.rules import rule_of

_NEEDED: Final = frozenset(
    {"Cycle start time", "Resting heart rate (bpm)", "Heart rate variability (ms)"}
)
_VALUES: Final = {
    "resting_hr_bpm": ("Resting heart rate (bpm)", 1.0),
    "hrv_rmssd_ms": ("Heart rate variability (ms)", 1.0),
    "sleep_h": ("Asleep duration (min)", 1 / 60),
}


class WhoopDaysReader(Reader):
    """One row per physiological cycle, which begins with falling asleep."""

    kind = "whoop_cycles"
    version = 1
    owner_by_folder = True
    description = (
        "WHOOP `physiological_cycles.csv`: resting heart rate, heart-rate variability (rMSSD) and"
        " hours asleep, dated by waking up"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the days; see :class:`ingest.readers.base.Reader`."""
        sheet = read_delimited(path.read_bytes()).sheet(context.source(path), self.kind)
        columns: Columns = {
            "athlete": context.athlete_of(path),
            "date": _waking_day(sheet, context),
            **{name: _value(sheet, name) for name in _VALUES},
            "rank": 1,
            "at": np.arange(len(sheet)),
        }
        refuse_empty(sheet, columns, tuple(_VALUES))
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})


def _waking_day(sheet: Sheet, context: ReadContext) -> pd.Series:
    """Return the day of waking up; without a night the day on which the cycle began."""
    woke = parse_local(sheet.text("Wake onset"))
    began = parse_local(sheet.text("Cycle start time"))
    day = woke.fillna(began).dt.normalize().astype("datetime64[ns]")
    expected = "a time such as 2024-05-06 22:40:12"
    return sheet.check_time("Cycle start time", NEEDED_DAY, day, context.last_day, expected)


def _value(sheet: Sheet, name: str) -> Floats:
    cell, factor = _VALUES[name]
    rule = rule_of("wellness", name)
    values = to_number(sheet.text(cell)) * factor
    silent = values == 0
    # A 0 passes as the lowest value, because it is a missing measurement and no wrong one.
    checked = sheet.check_number(cell, rule, np.where(silent, rule.low, values))
    return np.where(silent, np.nan, checked)

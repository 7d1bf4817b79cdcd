"""Garmin Connect's Sleep.csv: nights by day. Its first column is headed by the report's name."""

import re
from pathlib import Path
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import refuse_empty
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.written_days import written_day
from ingest.records.examination import Columns, Sheet
from ingest.records.rules import rule_of

_NEEDED: Final = frozenset({"Duration", "Bedtime", "Wake Time"})
_TITLE: Final = re.compile(r"^sleep score", re.IGNORECASE)
_DASH: Final = "\u2013"  # the sign itself: older pandas search by RE2, which has no \u escape
# "Nov 1-7": the weekly view writes a span where the daily one has a day.
_WEEK: Final = rf"\d\s*[-{_DASH}]\s*(?:[A-Za-z]{{3,}}\.?\s*)?\d{{1,2}}$"
_ISO: Final = r"^\d{4}-\d\d-\d\d$"
_SPAN: Final = r"^(?:(\d+)\s*h)?\s*(?:(\d+)\s*min)?$"


class GarminSleepReader(Reader):
    """One row per night; a row of the weekly view is a mean and is refused."""

    kind = "garmin_sleep"
    version = 1
    description = "Garmin Connect `Sleep.csv` (daily view): hours of sleep, resting heart rate"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        header = header_of(head)
        return bool(header) and bool(_TITLE.match(header[0])) and set(header) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the nights; see :class:`ingest.readers.base.Reader`."""
        parsed = read_delimited(path.read_bytes())
        # The heading tells the range that was chosen, such as "Sleep Score 4 Weeks".
        parsed.cells.columns = ["night", *parsed.cells.columns[1:]]
        sheet = parsed.sheet(context.source(path), self.kind)
        night = sheet.text("night")
        week = night.str.contains(_WEEK) & ~night.str.match(_ISO)
        sheet.reject(
            week.fillna(value=False).to_numpy(dtype=bool),
            "weekly_mean",
            lambda _: "a mean of a week, not a night; export the view by days",
        )
        columns: Columns = {
            "athlete": context.athlete_of(path),
            "date": written_day(sheet, "night", context),
            "sleep_h": _hours(sheet),
            "resting_hr_bpm": sheet.number(
                "Resting Heart Rate", rule_of("wellness", "resting_hr_bpm")
            ),
            "rank": 1,
            "at": np.arange(len(sheet)),
        }
        refuse_empty(sheet, columns, ("sleep_h", "resting_hr_bpm"))
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})


def _hours(sheet: Sheet) -> Floats:
    """Return the hours of "7h 55min"; 0 is a night without a recording."""
    parts = sheet.text("Duration").str.extract(_SPAN).astype("float64")
    hours = (parts[0].fillna(0) + parts[1].fillna(0) / 60).where(parts.notna().any(axis=1))
    checked = sheet.check_number("Duration", rule_of("wellness", "sleep_h"), hours.to_numpy())
    return np.where(checked == 0, np.nan, checked)

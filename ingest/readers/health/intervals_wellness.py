"""intervals.icu's wellness days: resting heart rate, rMSSD and sleep.

Its questionnaire items are not read: which end of their scale is the good one stands in no file.
"""

from pathlib import Path
from typing import Final

import numpy as np

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import refuse_empty
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.written_days import written_day
from ingest.records.examination import Columns
from ingest.records.rules import rule_of

_DAYS: Final = ("date", "id")
_VALUES: Final = {
    "resting_hr_bpm": ("restingHR", 1.0),
    "hrv_rmssd_ms": ("hrv", 1.0),
    "sleep_h": ("sleepSecs", 1 / 3600),
}


class IntervalsWellnessReader(Reader):
    """One row per day."""

    kind = "intervals_icu_wellness"
    version = 1
    owner_by_folder = True
    description = "intervals.icu wellness CSV: resting heart rate, rMSSD and hours asleep"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        names = set(header_of(head))
        return {"restingHR", "hrv", "sleepSecs"} <= names and bool(names & set(_DAYS))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the days; see :class:`ingest.readers.base.Reader`."""
        parsed = read_delimited(path.read_bytes())
        sheet = parsed.sheet(context.source(path), self.kind)
        day = next(name for name in _DAYS if name in parsed.header)
        columns: Columns = {
            "athlete": context.athlete_of(path),
            "date": written_day(sheet, day, context),
            **{
                name: sheet.number(cell, rule_of("wellness", name), factor=factor)
                for name, (cell, factor) in _VALUES.items()
            },
            "rank": 1,
            "at": np.arange(len(sheet)),
        }
        refuse_empty(sheet, columns, tuple(_VALUES))
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})

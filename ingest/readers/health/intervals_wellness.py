"""intervals.icu's wellness days: resting heart rate, rMSSD, sleep, and what was asked.

Which end of an item's scale is the good one stands in no file: see
:mod:`ingest.readers.health.questionnaire`.
"""

from pathlib import Path
from typing import Final

import numpy as np

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.health.questionnaire import answers_of, refuse_empty_days
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
_ITEMS: Final = {
    "soreness": "soreness", "fatigue": "fatigue", "stress": "stress", "mood": "mood",
    "sleep_quality": "sleepQuality", "readiness": "readiness",
}  # fmt: skip


class IntervalsWellnessReader(Reader):
    """One row per day."""

    kind = "intervals_icu_wellness"
    version = 3
    owner_by_folder = True
    description = (
        "intervals.icu wellness CSV: resting heart rate, rMSSD, hours asleep, and answers whose"
        " scale the settings declare"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        names = set(header_of(head))
        return {"restingHR", "hrv", "sleepSecs"} <= names and bool(names & set(_DAYS))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the days; see :class:`ingest.readers.base.Reader`."""
        parsed = read_delimited(path.read_bytes())
        sheet = parsed.sheet(context.source(path), self.kind)
        day = next(name for name in _DAYS if name in parsed.header)
        date = written_day(sheet, day, context)
        answers = answers_of(sheet, _ITEMS, date, context)
        columns: Columns = {
            "athlete": context.athlete_of(path),
            "date": date,
            **{
                name: sheet.number(cell, rule_of("wellness", name), factor=factor)
                for name, (cell, factor) in _VALUES.items()
            },
            **answers,
            "rank": 1,
            "at": np.arange(len(sheet)),
        }
        refuse_empty_days(sheet, _ITEMS, columns, (*_VALUES, *answers))
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})

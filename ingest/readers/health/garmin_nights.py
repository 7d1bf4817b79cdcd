"""Nights and resting heart rates of a Garmin account export, below `DI_CONNECT`.

`DI-Connect-Wellness/*_sleepData.json` holds a record per night, dated by the day of waking up, and
`DI-Connect-Aggregator/UDSFile_*.json` one per day. A record without stages of sleep is a night that
was not worn, a heart rate of 0 a day that was not.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np

from common.arrays import Floats
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.json_records import columns_of, read_records
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.rules import rule_of

_STAGES: Final = ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")
_RESTING: Final = ("restingHeartRate", "currentDayRestingHeartRate")
_DAY: Final = "calendarDate"


class GarminNightsReader(Reader):
    """Hours of sleep by night."""

    kind = "garmin_sleep_data"
    version = 1
    description = "Garmin account export, `*_sleepData.json`: hours asleep by the day of waking up"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its fields."""
        return b'"sleepWindowConfirmationType"' in head or b'"sleepStartTimestampGMT"' in head

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the nights; see :class:`ingest.readers.base.Reader`."""
        records = read_records(path)
        cells = columns_of(records, (_DAY,))
        cells["asleep"] = columns_of([_asleep(record) for record in records], ("asleep",))["asleep"]
        sheet = Sheet(context.source(path), self.kind, cells, word="night")
        silent = sheet.text("asleep").isna().to_numpy() | (to_number(sheet.text("asleep")) == 0)
        sheet.reject(silent, "not_measured", lambda _: "no stage of sleep was measured")
        rule = rule_of("wellness", "sleep_h", needed=True)
        hours = sheet.number("asleep", rule, factor=1 / 3600)
        return _wellness(sheet, path, context, "sleep_h", hours)


class GarminDaysReader(Reader):
    """Resting heart rate by day."""

    kind = "garmin_daily_summary"
    version = 1
    description = "Garmin account export, `UDSFile_*.json`: resting heart rate by day"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its fields."""
        return b'"calendarDate"' in head and any(
            f'"{field}"'.encode() in head for field in _RESTING
        )

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the days; see :class:`ingest.readers.base.Reader`."""
        cells = columns_of(read_records(path), (_DAY, *_RESTING))
        sheet = Sheet(context.source(path), self.kind, cells, word="day")
        first, second = (sheet.text(name) for name in _RESTING)
        # Where the first is 0 or empty the second may still hold the day's value.
        sheet.put(_RESTING[0], first.where(to_number(first) > 0, second))
        resting_hr = sheet.text(_RESTING[0])
        silent = resting_hr.isna().to_numpy() | (to_number(resting_hr) == 0)
        sheet.reject(silent, "not_measured", lambda _: "no resting heart rate was measured")
        beats = sheet.number(_RESTING[0], rule_of("wellness", "resting_hr_bpm", needed=True))
        return _wellness(sheet, path, context, "resting_hr_bpm", beats)


def _asleep(record: dict[str, Any]) -> dict[str, Any]:
    """Return the seconds of all stages, where any was measured."""
    stages = [record.get(name) for name in _STAGES]
    # Python reads Infinity in JSON, and a sum of it would be no sleep.
    known = [stage for stage in stages if isinstance(stage, int | float) and abs(stage) < np.inf]
    # No stage at all is a night that was not worn: 0 hours of sleep would be an alarm.
    return {"asleep": sum(known)} if known else {}


def _wellness(
    sheet: Sheet, path: Path, context: ReadContext, column: str, values: Floats
) -> Parsed:
    columns: Columns = {
        "athlete": context.athlete_of(path),
        "date": sheet.day(_DAY, NEEDED_DAY, context.last_day),
        column: values,
        "rank": 1,
        "at": 0,
    }
    frame, account = sheet.finish(columns)
    return Parsed(account, {"wellness": frame})

"""Elite HRV's CSV of readings: only those of the morning tell about the day."""

from pathlib import Path
from typing import Final

import numpy as np

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.athlete_column import folder_or_named_athlete
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.written_days import written_day
from ingest.records.examination import Columns
from ingest.records.rules import rule_of

_NEEDED: Final = frozenset({"Member", "Date", "Type", "Rmssd", "lnRmssd"})
_MORNING: Final = r"readiness|morning"


class EliteHrvReader(Reader):
    """One row per reading; `Member` is a name and is mapped like any other."""

    kind = "elite_hrv"
    version = 1
    description = "Elite HRV CSV: rMSSD and heart rate of morning readings"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the readings; see :class:`ingest.readers.base.Reader`."""
        sheet = read_delimited(path.read_bytes()).sheet(context.source(path), self.kind)
        morning = sheet.text("Type").str.contains(_MORNING, case=False)
        sheet.reject(
            ~morning.fillna(value=False).to_numpy(dtype=bool),
            "not_a_morning_reading",
            lambda row: f"Type is {row['Type']!r}; only morning readiness tells about a day",
        )
        columns: Columns = {
            "athlete": folder_or_named_athlete(sheet, "Member", path, context),
            "date": written_day(sheet, "Date", context),
            # Strict: a reading without its value says nothing of the morning.
            "hrv_rmssd_ms": sheet.number("Rmssd", rule_of("wellness", "hrv_rmssd_ms", strict=True)),
            "resting_hr_bpm": sheet.number("HR", rule_of("wellness", "resting_hr_bpm")),
            "rank": 1,
            "at": np.arange(len(sheet)),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})

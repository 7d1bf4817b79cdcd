"""The activity file of a Garmin account export: `DI_CONNECT/.../*_summarizedActivities.json`.

Distances and heights are in centimetres, durations in milliseconds, times in milliseconds since
1970. Running cadence is of both feet (`avgDoubleCadence`) or, in older records, of one
(`avgRunCadence`); vertical oscillation is in centimetres; exertion is ten times the rating.
"""

import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from common.text.decoding import decode
from ingest.readers.activity.session_list import (
    Measure,
    dynamics_source,
    kinds,
    measured,
    moments,
    only_on_foot,
    usable_sessions,
)
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.text.dates import Clocks
from ingest.readers.text.json_items import BrokenOff, items
from ingest.readers.text.json_records import columns_of
from ingest.readers.text.numerals import as_text
from ingest.records.examination import Columns, Sheet, to_number
from ingest.records.local_clock import nanoseconds

_LIST: Final = re.compile(r'"summarizedActivitiesExport"\s*:\s*\[')
_MS_PER_MIN: Final = 60_000
_CM_PER_KM: Final = 100_000
_MEASURES: Final = {
    "duration_min": Measure("elapsedDuration", 1 / _MS_PER_MIN),
    "moving_min": Measure("movingDuration", 1 / _MS_PER_MIN),
    "distance_km": Measure("distance", 1 / _CM_PER_KM, zero=True),
    "ascent_m": Measure("elevationGain", 1 / 100, zero=True),
    "descent_m": Measure("elevationLoss", 1 / 100, zero=True),
    "hr_mean": Measure("avgHr"),
    "hr_max": Measure("maxHr"),
    "hard_min": Measure("hard", 1 / _MS_PER_MIN, zero=True),
    "rpe": Measure("workoutRpe", 1 / 10),
    "power_w": Measure("avgPower"),
    "cadence_spm": Measure("avgDoubleCadence"),
    "step_length_m": Measure("avgStrideLength", 1 / 100),
    "vertical_oscillation_mm": Measure("avgVerticalOscillation", 10),
    "ground_contact_ms": Measure("avgGroundContactTime"),
    "vertical_ratio_pct": Measure("avgVerticalRatio"),
    "balance_left_pct": Measure("avgGroundContactBalance"),
}
_FIELDS: Final = (
    "activityType", "startTimeGmt", "beginTimestamp", "startTimeLocal", "duration", "parent",
    "avgRunCadence", *(measure.cell for measure in _MEASURES.values() if measure.cell != "hard"),
)  # fmt: skip
_HARD_ZONES: Final = ("hrTimeInZone_4", "hrTimeInZone_5")
_LONGEST_MS: Final = 1e12
_LONGEST_OFFSET: Final = pd.Timedelta(hours=15)


class GarminExportReader(Reader):
    """The activities of a Garmin account export."""

    kind = "garmin_summarized_activities"
    version = 1
    description = (
        "Garmin account export, `*_summarizedActivities.json`: sessions with heart rate, zones,"
        " exertion, power and running dynamics; UTC"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by the name of its list."""
        return b"summarizedActivitiesExport" in head.replace(b"\0", b"")

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        records, refused = _records(decode(content))
        cells = columns_of(records, _FIELDS)
        cells["hard"] = pd.array([_hard(record) for record in records], dtype="str")
        sheet = Sheet(context.source(path), self.kind, cells, refused, word="activity")
        _fill(sheet)
        parent = (sheet.text("parent") == "True").to_numpy(dtype=bool)
        sheet.reject(
            parent, "multisport_whole", lambda _: "a whole multisport event; its parts are read"
        )
        columns = _columns(sheet, context)
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _records(text: str) -> tuple[list[dict[str, Any]], list[tuple[str, str, str]]]:
    """Return the activities, and what cannot be one: other elements, a place of breaking off."""
    lists = list(_LIST.finditer(text))
    if not lists:
        raise FileRefused("unexpected_json", "no list of activities in the file; export it again")
    records: list[dict[str, Any]] = []
    refused: list[tuple[str, str, str]] = []
    try:
        for match in lists:
            for item in items(text, match.end() - 1):
                if isinstance(item, dict):
                    records.append(item)
                else:
                    refused.append(_no_activity(len(records) + len(refused) + 1))
    except BrokenOff as end:
        sentence = f"the JSON breaks off at line {end.line}; only what precedes was read"
        refused.append(("end", "unreadable_json", f"{sentence}; export the file again"))
    return records, refused


def _no_activity(place: int) -> tuple[str, str, str]:
    sentence = f"element {place} of the list is no activity; export the file again"
    return f"element {place}", "unexpected_json", sentence


def _fill(sheet: Sheet) -> None:
    """Fill in from the older field where the newer one is absent."""
    elapsed = to_number(sheet.text("elapsedDuration"))
    timer = sheet.text("duration")
    # Older records have no elapsed time, or 0 in its place.
    sheet.put("elapsedDuration", sheet.text("elapsedDuration").where(elapsed > 0, timer))
    moving = to_number(sheet.text("movingDuration"))
    sheet.put("movingDuration", sheet.text("movingDuration").where(moving > 0, timer))
    sheet.put("startTimeGmt", sheet.text("startTimeGmt").fillna(sheet.text("beginTimestamp")))
    # Older watches counted one foot, under another name.
    one_foot = to_number(sheet.text("avgRunCadence")) * 2
    both = sheet.text("avgDoubleCadence")
    sheet.put("avgDoubleCadence", as_text(np.where(both.isna(), one_foot, np.nan), both))


def _columns(sheet: Sheet, context: ReadContext) -> Columns:
    times = _times(sheet.text("startTimeGmt"))
    nowhere = np.zeros(len(sheet), dtype=bool)
    columns = moments(sheet, "startTimeGmt", Clocks(times, nowhere, nowhere), context, clock="utc")
    columns["local_date"] = _local_date(sheet, times, pd.Series(columns["local_date"]))
    columns |= kinds(sheet, "activityType")
    columns |= measured(sheet, _MEASURES)
    columns["cadence_spm"] = only_on_foot(columns, "cadence_spm")
    columns["dynamics_source"] = dynamics_source(columns, "garmin")
    return columns


def _times(milliseconds: pd.Series) -> pd.Series:
    values = pd.Series(to_number(milliseconds), index=milliseconds.index)
    sane = values.where(values.abs() < 253_402_300_800_000)  # the year 10000
    return pd.to_datetime(sane, unit="ms", errors="coerce").astype("datetime64[us]")


def _local_date(sheet: Sheet, utc: pd.Series, otherwise: pd.Series) -> pd.Series:
    """Return the day on the watch; `otherwise` if it is missing or too far from UTC."""
    local = _times(sheet.text("startTimeLocal"))
    plausible = ((local - utc).abs() <= _LONGEST_OFFSET).to_numpy()
    day: pd.Series = nanoseconds(local.dt.normalize()).where(plausible, otherwise)
    return day


def _hard(record: dict[str, Any]) -> str | None:
    zones = [record.get(name) for name in _HARD_ZONES]
    known = [zone for zone in zones if isinstance(zone, int | float) and 0 <= zone < _LONGEST_MS]
    return repr(sum(known)) if known else None

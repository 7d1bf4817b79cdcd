"""Apple Health's export: workouts with heart rate and running dynamics, sleep, resting heart rate.

The file is called `export.xml` or what that is in the phone's language; its root tells it. Since
iOS 16 a workout's totals stand in its statistics, before that in its attributes.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.typing import NaTType

from ingest.readers.activity.apple.collect import Collector, Workout
from ingest.readers.activity.apple.stream import is_export, stream
from ingest.readers.activity.apple.workout import FIELDS, cells_of
from ingest.readers.activity.session_list import (
    Measure,
    days,
    kinds,
    measured,
    moments,
    only_on_foot,
    refuse_unusable,
)
from ingest.readers.base import Parsed, ReadContext, Reader, file_digest
from ingest.readers.text.dates import Clocks
from ingest.records.account import Account
from ingest.records.examination import Columns, Sheet
from ingest.records.rules import rule_of

_MEASURES: Final = {
    "duration_min": Measure("elapsed"),
    "moving_min": Measure("duration"),
    "distance_km": Measure("distance", zero=True),
    "ascent_m": Measure("ascent", zero=True),
    "hr_mean": Measure("heart rate"),
    "hr_max": Measure("highest heart rate"),
    "power_w": Measure("power"),
    "cadence_spm": Measure("cadence"),
    "step_length_m": Measure("step length"),
    "vertical_oscillation_mm": Measure("vertical oscillation", 10),
    "ground_contact_ms": Measure("ground contact"),
}
_WRITTEN_OFFSET: Final = re.compile(r"([+-])(\d{2})(\d{2})$")
_DYNAMICS: Final = ("power_w", "step_length_m", "vertical_oscillation_mm", "ground_contact_ms")


class AppleHealthReader(Reader):
    """The export of Apple Health."""

    kind = "apple_health"
    version = 3
    description = (
        "Apple Health `export.xml`: workouts with running dynamics, sleep, resting heart rate,"
        " rMSSD from beats; times carry their zone"
    )
    # Samples of years are gigabytes; they are streamed and never held together.
    max_bytes = 8 * 10**9

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its root element."""
        return is_export(head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the export; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        collector = Collector()
        broken = stream(path, collector.start, collector.end)
        sessions, session_account = _sessions(
            collector, path, context, athlete, _refused(collector, broken)
        )
        wellness, other = _wellness(collector, path, context, athlete)
        return Parsed(
            session_account.with_part(other), {"sessions": sessions, "wellness": wellness}
        )


def _refused(collector: Collector, broken: int | None) -> list[tuple[str, str, str]]:
    """Return what is refused beside workouts and days: unreadable samples, a break of the file."""
    refused = []
    if collector.unreadable:
        sentence = f"{collector.unreadable} samples without a time, value or unit that can be read"
        refused.append(("samples", "unreadable_samples", f"{sentence}; export the file again"))
    if broken is not None:
        sentence = f"the XML breaks off at line {broken}; only what precedes was read"
        refused.append(("end", "unreadable_xml", f"{sentence}; export the file again"))
    return refused


def _sessions(
    collector: Collector,
    path: Path,
    context: ReadContext,
    athlete: str,
    refused: list[tuple[str, str, str]],
) -> tuple[pd.DataFrame, Account]:
    dynamics = {key: minutes.means() for key, minutes in collector.dynamics.items()}
    rows = [cells_of(workout, dynamics) for workout in collector.workouts]
    index = pd.RangeIndex(1, len(rows) + 1)
    cells = pd.DataFrame(rows, index=index, columns=list(FIELDS), dtype="str")
    sheet = Sheet(context.source(path), AppleHealthReader.kind, cells, refused, word="workout")
    seconds = pd.Series(pd.to_numeric(cells["start"], errors="coerce"), index=index, dtype=float)
    times = pd.to_datetime(seconds, unit="s", errors="coerce").astype("datetime64[us]")
    nowhere = np.zeros(len(sheet), dtype=bool)
    # So that the refusal of a time that cannot be read shows it as it was written.
    sheet.put("start", sheet.text("start").fillna(sheet.text("written")))
    columns = moments(sheet, "start", Clocks(times, nowhere, nowhere), context, clock="utc")
    columns["local_date"] = _local_dates(
        collector.workouts, times, pd.Series(columns["local_date"])
    )
    columns["utc_offset_s"] = _ahead(collector.workouts, times)
    columns |= kinds(sheet, "activity")
    indoor = (sheet.text("indoor") == "1").to_numpy(dtype=bool)
    run = (pd.Series(columns["sport"]) == "run").to_numpy()
    columns["surface"] = pd.Series(columns["surface"]).mask(indoor & run, "treadmill")
    columns |= measured(sheet, _MEASURES)
    columns["cadence_spm"] = only_on_foot(columns, "cadence_spm")
    columns["dynamics_source"] = sheet.text("source").where(_has_dynamics(columns))
    refuse_unusable(sheet, columns)
    return sheet.finish({"athlete": athlete, **columns, "source_hash": file_digest(path)})


def _has_dynamics(columns: Columns) -> NDArray[np.bool_]:
    known = [~np.isnan(np.asarray(columns[name], dtype=float)) for name in _DYNAMICS]
    return np.asarray(np.logical_or.reduce(known), dtype=bool)


def _local_dates(workouts: Iterable[Workout], utc: pd.Series, otherwise: pd.Series) -> pd.Series:
    """Return the day where the workout was: by its zone, if it tells one, else as written."""
    local_days = [
        pd.NaT if pd.isna(day) else _local_date(workout, at)
        for workout, at, day in zip(workouts, utc, otherwise, strict=True)
    ]
    days = pd.Series(local_days, index=otherwise.index, dtype="datetime64[ns]")
    return days.fillna(otherwise)


def _local_date(workout: Workout, utc: pd.Timestamp) -> pd.Timestamp | NaTType:
    zone = _zone(workout.metadata.get("HKTimeZone", ""))
    if zone is None:
        day = workout.attributes.get("startDate", "")[:10]
        return pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")
    return utc.tz_localize("UTC").tz_convert(zone).tz_localize(None).normalize()


def _ahead(workouts: Iterable[Workout], utc: pd.Series) -> pd.Series:
    """Return in seconds what the clock was ahead of UTC, by the workout's zone or as written.

    Without a zone of its own a time is written in that of the phone at the time of the export.
    """
    offsets = [
        _offset(workout, at) if pd.notna(at) else np.nan
        for workout, at in zip(workouts, utc, strict=True)
    ]
    return pd.Series(offsets, index=utc.index, dtype=float)


def _offset(workout: Workout, utc: pd.Timestamp) -> float:
    zone = _zone(workout.metadata.get("HKTimeZone", ""))
    if zone is not None:
        there = utc.tz_localize("UTC").tz_convert(zone).tz_localize(None)
        return float((there - utc).total_seconds())
    match = _WRITTEN_OFFSET.search(workout.attributes.get("startDate", ""))
    if not match:
        return np.nan
    ahead = int(match[2]) * 3600 + int(match[3]) * 60
    return float(-ahead if match[1] == "-" else ahead)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _wellness(
    collector: Collector, path: Path, context: ReadContext, athlete: str
) -> tuple[pd.DataFrame, Account]:
    """Return a row per day: mean resting heart rate, mean rMSSD, the longest source's sleep."""
    sleep: dict[str, float] = {}
    for (day, _), night in collector.nights.items():
        sleep[day] = max(sleep.get(day, 0.0), night.asleep_s)
    dates = sorted({*collector.resting, *collector.variability, *sleep})
    cells = pd.DataFrame(
        {
            "day": dates,
            "resting heart rate": [_mean(collector.resting, day) for day in dates],
            "rMSSD": [_mean(collector.variability, day) for day in dates],
            "sleep": [repr(sleep[day]) if day in sleep else None for day in dates],
        },
        index=pd.Index(
            range(len(collector.workouts) + 1, len(collector.workouts) + len(dates) + 1)
        ),
        dtype="str",
    )
    sheet = Sheet(context.source(path), AppleHealthReader.kind, cells, word="day")
    columns: Columns = {
        "athlete": athlete,
        "date": days(sheet, "day", context),
        "sleep_h": sheet.number("sleep", rule_of("wellness", "sleep_h"), factor=1 / 3600),
        "resting_hr_bpm": sheet.number("resting heart rate", rule_of("wellness", "resting_hr_bpm")),
        "hrv_rmssd_ms": sheet.number("rMSSD", rule_of("wellness", "hrv_rmssd_ms")),
        # Behind what somebody answered in person, which has rank 0.
        "rank": 1,
        "at": 0,
    }
    return sheet.finish(columns)


def _mean(days: dict[str, tuple[float, int]], day: str) -> str | None:
    total, count = days.get(day, (0.0, 0))
    return repr(total / count) if count else None

"""intervals.icu's calendar of events, JSON or CSV: planned workouts and races.

The columns are those of its programming interface, and mostly the same as in the list of what was
done: `category` tells them apart. Days are local; sizes are metres and seconds.
"""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.activity.session_list import kinds, planned_size
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.json_records import columns_of, read_records
from ingest.readers.text.plan_words import PLANNED_AHEAD, distance_of, kind_of, minutes_of
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import NEEDED_DAY, Columns, Sheet
from ingest.records.local_clock import nanoseconds

_NEEDED: Final = frozenset({"category", "start_date_local"})
_FIELDS: Final = (
    "category", "start_date_local", "type", "name", "description", "moving_time", "time_target",
    "distance", "distance_target", "updated",
)  # fmt: skip
_JSON: Final = re.compile(rb"\s*(\xef\xbb\xbf)?\s*\[\s*\{")
_WORKOUT: Final = "WORKOUT"
_RACE: Final = "RACE_"
_DAY_LENGTH: Final = 10


class IntervalsEventsReader(Reader):
    """The events of one athlete's calendar."""

    kind = "intervals_icu_events"
    version = 1
    description = (
        "intervals.icu calendar events (JSON or CSV): planned workouts and races with length,"
        " distance and the day of their last change"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its fields."""
        if _JSON.match(head):
            # By substring: the head of a file may end in the middle of its JSON.
            return all(f'"{name}"'.encode() in head for name in _NEEDED)
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read workouts and races; other events are refused by their category."""
        athlete = context.athlete_of(path)
        sheet = self._sheet(path, context)
        category = sheet.text("category").fillna("")
        is_race = category.str.startswith(_RACE)
        sheet.reject(
            ~(category.eq(_WORKOUT) | is_race).to_numpy(dtype=bool),
            "no_training",
            lambda _: "neither a workout nor a race: nothing is planned that could be run",
        )
        words = sheet.text("name").fillna("")
        known = [kind_of(word) for word in words]
        kind = pd.Series(known, index=words.index, dtype="str").mask(is_race, "race")
        # A race in the calendar may have no type.
        sheet.put("type", _spaced(sheet).mask(is_race & sheet.text("type").isna(), "Run"))
        sheet.put("start_date_local", sheet.text("start_date_local").str[:_DAY_LENGTH])
        columns: Columns = {
            "athlete": athlete,
            # Plans alone may lie after the last day of the data.
            "date": sheet.day("start_date_local", NEEDED_DAY, context.last_day + PLANNED_AHEAD),
            "sport": kinds(sheet, "type")["sport"],
            "planned_duration_min": _first_planned(
                sheet,
                ("time_target", "moving_time"),
                "planned_duration_min",
                1 / 60,
                [minutes_of(word) for word in words],
            ),
            "planned_distance_km": _first_planned(
                sheet,
                ("distance_target", "distance"),
                "planned_distance_km",
                1 / 1000,
                [distance_of(word) for word in words],
            ),
            "intensity": kind,
            "known_since": _last_change(sheet, context),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"plans": frame})

    def _sheet(self, path: Path, context: ReadContext) -> Sheet:
        source = context.source(path)
        content = path.read_bytes()
        if _JSON.match(content):
            return Sheet(source, self.kind, columns_of(read_records(path), _FIELDS), word="event")
        grid = read_grid(content, _is_header)
        places = {name: at for at, name in reversed(list(enumerate(grid.header)))}
        sheet = grid.sheet(source, self.kind, places)
        for name in (field for field in _FIELDS if field not in places):
            # A CSV may lack some of the columns; what is absent is unknown.
            sheet.put(name, pd.Series(None, index=sheet.cells.index, dtype="str"))
        return sheet


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED


def _spaced(sheet: Sheet) -> pd.Series:
    """Return types as words: `TrailRun` is a trail run."""
    spaced: pd.Series = sheet.text("type").str.replace(r"(?<=[a-z])(?=[A-Z])", " ", regex=True)
    return spaced


def _first_planned(
    sheet: Sheet, cells: tuple[str, ...], column: str, factor: float, from_words: list[float | None]
) -> Floats:
    """Return the first size that a cell gives, else what words tell."""
    sizes = pd.Series(np.nan, index=sheet.cells.index)
    for cell in cells:
        sizes = sizes.fillna(
            pd.Series(planned_size(sheet, cell, column, factor), index=sizes.index)
        )
    whole = sizes.fillna(pd.Series(from_words, index=sizes.index, dtype=float))
    return np.asarray(whole, dtype=np.float64)


def _last_change(sheet: Sheet, context: ReadContext) -> pd.Series:
    """Return the local day of the last change: before it nobody knew this plan."""
    moments = pd.to_datetime(sheet.text("updated"), errors="coerce", utc=True, format="ISO8601")
    local = moments.dt.tz_convert(context.config.time_zone).dt.tz_localize(None)
    days: pd.Series = nanoseconds(local.dt.normalize())
    return days

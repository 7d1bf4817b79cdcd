"""`sessions.csv`: the sessions a club writes down by hand."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.activity.session_list import Measure, days, kinds, measured, usable_sessions
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.other_columns import take_minutes, tell_unused
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.dates import read_clocks
from ingest.readers.text.day_only import REPAIR, after_noon
from ingest.readers.text.numerals import decimal_mark, plain
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.readers.text.units_in_cells import units_to_numbers
from ingest.records.examination import FREE_TEXT, Columns, Sheet
from ingest.records.local_clock import nanoseconds
from ingest.records.rules import rule_of
from ingest.sessions.day_only import MARK

COLUMNS: Final = (
    "athlete", "date", "start", "sport", "duration_min", "distance_km", "rpe", "surface",
    "ascent_m", "hr_mean", "hr_max", "shoe",
)  # fmt: skip
_NEEDED: Final = frozenset({"athlete", "date", "sport"})
_LOAD: Final = frozenset({"duration_min", "distance_km"})
_MEASURES: Final = {
    "duration_min": Measure("duration_min"),
    "distance_km": Measure("distance_km", zero=True),
    "rpe": Measure("rpe", zero=True),
    "ascent_m": Measure("ascent_m", zero=True),
    "hr_mean": Measure("hr_mean"),
    "hr_max": Measure("hr_max"),
}
_DAY_DOTS: Final = r"^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})$"


class ClubSessionsReader(Reader):
    """Sessions written down by hand, of any athletes of the roster."""

    kind = "club_sessions"
    version = 3
    description = (
        "`sessions.csv`: sessions by hand: day, sport, minutes or kilometres, exertion; a start"
        " time where known"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the sessions; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        grid = read_grid(content, _is_header)
        places = {name.lower(): at for at, name in reversed(list(enumerate(grid.header)))}
        in_order = dict(reversed(places.items()))
        sheet = grid.sheet(context.source(path), self.kind, in_order)
        taken = take_minutes(sheet)
        units_to_numbers(sheet)
        tell_unused(sheet, {*COLUMNS, taken})
        _make_plain(sheet)
        columns: Columns = {
            "athlete": named_athlete(sheet, "athlete", context),
            **kinds(sheet, "sport"),
            **measured(sheet, _MEASURES),
            "shoe_id": sheet.words("shoe", FREE_TEXT),
        }
        # What was typed counts before what the name of the sport tells.
        surface = sheet.choice("surface", rule_of("sessions", "surface"))
        columns["surface"] = surface.fillna(pd.Series(columns["surface"], dtype="str"))
        columns |= _moments(sheet, columns, context)
        return usable_sessions(sheet, columns, content)


def _is_header(row: Row) -> bool:
    names = {name.lower() for name in row}
    return names >= _NEEDED and bool(names & _LOAD)


def _make_plain(sheet: Sheet) -> None:
    mark = decimal_mark(pd.concat([sheet.text(measure.cell) for measure in _MEASURES.values()]))
    for measure in _MEASURES.values():
        sheet.put(measure.cell, plain(sheet.text(measure.cell), mark))
    # "18.02.12" is the one other form that cannot be misread: dots stand for day first.
    parts = sheet.text("date").str.extract(_DAY_DOTS)
    year = parts[2].where(parts[2].str.len() == 4, "20" + parts[2])  # digits
    dotted = year + "-" + parts[1].str.zfill(2) + "-" + parts[0].str.zfill(2)
    sheet.put("date", dotted.fillna(sheet.text("date")))


def _moments(sheet: Sheet, columns: Columns, context: ReadContext) -> Columns:
    """Return start and local day; without a time of day sessions follow one another from noon."""
    dates = days(sheet, "date", context)
    clock = sheet.text("start")
    written = read_clocks((dates.dt.strftime("%Y-%m-%d") + " " + clock).where(clock.notna()))
    sheet.reject(
        (clock.notna() & dates.notna() & written.times.isna()).to_numpy(),
        "unreadable_start",
        lambda row: f"start is {row['start']!r}; expected a time such as 18:30, or nothing",
    )
    unknown = (clock.isna() & dates.notna()).to_numpy()
    sheet.repair(unknown, REPAIR)
    minutes = pd.Series(np.asarray(columns["duration_min"], dtype=float), index=dates.index)
    key = pd.Series(columns["athlete"]) + dates.dt.strftime("%Y-%m-%d")
    # Only sessions without a time follow one another; one with a time must not move them.
    noon = after_noon(dates.where(unknown), minutes, key)
    local = nanoseconds(written.times).where(~unknown, noon)
    return {
        "start": sheet.utc(local, context.config.time_zone),
        "local_date": dates,
        MARK: pd.Series(unknown, index=dates.index),
    }

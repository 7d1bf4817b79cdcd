"""Calendars (iCalendar, RFC 5545): planned sessions, repeats too, in their own time zones."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.untyped import Untyped
from common.vocabulary import SPORTS
from ingest.readers.activity.sport_names import activity
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.text.plan_words import PLANNED_AHEAD, distance_of, kind_of, minutes_of
from ingest.records.examination import Columns, Sheet
from ingest.records.rules import rule_of

_BACK: Final = timedelta(days=800)
_MOST_EVENTS: Final = 20_000
_DAY: Final = timedelta(days=1)
_FIRST_YEAR: Final = 1900
"""An event of an earlier year that lasts until today is one whose year was mistyped."""
_DAMAGED: Final = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, ArithmeticError,
    OSError,
)  # fmt: skip
"""What the libraries raise over dates, repeats and time zones that no calendar has.

The zone "America" is a folder, and ends in an error of the file system.
"""
_Row = tuple[Untyped, ...]
_COLUMNS: Final = ["date", "sport", "minutes", "km", "kind"]
_NO_ROW: Final[_Row] = (None, None, np.nan, np.nan, None)


class CalendarReader(Reader):
    """A calendar file of one athlete, or of the team where the folder names nobody else."""

    kind = "calendar"
    version = 2
    description = "calendar (.ics): planned sessions with time zones and repeats, distance in words"

    def sniff(self, head: bytes) -> bool:
        """Recognise a calendar by its first line."""
        return head.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR")

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the events that are training; others are refused by their title's place."""
        athlete = context.athlete_of(path)
        events, damaged = _events(path.read_bytes(), context)
        zone = ZoneInfo(context.config.time_zone)
        rows = [_row_or_none(event, zone) for event in events] + [None] * damaged
        cells = pd.DataFrame([row or _NO_ROW for row in rows], columns=_COLUMNS)
        cells.index = pd.Index([str(at) for at in range(1, len(rows) + 1)])
        sheet = Sheet(context.source(path), self.kind, cells, word="record")
        unreadable = np.array([row is None for row in rows], dtype=bool)
        sheet.reject(
            unreadable,
            "damaged_event",
            lambda _: "its dates or repeats are none that a calendar has; mend the event",
        )
        sheet.reject(
            cells["sport"].isna().to_numpy(dtype=bool) & ~unreadable,
            "no_training",
            lambda _: "the title names no sport: an appointment, or write `run` into the title",
        )
        columns: Columns = {
            "athlete": athlete,
            "date": pd.to_datetime(cells["date"]).astype("datetime64[ns]"),
            "sport": cells["sport"].fillna("other"),
            "planned_duration_min": _planned(sheet, "minutes", "planned_duration_min"),
            "planned_distance_km": _planned(sheet, "km", "planned_distance_km"),
            "intensity": cells["kind"],
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"plans": frame})


def _planned(sheet: Sheet, cell: str, column: str) -> Floats:
    """Return a planned size; an impossible one becomes null and is counted as a repair."""
    values = sheet.cells[cell].to_numpy(dtype=float)
    return sheet.check_number(cell, rule_of("plans", column), values)


def _events(content: bytes, context: ReadContext) -> tuple[list[Any], int]:
    """Return the events near the last day, and how many could not be laid out."""
    import icalendar  # heavy, and few teams need it

    first = context.last_day.to_pydatetime() - _BACK
    last = (context.last_day + PLANNED_AHEAD).to_pydatetime()
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except _DAMAGED as error:
        raise FileRefused(
            "no_calendar", f"not a calendar that can be read ({type(error).__name__}); export again"
        ) from None
    events, damaged = _laid_out(calendar, first, last)
    if len(events) > _MOST_EVENTS:
        raise FileRefused(
            "too_many_events",
            f"{len(events):,} events in three years; export the training calendar",
        )
    return sorted(events, key=lambda event: str(event["DTSTART"].dt)), damaged


def _laid_out(calendar: Untyped, first: datetime, last: datetime) -> tuple[list[Any], int]:
    """Return all events with their repeats; one that cannot be laid out hides no other."""
    import icalendar  # heavy, and few teams need it
    import recurring_ical_events  # heavy, and few teams need it

    try:
        return recurring_ical_events.of(calendar).between(first, last), 0
    except _DAMAGED:
        pass
    occurrences: list[Any] = []
    damaged = 0
    for events in _by_identity(calendar):
        part = icalendar.Calendar()
        part.subcomponents = events
        try:
            occurrences += recurring_ical_events.of(part).between(first, last)
        except _DAMAGED:
            damaged += 1
    return occurrences, damaged


def _by_identity(calendar: Untyped) -> list[list[Any]]:
    """Return the events in groups of one identity: a repeating one with its changed days."""
    groups: dict[str, list[Any]] = {}
    for at, event in enumerate(calendar.walk("VEVENT")):
        groups.setdefault(str(event.get("UID", f"no identity {at}")), []).append(event)
    return list(groups.values())


def _row_or_none(event: Untyped, zone: ZoneInfo) -> _Row | None:
    try:
        return _row(event, zone)
    except _DAMAGED:
        return None


def _row(event: Untyped, zone: ZoneInfo) -> _Row:
    title = str(event.get("SUMMARY", ""))
    text = f"{title} {event.get('DESCRIPTION', '')}"
    start = event["DTSTART"].dt
    if start.year < _FIRST_YEAR:
        raise ValueError("a mistyped year")
    kind = kind_of(title)
    sport = _sport_of(title) or _sport_of(_categories(event))
    if sport is None and kind is not None:
        # "Tempo" or "long" in a runner's calendar needs no word for the sport.
        sport = "run"
    minutes = minutes_of(title) or _span_minutes(event, start)
    km = distance_of(title) or distance_of(text)
    return (
        _local_day(start, zone),
        sport if sport in SPORTS else None,
        np.nan if minutes is None else minutes,
        np.nan if km is None else km,
        kind,
    )


def _categories(event: Untyped) -> str:
    categories = event.get("CATEGORIES")
    return (
        ""
        if categories is None
        else " ".join(str(category) for category in getattr(categories, "cats", [categories]))
    )


def _local_day(moment: date, zone: ZoneInfo) -> date:
    """Return the day where the athlete is; a time without a zone is local already."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()


def _span_minutes(event: Untyped, start: date) -> float | None:
    """Return the length of an event with a clock; a whole day is no length."""
    end = event.get("DTEND")
    if not isinstance(start, datetime) or end is None or not isinstance(end.dt, datetime):
        return None
    length = end.dt - start
    return length / timedelta(minutes=1) if timedelta(0) < length < _DAY else None


def _sport_of(text: str) -> str | None:
    """Return the sport that words tell, or None where no word is known."""
    known = activity(text)
    return known.sport if known.known else None

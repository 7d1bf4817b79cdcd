"""What the files of a folder tell about the settings it needs, and about its people."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.errors import StridecastError
from ingest.dataset.settings import FILE_NAME
from ingest.people.decision import People
from ingest.quality.athlete_records import DAYS
from ingest.quality.inspection import Survey, summed_up, survey
from ingest.reading.files import Progress
from ingest.records.owner import OWNER_OF_FILE
from ingest.setup.proposal import already_there, proposed_name
from ingest.setup.scales import answers_seen, follows_the_words, open_answers, wide_settings
from ingest.setup.time_zones import zones_of_clocks

_LOGGED: Final = frozenset({"sessions", "answers", "wellness", "pain", "pain_told", "weekly_km"})
"""Tables that show that somebody was observed; an injury log may go back much further."""


@dataclass(frozen=True)
class Findings:
    """What a folder says about itself.

    Parameters
    ----------
    name : str
        Proposed name of the dataset, from the folder's.
    kinds : mapping of str to int
        Format -> files.
    first, last : date, optional
        First and last day of any record.
    people : People
        Who is who.
    seen : mapping of str to (float, float)
        Wellness items that are answered but whose scale no file tells -> lowest and highest answer.
    words_hold : bool
        Whether the answers show that a high one means a lot of what the item names.
    zones : tuple of str
        Time zones whose clock is the watches' own, the likeliest first.
    """

    name: str
    kinds: Mapping[str, int]
    first: date | None
    last: date | None
    people: People
    seen: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    words_hold: bool = False
    zones: tuple[str, ...] = ()


def look(folder: Path, *, today: date, progress: Progress | None = None) -> Findings:
    """Return what the files of a folder tell.

    Raises
    ------
    StridecastError
        If there is no such folder, no data file in it, or a `dataset.yaml` already.
    """
    if (folder / FILE_NAME).exists():
        raise already_there(folder)
    if not folder.is_dir():
        raise StridecastError(f"{folder}: no such folder", "make it and copy the exports into it")
    settings = wide_settings(today)
    surveyed = survey(folder, today=today, progress=progress, settings=settings)
    answers = open_answers(surveyed)
    files = summed_up(surveyed)["files"]
    read = [file for file in files if not file["ignored"]]
    # Logs first; an injury list alone is better than no day at all.
    days = sorted(day for file in read for day in _days(file, _LOGGED)) or sorted(
        day for file in read for day in _days(file)
    )
    return Findings(
        name=proposed_name(folder),
        kinds=_counts(file["kind"] for file in read),
        first=_first_of_the_team(surveyed) or (days[0] if days else None),
        last=days[-1] if days else None,
        seen=answers_seen(answers),
        words_hold=follows_the_words(answers),
        zones=_zones(surveyed),
        people=surveyed.people,
    )


def _first_of_the_team(surveyed: Survey) -> date | None:
    """Return the day on which half of those who log had begun: no old file of one moves it."""
    begun: dict[str, pd.Timestamp] = {}
    for table in _LOGGED & set(surveyed.records):
        frame = surveyed.records[table]
        column = next((name for name in ("week_start", *DAYS) if name in frame), None)
        if column is None:
            continue
        known = frame.dropna(subset=[column])
        # A file that names nobody counts as one person, or all such files would be the same one.
        owner = known["athlete"].where(known["athlete"] != OWNER_OF_FILE, known["source"])
        for who, day in known.groupby(owner.astype(str))[column].min().items():
            first = pd.Timestamp(day).tz_localize(None)
            begun[str(who)] = min(first, begun.get(str(who), first))
    ordered = sorted(begun.values())
    # The middle one: a first day of all would be that of somebody's old archive.
    return ordered[(len(ordered) - 1) // 2].date() if ordered else None


def _days(entry: Mapping[str, Any], tables: Collection[str] | None = None) -> list[date]:
    holdings = entry["holds"].items()
    spans = [span for name, span in holdings if tables is None or name.split()[0] in tables]
    return [
        date.fromisoformat(span[end]) for span in spans for end in ("from", "to") if end in span
    ]


def _counts(kinds: Iterable[str]) -> dict[str, int]:
    every = list(kinds)
    return {kind: every.count(kind) for kind in sorted(set(every))}


def _zones(surveyed: Survey) -> tuple[str, ...]:
    sessions = surveyed.records.get("sessions")
    if sessions is None or "utc_offset_s" not in sessions:
        return ()
    return zones_of_clocks(sessions["start"], sessions["utc_offset_s"])

"""What GPX and TCX share: an XML file of point logs, one session each."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Generic, Protocol, TypeVar

import numpy as np

from ingest.readers.activity.limits import read_limited
from ingest.readers.activity.point_log import (
    LOCAL_CLOCK,
    NAN,
    NO_SPORT,
    Moment,
    PointLog,
    SportFound,
)
from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.activity.track import Track
from ingest.readers.activity.track.likely_sport import likely_sport
from ingest.readers.activity.xml_events import TRUNCATED, Events, root_name
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest


class Logged(Protocol):
    """One track or activity of the file."""

    points: PointLog


Entry = TypeVar("Entry", bound=Logged)


class XmlLogReader(Reader, Generic[Entry]):
    """Reader of an XML file with sessions as logs of points."""

    root: ClassVar[str]
    """Name of the file's first element."""
    word: ClassVar[str]
    """What a session is called in the format."""
    nothing: ClassVar[tuple[str, str]]
    """Reason and sentence with which a file is refused that holds none."""

    @abstractmethod
    def entries(self, events: Events) -> Iterator[Entry]:
        """Return the sessions of the file."""

    @abstractmethod
    def row(self, record: str, entry: Entry, repairs: tuple[str, ...]) -> SessionRow:
        """Return one session."""

    def sniff(self, head: bytes) -> bool:
        """Recognise the first element, whatever its prefix."""
        return root_name(head) == self.root

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read every session of the file.

        Raises
        ------
        FileRefused
            If the file holds no session, or declares entities.
        """
        raw = read_limited(path)
        events = Events(raw)
        entries = list(self.entries(events))
        if TRUNCATED in events.repairs and entries:
            # Where a file breaks off, the last point may be half a point.
            entries[-1].points.drop_last()
        if not self.has_sessions(entries):
            raise FileRefused(*self.nothing)
        rows = [
            self.row(f"{self.word} {place}", entry, tuple(events.repairs))
            for place, entry in enumerate(entries, start=1)
        ]
        return parsed_sessions(rows, path, context, self.kind, digest(raw))

    def has_sessions(self, entries: list[Entry]) -> bool:
        """Say whether the file holds anything that happened."""
        return bool(entries)

    def session(
        self,
        record: str,
        sport: SportFound,
        start: Moment,
        track: Track,
        values: Mapping[str, float],
        repairs: tuple[str, ...],
    ) -> SessionRow:
        """Return the row of a session from its sport, start, points and summary."""
        # Power on a bicycle is measured at the pedals and is no running dynamics.
        has_power = sport.sport == "run" and not np.isnan(values.get("power_w", NAN))
        return SessionRow(
            record=record,
            start=start.seconds,
            sport=sport.sport,
            numbers=dict(values),
            surface=sport.surface,
            local_clock=start.is_local,
            dynamics_source=self.kind if has_power else "",
            repairs=(*repairs, *track.repairs, *sport.repairs, *[LOCAL_CLOCK] * start.is_local),
            # Only where the file names no sport: a named one is not doubted for its pace.
            likely_sport=likely_sport(track) if NO_SPORT in sport.repairs else "",
        )

"""`session_rpe.csv`: how hard a session was, answered after it."""

from pathlib import Path

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import is_layout, open_club_csv
from ingest.readers.text.athlete_column import named_athlete
from ingest.records.examination import FREE_TEXT, NEEDED_DAY, Columns
from ingest.records.local_clock import parse_local
from ingest.records.rules import rule_of
from ingest.records.sports import masks


class SessionRpeReader(Reader):
    """Session answers; they are matched with the devices' sessions, not added to them."""

    kind = "club_session_rpe"
    version = 3
    description = "`session_rpe.csv`: perceived exertion and shoe per session, local time"

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return is_layout("session_rpe", path, head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the answers; see :class:`ingest.readers.base.Reader`."""
        sheet = open_club_csv(path, context, self.kind, ("athlete", "end", "rpe"))
        athlete = named_athlete(sheet, "athlete", context)
        expected = "a local time such as 2025-11-13 18:35"
        end = sheet.check_time(
            "end", NEEDED_DAY, parse_local(sheet.text("end")), context.last_day, expected
        )
        sport = sheet.choice("activity", rule_of("sessions", "sport", needed=False, strict=False))
        columns: Columns = {
            "athlete": athlete,
            "end": sheet.utc(end, context.config.time_zone),
            "duration_min": sheet.number(
                "duration_min", rule_of("sessions", "duration_min", strict=True)
            ),
            "rpe": sheet.number("rpe", rule_of("sessions", "rpe", needed=True, strict=True)),
            "sport": sport,
            "fits": masks(sport),
            "shoe_id": sheet.words("shoe", FREE_TEXT),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"answers": frame})

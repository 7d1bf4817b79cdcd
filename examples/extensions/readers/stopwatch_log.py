"""A reader: the text file of a treadmill console, one run per line.

STOPWATCH 2
2025-03-02T07:30:00+01:00;42:10;8,4
"""

from pathlib import Path

import pandas as pd

from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest

FIRST_LINE = b"STOPWATCH 2"


class StopwatchReader(Reader):
    """Runs of a treadmill console: start, minutes:seconds, kilometres with a decimal comma."""

    kind = "stopwatch_log"
    version = 1
    description = "treadmill console, STOPWATCH 2: start, duration, distance"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its first line."""
        return head.startswith(FIRST_LINE)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read every line; what the contract does not allow is refused with its line number."""
        content = path.read_bytes()
        lines = content.decode("utf-8", errors="replace").splitlines()[1:]
        rows = [_run(f"line {at}", line) for at, line in enumerate(lines, start=2) if line.strip()]
        return parsed_sessions(rows, path, context, self.kind, digest(content))


def _run(record: str, line: str) -> SessionRow:
    try:
        start, duration, distance = line.split(";")
        minutes, seconds = duration.split(":")
        began = pd.Timestamp(start)
        numbers = {
            "duration_min": int(minutes) + int(seconds) / 60,
            "distance_km": float(distance.replace(",", ".")),
        }
    except ValueError:
        # Refused as a whole: a log with one unreadable line may be of another version of the
        # console.
        raise FileRefused(
            "not_a_run", f"{record}: expected start;minutes:seconds;km, found {line[:40]!r}"
        ) from None
    return SessionRow(record, began.timestamp(), "run", numbers, surface="treadmill")


READERS = (StopwatchReader(),)

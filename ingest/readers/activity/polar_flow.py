"""Polar Flow's account export: one JSON a training session, times on the watch's clock."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from common.text.decoding import decode
from ingest.readers.activity.limits import read_limited
from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.activity.sport_names import activity
from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest

_NAN: Final = float("nan")
_LENGTH: Final = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$")
_UNKNOWN_SPORT: Final = "unknown_activity_type_is_other"


class PolarFlowReader(Reader):
    """Training sessions of a Polar account; every exercise of one is a session."""

    kind = "polar_flow_json"
    version = 1
    owner_by_folder = True
    description = (
        "Polar Flow account export, `training-session-*.json`: distance, climb and heart rate of"
        " each exercise"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by the names of its fields."""
        bare = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf \r\n\t")
        return bare.startswith(b"{") and b'"exportVersion"' in bare and b'"exercises"' in bare

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the exercises.

        Raises
        ------
        FileRefused
            If the file is no JSON or holds no exercise.
        """
        raw = read_limited(path)
        try:
            content = json.loads(decode(raw))
        except ValueError:
            raise FileRefused(
                "unreadable_json", "the JSON breaks off; export the session again"
            ) from None
        exercises = content.get("exercises") if isinstance(content, dict) else None
        rows = [
            _row(f"exercise {place}", exercise)
            for place, exercise in enumerate(
                exercises if isinstance(exercises, list) else [], start=1
            )
            if isinstance(exercise, dict)
        ]
        if not rows:
            raise FileRefused("no_activity", "the file holds no exercise; nothing is lost")
        return parsed_sessions(rows, path, context, self.kind, digest(raw))


def _row(record: str, exercise: dict[str, Any]) -> SessionRow:
    sport = activity(str(exercise.get("sport") or ""))
    local = _moment(exercise.get("startTime"))
    offset = exercise.get("timezoneOffset")
    # Polar writes the offset in minutes.
    ahead = float(offset) * 60 if isinstance(offset, int | float) else None
    heart_rate = exercise.get("heartRate")
    beats = heart_rate if isinstance(heart_rate, dict) else {}
    cadence = exercise.get("cadence")
    steps = _number((cadence if isinstance(cadence, dict) else {}).get("avg"))
    return SessionRow(
        record=record,
        # Local time less the offset is UTC; without an offset the team's zone is applied later.
        start=local - (ahead or 0.0),
        sport=sport.sport,
        surface=sport.surface or "",
        numbers={
            "duration_min": _minutes(exercise.get("duration")),
            "distance_km": _number(exercise.get("distance")) / 1000,
            "ascent_m": _number(exercise.get("ascent")),
            "descent_m": _number(exercise.get("descent")),
            # A session without a strap has 0 here, and nobody's heart stands still.
            "hr_mean": _number(beats.get("avg")) or _NAN,
            "hr_max": _number(beats.get("max")) or _NAN,
            "cadence_spm": steps_per_minute(steps, sport.sport),
        },
        utc_offset_s=ahead,
        local_clock=ahead is None,
        repairs=() if sport.known else (_UNKNOWN_SPORT,),
    )


def _moment(text: object) -> float:
    """Return a time of the watch's clock in seconds, as if it were UTC; NaN where it is none."""
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return _NAN


def _minutes(text: object) -> float:
    """Return an ISO 8601 duration such as `PT1H2M3.5S` in minutes.

    Examples
    --------
    >>> _minutes("PT1H2M30S"), _minutes("PT150S"), _minutes("soon")
    (62.5, 2.5, nan)
    """
    match = _LENGTH.match(str(text))
    # A bare "PT" matches too and tells no length.
    if not match or not any(match.groups()):
        return _NAN
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 60 + minutes + seconds / 60


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else _NAN

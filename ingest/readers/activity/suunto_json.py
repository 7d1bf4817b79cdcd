"""Suunto's JSON of one workout, as the app and the account export write it.

`DeviceLog.Header` holds local start, seconds, metres and beats a second. Its number of the activity
means different sports on watches and in the app, so it is not read: the header's words tell the
sport where it has them, else its steps do.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from common.text.decoding import decode
from common.untyped import FromFile
from ingest.readers.activity.limits import read_limited
from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.activity.sport_names import activity
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest

_NAN: Final = float("nan")
_RUNNING_STEPS: Final = 140.0
"""Steps a minute from which on feet run; brisk walking stays below 135."""
_UNKNOWN_SPORT: Final = "unknown_activity_type_is_other"
_OFFSET: Final = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


class SuuntoJsonReader(Reader):
    """One workout of a Suunto watch."""

    kind = "suunto_json"
    version = 1
    owner_by_folder = True
    description = "Suunto JSON of one workout (`DeviceLog`): distance, climb, heart rate"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by the names of its fields."""
        bare = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf \r\n\t")
        return bare.startswith(b"{") and b'"DeviceLog"' in bare

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the workout.

        Raises
        ------
        FileRefused
            If the file is no JSON or its header holds no time.
        """
        raw = read_limited(path)
        try:
            content = json.loads(decode(raw))
        except ValueError:
            raise FileRefused(
                "unreadable_json", "the JSON breaks off; export the workout again"
            ) from None
        log = content.get("DeviceLog") if isinstance(content, dict) else None
        header = log.get("Header") if isinstance(log, dict) else None
        if not isinstance(header, dict) or not header.get("DateTime"):
            raise FileRefused("no_activity", "the file holds no workout; nothing is lost")
        return parsed_sessions([_row(header)], path, context, self.kind, digest(raw))


def _row(header: dict[str, Any]) -> SessionRow:
    text = str(header.get("DateTime"))
    moment = _moment(text)
    named = activity(str(header.get("Activity") or ""))
    beats = header.get("HR")
    mean = _first(beats, "Avg") if isinstance(beats, list | dict) else header.get("AvgHR")
    return SessionRow(
        record="workout",
        start=_NAN if moment is None else moment.timestamp(),
        sport=named.sport,
        surface=named.surface or "",
        numbers={
            "duration_min": _number(header.get("Duration")) / 60,
            "distance_km": _number(header.get("Distance")) / 1000,
            "ascent_m": _number(header.get("Ascent")),
            "descent_m": _number(header.get("Descent")),
            "hr_mean": _per_minute(mean),
        },
        utc_offset_s=_ahead(text, moment),
        # Some files write the watch's time without a zone.
        local_clock=not _OFFSET.search(text),
        repairs=() if named.known else (_UNKNOWN_SPORT,),
        likely_sport="" if named.known else _likely(header),
    )


def _likely(header: dict[str, Any]) -> str:
    """Return `run` where the steps a minute can be nothing else."""
    minutes = _number(header.get("Duration")) / 60
    per_minute = _number(header.get("StepCount")) / minutes if minutes > 0 else 0.0
    return "run" if per_minute >= _RUNNING_STEPS else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ahead(text: str, moment: datetime | None) -> float | None:
    """Return the offset of the watch's clock; "Z" tells none, for it is how UTC is written."""
    offset = moment.utcoffset() if moment and _OFFSET.search(text) else None
    return None if offset is None or text.endswith("Z") else offset.total_seconds()


def _first(beats: FromFile, name: str) -> object:
    first_beat = beats[0] if isinstance(beats, list) and beats else beats
    return first_beat.get(name) if isinstance(first_beat, dict) else None


def _per_minute(value: object) -> float:
    """Return beats a minute: Suunto counts beats a second (Hz)."""
    beats = _number(value)
    return beats * 60 if beats < 5 else beats  # no heart beats five times a minute


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else _NAN

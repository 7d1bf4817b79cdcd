"""The reader of FIT files: activities become sessions, a scale's weights become body mass."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.readers.activity.fit.content import Content, code
from ingest.readers.activity.fit.decode import decode
from ingest.readers.activity.fit.framing import is_fit, parts
from ingest.readers.activity.fit.profile import ACTIVITY, FILE_TYPES, WEIGHT
from ingest.readers.activity.fit.sessions import sessions_of
from ingest.readers.activity.fit.weight import body_of
from ingest.readers.activity.limits import read_limited
from ingest.readers.activity.session_row import SessionRow, parsed_sessions
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader, digest

JUNK: Final = "junk_after_file_dropped"
NO_TYPE: Final = "file_type_missing"


class FitReader(Reader):
    """Activities as watches, foot pods, bike computers and their applications record them."""

    kind = "fit"
    version = 4
    description = (
        "FIT activity of any maker (.fit): totals, heart rate, running dynamics (the device's,"
        " Stryd's or RunScribe's), session RPE and feel, form decay; FIT weight file: body mass"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the signature of the header."""
        return is_fit(head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read all sessions of the file.

        Raises
        ------
        FileRefused
            If the file is no activity, or lies in no athlete's folder.
        """
        raw = read_limited(path)
        contents, junk = read_contents(raw)
        rows = number_sessions([row for content in contents for row in activity_rows(content)])
        if rows:
            if junk:
                rows = [replace(row, repairs=(*row.repairs, JUNK)) for row in rows]
            return parsed_sessions(rows, path, context, self.kind, digest(raw))
        for content in contents:
            if file_type(content) == WEIGHT:
                return body_of(content, context.source(path), context.athlete_of(path), context)
        raise FileRefused(*_why_no_activity(contents))


def read_contents(raw: bytes) -> tuple[list[Content], bool]:
    """Return what the chained files of `raw` say, and whether junk follows them."""
    decoded = [None if isinstance(part, bytes) else decode(part) for part in parts(raw)]
    contents = [content for content in decoded if content is not None]
    # A damaged part that says nothing must not stand for the whole file.
    sound = [content for content in contents if not (content.repairs and content.says_nothing)]
    return sound or contents, len(sound) < len(decoded)


def activity_rows(content: Content) -> list[SessionRow]:
    """Return the sessions of a part that is an activity, or at least holds one."""
    kind = file_type(content)
    # Some makers write no type, or another one; a session message proves an activity.
    if kind not in (ACTIVITY, None) and not content.all("session"):
        return []
    rows = sessions_of(content)
    if kind is None:
        rows = [replace(row, repairs=(*row.repairs, NO_TYPE)) for row in rows]
    return rows


def number_sessions(rows: list[SessionRow]) -> list[SessionRow]:
    """Name the sessions of a file in order; chained parts each began with one."""
    return [replace(row, record=f"session {place}") for place, row in enumerate(rows, start=1)]


def file_type(content: Content) -> int | None:
    """Return the number of the file's type, None if the file does not say."""
    return code(content.first("file_id"), "type")


def _why_no_activity(contents: list[Content]) -> tuple[str, str]:
    kinds = [kind for kind in map(file_type, contents) if kind is not None]
    if not kinds or ACTIVITY in kinds:
        sentence = (
            "the FIT file holds neither a session nor a record with a time; it was damaged or"
            " recorded nothing, export it again"
        )
        return "no_session", sentence
    names = ", ".join(FILE_TYPES.get(kind, f"type {kind}") for kind in kinds)
    return (
        "not_an_activity",
        f"a FIT file of {names}, not of an activity; it holds no training, remove it",
    )

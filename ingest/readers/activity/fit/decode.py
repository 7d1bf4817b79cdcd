"""Decode a FIT file by the fast path, and by the patient one on any error."""

from dataclasses import replace
from typing import Final

from ingest.readers.activity.fit.content import Content
from ingest.readers.activity.fit.fast import decode_fast
from ingest.readers.activity.fit.framing import UNDEFINED, Layout, Part, walk, wrap
from ingest.readers.activity.fit.slow import decode_slow
from ingest.readers.base import FileRefused
from ingest.records.time_limit import TookTooLong

TRUNCATED: Final = "truncated"
BROKEN: Final = "damaged_after_break_dropped"
CHECKSUM: Final = "checksum_ignored"
MAX_SLOW_BYTES: Final = 20 * 10**6
"""The patient path needs a minute for this much; a day's activity has a tenth of it."""


def decode(part: Part) -> Content:
    """Return the content of one FIT file, with the names of its damages.

    A file that breaks off is read up to the last whole message; a file whose checksum is wrong
    is read as it stands.

    Raises
    ------
    FileRefused
        If a file that the fast path cannot read is too large for the patient one.
    """
    body = part.body
    layout = walk(body)
    # A sound file goes as it is: wrapping it anew costs a copy and a checksum.
    if part.complete and not layout.broken:
        content = _fast(part.raw, layout)
        if content is not None:
            return content
    sound = wrap(body[: layout.end])
    content = _fast(sound, layout) or _slow(sound)
    return replace(content, repairs=(*_damages(part, layout), *content.repairs))


def _damages(part: Part, layout: Layout) -> list[str]:
    if layout.broken == UNDEFINED:
        return [BROKEN]
    if layout.broken or not part.complete:
        return [TRUNCATED]
    return [] if part.checksum_holds else [CHECKSUM]


def _slow(sound: bytes) -> Content:
    if len(sound) > MAX_SLOW_BYTES:
        raise FileRefused(
            "too_large_to_repair",
            f"the file is damaged and has {len(sound) / 1e6:.0f} MB, more than the"
            f" {MAX_SLOW_BYTES / 1e6:.0f} MB that are read message by message; export it again",
        )
    return decode_slow(sound)


def _fast(sound: bytes, layout: Layout) -> Content | None:
    try:
        return decode_fast(sound, layout.summary)
    # What stops the program, or the file for its time, is no error of the decoder.
    except (KeyboardInterrupt, SystemExit, TookTooLong):
        raise
    except BaseException:  # noqa: BLE001 - a panic of native code is no Exception
        return None

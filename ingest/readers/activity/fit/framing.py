"""The frame of FIT files: chained parts, messages and where they break, without their meaning."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from ingest.readers.activity.fit.checksum import crc16

SIGNATURE: Final = b".FIT"
CUT_OFF: Final = "a message that is cut off"
UNDEFINED: Final = "a message that was never defined"
HEADER_SIZES: Final = (12, 14)
SUMMARIES: Final = frozenset({0, 12, 18, 19, 21, 30, 34, 3, 206, 207, 216})
"""Messages that say what the file is about: file_id, sport, session, lap, event, weight_scale,
activity, user_profile, field_description, developer_data_id, time_in_zone."""

BASE_TYPES: Final = frozenset(
    {0x00, 0x01, 0x02, 0x07, 0x0A, 0x0D, 0x83, 0x84, 0x85, 0x86, 0x88, 0x89, 0x8B, 0x8C, 0x8E,
     0x8F, 0x90}
)  # fmt: skip
"""Types that a field may have."""

_COMPRESSED, _DEFINITION, _DEVELOPER = 0x80, 0x40, 0x20
# Added to the step of a message that is kept; no message of the format is so long.
_UNDEFINED, _KEPT = 0, 1 << 20


class Part(NamedTuple):
    """One FIT file of a chain.

    Parameters
    ----------
    raw : bytes
        Header, messages and checksum, as far as they exist.
    header_size : int
        Bytes before the messages.
    body_end : int
        Where the messages end, by the header or by the end of the file.
    complete : bool
        Whether the file reaches as far as its header says.
    """

    raw: bytes
    header_size: int
    body_end: int
    complete: bool

    @property
    def body(self) -> bytes:
        """The messages."""
        return self.raw[self.header_size : self.body_end]

    @property
    def checksum_holds(self) -> bool:
        """Whether the stored checksum fits; some devices store 0, or leave the header out."""
        stored = int.from_bytes(self.raw[self.body_end : self.body_end + 2], "little")
        right = (0, crc16(self.raw[: self.body_end]), crc16(self.body))
        return self.complete and stored in right


@dataclass(frozen=True)
class Layout:
    """What a walk over the messages found.

    Parameters
    ----------
    end : int
        Offset after the last sound message.
    summary : bytes or None
        The messages of :data:`SUMMARIES` with their definitions, in order. None if the file is
        not for the fast path: a summary carries a compressed time, which only makes sense in its
        place, or a field has a type that does not exist, which native code answers with a panic.
    broken : str
        What stopped the walk before the end: :data:`CUT_OFF`, :data:`UNDEFINED` or nothing.
    """

    end: int
    summary: bytes | None
    broken: str


class _Definition(NamedTuple):
    length: int
    is_summary: bool
    has_known_types: bool


def is_fit(head: bytes) -> bool:
    """Say whether bytes begin like a FIT file."""
    return len(head) >= min(HEADER_SIZES) and head[0] in HEADER_SIZES and head[8:12] == SIGNATURE


def parts(content: bytes) -> Iterator[Part | bytes]:
    """Yield the chained FIT files; bytes after them that are no FIT file come last, as bytes.

    The header of a recording that was never closed states no data. Such a file, and one whose
    header states more data than there is, is read to its end.
    """
    start = 0
    while start < len(content):
        if not is_fit(content[start : start + 12]):
            yield content[start:]
            return
        header_size = content[start]
        size = int.from_bytes(content[start + 4 : start + 8], "little")
        body_end = start + header_size + size
        complete = size > 0 and body_end + 2 <= len(content)
        stop = body_end + 2 if complete else len(content)
        length = header_size + size if complete else stop - start
        yield Part(content[start:stop], header_size, length, complete)
        start = stop


def wrap(body: bytes) -> bytes:
    """Return messages as a FIT file with a header and a right checksum."""
    # Version 2.0 of the protocol, for older ones know no developer fields.
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), SIGNATURE)
    header += crc16(header).to_bytes(2, "little")
    return header + body + crc16(body).to_bytes(2, "little")


def walk(body: bytes) -> Layout:
    """Step over the messages of a part.

    Records are stepped over without a look, which is why this costs little beside decoding.
    """
    steps = [_UNDEFINED] * 256
    spans: list[tuple[int, int]] = []
    is_odd = False
    broken = ""
    at, size, step = 0, len(body), 0
    while at < size:
        # One look at a table per message: a day's recording has tens of thousands.
        step = steps[body[at]]
        if step >= _KEPT:
            step -= _KEPT
            spans.append((at, at + step))
            is_odd |= body[at] >= _COMPRESSED
        elif step == _UNDEFINED:
            if body[at] & _COMPRESSED or not body[at] & _DEFINITION:
                broken = UNDEFINED
                break
            defined = _define(body, at, steps)
            step = defined.length
            is_odd |= not defined.has_known_types
            if defined.is_summary:
                spans.append((at, at + step))
        at += step
    if at > size:
        at, broken = at - step, CUT_OFF
    return Layout(at, None if is_odd else _summary(body, spans, at), broken)


def _summary(body: bytes, spans: list[tuple[int, int]], end: int) -> bytes:
    return b"".join(body[start:stop] for start, stop in spans if stop <= end)


def _define(body: bytes, at: int, steps: list[int]) -> _Definition:
    """Note the size of a newly defined message and return what its definition is.

    A definition that is cut off reaches past the end, like any other message.
    """
    head = body[at : at + 6].ljust(6, b"\0")
    number = int.from_bytes(head[3:5], "big" if head[2] else "little")
    fields_end = at + 6 + 3 * head[5]
    size = 1 + sum(body[at + 7 : fields_end : 3])
    end = fields_end
    if head[0] & _DEVELOPER:
        extra = body[end] if end < len(body) else 0
        end += 1 + 3 * extra
        size += sum(body[fields_end + 2 : end : 3])
    is_summary = number in SUMMARIES
    step = size + _KEPT if is_summary else size
    local = head[0] & 15
    for reserved in (0x00, 0x10, 0x20, 0x30):
        steps[reserved | local] = step
    if local < 4:  # a header with a compressed time has two bits for the message
        low = _COMPRESSED | local << 5
        steps[low : low + 32] = [step] * 32
    return _Definition(end - at, is_summary, BASE_TYPES.issuperset(body[at + 8 : fields_end : 3]))

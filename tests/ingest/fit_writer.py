"""Write FIT files for tests: the format by hand, so that every trap of real devices can be set.

A message is (global number, [(field, base type, value), ...]); numbers are as they stand in the
file, that is scaled and in FIT time. Nothing here is shared with the reader.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

EPOCH = 631_065_600
START = 1_100_000_000
"""2024-11-08 11:33:20 UTC in FIT time."""

ENUM, SINT8, UINT8, SINT16, UINT16 = 0x00, 0x01, 0x02, 0x83, 0x84
SINT32, UINT32, STRING, FLOAT32, BYTE = 0x85, 0x86, 0x07, 0x88, 0x0D
_FORMATS = {ENUM: "B", SINT8: "b", UINT8: "B", SINT16: "h", UINT16: "H", SINT32: "i",
            UINT32: "I", FLOAT32: "f", BYTE: "B"}  # fmt: skip
INVALID = {ENUM: 0xFF, SINT8: 0x7F, UINT8: 0xFF, SINT16: 0x7FFF, UINT16: 0xFFFF,
           SINT32: 0x7FFFFFFF, UINT32: 0xFFFFFFFF}  # fmt: skip

FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT = 0, 12, 18, 19, 20, 21
WEIGHT_SCALE, ACTIVITY, USER_PROFILE, HRV = 30, 34, 3, 78
FIELD_DESCRIPTION, DEVELOPER_DATA_ID, TIME_IN_ZONE = 206, 207, 216

Cell = tuple[int, int, Any]
Message = tuple[int, Sequence[Cell]]


@dataclass
class FitFile:
    """Messages that become the bytes of a FIT file.

    Definitions are written anew whenever the shape of a message changes, as devices do.
    """

    body: bytearray = field(default_factory=bytearray)
    _shapes: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    _locals: dict[int, int] = field(default_factory=dict)

    def add(
        self,
        number: int,
        cells: Iterable[Cell],
        developer: Iterable[tuple[int, int, int, Any]] = (),
        compressed: int | None = None,
    ) -> "FitFile":
        """Add a message; `developer` holds (field, application index, base type, value)."""
        native = [(num, kind, _pack(kind, value)) for num, kind, value in cells]
        own = [(num, index, _pack(kind, value)) for num, index, kind, value in developer]
        local = self._locals.setdefault(number, len(self._locals))
        # A compressed header has two bits for the local number, a plain one four.
        assert local < (4 if compressed is not None else 16)
        shape = (
            tuple((num, len(data), kind) for num, kind, data in native),
            tuple((num, len(data), index) for num, index, data in own),
        )
        if self._shapes.get(local) != shape:
            self._shapes[local] = shape
            self.body += _definition(local, number, shape)
        header = local if compressed is None else 0x80 | local << 5 | compressed & 31
        self.body.append(header)
        self.body += b"".join(data for *_, data in native) + b"".join(data for *_, data in own)
        return self

    def extend(self, messages: Iterable[Message]) -> "FitFile":
        for number, cells in messages:
            self.add(number, cells)
        return self

    def done(self, *, size: int | None = None, checksum: int | None = None) -> bytes:
        """Return the file; `size` and `checksum` write a wrong header or a wrong end."""
        length = len(self.body) if size is None else size
        header = struct.pack("<BBHI4s", 14, 0x20, 2132, length, b".FIT")
        header += struct.pack("<H", crc(header))
        content = header + bytes(self.body)
        return content + struct.pack("<H", crc(content) if checksum is None else checksum)


def _crc_of_byte(value: int) -> int:
    """CRC-16/ARC bit by bit, as the protocol describes it."""
    for _ in range(8):
        value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


_CRC = [_crc_of_byte(byte) for byte in range(256)]


def crc(content: bytes) -> int:
    """CRC-16/ARC byte by byte: recordings of a day's length are written in hundreds."""
    value = 0
    for byte in content:
        value = value >> 8 ^ _CRC[(value ^ byte) & 0xFF]
    return value


def file_id(kind: int | None = 4, maker: int = 1) -> Message:
    cells: list[Cell] = [(1, UINT16, maker), (2, UINT16, 1234), (4, UINT32, START)]
    return FILE_ID, cells if kind is None else [(0, ENUM, kind), *cells]


def activity(offset_s: int | None = 3600, at: int = START + 600) -> Message:
    cells: list[Cell] = [(253, UINT32, at), (1, UINT16, 1)]
    return ACTIVITY, cells if offset_s is None else [*cells, (5, UINT32, at + offset_s)]


def timer(at: int, what: int) -> Message:
    """A timer event: 0 starts, 1 and 4 stop."""
    return EVENT, [(253, UINT32, at), (0, ENUM, 0), (1, ENUM, what)]


def session(start: int = START, seconds: float = 600.0, **more: Any) -> Message:
    """A running session; `more` takes the names of `SESSION_FIELDS`, None leaves one out."""
    named: dict[str, Any] = {
        "start_time": start, "total_elapsed_time": seconds, "total_timer_time": seconds,
        "timestamp": start + int(seconds), "sport": 1, "sub_sport": 0,
    }  # fmt: skip
    named |= more
    cells = [(*SESSION_FIELDS[name][:2], _scaled(name, value))
             for name, value in named.items() if value is not None]  # fmt: skip
    return SESSION, cells


def _scaled(name: str, value: Any) -> Any:
    scale = SESSION_FIELDS[name][2]
    return [round(v * scale) for v in value] if isinstance(value, list) else round(value * scale)


SESSION_FIELDS: dict[str, tuple[int, int, float]] = {
    "timestamp": (253, UINT32, 1), "message_index": (254, UINT16, 1), "start_time": (2, UINT32, 1),
    "sport": (5, ENUM, 1), "sub_sport": (6, ENUM, 1), "total_elapsed_time": (7, UINT32, 1000),
    "total_timer_time": (8, UINT32, 1000), "total_distance": (9, UINT32, 100),
    "avg_heart_rate": (16, UINT8, 1), "max_heart_rate": (17, UINT8, 1),
    "avg_cadence": (18, UINT8, 1), "avg_power": (20, UINT16, 1), "total_ascent": (22, UINT16, 1),
    "total_descent": (23, UINT16, 1), "total_moving_time": (59, UINT32, 1000),
    "time_in_hr_zone": (65, UINT32, 1000), "avg_vertical_oscillation": (89, UINT16, 10),
    "avg_stance_time": (91, UINT16, 10), "avg_fractional_cadence": (92, UINT8, 128),
    "avg_vertical_ratio": (132, UINT16, 100), "avg_stance_time_balance": (133, UINT16, 100),
    "avg_step_length": (134, UINT16, 10), "workout_feel": (192, UINT8, 1),
    "workout_rpe": (193, UINT8, 1),
}  # fmt: skip


def record(at: int, **more: Any) -> Message:
    """A record; `more` takes the names of `RECORD_FIELDS` in the units of the profile."""
    cells: list[Cell] = [(253, UINT32, at)]
    for name, value in more.items():
        number, kind, scale, offset = RECORD_FIELDS[name]
        raw = INVALID[kind] if value is None else round((value + offset) * scale)
        cells.append((number, kind, raw))
    return RECORD, cells


RECORD_FIELDS: dict[str, tuple[int, int, float, float]] = {
    "position_lat": (0, SINT32, 2**31 / 180, 0), "position_long": (1, SINT32, 2**31 / 180, 0),
    "altitude": (2, UINT16, 5, 500), "heart_rate": (3, UINT8, 1, 0), "cadence": (4, UINT8, 1, 0),
    "distance": (5, UINT32, 100, 0), "speed": (6, UINT16, 1000, 0), "power": (7, UINT16, 1, 0),
    "vertical_oscillation": (39, UINT16, 10, 0), "stance_time": (41, UINT16, 10, 0),
    "fractional_cadence": (53, UINT8, 128, 0), "vertical_ratio": (83, UINT16, 100, 0),
    "enhanced_speed": (73, UINT32, 1000, 0), "enhanced_altitude": (78, UINT32, 5, 500),
    "stance_time_balance": (84, UINT16, 100, 0), "step_length": (85, UINT16, 10, 0),
}  # fmt: skip


def application(index: int = 0, name: bytes = b"stridecast-test!") -> Message:
    return DEVELOPER_DATA_ID, [(3, UINT8, index), (1, BYTE, list(name))]


def field_description(
    number: int, name: str | None, units: str, kind: int, *, index: int = 0, native: int = 0xFF
) -> Message:
    """Declare a developer field; `native` is the field number that it claims to replace."""
    cells: list[Cell] = [(0, UINT8, index), (1, UINT8, number), (2, UINT8, kind),
                         (8, STRING, units), (15, UINT8, native)]  # fmt: skip
    return FIELD_DESCRIPTION, cells if name is None else [*cells, (3, STRING, name)]


def time_in_zone(seconds: list[float], borders: list[int], index: int = 0) -> Message:
    return TIME_IN_ZONE, [
        (253, UINT32, START),
        (0, UINT16, SESSION),
        (1, UINT16, index),
        (2, UINT32, [round(1000 * s) for s in seconds]),
        (6, UINT8, borders),
    ]


def steady_run(seconds: int = 600, start: int = START, **more: Any) -> list[Message]:
    """Records of a run at 3 m/s: one per second, with what else `more` says."""
    return [
        record(start + s, **({"distance": 3.0 * s, "speed": 3.0, "heart_rate": 150} | more))
        for s in range(seconds + 1)
    ]


def whole_file(*, records: Iterable[Message] | None = None, **more: Any) -> bytes:
    """A sound file of one run: ten minutes, 1,800 m."""
    file = FitFile().extend([file_id(), timer(START, 0)])
    file.extend(steady_run() if records is None else records)
    named = {"total_distance": 1800.0} | more
    return file.extend([timer(START + 600, 4), session(**named), activity()]).done()


def _pack(kind: int, value: Any) -> bytes:
    # Most cells are single numbers.
    if kind in _SINGLE and not isinstance(value, list):
        return _SINGLE[kind](value)
    if kind == STRING:
        return str(value).encode() + b"\0"
    values = value if isinstance(value, list) else [value]
    return struct.pack(f"<{len(values)}{_FORMATS[kind]}", *values)


_SINGLE = {kind: struct.Struct(f"<{code}").pack for kind, code in _FORMATS.items()}


def _definition(local: int, number: int, shape: tuple[Any, ...]) -> bytes:
    native, own = shape
    flag = 0x20 if own else 0
    out = struct.pack("<BBBHB", 0x40 | flag | local, 0, 0, number, len(native))
    out += b"".join(struct.pack("<BBB", *one) for one in native)
    if own:
        out += bytes([len(own)]) + b"".join(struct.pack("<BBB", *one) for one in own)
    return out

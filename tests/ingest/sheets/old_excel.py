"""A workbook of Excel 97 to 2003 (.xls): BIFF8 records in an OLE compound file, written by hand.

[MS-XLS] 2.4 and [MS-CFB] 2: as little as a reader needs, which is one stream of whole sectors.
"""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST_STREAM = 4096
"""Shorter streams lie in the mini stream, which this writer spares itself."""


def old_workbook(path: Path, tabs: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write texts and numbers of some sheets."""
    path.write_bytes(_compound(_stream(tabs)))
    return path


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _stream(tabs: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    sheets = [_sheet(rows) for rows in tabs.values()]
    names = [_text(name, "<B") for name in tabs]
    head, end = _begin(0x0005), _record(0x000A, b"")
    # Each record has a head of 4 bytes, and 6 before the name.
    at = len(head) + sum(4 + 6 + len(name) for name in names) + len(end)
    listed = b""
    for name, sheet in zip(names, sheets, strict=True):
        listed += _record(0x0085, struct.pack("<IBB", at, 0, 0) + name)
        at += len(sheet)
    return head + listed + end + b"".join(sheets)


def _text(text: str, length: str) -> bytes:
    # The flag 1 says that a character has two bytes.
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    cells = [
        _cell(down, right, value)
        for down, row in enumerate(rows)
        for right, value in enumerate(row)
        if value is not None
    ]
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return _begin(0x0010) + size + b"".join(cells) + _record(0x000A, b"")


def _cell(down: int, right: int, value: Any) -> bytes:
    place = struct.pack("<HHH", down, right, 0)
    if isinstance(value, int | float):
        return _record(0x0203, place + struct.pack("<d", value))
    return _record(0x0204, place + _text(str(value), "<H"))


def _compound(stream: bytes) -> bytes:
    """Return a compound file: header, table of sectors, directory, and the one stream."""
    stream = stream.ljust(max(_LEAST_STREAM, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    # Sector 0 is this table, 1 the directory; from 2 on each names the next one of the stream.
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    assert len(table) == _SECTOR, "one sector of the table holds a workbook of 63 kB"
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0,
        _LEAST_STREAM, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return header + table + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        text,
        len(text),
        kind,
        1,
        _FREE,
        _FREE,
        child,
        b"",
        0,
        0,
        0,
        start,
        size,
    )

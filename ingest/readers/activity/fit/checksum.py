"""The checksum of FIT files (CRC-16/ARC), for files put together from sound parts."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

POLYNOMIAL: Final = 0xA001
Words = NDArray[np.uint16]


def crc16(content: bytes) -> int:
    """Return the CRC-16/ARC of some bytes, starting from 0.

    The checksum is linear over GF(2), so halves are joined like the leaves of a tree instead of
    byte after byte: ``crc(a + b) = zeros(crc(a), len(b)) ^ crc(b)``, where ``zeros`` runs the
    register over `len(b)` zero bytes. Zero bytes in front change nothing, so the content is
    padded there to a power of two.

    Examples
    --------
    >>> hex(crc16(b"123456789"))
    '0xbb3d'
    """
    if not content:
        return 0
    depth = (len(content) - 1).bit_length()
    padded = content.rjust(1 << depth, b"\0")
    crc: Words = _BYTE[np.frombuffer(padded, dtype=np.uint8)]
    for low, high in _zero_tables(depth):
        left, right = crc[0::2], crc[1::2]
        crc = low[left & 0xFF] ^ high[left >> 8] ^ right
    return int(crc[0])


def _byte_table() -> Words:
    table = np.arange(256)
    for _ in range(8):
        table = (table >> 1) ^ (table & 1) * POLYNOMIAL
    return table.astype(np.uint16)


_BYTE: Final = _byte_table()
# Kept from file to file: the tables are the same for every content.
_TABLES: Final[list[tuple[Words, Words]]] = []


def _zero_tables(depth: int) -> list[tuple[Words, Words]]:
    """Return, per level, what 2**level zero bytes make of a register's low and high byte."""
    if not _TABLES:
        byte = np.arange(256, dtype=np.uint16)
        _TABLES.append((_BYTE, byte))
    while len(_TABLES) < depth:
        low, high = _TABLES[-1]
        _TABLES.append(
            (low[low & 0xFF] ^ high[low >> 8], low[high & 0xFF] ^ high[high >> 8]),
        )
    return _TABLES[:depth]

"""The input that a fuzzed process is reading, known to its parent however the process ends."""

import mmap
import struct
from typing import Final

_HEAD: Final = struct.Struct("<qq")
_NONE: Final = -1


class InputAtHand:
    """The input at hand and how many came before it, in memory that both processes share.

    libFuzzer writes an input down when Python raises, but not when the process is killed: by the
    system that is out of memory, by its own limit, from outside. A fork inherits the memory, and
    what it wrote there stays when it is gone; a file could be half written, or the disk full.

    Parameters
    ----------
    largest : int
        Bytes of the longest input; of a longer one the beginning is known.
    """

    def __init__(self, largest: int) -> None:
        self._memory = mmap.mmap(-1, _HEAD.size + largest)
        self._largest = largest
        self._write(0, _NONE)

    def begin(self, content: bytes) -> None:
        """Take an input in hand."""
        self._write(self.begun, _NONE)  # who is killed in between has none, rather than a mixture
        known = content[: self._largest]
        self._memory[_HEAD.size : _HEAD.size + len(known)] = known
        self._write(self.begun + 1, len(known))

    @property
    def begun(self) -> int:
        """How many inputs were begun, the one at hand among them."""
        begun: int = _HEAD.unpack_from(self._memory)[0]
        return begun

    @property
    def content(self) -> bytes | None:
        """The input at hand; None before the first."""
        length: int = _HEAD.unpack_from(self._memory)[1]
        return None if length == _NONE else self._memory[_HEAD.size : _HEAD.size + length]

    def _write(self, begun: int, length: int) -> None:
        _HEAD.pack_into(self._memory, 0, begun, length)

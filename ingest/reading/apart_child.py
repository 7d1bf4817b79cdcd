"""The child process of :mod:`ingest.reading.apart`: reads file after file, within limits."""

import os
import pickle
import sys
from pathlib import Path
from typing import IO, Final

from ingest.readers.registry import READERS
from ingest.reading.read_one import read_item

MEMORY_BYTES: Final = 10**9
MEMORY_PER_BYTE: Final = 40
"""A trial takes ten times its file's size once it is unpacked into numbers of eight bytes."""


def serve() -> None:
    """Read what is asked for on standard input until it is closed; answers go to standard output.

    Output of native code is discarded: it would be read as an answer.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    readers = {reader.kind: reader for reader in READERS}
    _answer(answers, "ready")
    while True:
        try:
            item, kind, context = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own parent
        except EOFError:
            return
        limit_memory(item.path.stat().st_size)
        _answer(answers, read_item(item, readers.get(kind), context))


def _answer(answers: IO[bytes], content: object) -> None:
    pickle.dump(content, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def limit_memory(size: int) -> None:
    """Limit what this process may take beside what it has; Linux alone keeps to it."""
    if sys.platform != "linux":
        return
    import resource  # exists on Unix alone

    # Measured before every file: what was loaded since then takes address space, too.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY_BYTES + MEMORY_PER_BYTE * size
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    # A core dump would leave somebody's data on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    serve()

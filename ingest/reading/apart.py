"""Readers of native code run in a process of their own: what kills the parser kills no run.

Native code that meets a damaged file can end its process, loop or ask for all memory, and Python
cannot prevent it from inside. Here one child process reads such files, one after the other, with
limits on time and memory. A child that dies is replaced, and the file it died over is refused by
name.
"""

import atexit
import os
import pickle
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from ingest.readers.base import Parsed, ReadContext
from ingest.reading.containers import Item
from ingest.records.time_limit import allowance

START_SECONDS: Final = 120.0
"""Importing the readers takes about two seconds on an idle machine."""
GRACE_SECONDS: Final = 10.0
"""The child stops by itself at the limit; a native loop is stopped from outside a little later."""
MEMORY_BYTES: Final = 10**9
MEMORY_PER_BYTE: Final = 40
"""A trial takes ten times its file's size once it is unpacked into numbers of eight bytes."""
_VARIABLE: Final = "STRIDECAST_APART"


class ParserDiedError(Exception):
    """The child ended over a file, or did not come back in time; the text is a reason code."""


class _Child:
    """A process that reads files; it ends when its input is closed, so also with its parent."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            # -P: nothing is imported from the folder in which the command runs.
            [sys.executable, "-P", "-m", "ingest.reading.apart"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": _path(), _VARIABLE: "1"},
        )  # fmt: skip
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._next(START_SECONDS)

    def ask(self, job: tuple[Item, str, ReadContext], seconds: float) -> Parsed:
        try:
            pickle.dump(job, self._pipe(self.process.stdin))
            self._pipe(self.process.stdin).flush()
        except OSError:
            raise ParserDiedError("parser_died") from None
        answer: Parsed = self._next(seconds)
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing, and give its pipes back."""
        self.process.kill()
        self.process.wait()
        self._listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what was not yet sent to it cannot be
                self._pipe(pipe).close()

    def _next(self, seconds: float) -> Any:  # noqa: ANN401 - "ready" or what was parsed
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise ParserDiedError("too_slow") from None
        if answer is None:
            raise ParserDiedError("parser_died")
        return answer

    def _listen(self) -> None:
        try:
            while True:
                self._answers.put(pickle.load(self._pipe(self.process.stdout)))  # noqa: S301 - of our own child
        except Exception:  # noqa: BLE001 - half an answer of a child that died raises anything
            self._answers.put(None)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise ParserDiedError("parser_died")
        return pipe


def _path() -> str:
    return os.pathsep.join(filter(None, sys.path))


_running: list[_Child] = []
_lock: Final = threading.Lock()


def is_apart() -> bool:
    """Say whether this is the child process itself."""
    return bool(os.environ.get(_VARIABLE))


def read_apart(item: Item, kind: str, context: ReadContext) -> Parsed:
    """Read a file in the child process.

    Parameters
    ----------
    item : Item
        The file.
    kind : str
        Kind of its reader.
    context : ReadContext
        Settings and roster.

    Raises
    ------
    ParserDiedError
        If the child ended over the file, or took too long; another one reads the next file.
    """
    seconds = allowance(item.path.stat().st_size) + GRACE_SECONDS
    with _lock:
        try:
            if not _running:
                _running.append(_Child())
            return _running[0].ask((item, kind, context), seconds)
        except ParserDiedError:
            end_child()
            raise


def end_child() -> None:
    """End the child process, if there is one."""
    while _running:
        _running.pop().end()


atexit.register(end_child)


def serve() -> None:
    """Read what is asked for on standard input until it is closed; answers go to standard output.

    What native code prints goes nowhere, for it would be taken for an answer.
    """
    from ingest.readers.registry import READERS  # noqa: PLC0415 - the registry imports this module
    from ingest.reading.read_one import read_item  # noqa: PLC0415

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
    import resource  # noqa: PLC0415 - exists on Unix alone

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY_BYTES + MEMORY_PER_BYTE * size
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    serve()

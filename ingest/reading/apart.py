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
from typing import IO, Any, Final

from common.untyped import Untyped
from ingest.readers.base import Parsed, ReadContext
from ingest.reading.containers import Item
from ingest.records.time_limit import WAITING, allowance

START_SECONDS: Final = 120.0
"""Importing the readers takes about two seconds on an idle machine."""
GRACE_SECONDS: Final = 10.0
"""The child stops by itself at the limit; a native loop is stopped from outside a little later."""
_VARIABLE: Final = "STRIDECAST_APART"


class ParserDiedError(Exception):
    """The child ended over a file, or did not come back in time; the text is a reason code."""


class _Child:
    """A process that reads files; it ends when its input is closed, so also with its parent."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            # -P: nothing is imported from the folder in which the command runs.
            [sys.executable, "-P", "-m", "ingest.reading.apart_child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": _path(), _VARIABLE: "1"},
        )  # fmt: skip
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        # A thread reads the answers, for reading from a pipe knows no time limit.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        # The child answers "ready" first: its imports must not count as time of the first file.
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

    def _next(self, seconds: float) -> Untyped:
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
    seconds = WAITING * allowance(item.path.stat().st_size) + GRACE_SECONDS
    # One question at a time: two threads would mix their bytes in the one pipe.
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

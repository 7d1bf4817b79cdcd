"""A limit on the time that one file may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

BASE_SECONDS: Final = 60.0
SECONDS_PER_MB: Final = 1.0
SNIFF_SECONDS: Final = 20.0
"""For all readers to look at the head of one file, which takes milliseconds."""


class TookTooLong(BaseException):
    """Reading a file took longer than allowed."""


def allowance(size: int) -> float:
    """Return the seconds that a file of `size` bytes may take, tens of times the usual."""
    return BASE_SECONDS + SECONDS_PER_MB * size / 1e6


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what runs inside after some seconds.

    Needs the main thread of a process and a system with interval timers; elsewhere there is no
    limit. Native code is stopped when it returns.

    Raises
    ------
    TookTooLong
        When the time is up.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLong

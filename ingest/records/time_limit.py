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
WAITING: Final = 5.0
"""How many times longer a file may take on the clock than on the processor."""


# No Exception: a reader that catches every Exception must not swallow the limit.
class TookTooLong(BaseException):
    """Reading a file took longer than allowed."""


def allowance(size: int) -> float:
    """Return the processor seconds for a file of `size` bytes, tens of times the usual."""
    return BASE_SECONDS + SECONDS_PER_MB * size / 1e6


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what runs inside after some seconds of this process's work, or many of waiting.

    A busy machine makes a sound file slow, so what counts is processor time; a file that waits
    instead of working (a pipe, a share that is gone) is stopped after :data:`WAITING` times as
    long.
    Needs the main thread of a process and a system with interval timers; elsewhere there is no
    limit. Native code is stopped when it returns.

    Raises
    ------
    TookTooLong
        When the time is up.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return
    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, WAITING * seconds),
    }
    before = {number: signal.signal(number, _stop) for number in timers}
    for timer, limit in timers.values():
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for number, (timer, _) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLong

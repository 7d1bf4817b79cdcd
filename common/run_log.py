"""What `--verbose` tells on standard error: the run, files by their ids, and how long it took.

A file is told by the first digits of its content's digest, as in the column `source_hash` of the
tables: no line names anybody. Worker processes inherit the run's id.
"""

import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Final

VARIABLE: Final = "STRIDECAST_VERBOSE_RUN"


def begin() -> None:
    """Give this run an id, and let it and its workers tell what they do."""
    # In the environment, because worker processes inherit it and nothing else.
    os.environ[VARIABLE] = secrets.token_hex(4)


def note(message: str) -> None:
    """Tell a line, if this run tells any; where nobody reads them any more, the run goes on."""
    run = os.environ.get(VARIABLE)
    if run:
        now = datetime.now(tz=UTC).strftime("%H:%M:%S.%f")[:-3]
        with suppress(OSError):  # as after `--verbose 2>&1 | head`
            print(f"{now} run={run} {message}", file=sys.stderr, flush=True)  # noqa: T201 - a log


@contextmanager
def timed(activity: str) -> Iterator[None]:
    """Log how long an activity took, also if it failed."""
    # The clock of the day may be set back while a run goes on.
    began = time.monotonic()
    try:
        yield
    finally:
        note(f"{activity} ms={1000 * (time.monotonic() - began):.0f}")

"""The words for how an athlete stands on a day; one owner of the vocabulary."""

from typing import Final

RUNNING: Final = "running"
MODIFIED: Final = "modified"
INJURED: Final = "injured"
SILENT: Final = "silent"
NEWCOMER: Final = "newcomer"
NO_RUNNING_RECORD: Final = "no_running_record"
UNCLEAR: Final = "unclear"
CHECK: Final = "check"

STATUSES: Final = (
    RUNNING, MODIFIED, INJURED, SILENT, NEWCOMER, NO_RUNNING_RECORD, UNCLEAR, CHECK,
)  # fmt: skip
SCORED: Final = RUNNING
"""Only who runs, is not restricted, and whose record is read and long enough gets a number."""

_EARLIER: Final = {
    "scored": RUNNING,
    "too_short_history": NEWCOMER,
    "no_data": NO_RUNNING_RECORD,
}


def status_now(status: str) -> str:
    """Return today's word for a status that an earlier version wrote into an archive.

    Examples
    --------
    >>> status_now("scored"), status_now("silent")
    ('running', 'silent')
    """
    return _EARLIER.get(status, status)

"""How a reader calls the status of an athlete."""

from typing import Final

from common.language import message

STATUS_ORDER: Final = (
    "injured", "modified", "unclear", "check", "silent", "newcomer", "no_running_record",
    "running",
)  # fmt: skip
"""In the order of what a coach asks about first."""


def status_words(status: str) -> str:
    """Return the status in words; one that is not known here as it is."""
    words = {
        "running": message("running as usual"),
        "modified": message("running with an open injury"),
        "injured": message("injured"),
        "silent": message("silent: no run on record lately"),
        "newcomer": message("new: too short a record"),
        "no_running_record": message("no running on record"),
        "unclear": message("unclear: an entry could not be read"),
        "check": message("check the data first"),
    }
    return words.get(status, status.replace("_", " "))


def status_name(status: str) -> str:
    """Return the status in one or two words, for a label."""
    names = {
        "running": message("running"),
        # The words of earlier versions, which old archives still hold.
        "scored": message("running"),
        "modified": message("modified"),
        "injured": message("injured"),
        "silent": message("silent"),
        "newcomer": message("newcomer"),
        "no_running_record": message("no running record"),
        "unclear": message("unclear"),
        "check": message("check"),
        "too_short_history": message("too short history"),
        "no_data": message("no data"),
    }
    return names.get(status, status.replace("_", " "))

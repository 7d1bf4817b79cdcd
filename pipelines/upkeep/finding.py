"""What a check found: a sentence, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from common.language import N_, translated
from common.retold import retold_error

LEVELS = {"ok": N_("ok"), "note": N_("note"), "fault": N_("fault")}


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Parameters
    ----------
    level : {"ok", "note", "fault"}
        Whether it works, is worth knowing, or keeps a command from working.
    check : str
        What was looked at.
    what : str
        What was found.
    remedy : str
        What to do; empty where nothing is.
    """

    level: Literal["ok", "note", "fault"]
    check: str
    what: str
    remedy: str = ""

    @property
    def line(self) -> str:
        """The finding as one line, in the language spoken."""
        check, what, remedy = map(retold_error, (self.check, self.what, self.remedy))
        sentence = f"{check}: {what}; {remedy}" if remedy else f"{check}: {what}"
        return f"{translated(LEVELS[self.level]):<7} {sentence}"

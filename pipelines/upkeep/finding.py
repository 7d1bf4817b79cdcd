"""What a check found: a sentence, and what to do about it."""

from dataclasses import dataclass
from typing import Literal


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
        """The finding as one line."""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.level:<5} {self.check}: {self.what}{remedy}"

"""A question that the files of a dataset leave open, as data: terminal, JSON and pages show it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

MATTERS: Final = ("injuries", "sessions", "wellness", "tests", "other")
"""What an unanswered question may keep from being read, the most important first."""


@dataclass(frozen=True)
class Question:
    """One thing to decide, what is proposed, and what holds until it is decided.

    Parameters
    ----------
    id : str
        The same in every run; see :func:`question_id`.
    kind : str
        ``name`` (whom a name means), ``person`` (whether somebody new belongs to the team),
        ``owner`` (whose file it is), ``dates``, ``scale``, ``sheet``.
    file : str
        The file that it is about, as the coach knows it; several are separated by "; ".
    text : str
        The question in one sentence.
    rows : tuple of str
        Example rows, or the rows that it is about.
    proposal : str
        The value that Enter takes; nothing is proposed where it is empty.
    reason : str
        Why this is proposed.
    default : str
        What holds until there is an answer, in one sentence.
    choices : tuple of str
        Values that are answers; empty where any text may be one.
    setting : tuple of str
        Keys in `dataset.yaml` under which the answer is kept; empty where it goes to the roster.
    safe : bool
        Whether `--yes` takes the proposal: it is confirmed together with others.
    matters : str
        One of :data:`MATTERS`.
    """

    id: str
    kind: str
    file: str
    text: str
    rows: tuple[str, ...] = ()
    proposal: str = ""
    reason: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    safe: bool = False
    matters: str = "other"

    @property
    def screen(self) -> str | None:
        """The screen that confirms it together with others; None if it is asked alone."""
        if not self.safe:
            return None
        return "people" if self.kind in PEOPLE_KINDS else "sheets"

    def as_json(self) -> dict[str, Any]:
        """Return a JSON-able mapping."""
        return {
            "id": self.id,
            "kind": self.kind,
            "file": self.file,
            "rows": list(self.rows),
            "question": self.text,
            # Readers of JSON tell null from an empty answer.
            "proposal": self.proposal or None,
            "reason": self.reason,
            "default": self.default,
            "choices": list(self.choices),
            "safe": self.safe,
            "screen": self.screen,
            "matters": self.matters,
        }


PEOPLE_KINDS: Final = frozenset({"name", "person", "owner"})


def question_of(content: Mapping[str, Any]) -> Question:
    """Return a question from the mapping of its fields, in which JSON holds lists for tuples."""
    listed = ("rows", "choices", "setting")
    return Question(**{**content, **{name: tuple(content[name]) for name in listed}})


def question_id(kind: str, *parts: str) -> str:
    """Return an id that stays the same as long as the question is about the same thing.

    Examples
    --------
    >>> question_id("name", "Tom") == question_id("name", "Tom") != question_id("name", "Tim")
    True
    """
    # The zero byte keeps ("ab", "c") apart from ("a", "bc"): no name holds one.
    digest = hashlib.sha256("\0".join((kind, *parts)).encode()).hexdigest()
    return f"{kind}-{digest[:8]}"

"""Who a person is: the name in the roster, every other spelling that is told, and the code."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from common.errors import StridecastError
from common.text.spreadsheet import unguarded
from ingest.dataset.file_names import plain_name
from ingest.dataset.key import existing_key
from ingest.dataset.settings import DatasetConfig
from ingest.people.matching import match_names
from ingest.people.pseudonym import pseudonym
from ingest.people.roster_file import ROSTER, RosterFile


@dataclass(frozen=True)
class Person:
    """One athlete.

    Parameters
    ----------
    names : tuple of str
        The id of the roster first, then other names.
    code : str
        The pseudonym.
    others : frozenset of str
        The plain names of the rest of the team: a row of names is a heading.
    """

    names: tuple[str, ...]
    code: str
    others: frozenset[str] = frozenset()

    def is_named(self, text: object) -> bool:
        """Say whether a cell, a folder or the stem of a file is one of the names, or the code."""
        plain = plain_name(unguarded(text))
        return plain == self.code or plain in {plain_name(name) for name in self.names}

    def is_other(self, text: object) -> bool:
        """Say whether a cell is the name of another one of the team."""
        return plain_name(unguarded(text)) in self.others

    def is_in(self, text: str) -> bool:
        """Say whether a text mentions the person.

        The code and a name of several words count wherever they stand as whole words; a name of one
        word (`Tom`, `r1`), which others may share a part of, only where it is a cell, a quoted
        text, the text of an element (of a page, or of a workbook's XML) or a folder of its own.
        """
        return bool(self._pattern.search(text))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        whole = [self.code, *(name for name in self.names if " " in name)]
        anywhere = "|".join(map(re.escape, whole))
        alone = "|".join(re.escape(name) for name in self.names)
        return re.compile(
            rf"(?<![\w-])(?:{anywhere})(?![\w-])"
            rf"|(?:^|(?<=[\"/!,;\t>]))[ \xa0]*(?:{alone})[ \xa0]*(?=[\"/!,;\t<]|$)",
            re.IGNORECASE | re.MULTILINE,
        )


def person(folder: Path, config: DatasetConfig, athlete: str) -> Person:
    """Return the person of a name or code.

    Raises
    ------
    StridecastError
        If the key is missing, or nobody in the roster is called so.
    """
    key = existing_key(config)
    if key is None:
        raise StridecastError("no pseudonym key here", "restore it (docs/monday.md, The key)")
    people = [
        Person(
            (
                name,
                *others,
                *(alias for alias, target in config.athletes.items() if target == name),
            ),
            pseudonym(key, config.name, name),
        )
        for name, others in _roster(folder)
    ]
    for candidate in people:
        if candidate.is_named(athlete):
            return _beside(candidate, people)
    # Another case or accent is the same name; initials are not enough for a person's rights.
    match = match_names([athlete], {member.names[0]: member.names[1:] for member in people})[
        athlete
    ]
    if match.is_certain:
        return _beside(
            next(member for member in people if member.names[0] == match.athlete), people
        )
    raise StridecastError(
        f"{athlete}: nobody in the roster is called so", "use the name of roster.csv, or the code"
    )


def _beside(who: Person, people: list[Person]) -> Person:
    others = {plain_name(name) for member in people for name in member.names}
    return replace(who, others=frozenset(others - {plain_name(name) for name in who.names}))


def _roster(folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [
        entry for path in sorted(folder.rglob(ROSTER)) for entry in RosterFile.load(path).people
    ]


def theirs(frame: pd.DataFrame, who: Person) -> pd.Series:
    """Return which rows of a table are the person's: a cell of text is the code or a name."""
    mask = pd.Series(data=False, index=frame.index)
    for column in frame.select_dtypes(["object", "string"]).columns:
        cells = frame[column]
        known = {
            cell: who.is_named(cell) or who.is_in(str(cell)) for cell in cells.dropna().unique()
        }
        mask |= cells.map(known).eq(other=True)
    return mask

"""Who a person is: the name in the roster, every other spelling that is told, and the code."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
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
from pipelines.upkeep.name_pattern import keys_of, pattern_of, read_out, removed, whole_words


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
    own_files, others_files : frozenset of str
        Files below the dataset that are theirs, or another athlete's, by who owns them.
    """

    names: tuple[str, ...]
    code: str
    others: frozenset[str] = frozenset()
    own_files: frozenset[str] = frozenset()
    others_files: frozenset[str] = frozenset()

    def is_named(self, text: object) -> bool:
        """Say whether a cell, a folder or the stem of a file is one of the names, or the code.

        Accents, case and the order of the words do not count, unless another one of the team is
        told from the person by them alone.
        """
        plain = plain_name(unguarded(text))
        if plain == self.code or plain in self._plain_names:
            return True
        keys = keys_of(plain) if plain not in self.others else frozenset()
        return not keys.isdisjoint(self._keys) and keys.isdisjoint(self._keys_of_others)

    def is_other(self, text: object) -> bool:
        """Say whether a cell is the name of another one of the team."""
        plain = plain_name(unguarded(text))
        if plain in self.others or plain in self._plain_names:
            return plain in self.others
        keys = keys_of(plain)
        return not keys.isdisjoint(self._keys_of_others) and keys.isdisjoint(self._keys)

    def is_in(self, text: str) -> bool:
        """Say whether a text mentions the person; see :func:`name_pattern.pattern_of`."""
        return any(map(self._pattern.search, chain((text,), read_out(text))))

    def begins(self, text: str) -> bool:
        """Say whether a text begins with the person, as a line about them does."""
        return bool(self._pattern.match(text.strip()))

    def has_others(self, text: str) -> bool:
        """Say whether a text mentions another one of the team, beside the person or not."""
        return bool(self._pattern_of_others.search(self.without(text)))

    def begins_with_another(self, text: str) -> bool:
        """Say whether a text begins with another one of the team, as a line about them does."""
        return bool(self._pattern_of_others.match(text.strip())) and not self.begins(text)

    def without(self, text: str) -> str:
        """Return a text without the names; the rest stays."""
        return removed(text, self._pattern)

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        return frozenset(map(plain_name, self.names))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset().union(*map(keys_of, self.names))

    @cached_property
    def _keys_of_others(self) -> frozenset[str]:
        return frozenset().union(*map(keys_of, self.others))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return pattern_of(self.names, [self.code])

    @cached_property
    def _pattern_of_others(self) -> re.Pattern[str]:
        return whole_words(sorted(self.others))


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
    # Both kinds, because pandas 2 keeps texts as objects.
    for column in frame.select_dtypes(["object", "string"]).columns:
        cells = frame[column]
        # Each text once: the search is slow, and a column has few different names.
        known = {
            cell: who.is_named(cell) or who.is_in(str(cell)) for cell in cells.dropna().unique()
        }
        mask |= cells.map(known).eq(other=True)
    return mask


def own_rows(frame: pd.DataFrame, who: Person) -> pd.Series:
    """Return the same without the rows of other athletes, who ran with them or wrote of them."""
    mask = theirs(frame, who)
    if "athlete" not in frame:
        return mask
    owners = frame["athlete"].astype("str").where(frame["athlete"].notna(), "")
    of_others = {owner: bool(owner) and not who.is_named(owner) for owner in owners.unique()}
    return mask & ~owners.map(of_others).astype(bool)

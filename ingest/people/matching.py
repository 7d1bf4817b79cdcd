"""Whom the names in files mean: proposals with a reason, a question where two fit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.people.likeness import Likeness, likeness
from ingest.people.spelling import Spelling, spelling

_TIERS: Final = {
    Likeness.SAME: 0,
    Likeness.ORDER: 0,
    Likeness.BRACKETS: 0,
    Likeness.MORE_NAMES: 1,
    Likeness.INITIALS: 1,
    Likeness.ONE_NAME: 1,
    Likeness.NICKNAME: 2,
    Likeness.TYPING_ERROR: 3,
    Likeness.VAGUE: 4,
}
"""Within a tier two athletes are equally likely: the name is asked about."""


@dataclass(frozen=True)
class Match:
    """Whom a written name means.

    Parameters
    ----------
    written : str
        The name as it stands in a file.
    candidates : tuple of str
        Athletes it may mean, equally likely, in alphabetical order; none for a stranger.
    likeness : Likeness or None
        How the name resembles the candidates'; None for a stranger.
    """

    written: str
    candidates: tuple[str, ...] = ()
    likeness: Likeness | None = None

    @property
    def athlete(self) -> str:
        """The one athlete it can mean, else an empty text."""
        return self.candidates[0] if len(self.candidates) == 1 else ""

    @property
    def is_stranger(self) -> bool:
        """Whether the name resembles no known name."""
        return not self.candidates

    @property
    def is_certain(self) -> bool:
        """Whether only the spelling differs: nothing has to be confirmed."""
        return bool(self.athlete) and self.likeness is not None and self.likeness.is_spelling_only

    @property
    def is_safe(self) -> bool:
        """Whether it may be confirmed together with others."""
        return bool(self.athlete) and self.likeness != Likeness.VAGUE

    @property
    def reason(self) -> str:
        """Why these candidates, in words."""
        return self.likeness.reason if self.likeness is not None else "resembles no known name"


class KnownNames:
    """The athletes to compare with, each with all known names.

    Parameters
    ----------
    people : mapping of str to collection of str
        Athlete -> further names (`also_known_as`).
    """

    def __init__(self, people: Mapping[str, Collection[str]]) -> None:
        self._names: dict[str, list[Spelling]] = {}
        self._exact: dict[str, str] = {}
        self._alike: dict[str, set[str]] = {}
        for athlete, more in people.items():
            for name in (*more, athlete):
                self.add(athlete, name)

    def __contains__(self, athlete: object) -> bool:
        return athlete in self._names

    def add(self, athlete: str, name: str) -> None:
        """Let an athlete go by one more name."""
        spelled = spelling(name)
        self._names.setdefault(athlete, []).append(spelled)
        self._exact[name.strip()] = athlete
        for key in _keys(spelled):
            self._alike.setdefault(key, set()).add(athlete)

    def match(self, name: str) -> Match:
        """Return whom a written name means."""
        # Letter by letter the same: two athletes whose names differ in an accent alone stay two.
        if name.strip() in self._exact:
            return Match(name, (self._exact[name.strip()],), Likeness.SAME)
        mine = spelling(name)
        alike = set().union(*(self._alike.get(key, set()) for key in _keys(mine)))
        # Everybody is compared only where no known name has the
        # same words: that takes long in a club.
        grades = self._grades(mine, alike or self._names)
        if not mine.words or not grades:
            return Match(name)
        first = min(_TIERS[grade] for grade in grades.values())
        near = {athlete: grade for athlete, grade in grades.items() if _TIERS[grade] == first}
        return Match(name, tuple(sorted(near)), min(near.values()))

    def _grades(self, mine: Spelling, athletes: Iterable[str]) -> dict[str, Likeness]:
        likenesses = {
            athlete: [g for name in self._names[athlete] if (g := likeness(mine, name)) is not None]
            for athlete in athletes
        }
        return {athlete: min(grades) for athlete, grades in likenesses.items() if grades}


def _keys(name: Spelling) -> set[str]:
    """Return the keys that names share which differ in their spelling only."""
    return {" ".join(sorted(form)) for form in name.forms} | {"".join(f) for f in name.forms} - {""}


def match_names(written: Iterable[str], people: Mapping[str, Collection[str]]) -> dict[str, Match]:
    """Return for each name in files whom it means.

    Parameters
    ----------
    written : iterable of str
        Names as they stand in files.
    people : mapping of str to collection of str
        Athlete -> further names (`also_known_as`).

    Examples
    --------
    >>> team = {"Tom Baker": (), "Tom Fischer": (), "Ann Lee": ("Annie",)}
    >>> found = match_names(["LEE, Ann", "Tom", "Tom F.", "Annie", "Kwame"], team)
    >>> found["LEE, Ann"].athlete, found["Tom"].candidates, found["Tom F."].reason
    ('Ann Lee', ('Tom Baker', 'Tom Fischer'), 'initials')
    >>> found["Annie"].is_certain, found["Kwame"].is_stranger
    (True, True)
    """
    known = KnownNames(people)
    return {name: known.match(name) for name in dict.fromkeys(written)}

"""Who is who in a dataset: what is certain is settled, everything else is a question.

Only names and places of files are looked at, never the rows themselves.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from common.question import Question
from common.text.folding import folded
from ingest.people.entries import Entry, entries_of
from ingest.people.folder_words import is_nobody, without_export_words
from ingest.people.likeness import Likeness, likeness
from ingest.people.matching import KnownNames, Match
from ingest.people.name_questions import name_question, person_question, unowned_questions
from ingest.people.spelling import spelling
from ingest.people.written_names import NamesInFiles

LISTED: Final = "so it stands in the list of members"
"""Why a number, an address or a nickname is somebody's."""
SAME_RUNS: Final = "the same kilometres on the same days"
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_MAIL: Final = re.compile(r"([^@\s]+)@[^@\s]+\.[A-Za-z]{2,}$")


@dataclass(frozen=True)
class Roster:
    """Who is known to belong to the team.

    Parameters
    ----------
    athletes : mapping of str to sequence of str
        Id -> further names.
    nobody : frozenset of str
        Names, as written, that are nobody's of the team.
    """

    athletes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    nobody: frozenset[str] = frozenset()


@dataclass(frozen=True)
class People:
    """Who is who.

    Parameters
    ----------
    settled : mapping of str to str
        Name as written -> athlete of the roster; an empty text for nobody of the team.
    proposed : mapping of str to str
        Name as written -> athlete, where that only has to be confirmed; the athlete may be new.
    meant : mapping of str to tuple of str
        Name as written -> athletes it may mean, where that has to be asked.
    owners : mapping of str to str
        File of one athlete -> the name, as written, of its folder or of the file itself.
    questions : tuple of Question
        What is left to confirm or to decide.
    """

    settled: Mapping[str, str]
    proposed: Mapping[str, str]
    meant: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, str]
    questions: tuple[Question, ...]


def decide_people(
    owners: Mapping[str, str],
    named: NamesInFiles,
    roster: Roster,
    known: Mapping[str, Sequence[str]] | None = None,
    twins: Mapping[str, str] | None = None,
) -> People:
    """Return who is who, and what has to be asked.

    Parameters
    ----------
    owners : mapping of str to str
        File of one athlete -> how its folder or the file itself calls the athlete, empty where
        nothing does.
    named : NamesInFiles
        The names in all files.
    roster : Roster
        Who is known already; empty for a folder that is new.
    known : mapping of str to sequence of str, optional
        Whom names may mean, with all that each goes by: athletes of the roster, and members of the
        club who are athletes once a file is theirs. By default the roster alone.
    twins : mapping of str to str, optional
        Name of a sheet -> name of a folder that has the same runs.
    """
    search = _Search(roster, roster.athletes if known is None else known, twins or {})
    for entry in entries_of(owners, named):
        search.take(entry)
    # Only when all names are taken it shows whether several of them fit one athlete.
    search.doubt_differing_spellings()
    return People(
        settled=search.settled,
        proposed=search.proposed,
        meant=search.meant,
        owners=owners,
        questions=(*search.questions(), *unowned_questions(owners, roster.athletes)),
    )


def _without_brackets(name: str) -> str:
    """Return a name without what stands in brackets beside it: a group, an age, a role.

    Examples
    --------
    >>> _without_brackets("María Kelly (U17)"), _without_brackets("(U17)")
    ('María Kelly', '(U17)')
    """
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    return bare if " " in bare else name


class _Search:
    """Names taken one by one, the most telling first; each may be somebody known by then."""

    def __init__(
        self, roster: Roster, known: Mapping[str, Sequence[str]], twins: Mapping[str, str]
    ) -> None:
        self.roster = roster
        self._twins = twins
        self._known = KnownNames(known)
        self._names = known
        self.settled: dict[str, str] = {}
        self.proposed: dict[str, str] = {}
        self.meant: dict[str, tuple[str, ...]] = {}
        self._neighbours = KnownNames({})
        self._nobody = {folded(name.strip()) for name in roster.nobody}
        self._matches: dict[str, Match] = {}
        self._taken: dict[str, list[Entry]] = {}
        self._entries: dict[str, Entry] = {}
        self._reasons: dict[str, str] = {}

    def take(self, entry: Entry) -> None:
        """Settle a name, propose whom it means, or note that it has to be asked."""
        name = entry.name
        self._entries[name] = entry
        if folded(name.strip()) in self._nobody:
            self.settled[name] = ""
            return
        match = self._known.match(self._as_called(entry))
        self._matches[name] = match
        if match.is_certain:
            self._join(entry, match.athlete)
        elif not match.is_safe and (twin := self._twin(name)):
            # The runs tell it, not the name: it is confirmed also where the athlete is known.
            self.proposed[name] = twin
            self._taken.setdefault(twin, []).append(entry)
            self._reasons[name] = SAME_RUNS
        elif match.is_stranger and not is_nobody(_without_brackets(name)):
            called = self._as_called(entry)
            self._known.add(self._new_id(called), called)
            self._join(entry, self._new_id(called))
        elif match.is_safe and not self._is_doubtful(entry, match):
            self.proposed[name] = match.athlete
            self._taken.setdefault(match.athlete, []).append(entry)
            # "J.C. Pérez" resembles "Juan Carlos Pérez", not the folder "Juan Carlos".
            self._known.add(match.athlete, self._as_called(entry))
        else:
            self._ask(entry, match)

    def _twin(self, name: str) -> str:
        """Return the athlete whose watch recorded what is told under a name."""
        other = self._twins.get(name, "")
        return self.settled.get(other) or self.proposed.get(other, "")

    def _join(self, entry: Entry, athlete: str) -> None:
        is_known = athlete in self.roster.athletes
        (self.settled if is_known else self.proposed)[entry.name] = athlete
        self._taken.setdefault(athlete, []).append(entry)

    def _as_called(self, entry: Entry) -> str:
        """Return a name without the words of the download whose folder or archive bears it."""
        is_known = self._known.match(entry.name).is_certain
        return entry.name if is_known or not entry.folders else without_export_words(entry.name)

    @staticmethod
    def _new_id(name: str) -> str:
        # An address of two words tells a name: ann.lee@club.org is Ann Lee.
        mail = _MAIL.match(name.strip())
        if (
            mail
            and len(parts := [part for part in re.split(r"[._-]", mail[1]) if part.isalpha()]) > 1
        ):
            return " ".join(part.capitalize() for part in parts)
        return " ".join(name.replace("_", " ").split())

    def _ask(self, entry: Entry, match: Match) -> None:
        """Note the athletes a name may mean, without those who are surely somebody else."""
        others = tuple(
            candidate
            for candidate in match.candidates
            if not self._is_somebody_else(entry, candidate)
        )
        self.meant[entry.name] = others
        if match.candidates and not others:
            # Likely somebody new: "P. Roux" may mean Paule beside Paul.
            self._neighbours.add(entry.name, self._as_called(entry))
        if len(others) < len(match.candidates):
            beside = [candidate for candidate in match.candidates if candidate not in others]
            self._reasons[entry.name] = f"beside {' and '.join(beside)}"

    def _is_doubtful(self, entry: Entry, match: Match) -> bool:
        """Return whether a name may be another's than the match's, who stands beside or unsure."""
        if self._is_somebody_else(entry, match.athlete):
            return True
        other = self._neighbours.match(self._as_called(entry))
        return other.likeness is not None and other.likeness == match.likeness

    def _is_somebody_else(self, entry: Entry, athlete: str) -> bool:
        """Return whether a name stands beside one of the athlete's as two people's do."""
        return any(entry.stands_beside(other) for other in self._taken.get(athlete, ()))

    def doubt_differing_spellings(self) -> None:
        """Ask about names that say more than the athlete's own, each something else.

        "Tom Baker" and "Tom Fischer" cannot both be the athlete called Tom.
        """
        for athlete, entries in self._taken.items():
            proposed = [entry for entry in entries if self.proposed.get(entry.name) == athlete]
            further = {entry.name: self._further_words(entry.name, athlete) for entry in proposed}
            telling = [name for name, words in further.items() if words]
            if any(not self._may_be_one(*pair) for pair in combinations(telling, 2)):
                for name in telling:
                    del self.proposed[name]
                    self.meant[name] = (athlete,)
                    self._reasons[name] = "several names fit the same athlete"

    def _may_be_one(self, this_name: str, other: str) -> bool:
        """Return whether two names resemble each other, not only the athlete."""
        names = (spelling(self._as_called(self._entries[name])) for name in (this_name, other))
        grade = likeness(*names)
        return grade is not None and grade != Likeness.VAGUE

    def _further_words(self, name: str, athlete: str) -> frozenset[str]:
        own = {
            word
            for own_name in (athlete, *self._names.get(athlete, ()))
            for word in spelling(own_name).words
        }
        words = spelling(self._as_called(self._entries[name])).words
        return frozenset(words) - own if len(words) > len(spelling(athlete).words) else frozenset()

    def questions(self) -> list[Question]:
        """Return what is left to confirm, and then what has to be asked."""
        proposed = [self._entries[name] for name in self.proposed]
        entries = [*proposed, *self._asked_once()]
        return [self._question(entry) for entry in entries if not self._is_answered(entry)]

    def _asked_once(self) -> list[Entry]:
        """Return the names to ask about: other spellings of one go with it, whatever it means."""
        firsts: dict[str, Entry] = {}
        for entry in (self._entries[name] for name in self.meant):
            key = spelling(self._as_called(entry)).key
            first = firsts.setdefault(key, entry)
            firsts[key] = replace(
                first, files=first.files | entry.files, tables=first.tables | entry.tables
            )
        return [*firsts.values()]

    def _is_answered(self, entry: Entry) -> bool:
        """Return whether a name is exactly that of an athlete proposed for another name."""
        athlete = self.proposed.get(entry.name, "")
        return athlete == entry.name and not self._introduces(entry, athlete)

    def _question(self, entry: Entry) -> Question:
        match, athlete = self._matches[entry.name], self.proposed.get(entry.name, "")
        reason = self._reasons.get(entry.name, self._reason(match))
        if athlete and self._introduces(entry, athlete):
            return person_question(entry, athlete, reason)
        return name_question(entry, athlete, self.meant.get(entry.name, ()), reason)

    def _introduces(self, entry: Entry, athlete: str) -> bool:
        """Return whether a name is the first that is left of somebody who is not in the roster."""
        if athlete in self.roster.athletes:
            return False
        left = (
            candidate.name
            for candidate in self._taken[athlete]
            if self.proposed.get(candidate.name) == athlete
        )
        return next(left, "") == entry.name

    @staticmethod
    def _reason(match: Match) -> str:
        is_key = match.is_certain and spelling(match.written).key != spelling(match.athlete).key
        return LISTED if is_key and match.likeness == Likeness.SAME else match.reason

"""Whose file it is: the outermost folder or archive that is a person, else the file's own name."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from common.text.folding import folded
from ingest.dataset.file_names import folders_of, stem_of
from ingest.people.folder_words import is_nobody, telling_part, words_of
from ingest.people.likeness import Likeness
from ingest.people.matching import KnownNames, Match
from ingest.people.spelling import spelling

_NAME_WORDS: Final = 2
"""From so many words on, a folder is called like a person rather than like a thing."""


class FilePlace(NamedTuple):
    """A file whose owner is looked for.

    Parameters
    ----------
    source : str
        Path in the dataset folder, `a.zip!inner/path` in an archive.
    is_list : bool
        Whether an athlete has one such file: several in several folders are several athletes.
    may_name : bool
        Whether the file's own name may name somebody who is not known otherwise.
    """

    source: str
    is_list: bool = False
    may_name: bool = False


@dataclass
class _Folder:
    """A folder or archive and what lies below it."""

    folders: dict[str, "_Folder"] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    is_direct: bool = False
    names: list[str] = field(default_factory=list)
    """Of whom each file in it is by its own name, empty where that tells nobody."""

    def at(self, path: Iterable[str]) -> "_Folder":
        here = self
        for name in path:
            here = here.folders.setdefault(name, _Folder())
        return here

    def people_below(self) -> dict[str, "_Folder"]:
        """Return the nearest folders below that may be people; those of no person are opened."""
        people: dict[str, _Folder] = {}
        for name, inner in self.folders.items():
            people |= inner.people_below() if is_nobody(name) else {name: inner}
        return people

    def all_lists(self) -> set[str]:
        """Return the names of all lists in the folder and below."""
        return self.lists.union(*(folder.all_lists() for folder in self.folders.values()))


class Owners:
    """The owners of a dataset's files.

    Parameters
    ----------
    files : iterable of FilePlace
        The files that belong to one athlete each.
    known : mapping of str to collection of str
        Athletes with their further names; a folder called like one is that person's.
    in_sheets : collection of str
        Names in the sheets of the team: they tell people from groups.
    """

    def __init__(
        self,
        files: Iterable[FilePlace],
        known: Mapping[str, Collection[str]],
        in_sheets: Collection[str] = (),
    ) -> None:
        self._files = list(files)
        self._known = KnownNames(known)
        named = _once_each(in_sheets)
        self._sheets = KnownNames(named)
        self._everyone = KnownNames(named | dict(known))
        self._grades: dict[str, int] = {}
        self._of_a_file_each: dict[int, bool] = {}

    @cached_property
    def by_source(self) -> dict[str, str]:
        """Source -> owner as the folder or file is called; an empty text where nobody is."""
        return {file.source: self._owner(file) for file in self._files}

    @cached_property
    def _tree(self) -> _Folder:
        top = _Folder()
        for file in self._files:
            here = top.at(folders_of(file.source))
            here.is_direct = True
            here.names.append(_name_told_by(file))
            if file.is_list:
                here.lists.add(stem_of(file.source))
        return top

    @cached_property
    def _containers(self) -> frozenset[int]:
        """The folders, by identity, that hold people although they might be called like one."""
        return frozenset(self._contained(self._tree))

    def _contained(self, here: _Folder) -> set[int]:
        level = here.people_below()
        inner = {name: folder.people_below() for name, folder in level.items()}
        holding = {name for name in level if inner[name] and self._holds_people(name, level, inner)}
        if holding:
            # Groups lie beside groups: a group of one is told by its neighbours.
            holding |= {
                name
                for name, folder in level.items()
                if inner[name] and not folder.is_direct and not self._is_known(name)
            }
        holder_ids = {id(level[name]) for name in holding}
        return holder_ids.union(*(self._contained(level[name]) for name in holding))

    def _holds_people(
        self,
        name: str,
        level: Mapping[str, _Folder],
        inner: Mapping[str, Mapping[str, _Folder]],
    ) -> bool:
        """Return whether the folders below are people rather than this one.

        By what is known, else by how they are called. A name that stands below several of the
        folders beside this one is a person's only if there are more such names than folders.
        """
        below = inner[name]
        own, theirs = self._grade(name), max(self._grade(inner_name) for inner_name in below)
        # A known name further down proves that this folder is a box around people.
        if own < _KNOWN and self._holds_somebody_known(level[name]):
            return True
        if own != theirs and max(own, theirs) >= _RESEMBLING:
            return theirs > own
        recurring = any(
            sum(inner_name in other for other in inner.values()) > 1 for inner_name in below
        )
        has_more_below = len(set().union(*inner.values())) > len(level)
        if recurring and not has_more_below:
            return False
        if own != theirs or recurring:
            return theirs > own or (recurring and own == theirs)
        if level[name].is_direct or len(below) == 1:
            return False
        return (len(level) == 1 and theirs > 1) or _have_lists_each(below.values())

    def _holds_somebody_known(self, here: _Folder) -> bool:
        """Return whether a folder at any depth below is a known person's: `moved/old/Ann Lee`."""
        return any(
            self._is_known(name) or self._holds_somebody_known(inner)
            for name, inner in here.folders.items()
        )

    def _grade(self, name: str) -> int:
        """Return how much a name is a person's: 4 known, 3 near, 2 of several words, 1 of one."""
        if name not in self._grades:
            self._grades[name] = self._graded(name)
        return self._grades[name]

    def _graded(self, name: str) -> int:
        match = self._known.match(name)
        # An athlete may be called 7; a member's number 7 is rather the folder of a month.
        is_own = folded(match.athlete) == folded(name.strip())
        if match.is_certain and (is_own or not _is_of_a_day(name)):
            return _KNOWN
        if match.is_safe or _is_near(self._sheets.match(name)):
            return _RESEMBLING
        plain = [word for word in words_of(name) if word.isalpha()]
        return 2 if len(plain) >= _NAME_WORDS and telling_part(name) == _spaced(name) else 1

    def _owner(self, file: FilePlace) -> str:
        here = self._tree
        for name in folders_of(file.source):
            here = here.folders[name]
            if self._is_known(name):
                return name
            is_box = id(here) in self._containers or self._holds_a_file_each(name, here)
            if not is_nobody(name) and not is_box:
                return name
        return self._named_by_file(file)

    def _holds_a_file_each(self, name: str, here: _Folder) -> bool:
        """Say whether each file of a folder is called by another person: "Cuadernillos"."""
        # Asked of every file, and the same for all files of a folder.
        if id(here) not in self._of_a_file_each:
            several = {spelling(name).key for name in here.names}
            is_each = "" not in here.names and len(several) == len(here.names) > 1
            self._of_a_file_each[id(here)] = is_each and self._grade(name) == 1
        return self._of_a_file_each[id(here)]

    def _is_known(self, name: str) -> bool:
        return self._grade(name) == _KNOWN

    def _named_by_file(self, file: FilePlace) -> str:
        stem = stem_of(file.source)
        telling = telling_part(stem)
        beginnings = _beginnings(stem)
        for name in (telling, stem, *beginnings, *_numbers(stem)):
            if name and self._everyone.match(name).is_certain:
                # "Ines ter Horst workouts" begins with the Ines of a sheet, and says who she is.
                says_more = name in beginnings and len(words_of(name)) == 1
                is_longer = (
                    says_more and file.may_name and self._means_somebody(telling, one_word=False)
                )
                return telling if is_longer else name
        for name in (telling, stem, *beginnings):
            one_word = file.may_name and name not in beginnings
            if name and self._means_somebody(name, one_word=one_word):
                # "Smith-Jones Freja" begins with the last name of a Haruka, and says who she is.
                return telling if file.may_name and self._is_one_of(name, telling) else name
        return telling if file.may_name else ""

    def _is_one_of(self, name: str, telling: str) -> bool:
        """Say whether a name is a part of somebody's, and the file's own name has more."""
        is_part = self._everyone.match(name).likeness in {Likeness.ONE_NAME, Likeness.MORE_NAMES}
        return is_part and len(words_of(telling)) > len(words_of(name))

    def _means_somebody(self, name: str, *, one_word: bool) -> bool:
        """Return whether a file's name is one of a person; one word of several only if told so."""
        match = self._everyone.match(name)
        several = len(words_of(name)) > 1
        return match.is_certain or (match.is_safe and (several or one_word))


def _name_told_by(file: FilePlace) -> str:
    """Return the first and last name that a file's own name tells."""
    telling = telling_part(stem_of(file.source)) if file.may_name else ""
    return telling if len(words_of(telling)) >= _NAME_WORDS else ""


_NUMBER: Final = re.compile(r"(?<!\d)(?<![x\u00d7])(?<![x\u00d7] )\d{3,}(?![^\W_])", re.IGNORECASE)
_KNOWN: Final = 4
_RESEMBLING: Final = 3


def _once_each(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return names that differ in accents, case or order as one with further spellings."""
    alike: dict[str, list[str]] = {}
    for name in sorted(names):
        alike.setdefault(spelling(name).key, []).append(name)
    return {first: tuple(more) for first, *more in alike.values()}


def _is_near(match: Match) -> bool:
    return match.likeness is not None and match.likeness <= Likeness.NICKNAME


def _spaced(name: str) -> str:
    return " ".join(telling_part(name).split())


def _have_lists_each(folders: Iterable[_Folder]) -> bool:
    """Return whether each folder holds a list of one athlete's sessions: there are two athletes."""
    lists = [folder.all_lists() for folder in folders]
    return sum(bool(own_lists) for own_lists in lists) > 1


def _beginnings(stem: str) -> list[str]:
    """Return the parts with which a file's name begins, the longest first; no bare numbers."""
    cuts = [stem[:at] for at, letter in enumerate(stem) if not letter.isalnum()]
    return [cut for cut in sorted(set(cuts), key=len, reverse=True) if cut and not cut.isdigit()]


def _numbers(stem: str) -> list[str]:
    """Return the numbers in a file's name that may be a member's; 8x400 and 400m are distances."""
    return [number for number in _NUMBER.findall(stem) if not _is_of_a_day(number)]


def _is_of_a_day(name: str) -> bool:
    """Return whether a bare number is rather a day, a month or a year than somebody's number."""
    return re.fullmatch(r"\d{1,2}|(?:19|20)\d\d", name.strip()) is not None

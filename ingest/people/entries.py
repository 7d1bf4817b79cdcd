"""Every name that is used in a dataset, of folders, files and sheets, with where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.dataset.file_names import folders_of
from ingest.people.spelling import spelling
from ingest.people.written_names import NamesInFiles
from ingest.records.sheet_days import SheetDays

_MATTERS = {"injuries": 0, "injury_reports": 0, "complaints": 0, "ostrc": 0, "sessions": 1,
            "answers": 1, "weekly_km": 1, "wellness": 2, "waiting": 2, "pain": 2,
            "pain_told": 2}  # fmt: skip
_WORDS = ("injuries", "sessions", "wellness", "tests")


@dataclass
class Entry:
    """A name as it is written.

    Parameters
    ----------
    name : str
        As written.
    folders : set of (str, ...)
        Where folders or files with this name lie, as the folders above them.
    files : set of str
        Files that are this person's or name it.
    days : SheetDays
        Rows of sheets.
    tables : set of str
        Tables of those rows.
    """

    name: str
    folders: set[tuple[str, ...]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    days: SheetDays = field(default_factory=SheetDays)
    tables: set[str] = field(default_factory=set)

    @property
    def matters(self) -> str:
        """The most important of what is not read while nobody knows whose it is."""
        known = [_MATTERS.get(table, len(_WORDS) - 1) for table in self.tables]
        return _WORDS[min(known, default=1)]

    def stands_beside(self, other: "Entry") -> bool:
        """Return whether two names stand where one person has one place.

        Two folders side by side, or two names in one sheet on the same day.
        """
        # Two spellings of one name side by side are one person's folder and its copy.
        if spelling(self.name).key == spelling(other.name).key:
            return False
        return bool(self.folders & other.folders or self.days.meet(other.days))

    @property
    def rank(self) -> tuple[bool, int, bool, int, int, str]:
        """Sort key that puts the most complete spelling of a name first."""
        words = spelling(self.name).words
        whole = sum(len(word) > 1 for word in words)
        plain = self.name != self.name.lower() and "_" not in self.name
        # Programs drop accents and add none, so that the spelling with them is the original.
        accents = sum(not letter.isascii() for letter in self.name)
        return (not self.folders, -whole, not plain, -len(words), -accents, self.name)


def entries_of(owners: Mapping[str, str], named: NamesInFiles) -> list[Entry]:
    """Return the names in use, the most telling first.

    Parameters
    ----------
    owners : mapping of str to str
        File -> the name of its folder or of the file itself, empty where there is none.
    named : NamesInFiles
        Names in sheets.
    """
    entries: dict[str, Entry] = {}
    for source, name in owners.items():
        if name:
            entry = entries.setdefault(name, Entry(name))
            entry.files.add(source)
            entry.folders.add(_above(source, name))
            entry.tables.add("sessions")
    in_folders = {source for source, name in owners.items() if name}
    for name, written in named.names.items():
        # A sheet in somebody's folder is that person's, whatever name stands in it.
        if set(written.files) <= in_folders:
            continue
        entry = entries.setdefault(name, Entry(name))
        entry.files |= set(written.files)
        entry.days.take(written.days)
        entry.tables |= written.tables
    return sorted(entries.values(), key=lambda ranked: ranked.rank)


def _above(source: str, name: str) -> tuple[str, ...]:
    """Return the folders above the folder or file that is called by a name."""
    folders = folders_of(source)
    return tuple(folders[: folders.index(name)] if name in folders else folders)


def files_told(files: Iterable[str], name: str, most: int = 3) -> str:
    """Return a few files in words: of a person's own folder the folder, else the file."""
    places = sorted({_shown(file, name) for file in files})
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return "; ".join(places[:most]) + more


def _shown(source: str, name: str) -> str:
    top = source.split("!", 1)[0]
    folder, is_in_folder, _ = top.rpartition("/")
    return f"{folder}/" if is_in_folder and name in folders_of(top) else top

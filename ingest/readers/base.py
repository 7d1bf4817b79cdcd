"""What a reader is: the one interface behind which every file format hides."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

import pandas as pd

from ingest.dataset.file_names import begins_with, folders_of, plain_name, stem_of
from ingest.dataset.settings import DatasetConfig, SheetSettings
from ingest.people.folder_words import is_nobody
from ingest.records.account import Account
from ingest.records.owner import OWNER_OF_FILE

HEAD_BYTES = 8192
"""How much of a file a reader may look at to recognise it."""
HASH_DIGITS = 16
MAX_FILE_BYTES = 200 * 10**6
"""No training log comes near this size; a file above it is refused unread."""
_ATHLETES_FOLDER = "activities"


class FileRefused(Exception):  # noqa: N818 - a verdict on a file, not a fault of the program
    """A file that its reader recognised but cannot use; it becomes one row of `rejects`.

    Parameters
    ----------
    reason : str
        Reason code.
    sentence : str
        What was found, what was expected, what to do.
    """

    def __init__(self, reason: str, sentence: str) -> None:
        self.reason = reason
        self.sentence = sentence
        super().__init__(sentence)


class Neighbour(NamedTuple):
    """A file of the same folder or archive that a file is read with."""

    source: str
    path: Path


class Anyone(frozenset[str]):
    """Whoever is named belongs, until it is decided whom a name means; it lists who is known."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)


@dataclass(frozen=True)
class ReadContext:
    """What a reader may use in addition to the file.

    Parameters
    ----------
    config : DatasetConfig
        The dataset's settings: time zone, scales, last day.
    root : pathlib.Path
        The folder that paths are told relative to.
    last_day : pandas.Timestamp
        Last day of the data; a date more than a day later is in the future.
    athletes : frozenset of str
        Raw ids of the roster; empty while the roster itself is read.
    only_athlete : str
        Whose files without an owner are: set where the roster has one athlete without a folder.
    named : str
        What the file at hand is called, where it was unpacked from an archive.
    beside : tuple of Neighbour
        Files that the one at hand is read with; see :attr:`Reader.reads_along`.
    """

    config: DatasetConfig
    root: Path
    last_day: pd.Timestamp
    athletes: frozenset[str] = frozenset()
    only_athlete: str = ""
    named: str = ""
    beside: tuple[Neighbour, ...] = ()

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Plain spelling -> id: folders and files are named by people."""
        return {plain_name(athlete): athlete for athlete in sorted(self.athletes)}

    def source(self, path: Path) -> str:
        """Return the path as users know it, relative to the dataset folder."""
        return self.named or path.relative_to(self.root).as_posix()

    def athlete_of(self, path: Path) -> str:
        """Return whose file this is; see :meth:`owner_of`.

        Raises
        ------
        FileRefused
            If it is nobody's.
        """
        owner = self.owner_of(self.source(path))
        if owner:
            return owner
        if isinstance(self.athletes, Anyone):
            return OWNER_OF_FILE
        raise FileRefused(
            "unknown_athlete",
            f"neither {self.source(path)} nor a folder of it is named by an athlete id of the"
            " roster; add the athlete to the roster, or name the file or its folder by the id",
        )

    def day_first(self, source: str) -> bool | None:
        """Return how a file writes dates, where `sheets.<file>.dates` of the settings says so."""
        settings = self.sheet_settings(source)
        return None if settings is None or not settings.dates else settings.dates == "day_first"

    def sheet_settings(self, source: str) -> SheetSettings | None:
        """Return what `sheets.<file>` of the settings says, by the file's path or its name."""
        sheets = self.config.sheets
        return sheets.get(source) or sheets.get(PurePosixPath(source).name)

    def owner_of(self, source: str) -> str:
        """Return whose file this is: the nearest folder or archive named like an athlete.

        Without one, the athlete whose id the file's own name is or begins with; without that, the
        only athlete, where there is only one; but a file in `activities/<name>/` is that other
        person's. Nobody's is an empty text. While a whole folder is read it is not decided yet: a
        stand-in for whoever the folder names.
        """
        if isinstance(self.athletes, Anyone):
            # Names are only told from sources and dates here; whom they mean is decided at the end.
            in_a_folder = any(not is_nobody(folder) for folder in folders_of(source))
            return OWNER_OF_FILE if in_a_folder else self.only_athlete
        folders, stem = folders_of(source), stem_of(source)
        own = [*reversed(folders), begins_with(stem, self._ids)]
        for name in own:
            if athlete := self._ids.get(plain_name(name)):
                return athlete
        # A folder of somebody who is not in the roster must not go to the only athlete.
        strangers = len(folders) > 1 and folders[-2] == _ATHLETES_FOLDER
        return "" if strangers else self.only_athlete


@dataclass(frozen=True)
class Parsed:
    """What a reader makes of one file.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Table -> rows with *raw* athlete ids, the contract's columns as far as the file has them,
        and the book-keeping columns ``record`` (row number or name in the file) and ``repaired``.
        Working tables join those of the contract: ``answers`` (session answers, to be matched
        with device sessions), ``injury_reports`` (repeated reports, to be joined into injuries),
        ``injury_ends`` (ends of injuries that another file may tell), ``injury_remarks`` (injuries
        that a diary tells), ``absences_told`` (who is or may be injured), ``pain_told`` (pain
        without a number, to be joined to the complaints), ``gait_strides`` and ``gait_trials``
        (strides and their speeds, to be joined into gait).
    account : Account
        Counts and rejects.
    """

    account: Account
    records: dict[str, pd.DataFrame] = field(default_factory=dict)


class Reader(Protocol):
    """One file format.

    Implementations subclass this, live in one file each, and are listed once in
    :data:`ingest.readers.registry.READERS`.
    """

    kind: str
    """Name of the format, as reports show it."""
    version: int
    """Raised whenever the same file would give different records."""
    description: str
    """One line for the documentation: program, file, what is taken from it."""
    lists_athletes: bool = False
    """Whether the format says who belongs to the dataset; such files are read first."""
    knows_people: bool = False
    """Whether the reading depends on who is known; any other cached reading outlives athletes'
    coming and going."""
    reads_along: frozenset[str] = frozenset()
    """Formats of other files in the same folder or archive that belong to the reading of one."""
    is_native: bool = False
    """Whether its parser is native code that a damaged file can crash: it is read by a child
    process (:mod:`ingest.reading.apart`)."""
    max_bytes: int = MAX_FILE_BYTES
    """Largest file that is read; formats that are streamed allow more."""

    def sniff(self, head: bytes) -> bool:  # noqa: ARG002 - every format puts its own here
        """Say whether a file that begins with these :data:`HEAD_BYTES` is of this format."""
        return False

    def knows(self, path: Path, head: bytes) -> bool:  # noqa: ARG002 - for formats told by name
        """Say whether the file is of this format; formats that need its name too override this."""
        return self.sniff(head)

    def meets_as(self, source: str) -> str:  # noqa: ARG002 - for formats that are read together
        """Return the name under which files of a folder are read together."""
        return ""

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the file.

        Raises
        ------
        FileRefused
            If the file as a whole cannot be used.
        """
        ...


def digest(content: bytes) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]


def file_digest(path: Path) -> str:
    """Return the first digits of the SHA-256 of a file, which may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:HASH_DIGITS]

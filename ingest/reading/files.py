"""Walk a dataset folder and read every file in it; none is skipped without a word."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from common.errors import StridecastError
from ingest.dataset.file_names import ADDED, why_ignored
from ingest.people.assignment import Assignment
from ingest.people.decision import People
from ingest.people.members import TABLE as MEMBERS
from ingest.people.owners import FilePlace, Owners
from ingest.people.roster_file import ALIASES, aliases_of
from ingest.people.who import who_is_who
from ingest.people.written_names import WAITING
from ingest.readers.base import Anyone
from ingest.readers.registry import Parsed, ReadContext
from ingest.reading.batches import Batches
from ingest.reading.bulk_export import without_account_lists
from ingest.reading.companion_files import with_neighbours
from ingest.reading.containers import Item
from ingest.reading.forgotten import forgotten_of
from ingest.reading.parallel import Job, read_all
from ingest.reading.parse_cache import ParseCache
from ingest.reading.put_away import PutAway
from ingest.reading.read_one import OF_THE_MOMENT
from ingest.reading.recognise import Recognised
from ingest.records.account import Account

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the file at hand."""

NOBODY: Final = "unnamed"
"""Stands for the owner of a file without one where there is no roster."""

Records = dict[str, pd.DataFrame]


def data_files(place: Path) -> list[Path]:
    """Return all files below a folder, in the order of their paths.

    Raises
    ------
    StridecastError
        If there is no such folder, or no data file in it.
    """
    if not place.is_dir():
        raise StridecastError(f"{place}: no such folder", "name a dataset folder")
    files = sorted(_below(place))
    # What cannot be opened is yielded like a file, also the folder itself.
    if place in files:
        raise StridecastError(f"{place}: may not be opened", "change the folder's permissions")
    if all(why_ignored(path) for path in files):
        raise StridecastError(f"{place}: no data files", "copy the exports into this folder")
    return files


def _below(place: Path) -> Iterator[Path]:
    """Yield what is no folder; a link to one, or one that cannot be opened, is told."""
    added_folder = place / ADDED
    closed: list[OSError] = []
    for folder, folders, files in os.walk(place, onerror=closed.append):
        here = Path(folder)
        yield from (here / name for name in files)
        yield from (path for name in folders if (path := here / name).is_symlink())
        # In place, because os.walk enters what is left in its own list.
        folders[:] = [name for name in folders if here / name != added_folder]
    yield from (Path(error.filename) for error in closed)


class FolderRead(NamedTuple):
    """What was read of a folder.

    Parameters
    ----------
    accounts : list of Account
        One per file, by path; rows of whom nobody knows are refused.
    records : dict of str to pandas.DataFrame
        Table -> the rows of the team's athletes, in the order of the files' paths, raw ids.
    people : People
        Who is who, and what has to be asked.
    """

    accounts: list[Account]
    records: Records
    people: People


class Understood(NamedTuple):
    """A folder of which is known who is who, before the rows have their athletes.

    Parameters
    ----------
    as_written : list of Account
        One per file, by path.
    rows : Batches
        Rows with the names as written.
    people : People
        Who is who.
    assignment : Assignment
        Gives rows their athletes.
    """

    as_written: list[Account]
    rows: Batches
    people: People
    assignment: Assignment


def read_folder(
    items: Iterable[Item],
    context: ReadContext,
    progress: Progress | None = None,
    *,
    needs_roster: bool = True,
) -> FolderRead:
    """Return what :func:`understood` reads with all rows in memory, each with its athlete."""
    read = understood(items, context, progress, needs_roster=needs_roster)
    records = read.assignment.placed(read.rows.rest)
    accounts = read.assignment.settled(read.as_written, records.values())
    return FolderRead(accounts, records, read.people)


def understood(
    items: Iterable[Item],
    context: ReadContext,
    progress: Progress | None = None,
    *,
    needs_roster: bool = True,
    accept_proposals: bool = False,
    cache: ParseCache | None = None,
    workers: int | None = None,
    away: PutAway | None = None,
) -> Understood:
    """Read the files as they are written, and decide whom the names in them mean.

    Parameters
    ----------
    items : iterable of Item
        The files.
    context : ReadContext
        Settings; its athletes are filled in here.
    progress : callable, optional
        Called after every file.
    needs_roster : bool
        Whether files can only be read for athletes that are listed; otherwise, where none is
        listed, everyone belongs.
    accept_proposals : bool
        Whether what only has to be confirmed counts as confirmed.
    cache : ParseCache, optional
        Where files that were read before are looked up, and what is new is kept.
    workers : int, optional
        Processes; by default as many as there are processors, or one for little work.
    away : PutAway, optional
        Where the rows of a large club lie meanwhile; without it all are in memory.

    Raises
    ------
    StridecastError
        If no file lists an athlete, or rows cannot be put away.
    """
    forgotten = forgotten_of(context.root, context.config)
    recognised = Recognised((item for item in items if not forgotten.owns(item.source)), cache)
    known = with_neighbours(without_account_lists(recognised.known))
    steps = _Steps(len(known), progress)
    # Rosters first, because some readers tell people from other headings by the known names.
    lists = [job for job in known if job[1] and job[1].lists_athletes]
    listed = read_all(lists, context, 1, steps)
    athletes = _athletes(listed, context, needs_roster=needs_roster)
    if not isinstance(athletes, Anyone):
        athletes = frozenset(athlete for athlete in athletes if athlete not in forgotten)
    names = names_known(athletes, listed, [item.source for item, _ in known])
    # Every name passes while files are read; whom it means is decided when all names are known.
    context = replace(context, athletes=Anyone(names))
    rest = [job for job in known if not (job[1] and job[1].lists_athletes)]
    rows = Batches(away, forgotten.without)
    accounts = _read_rest(rest, context, recognised, steps, workers, rows)
    accounts += [rows.take(parsed).account for parsed in listed]
    rows.close()
    accounts.sort(key=lambda account: account.source)
    accounts = [forgotten.unnamed(account) for account in accounts]
    people = who_is_who(accounts, rows.names, rows.rest, context.config, rows.runs)
    rows.rest.pop(MEMBERS, None)
    rows.rest.pop(WAITING, None)
    assignment = Assignment(
        people,
        with_proposals=accept_proposals or not athletes,
        # Where people are proposed, a file that is nobody's is asked about; alone it is only shown.
        without_owner="" if athletes or accept_proposals else NOBODY,
    )
    return Understood(accounts, rows, people, assignment)


def names_known(
    athletes: frozenset[str], listed: Iterable[Parsed], sources: Iterable[str]
) -> frozenset[str]:
    """Return the names that tell people from other headings: of the roster, and of folders."""
    further = {
        name
        for parsed in listed
        if ALIASES in parsed.records.get("athletes", ())
        for cell in parsed.records["athletes"][ALIASES]
        for name in aliases_of(cell)
    }
    folders = Owners(
        [FilePlace(source) for source in sources if "/" in source or "!" in source], {}
    )
    return athletes | further | (set(folders.by_source.values()) - {""})


def _read_rest(
    jobs: list[Job],
    context: ReadContext,
    recognised: Recognised,
    steps: "_Steps",
    workers: int | None,
    rows: Batches,
) -> list[Account]:
    """Read the files that the cache does not hold; return their accounts and those that it has."""
    keys = {item.source: recognised.key(item, reader, context) for item, reader in jobs}

    def recorded() -> dict[str, Account]:
        return {
            source: account
            for source, key in keys.items()
            if (account := recognised.find(key, context.last_day)) is not None
        }

    for cached in recognised.rows([keys[source] for source in recorded()]):
        rows.add(cached)
    # Not before: rows that another run removes from the cache meanwhile are to be read anew.
    remembered = recorded()
    for source in remembered:
        steps(source)
    missing = [job for job in jobs if job[0].source not in remembered]

    def take(parsed: Parsed) -> Parsed:
        key = keys.get(parsed.account.source, "")
        if key and not _given_up(parsed.account):
            recognised.keep(key, parsed, context.last_day)
        return rows.take(parsed)

    with recognised.keeping():
        accounts = [parsed.account for parsed in read_all(missing, context, workers, steps, take)]
        recognised.renew([keys[source] for source in remembered])
    return [*remembered.values(), *accounts]


def _given_up(account: Account) -> bool:
    """Say whether a file was not read for a reason that may be gone the next time."""
    return any(refusal.reason in OF_THE_MOMENT for refusal in account.refusals)


@dataclass
class _Steps:
    """Counts files for whoever wants to know."""

    total: int
    progress: Progress | None
    done: int = 0

    def __call__(self, source: str) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total, source)


def _athletes(parsed: list[Parsed], context: ReadContext, *, needs_roster: bool) -> frozenset[str]:
    lists = [part.records["athletes"]["athlete"] for part in parsed if "athletes" in part.records]
    if any(len(ids) for ids in lists):
        return frozenset(pd.concat(lists))
    if not needs_roster:
        return frozenset()
    why = [sentence for part in parsed for sentence in part.account.rejects["sentence"]]
    raise StridecastError(
        f"{context.root}: no athlete listed ({why[0] if why else 'no roster found'})",
        "add a roster.csv with at least the column athlete",
    )

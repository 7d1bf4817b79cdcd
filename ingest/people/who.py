"""Who is who, from what was read of a folder: names, owners of files, and the roster."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

from ingest.dataset.file_names import folders_of, stem_of
from ingest.dataset.settings import DatasetConfig
from ingest.people.decision import People, Roster, decide_people
from ingest.people.folder_words import telling_part
from ingest.people.matching import KnownNames
from ingest.people.members import members_in
from ingest.people.owners import FilePlace, Owners
from ingest.people.roster_file import ALIASES, aliases_of
from ingest.people.same_runs import RUN_COLUMNS, same_runs
from ingest.people.written_names import NamesInFiles
from ingest.records.account import Account

LISTS: Final = frozenset(
    {
        "garmin_activities_csv",
        "strava_activities_csv",
        "strava_activities_old_csv",
        "strava_activities_short_csv",
        "intervals_icu_csv",
        "training_peaks_csv",
    }
)
"""Formats of which an athlete has one file: several in a folder are several athletes."""
_SINGLE_ACTIVITIES: Final = frozenset({"fit", "tcx", "gpx", "suunto_json", "polar_flow_json"})
"""Formats whose files are called by what was done: "Morning_Run" is nobody."""
_MOST_NAMES: Final = 3

Records = Mapping[str, pd.DataFrame]


def who_is_who(
    accounts: Sequence[Account],
    named: NamesInFiles,
    records: Records,
    config: DatasetConfig,
    runs: Callable[[list[str]], pd.DataFrame | None],
) -> People:
    """Return who is who in a folder.

    Parameters
    ----------
    accounts : sequence of Account
        One per file.
    named : NamesInFiles
        The names in all rows.
    records : mapping of str to pandas.DataFrame
        Lists of athletes (`athletes`, which holds the roster) and of members.
    config : DatasetConfig
        Further names, names that are nobody's, and files whose owner was told.
    runs : callable
        Returns some columns of all sessions, in the order of the files' paths.
    """
    roster = roster_in(records, config)
    known = members_in(records, roster.athletes)
    kinds = {account.source: account.kind for account in accounts}
    places = [_place(source, kinds.get(source, "")) for source in sorted(named.owned)]
    owners = Owners(places, known, named.names).by_source
    owners |= _in_folders_of_people(named, owners, roster)
    # What dataset.yaml says comes last: it overrules whatever names suggest.
    owners = _of_the_only_athlete(owners, roster) | _stated_owners(owners, config)
    # Most clubs of watches have no sheet of runs, and nothing to compare them with.
    in_sheets = any("sessions" in name.tables for name in named.names.values())
    twins = same_runs(runs(RUN_COLUMNS), owners) if in_sheets else {}
    return decide_people(owners, named, roster, known, twins)


def roster_in(records: Records, config: DatasetConfig) -> Roster:
    """Return the roster that was read, with the names of `dataset.yaml`."""
    listed = records.get("athletes", pd.DataFrame({"athlete": []}))
    further = listed[ALIASES] if ALIASES in listed else [None] * len(listed)
    athletes = {
        str(listed_athlete): list(aliases_of(cell))
        for listed_athlete, cell in zip(listed["athlete"], further, strict=True)
    }
    for name, athlete in config.athletes.items():
        if athlete in athletes:
            athletes[athlete].append(name)
    return Roster(athletes, frozenset(config.nobody))


def _place(source: str, kind: str) -> FilePlace:
    named_by_what_was_done = kind in _SINGLE_ACTIVITIES
    named_at_will = kind.startswith("sheet") and not _is_whole_name(telling_part(stem_of(source)))
    return FilePlace(source, kind in LISTS, not (named_by_what_was_done or named_at_will))


def _is_whole_name(text: str) -> bool:
    """Return whether a sheet is called like a person: first and last name in capitals."""
    words = text.split()
    return 1 < len(words) <= _MOST_NAMES and all(word[0].isupper() for word in words)


def _in_folders_of_people(
    named: NamesInFiles, owners: Mapping[str, str], roster: Roster
) -> dict[str, str]:
    """Return the files that name one athlete and lie in somebody's folder: they are theirs."""
    known = KnownNames(roster.athletes)
    people = set(owners.values()) - {""}
    owner_by_file = {
        source: next(
            (
                folder
                for folder in folders_of(source)
                if folder in people or known.match(folder).is_certain
            ),
            "",
        )
        for source in named.single
        if source not in owners
    }
    return {source: name for source, name in owner_by_file.items() if name}


def _of_the_only_athlete(owners: dict[str, str], roster: Roster) -> dict[str, str]:
    """Give files without an owner to the only athlete, unless the athlete has a folder."""
    known = KnownNames(roster.athletes)
    has_folder = any(known.match(owner).athlete for owner in set(owners.values()) if owner)
    if len(roster.athletes) != 1 or has_folder:
        return owners
    only = next(iter(roster.athletes))
    # A roster of one needs no folders.
    return {source: owner or only for source, owner in owners.items()}


def _stated_owners(owners: Mapping[str, str], config: DatasetConfig) -> dict[str, str]:
    """Return the owners that `dataset.yaml` tells, by file, folder or archive."""
    stated_owners: dict[str, str] = {}
    for place, athlete in config.owners.items():
        inside = (place.rstrip("/") + "/", f"{place}!")
        for source in owners:
            if source == place or source.startswith(inside):
                stated_owners[source] = athlete
    return stated_owners

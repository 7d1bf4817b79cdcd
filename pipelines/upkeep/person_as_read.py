"""What reading a dataset tells of a person: how files call them, and which files are whose."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from common.errors import StridecastError
from ingest.people.decision import People
from ingest.run import ingest
from pipelines.runtime.progress import file_progress
from pipelines.upkeep.person import Person


def as_read(who: Person, data: Path, cache: Path) -> Person:
    """Return a person with the names and files that the reading of a folder takes for theirs.

    A spelling that is not in the roster, and a file whose folder is spelled so, would else stay
    when the person asks to be forgotten. A folder that cannot be read tells nothing more.
    """
    try:
        with file_progress("reading") as progress:
            result = ingest(data, needs_sessions=False, cache=cache, progress=progress)
    except StridecastError:
        return who
    people = result.people
    names = [name for name, athlete in people.settled.items() if athlete == who.names[0]]
    return replace(
        who,
        names=tuple(dict.fromkeys([*who.names, *names])),
        own_files=_files_of(people, lambda athlete: athlete == who.names[0]),
        others_files=_files_of(people, lambda athlete: athlete not in {"", who.names[0]}),
    )


def _files_of(people: People, is_meant: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(
        source for source, name in people.owners.items() if is_meant(people.settled.get(name, ""))
    )

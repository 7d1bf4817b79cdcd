"""Which files of a folder are read together: trials with their list of tests, motion with force."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from ingest.readers.base import Neighbour
from ingest.readers.registry import Reader
from ingest.reading.parallel import Job

_LAST_PART: Final = re.compile(r"[^/!]*$")
_Meeting = tuple[str, str]


def with_neighbours(jobs: list[Job]) -> list[Job]:
    """Return the jobs, each file knowing those that it is read with.

    Files meet in one folder, or one folder of one archive, under one name; see
    :meth:`ingest.readers.base.Reader.meets_as`.
    """
    asking = {reader.kind: reader for _, reader in jobs if reader and reader.reads_along}
    meetings = {kind: _meetings(reader, jobs) for kind, reader in asking.items()}
    return [
        (replace(item, beside=_others(item.source, reader, meetings[reader.kind])), reader)
        if reader and reader.kind in asking
        else (item, reader)
        for item, reader in jobs
    ]


def _meetings(reader: Reader, jobs: Iterable[Job]) -> dict[_Meeting, list[Neighbour]]:
    meetings: dict[_Meeting, list[Neighbour]] = {}
    for item, other in jobs:
        if item.account is None and other and other.kind in reader.reads_along:
            met = meetings.setdefault(_meeting(item.source, reader), [])
            met.append(Neighbour(item.source, item.path))
    return meetings


def _others(
    source: str, reader: Reader, met: Mapping[_Meeting, list[Neighbour]]
) -> tuple[Neighbour, ...]:
    here = met.get(_meeting(source, reader), [])
    return tuple(sorted(neighbour for neighbour in here if neighbour.source != source))


def _meeting(source: str, reader: Reader) -> _Meeting:
    # The folder belongs to it: trials of other days have the same names.
    return _LAST_PART.sub("", source), reader.meets_as(source)

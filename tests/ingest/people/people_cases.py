"""Names and places of files, without the files: what the decision about people looks at."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ingest.people.decision import People, Roster, decide_people
from ingest.people.owners import FilePlace, Owners
from ingest.people.written_names import NamesInFiles, WrittenName
from ingest.records.sheet_days import SheetDays

DAY = pd.Timestamp("2025-05-05")


def named(names: Sequence[str], file: str = "form.csv", *, same_day: bool = True) -> NamesInFiles:
    """Return names of one sheet, all on one day or each on a day of its own."""
    days = [DAY if same_day else DAY + pd.Timedelta(days=at) for at in range(len(names))]
    written = {
        name: WrittenName(name, {file: 1}, SheetDays.of([(file, day)]), {"wellness"})
        for name, day in zip(names, days, strict=True)
    }
    return NamesInFiles(written, frozenset(), {})


def places(sources: Sequence[str]) -> list[FilePlace]:
    """Return files of one athlete each; those called activities.csv are one athlete's list."""
    return [
        FilePlace(
            source, source.lower().endswith("activities.csv"), not source.endswith((".fit", ".gpx"))
        )
        for source in sources
    ]


def decided(
    sources: Sequence[str],
    names: NamesInFiles | None = None,
    roster: Mapping[str, Sequence[str]] | None = None,
    nobody: Sequence[str] = (),
) -> People:
    """Return who is who."""
    in_sheets = names or named(())
    known = roster or {}
    owners = Owners(places(sources), known, in_sheets.names).by_source
    return decide_people(owners, in_sheets, Roster(known, frozenset(nobody)))


def athletes(people: People) -> set[str]:
    """Return everybody who is on the team once what is proposed is confirmed."""
    return {one for one in (*people.settled.values(), *people.proposed.values()) if one}

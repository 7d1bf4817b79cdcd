"""The names that stand in the files of a dataset, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import pandas as pd

from common.untyped import Untyped
from ingest.people.folder_words import words_of
from ingest.people.members import TABLE as MEMBERS
from ingest.people.teams import TABLE as TEAMS
from ingest.records.owner import OWNER_OF_FILE
from ingest.records.sheet_days import SheetDays, day_numbers, is_instant

_LISTS: Final = frozenset({"athletes", MEMBERS, TEAMS})
"""Whoever stands in these alone has done nothing yet."""
WAITING: Final = "waiting"
"""Table of people and days whose answers wait for their scale: only names are taken from it."""
_DAYS: Final = ("local_date", "date", "onset_date", "end")
_COLUMNS: Final = ("athlete", "source", "record", *_DAYS)


@dataclass
class WrittenName:
    """A name as it is written, with the files and days it stands for.

    Parameters
    ----------
    name : str
        As written.
    files : dict of str to int
        Source -> rows.
    days : SheetDays
        Where (the tab of a workbook with several) and when; two athletes may share a day, one
        athlete has not two rows of it.
    tables : set of str
        Tables that its rows are of.
    """

    name: str
    files: dict[str, int] = field(default_factory=dict)
    days: SheetDays = field(default_factory=SheetDays)
    tables: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class NamesInFiles:
    """Who is named in which file.

    Parameters
    ----------
    names : dict of str to WrittenName
        By the name as written.
    owned : frozenset of str
        Files whose rows are their owner's.
    single : dict of str to str
        File that names one athlete only -> the name.
    """

    names: dict[str, WrittenName]
    owned: frozenset[str]
    single: dict[str, str]


class NameCollector:
    """Collects the names of all rows but those of the list of athletes, batch by batch."""

    def __init__(self) -> None:
        self._names: dict[str, WrittenName] = {}
        self._owned: set[str] = set()
        self._by_file: dict[str, set[str]] = {}

    def take(self, records: Mapping[str, pd.DataFrame]) -> None:
        """Look at a batch of rows.

        Parameters
        ----------
        records : mapping of str to pandas.DataFrame
            Table -> rows with columns athlete (as written, or :data:`OWNER_OF_FILE`) and source.
        """
        for table, frame in records.items():
            if table in _LISTS or frame.empty or not {"athlete", "source"} <= set(frame):
                continue
            # Names and days alone: a copy of all that a club was asked would be large.
            rows = frame[[name for name in _COLUMNS if name in frame]]
            owners = rows["athlete"] == OWNER_OF_FILE
            self._owned |= set(rows.loc[owners, "source"].unique())
            named = rows[~owners & rows["athlete"].notna()]
            _collect(table, named, self._names, self._by_file)

    def names(self) -> NamesInFiles:
        """Return who is named in which file."""
        single = {
            file: next(iter(names_in_file))
            for file, names_in_file in self._by_file.items()
            if len(names_in_file) == 1
        }
        return NamesInFiles(self._names, frozenset(self._owned), single)


def _collect(
    table: str,
    frame: pd.DataFrame,
    names: dict[str, WrittenName],
    by_file: dict[str, set[str]],
) -> None:
    row: Untyped  # of itertuples: a field per column
    counts = frame.groupby(["athlete", "source"], sort=True).size().reset_index(name="rows")
    for row in counts.itertuples():
        name, source = str(row.athlete), str(row.source)
        entry = names.setdefault(name, WrittenName(name))
        entry.files[source] = entry.files.get(source, 0) + int(row.rows)
        entry.tables.add(table)
        by_file.setdefault(source, set()).add(name)
    dated = next((column for column in _DAYS if column in frame), None)
    if dated is None:
        return
    dated_rows = frame[["athlete", "source"]].assign(day=frame[dated], tab=_tabs(frame)).dropna()
    numbers, instants = day_numbers(dated_rows["day"]), is_instant(dated_rows["day"])
    sheets: Untyped = dated_rows.groupby(["athlete", "source", "tab"], sort=False).indices
    for (athlete, source, tab), rows in sheets.items():
        place = _place(str(athlete), str(source), str(tab))
        names[str(athlete)].days.add((place, instants), numbers[rows])


def _tabs(frame: pd.DataFrame) -> "pd.Series[str] | str":
    """Return the tab of a workbook that each row stands in, empty where there is one alone."""
    if "record" not in frame:
        return ""
    if pd.api.types.is_integer_dtype(frame["record"].dtype):
        return ""
    record = frame["record"].astype("str")
    marked = record.str.contains("!", regex=False).fillna(value=False)
    if not marked.any():
        return ""
    return record[marked].str.extract(r"^(.*)!", expand=False).reindex(record.index).fillna("")


@lru_cache(maxsize=4096)
def _place(name: str, source: str, tab: str) -> str:
    """Return the sheet in which a name stands: the tabs of a workbook are sheets of their own.

    Tabs that are called by people are one sheet, as folders of people stand side by side.
    """
    # Tabs called by people stand side by side like folders: two of them are two people.
    is_their_own = set(words_of(name)) <= set(words_of(tab))
    return f"{source}#{tab}" if tab and not is_their_own else source
